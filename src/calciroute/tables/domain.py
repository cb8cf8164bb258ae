"""Inputs for which the regulated core was made, and their bounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

COLUMNS = (
    Column("input", required=True),
    Column("lower", "number", required=True),
    Column("upper", "number", required=True),
    Column("unit", required=True),
    Column("note", required=True),
)


@dataclass(frozen=True)
class Bounds:
    """Where an input may lie.

    Parameters
    ----------
    lower, upper : float
        In `unit`.
    unit : str
        Unit expression.
    note : str
        What goes wrong outside.
    """

    lower: float
    upper: float
    unit: str
    note: str

    def nearest(self, value: float) -> float:
        """The value itself, or the bound nearest to it."""
        return min(max(value, self.lower), self.upper)


@cache
def read_domain() -> dict[str, Bounds]:
    """The table ``physiology/domain.csv``.

    Returns
    -------
    dict of str to Bounds
        By input.

    Examples
    --------
    >>> read_domain()["eGFR_start"].nearest(8.0)
    20.0
    """
    rows = read_table(physiology_text("domain.csv"), COLUMNS, key=("input",))
    return {
        row.text("input"): Bounds(
            row.number("lower") or 0.0, row.number("upper") or 0.0, row.text("unit"), row.text("note")
        )
        for row in rows
    }
