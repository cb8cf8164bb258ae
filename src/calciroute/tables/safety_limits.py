"""Numbers of the safety rules that are no bounds of one gate: ``safety_limits.csv``."""

from __future__ import annotations

from functools import cache

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("id", required=True),
    Column("value", "number", required=True),
    Column("unit", required=True, allowed=frozenset({"y"})),
    Column("meaning", required=True),
    Column("source"),
    Column("locator"),
    Column("basis", required=True, allowed=frozenset({"measured", "fitted", "borrowed", "assumed"})),
    Column("verified", required=True),
    Column("note"),
)
_MONTHS_A_YEAR = 12


@cache
def safety_limit_rows() -> tuple[Row, ...]:
    """Rows of the table.

    Returns
    -------
    tuple of Row

    Raises
    ------
    TableError
        With every problem of the table.
    """
    return checked_rows(data_text("safety_limits.csv"), COLUMNS, ("id",), (sourced, unit_known("unit")))


@cache
def read_safety_limits() -> dict[str, float]:
    """Read the limits.

    Returns
    -------
    dict of str to float, y
        By id.

    Examples
    --------
    >>> read_safety_limits()["infant_below"]
    1.0
    """
    return {row.text("id"): row.number("value") or 0.0 for row in safety_limit_rows()}


def infant_below_years() -> float:
    """Age below which a person is an infant, years."""
    return read_safety_limits()["infant_below"]


def rule_shows_its_age_after_months() -> int:
    """Whole months after which a rule that nobody looked at shows its age.

    Returns
    -------
    int

    Examples
    --------
    >>> rule_shows_its_age_after_months()
    24
    """
    return round(read_safety_limits()["rule_shows_its_age_after"] * _MONTHS_A_YEAR)
