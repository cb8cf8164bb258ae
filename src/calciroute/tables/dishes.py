"""Dishes that no table of analyses holds, as mixtures of foods: ``dishes.csv``, one row an ingredient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, ordered
from calciroute.tables.texts import data_text

PREFIX = "dish:"
_WHOLE_G = 100.0
COLUMNS = (
    Column("dish", required=True),
    Column("name", required=True),
    Column("food", required=True),
    Column("low", "number", required=True),
    Column("share", "number", required=True),
    Column("high", "number", required=True),
    Column("portion_g", "number", required=True),
    Column("basis", required=True, allowed=frozenset({"assumed", "published"})),
    Column("source"),
    Column("locator"),
    Column("note"),
)


@dataclass(frozen=True)
class Ingredient:
    """One food of a dish.

    Parameters
    ----------
    food : str
        Key of the curated or base table.
    low, share, high : float
        Grams in 100 g of the dish as eaten: of lean, usual and rich recipes.
    """

    food: str
    low: float
    share: float
    high: float


@dataclass(frozen=True)
class Dish:
    """A mixture of foods.

    Parameters
    ----------
    key, name : str
        Such as ``dish:miso_soup``; in English.
    ingredients : tuple of Ingredient
        Usual shares sum to 100 g.
    portion_g : float
        A usual portion as eaten, g; assumed.
    basis, source, locator, note : str
        ``assumed`` where nobody published the shares; where from; what they follow.
    where : str
        ``file:line`` of the first row.
    """

    key: str
    name: str
    ingredients: tuple[Ingredient, ...]
    portion_g: float
    basis: str
    source: str
    locator: str
    note: str
    where: str


@cache
def read_dishes() -> Mapping[str, Dish]:
    """Read the dishes.

    Returns
    -------
    mapping of str to Dish
        By key.

    Raises
    ------
    TableError
        With every problem, shares that miss 100 g among them.

    Examples
    --------
    >>> dish = read_dishes()["dish:miso_soup"]
    >>> dish.basis, sum(part.share for part in dish.ingredients)
    ('assumed', 100.0)
    """
    found: dict[str, Dish] = {}
    for row in checked_rows(
        data_text("dishes.csv"), COLUMNS, ("dish", "food"), (ordered("low", "share", "high"),)
    ):
        key = PREFIX + row.text("dish")
        low, share, high = (row.number(column) or 0.0 for column in ("low", "share", "high"))
        before = found[key].ingredients if key in found else ()
        found[key] = Dish(
            key,
            row.text("name"),
            (*before, Ingredient(row.text("food"), low, share, high)),
            row.number("portion_g") or 0.0,
            row.text("basis"),
            row.text("source"),
            row.text("locator"),
            row.text("note"),
            found[key].where if key in found else row.where,
        )
    problems = [
        Problem(dish.where, f"shares of {dish.key} sum to {total:g} g", "100 g")
        for dish in found.values()
        if abs((total := sum(part.share for part in dish.ingredients)) - _WHOLE_G) > 0.01
    ]
    if problems:
        raise TableError(problems)
    return MappingProxyType(found)
