"""Which input of the model a nutrient of the diet sets: ``physiology/diet_inputs.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

COLUMNS = (
    Column("nutrient", required=True),
    Column("input", required=True),
    Column("unit", required=True),
    Column("factor", "number", required=True),
    Column("source"),
    Column("note"),
)


@dataclass(frozen=True)
class DietInput:
    """One nutrient and one input.

    Parameters
    ----------
    nutrient : str
        Name in person files and diaries.
    input : str
        Id in the model.
    unit : str
        Unit after `factor`.
    factor : float
        From ug/d (vitamers) or mg/d (minerals) to `unit`.
    """

    nutrient: str
    input: str
    unit: str
    factor: float


@cache
def read_diet_inputs() -> tuple[DietInput, ...]:
    """The table.

    Returns
    -------
    tuple of DietInput
        In file order.

    Examples
    --------
    >>> [row.input for row in read_diet_inputs() if row.nutrient == "MK9"]
    ['diet_MK89']
    """
    rows = read_table(physiology_text("diet_inputs.csv"), COLUMNS, key=("nutrient", "input"))
    return tuple(
        DietInput(row.text("nutrient"), row.text("input"), row.text("unit"), row.number("factor") or 0.0)
        for row in rows
    )
