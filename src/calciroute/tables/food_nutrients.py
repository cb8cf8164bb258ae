"""What is in foods: ``food_nutrients.csv``, one row a number, so that each number has its own source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.errors import Problem, near_names
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.nomenclature import find_name, read_nomenclature
from calciroute.tables.rules import checked_rows, ordered, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("food_id", required=True),
    Column("nutrient", required=True),
    Column("value", "number"),
    Column("unit", required=True),
    Column("per", required=True, allowed=frozenset({"100 g"})),
    Column("low", "number"),
    Column("high", "number"),
    Column("n_samples", "number"),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("se", "number"),
    Column("note"),
)


@dataclass(frozen=True)
class NutrientAmount:
    """How much of one nutrient is in one food.

    Parameters
    ----------
    food_id, nutrient : str
        Which food; printed name of the nutrient, such as ``MK-7``.
    value : float or None
        Central value in `unit` per 100 g; None where the source gives a range only.
    unit : str
        ug, mg or g.
    low, high : float or None
        Range over the samples.
    se : float or None
        Standard error, or the spread that the source prints with a plus-minus sign.
    n_samples : float or None
        Samples analysed.
    source, locator, verified, note, where : str
        Key in references.bib, place in it, where it was read or ``memory``, remarks, ``file:line``.
    """

    food_id: str
    nutrient: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    se: float | None
    n_samples: float | None
    source: str
    locator: str
    verified: str
    note: str
    where: str


@cache
def read_food_nutrients(source: Traversable | None = None) -> Mapping[str, Mapping[str, NutrientAmount]]:
    """Read the amounts.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to mapping of str to NutrientAmount
        By food_id, then by printed name of the nutrient. A nutrient that nobody measured is absent, never 0.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_food_nutrients()["natto_nl"]["MK-7"].value
    998.0
    """
    rules = (
        sourced,
        unit_known("unit"),
        ordered("low", "value", "high"),
        _nutrient_known,
        _some_number,
        _not_negative,
    )
    rows = checked_rows(source or data_text("food_nutrients.csv"), COLUMNS, ("food_id", "nutrient"), rules)
    by_food: dict[str, dict[str, NutrientAmount]] = {}
    for row in rows:
        by_food.setdefault(row.text("food_id"), {})[row.text("nutrient")] = _amount(row)
    return MappingProxyType({food: MappingProxyType(amounts) for food, amounts in by_food.items()})


@cache
def _nutrients() -> tuple[str, ...]:
    return tuple(n.name for n in read_nomenclature().values() if n.kinds & {"vitamer", "nutrient"})


def _nutrient_known(row: Row) -> Iterable[Problem]:
    word = row.text("nutrient")
    name = find_name(word)
    known = _nutrients()
    if name is None or name.name not in known:
        near = near_names(word, known)
        advice = f"write '{near[0]}'" if near else "add the new word to nomenclature.csv"
        yield Problem(row.where, f"nutrient '{word}' is not in the dictionary", ", ".join(known), advice)
    elif name.name != word:
        yield Problem(
            row.where, f"nutrient '{word}'", f"'{name.name}', as tables print it", f"write '{name.name}'"
        )


def _some_number(row: Row) -> Iterable[Problem]:
    if row.number("value") is None and (row.number("low") is None or row.number("high") is None):
        yield Problem(
            row.where,
            "neither a value nor a range",
            "a value, or low and high",
            "leave the row out if nobody measured it",
        )


def _not_negative(row: Row) -> Iterable[Problem]:
    for column in ("value", "low", "high", "se", "n_samples"):
        number = row.number(column)
        if number is not None and number < 0:
            yield Problem(row.where, f"{column} {number:g}", "0 or more")


def _amount(row: Row) -> NutrientAmount:
    return NutrientAmount(
        food_id=row.text("food_id"),
        nutrient=row.text("nutrient"),
        value=row.number("value"),
        unit=row.text("unit"),
        low=row.number("low"),
        high=row.number("high"),
        se=row.number("se"),
        n_samples=row.number("n_samples"),
        source=row.text("source"),
        locator=row.text("locator"),
        verified=row.text("verified"),
        note=row.text("note"),
        where=row.where,
    )
