"""Foods: ``foods.csv``, one row a food as one source analysed it in one region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.nomenclature import folded
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

# What a K2 sum of a food means, and what a missing one means: never simply zero.
K2_MISSING_RULES = frozenset({
    "structural_zero", "measured", "mk4_is_total", "lower_bound", "upper_bound_includes_k1", "unknown",
})  # fmt: skip
K2_BASES = frozenset({
    "not_measured", "mk4_only", "reported_total", "sum_of_reported_forms", "total_vitamin_k_incl_k1",
    "total_vitamin_k", "total_vitamin_k_as_K1_equivalents",
})  # fmt: skip
_YES_NO = frozenset({"yes", "no"})
COLUMNS = (
    Column("food_id", required=True),
    Column("food", required=True),
    Column("name", required=True),
    Column("aliases"),
    Column("group", required=True),
    Column("state"),
    Column("region"),
    Column("portion_g", "number", required=True),
    Column("fermented", required=True, allowed=_YES_NO),
    Column("k2_basis", required=True, allowed=K2_BASES),
    Column("k2_missing_rule", required=True, allowed=K2_MISSING_RULES),
    Column("preferred", required=True, allowed=_YES_NO | {"region"}),
    Column("source"),
    Column("locator"),
    Column("note"),
)


@dataclass(frozen=True)
class Food:
    """A food as one source analysed it in one region.

    Parameters
    ----------
    food_id : str
        Such as ``gouda_nl``; key of its rows in ``food_nutrients.csv``.
    food : str
        Such as ``gouda``; shared by all rows of the same food.
    name : str
        As the source prints it.
    aliases : tuple of str
        Other words for it.
    group, state : str
        Such as ``cheese``; raw, cooked ...
    region : str
        Country of the analysed food, two letters; empty when none is given.
    portion_g : float
        Usual portion, g; a default of the group.
    fermented : bool
        Whether it is a fermented food.
    k2_basis, k2_missing_rule : str
        What the K2 value holds and how to read a missing one; words of `K2_BASES` and `K2_MISSING_RULES`.
    preferred, preferred_here : bool
        The row to take when no region is known; the row to take first in its own region.
    source, locator, note, where : str
        Key in references.bib, place in it, remarks, ``file:line``.
    """

    food_id: str
    food: str
    name: str
    aliases: tuple[str, ...]
    group: str
    state: str
    region: str
    portion_g: float
    fermented: bool
    k2_basis: str
    k2_missing_rule: str
    preferred: bool
    preferred_here: bool
    source: str
    locator: str
    note: str
    where: str


@cache
def read_foods(source: Traversable | None = None) -> Mapping[str, Food]:
    """Read the foods.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to Food
        By food_id, in file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_foods()["gouda_nl"].region
    'NL'
    """
    rows = checked_rows(source or data_text("foods.csv"), COLUMNS, ("food_id",))
    return MappingProxyType({row.text("food_id"): _food(row) for row in rows})


def _food(row: Row) -> Food:
    portion = row.number("portion_g")
    assert portion is not None  # a required column
    return Food(
        food_id=row.text("food_id"),
        food=row.text("food"),
        name=row.text("name"),
        aliases=words_of(row.text("aliases")),
        group=row.text("group"),
        state=row.text("state"),
        region=row.text("region"),
        portion_g=portion,
        fermented=row.text("fermented") == "yes",
        k2_basis=row.text("k2_basis"),
        k2_missing_rule=row.text("k2_missing_rule"),
        preferred=row.text("preferred") == "yes",
        preferred_here=row.text("preferred") in {"yes", "region"},
        source=row.text("source"),
        locator=row.text("locator"),
        note=row.text("note"),
        where=row.where,
    )


@cache
def _foods_by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for food in read_foods().values():
        for word in (food.food_id, food.food, food.name, *food.aliases):
            found.setdefault(folded(word), {})[food.food] = None
    return MappingProxyType({word: tuple(foods) for word, foods in found.items()})


def foods_called(word: str) -> tuple[str, ...]:
    """Foods that a word names, by exact name or alias.

    Parameters
    ----------
    word : str
        Food, food_id, printed name or alias, in any case.

    Returns
    -------
    tuple of str
        Values of ``food``: none, one, or several where the word is ambiguous.

    Examples
    --------
    >>> foods_called("Nattou")
    ('natto',)
    >>> foods_called("curd")
    ('curd_dahi', 'yogurt_whole')
    """
    return _foods_by_word().get(folded(word), ())


def food_words() -> tuple[str, ...]:
    """All words that name a food, as printed, for messages with near names.

    Returns
    -------
    tuple of str
        Names and aliases, each once.

    Examples
    --------
    >>> "Natto" in food_words()
    True
    """
    words = (word for food in read_foods().values() for word in (food.food, food.name, *food.aliases))
    return tuple(dict.fromkeys(words))


def analyses_of(food: str, region: str | None = None) -> tuple[Food, ...]:
    """Rows of one food, in one region or in all.

    Parameters
    ----------
    food : str
        A value of ``food``, from `foods_called`.
    region : str, optional
        Two letters; all regions when left out.

    Returns
    -------
    tuple of Food
        The preferred row first; empty when the region has none.

    Examples
    --------
    >>> [row.region for row in analyses_of("gouda")]
    ['NL', 'US']
    """
    rows = [row for row in read_foods().values() if row.food == food and region in {None, row.region}]
    return tuple(sorted(rows, key=lambda row: (not row.preferred, not row.preferred_here)))
