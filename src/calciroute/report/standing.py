"""Where a measured score stands in a published cohort: a place among people, never a risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calciroute.people.person_model import Person
from calciroute.report.numerals import as_printed, number, with_unit
from calciroute.report.plan_words import joined
from calciroute.report.table import Table
from calciroute.tables.percentiles import Distribution, distributions_of

OUTCOME, FIELD, UNIT = "CAC_agatston", "coronary_calcium", "AU"
_SEXES = {"female": "women", "male": "men"}


@dataclass(frozen=True)
class Standing:
    """A score beside its cohort.

    Parameters
    ----------
    score : float or None, AU
        As measured; None when it was not.
    distribution : Distribution or None
        Of people of this sex and age; None outside the ages that were published.
    below, above : float or None
        The printed percentiles around the score.
    words : str
        One sentence, without a risk.
    outcome : str, optional
        Which.
    """

    score: float | None
    distribution: Distribution | None
    below: float | None
    above: float | None
    words: str
    outcome: str = OUTCOME


def standing_of(person: Person) -> Standing:
    """Where the person's coronary calcium stands.

    Parameters
    ----------
    person : Person
        As read; the score is the one that the model uses.

    Returns
    -------
    Standing
        With the reason in words where there is no percentile.

    Examples
    --------
    >>> standing_of(Person(sex="female", age_years=62.0)).words
    'No percentile of coronary calcium: no score was given.'
    """
    score = person.labs.get(FIELD)
    if score is None:
        return Standing(None, None, None, None, "No percentile of coronary calcium: no score was given.")
    published = distributions_of(OUTCOME, person.sex)
    fitting = [one for one in published if one.age_from <= person.age_years < one.age_to + 1.0]
    if not fitting:
        ages = joined([f"{one.age_from:g} to {one.age_to:g} ({one.cohort})" for one in published], "or")
        return Standing(score, None, None, None, f"No percentile of coronary calcium: ages {ages} only.")
    cohort = fitting[0]
    below, above = cohort.around(score)
    return Standing(score, cohort, below, above, _words(score, cohort, below, above))


def standing_beside(table: Table, person: Person) -> Standing | None:
    """The same where the result shows a score.

    Parameters
    ----------
    table : Table
        Of the result.
    person : Person
        As read.

    Returns
    -------
    Standing or None
        None where the result has no numbers for the score, as after a stent.
    """
    row = table.row(OUTCOME)
    return standing_of(person) if row is not None and row.without.known else None


def standing_record(standing: Standing) -> dict[str, Any]:
    """The same as plain data for ``result.json``.

    Parameters
    ----------
    standing : Standing
        From `standing_of`.

    Returns
    -------
    dict
        outcome, score, unit, percentiles around it, cohort, ages, people, source, words; nulls without one.
    """
    cohort = standing.distribution
    return {
        "outcome": standing.outcome,
        "score": standing.score,
        "unit": UNIT,
        "above_percentile": standing.below,
        "below_percentile": standing.above,
        "cohort": cohort.cohort if cohort else None,
        "age_from": cohort.age_from if cohort else None,
        "age_to": cohort.age_to if cohort else None,
        "people": cohort.people if cohort else None,
        "source": cohort.source if cohort else None,
        "words": standing.words,
    }


def _words(score: float, cohort: Distribution, below: float | None, above: float | None) -> str:
    if below is not None and above is not None:
        place = f"between the {_ordinal(below)} and the {_ordinal(above)} percentile"
    elif below is not None:
        place = f"at or above the {_ordinal(below)} percentile"
    else:
        place = f"below the {_ordinal(above or 0.0)} percentile"
    return (
        f"A score of {with_unit(as_printed(score), UNIT)} is {place} of {number(cohort.people, 0)} "
        f"{_SEXES[cohort.sex]} of {cohort.age_from:g} to {cohort.age_to:g} years, all these ages together "
        f"({cohort.cohort}): a place among people, not a risk."
    )


def _ordinal(percentile: float) -> str:
    number = int(percentile)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
