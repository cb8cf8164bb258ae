"""The words of a report, each explained once."""

from __future__ import annotations

import xarray as xr

from calciroute.body.variant import read_variant
from calciroute.report.look import DASHES, VARIANT_WORDS
from calciroute.report.numerals import unit_words
from calciroute.report.outcome_words import HEADLINES, meaning_of, name_of
from calciroute.tables.nomenclature import read_nomenclature

_OWN_WORDS = {
    "band": "the 5th to 95th percentile over draws: in nine of ten draws the number lies inside",
    "draw": "one run with one set of values for what nobody knows exactly",
    "median": "the middle draw: half of the draws lie above it, half below",
    "without, with the plan": "the same body run twice in each draw; only the plan differs",
    "people like this": "a group with the inputs that were given; one person may differ from it",
    "from baseline": "compared with the same people at their start",
    "against placebo": "compared with people who got a dummy",
    "randomised": "chance decided who got what, so that the arms are alike otherwise",
}
_SYMBOLS = ("MK7", "MK4", "K1")


def glossary_of(dataset: xr.Dataset) -> list[tuple[str, str]]:
    """Words and meanings for the outcomes, variants and signs of one report.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.

    Returns
    -------
    list of tuple of str
        In alphabetical order.
    """
    words = dict(_OWN_WORDS)
    names = read_nomenclature()
    words |= {names[symbol].name: names[symbol].meaning for symbol in _SYMBOLS}
    words |= {
        name_of(dataset, outcome): meaning_of(dataset, outcome) for outcome in HEADLINES if outcome in dataset
    }
    present = set(dataset.coords["variant"].values) if "variant" in dataset.coords else set()
    words |= {VARIANT_WORDS[name]: read_variant(name).description for name in DASHES if name in present}
    words["AU"] = "Agatston units, in which a CT scan counts calcium"
    words[unit_words("ug")] = "microgram: a thousandth of a milligram"
    return sorted(
        ((word, meaning.strip()) for word, meaning in words.items() if meaning),
        key=lambda pair: pair[0].casefold(),
    )
