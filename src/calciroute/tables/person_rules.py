"""Tables that a person file is read with: plausible doses, and fields that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import data_text

OPERATORS = frozenset({"==", ">", ">=", "<", "given"})
CONFLICT_COLUMNS = (
    Column("id", required=True),
    Column("field", required=True),
    Column("operator", required=True, allowed=OPERATORS),
    Column("value"),
    Column("and_field", required=True),
    Column("and_operator", required=True, allowed=OPERATORS),
    Column("and_value"),
    Column("found", required=True),
    Column("advice", required=True),
)


DOSE_COLUMNS = (
    Column("ingredient", required=True),
    Column("unit", required=True, allowed=frozenset({"mg"})),
    Column("lower", "number", required=True),
    Column("upper", "number", required=True),
    Column("source", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Condition:
    """A field compared with a value or with another field."""

    field: str
    operator: str
    value: str


@dataclass(frozen=True)
class Conflict:
    """Two conditions that cannot both hold, and the words for it."""

    id: str
    first: Condition
    second: Condition
    found: str
    advice: str


@cache
def read_medicine_doses() -> dict[str, tuple[float, float]]:
    """Plausible single doses of medicines that the model acts on.

    Returns
    -------
    dict of ingredient to tuple of two floats
        Lowest and highest, mg.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_medicine_doses()["warfarin"]
    (0.25, 30.0)
    """
    return {
        row.text("ingredient"): (row.number("lower") or 0.0, row.number("upper") or 0.0)
        for row in read_table(data_text("medicine_doses.csv"), DOSE_COLUMNS, key=("ingredient",))
    }


@cache
def read_conflicts() -> tuple[Conflict, ...]:
    """Pairs of fields that contradict each other.

    Returns
    -------
    tuple of Conflict
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_conflicts()[0].found
    'a final menstrual period is given for sex male'
    """
    return tuple(
        Conflict(
            row.text("id"),
            Condition(row.text("field"), row.text("operator"), row.text("value")),
            Condition(row.text("and_field"), row.text("and_operator"), row.text("and_value")),
            row.text("found"),
            row.text("advice"),
        )
        for row in read_table(data_text("person_conflicts.csv"), CONFLICT_COLUMNS, key=("id",))
    )
