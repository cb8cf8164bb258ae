"""Habits that a plan may change: ``levers.csv`` and the units they are written in, ``lever_units.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.nomenclature import folded
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

LEVER_COLUMNS = (
    Column("lever", required=True),
    Column("aliases"),
    Column("input", required=True),
    Column("lower", "number", required=True),
    Column("upper", "number", required=True),
    Column("most", "number"),
    Column("meaning", required=True),
    Column("example", required=True),
    Column("lifestyle_rows"),
    Column("note"),
)
UNIT_COLUMNS = (
    Column("lever", required=True),
    Column("unit", required=True),
    Column("factor", "number", required=True),
    Column("source", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Lever:
    """A habit and the model input it moves.

    Parameters
    ----------
    name, input : str
        As people write it; id of the model input.
    lower, upper : float
        Band of the input outside which an amount is refused.
    most : float or None
        More than this counts as this.
    meaning, example : str
        For messages.
    units : mapping of str to float
        Units it may be written in, each with the input that one of it makes.
    lifestyle_rows : tuple of str
        Trials behind it, ids of ``lifestyle.csv``.
    """

    name: str
    input: str
    lower: float
    upper: float
    most: float | None
    meaning: str
    example: str
    units: Mapping[str, float]
    lifestyle_rows: tuple[str, ...]


@cache
def read_levers() -> Mapping[str, Lever]:
    """Read the levers.

    Returns
    -------
    mapping of str to Lever
        By every folded name and alias.

    Raises
    ------
    TableError
        With every problem of the tables.

    Examples
    --------
    >>> read_levers()["walking"].input
    'walking'
    """
    units: dict[str, dict[str, float]] = {}
    for row in checked_rows(data_text("lever_units.csv"), UNIT_COLUMNS, ("lever", "unit")):
        units.setdefault(row.text("lever"), {})[row.text("unit")] = row.number("factor") or 0.0
    known: dict[str, Lever] = {}
    for row in checked_rows(data_text("levers.csv"), LEVER_COLUMNS, ("lever",)):
        lever = Lever(
            name=row.text("lever"),
            input=row.text("input"),
            lower=row.number("lower") or 0.0,
            upper=row.number("upper") or 0.0,
            most=row.number("most"),
            meaning=row.text("meaning"),
            example=row.text("example"),
            units=MappingProxyType(units.get(row.text("lever"), {})),
            lifestyle_rows=words_of(row.text("lifestyle_rows")),
        )
        for word in (lever.name, *words_of(row.text("aliases"))):
            known.setdefault(folded(word), lever)
    return MappingProxyType(known)
