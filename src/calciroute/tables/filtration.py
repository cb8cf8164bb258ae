"""What is assumed of the kidney when a person file does not say it."""

from __future__ import annotations

from functools import cache

from calciroute.tables.csv_table import Column, Row, read_table
from calciroute.tables.texts import physiology_text

COLUMNS = (
    Column("situation", required=True, allowed=frozenset({"decline", "dialysis"})),
    Column("at_least", "number"),
    Column("value", "number", required=True),
    Column("unit", required=True),
    Column("verified", required=True),
    Column("note", required=True),
)


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(read_table(physiology_text("filtration.csv"), COLUMNS))


def usual_decline(eGFR: float) -> tuple[float, str]:
    """Yearly loss of filtration at a level.

    Parameters
    ----------
    eGFR : float, mL/min per 1.73 m2
        Measured, >= 0.

    Returns
    -------
    tuple of float and str
        mL/min a year, and why.

    Examples
    --------
    >>> usual_decline(45.0)[0]
    1.0
    """
    declines = [row for row in _rows() if row.text("situation") == "decline"]
    row = next(row for row in declines if eGFR >= (row.number("at_least") or 0.0))
    return row.number("value") or 0.0, f"{row.text('note')} ({row.text('verified')})"


def dialysis_filtration() -> tuple[float, str]:
    """Filtration of a person on dialysis who gives none.

    Returns
    -------
    tuple of float and str
        mL/min per 1.73 m2, and why.

    Examples
    --------
    >>> dialysis_filtration()[0]
    8.0
    """
    row = next(row for row in _rows() if row.text("situation") == "dialysis")
    return row.number("value") or 0.0, f"{row.text('note')} ({row.text('verified')})"
