"""Units in which people say their weight and height: ``body_units.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("field", required=True),
    Column("unit", required=True),
    Column("spellings", required=True),
    Column("factor", "number", required=True),
    Column("then"),
    Column("source", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class BodyUnit:
    """A unit of body size.

    Parameters
    ----------
    unit : str
        Its sign.
    factor : float
        How many of the field's own unit one of it is.
    then : str
        Unit of a bare number behind it: inches behind feet; empty when none may follow.
    """

    unit: str
    factor: float
    then: str


@cache
def read_body_units() -> dict[str, dict[str, BodyUnit]]:
    """Read the units.

    Returns
    -------
    dict of field to dict of spelling to BodyUnit

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_body_units()["height_cm"]["feet"].factor
    30.48
    """
    units: dict[str, dict[str, BodyUnit]] = {}
    for row in checked_rows(data_text("body_units.csv"), COLUMNS, ("field", "unit")):
        unit = BodyUnit(row.text("unit"), row.number("factor") or 1.0, row.text("then"))
        for word in (unit.unit, *words_of(row.text("spellings"))):
            units.setdefault(row.text("field"), {})[word] = unit
    return units
