"""What outcomes are called, in which unit they print, and which of them a short result shows."""

from __future__ import annotations

import xarray as xr

from calciroute.report.look import ARM_NOW
from calciroute.report.numerals import MOST_DIGITS
from calciroute.tables.nomenclature import printed_unit, read_nomenclature

# One picture each, and the rows of a terminal: where vitamin K arrives, what it moves, what it might.
HEADLINES = (
    "serum_mk7",
    "percent_ucOC",
    "dp_ucMGP",
    "BMD_lumbar_spine",
    "CAC_agatston",
    "cfPWV",
    "SBP",
    "INR",
    "serum_calcium",
    "PTH",
)
# The same level in a second unit: in result.nc, not in a table for people.
_SECOND_UNIT = "_nmol"
_POPULATION = "population"
_SHORT_NAMES = {"cfPWV": "arterial stiffness (cfPWV)", "percent_ucOC": "undercarboxylated osteocalcin (ucOC)"}


def shown_outcomes(dataset: xr.Dataset) -> list[str]:
    """Outcomes of a table for people, in the order of the catalogue.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.

    Returns
    -------
    list of str
        Without central runs, figures for populations alone, and levels in a second unit.
    """
    return [
        str(name)
        for name, values in dataset.data_vars.items()
        if "draw" in values.dims
        and values.attrs.get("kind") != _POPULATION
        and not str(name).endswith(_SECOND_UNIT)
        and ARM_NOW in values.coords["arm"].values
    ]


def name_of(dataset: xr.Dataset, outcome: str) -> str:
    """Name of an outcome as tables and titles print it.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome : str
        Its id.

    Returns
    -------
    str
        Label of the catalogue, shorter where a title needs it.
    """
    return _SHORT_NAMES.get(outcome, str(dataset[outcome].attrs.get("long_name", outcome)))


def unit_of(dataset: xr.Dataset, outcome: str) -> str:
    """Unit in which an outcome prints.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome : str
        Its id.

    Returns
    -------
    str
        Unit expression; a bare number that the dictionary counts in percent is a percent.
    """
    return printed_unit(outcome, str(dataset[outcome].attrs.get("unit", "1")))


def digits_of(dataset: xr.Dataset, outcome: str) -> int:
    """Significant digits at most.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome : str
        Its id.

    Returns
    -------
    int
        1 to 3.
    """
    return max(1, min(int(dataset[outcome].attrs.get("digits", MOST_DIGITS)), MOST_DIGITS))


def meaning_of(dataset: xr.Dataset, outcome: str) -> str:
    """What an outcome is, in one sentence.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome : str
        Its id.

    Returns
    -------
    str
        From the dictionary; the label where it has no row.
    """
    known = read_nomenclature().get(outcome)
    return known.meaning if known is not None else str(dataset[outcome].attrs.get("long_name", outcome))
