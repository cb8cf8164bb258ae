"""What people call foods: ``food_words.csv`` by language, with marks of cooking and regions of languages.

A row is a food of the curated table, of the base table (``sr28:...``) or a dish (``dish:...``), with its
names in each language. Each was mapped by a look at the food, never by likeness of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

LANGUAGES = ("en", "gb", "us", "in", "nl", "de", "fr", "it", "es", "nordic", "pt", "pl", "ja")
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "gb": "British English",
        "us": "American English",
        "in": "an Indian word",
        "nl": "Dutch",
        "de": "German",
        "fr": "French",
        "it": "Italian",
        "es": "Spanish",
        "nordic": "Danish, Swedish or Norwegian",
        "pt": "Portuguese",
        "pl": "Polish",
        "ja": "Japanese",
    }
)
COLUMNS = (
    Column("food", required=True),
    Column("cooked"),
    Column("base"),
    *(Column(language) for language in LANGUAGES),
    Column("note"),
)
MARK_COLUMNS = (
    Column("kind", required=True, allowed=frozenset({"dropped", "cooked", "raw", "category"})),
    Column("words", required=True),
    Column("note"),
)
REGION_COLUMNS = (Column("region", required=True), Column("languages", required=True), Column("note"))


@dataclass(frozen=True)
class FoodWords:
    """Names of one food.

    Parameters
    ----------
    food, cooked : str
        Key of the food, and of its cooked form; `cooked` may be empty.
    base : str
        Base food that lends a curated food what no analysis of it holds; may be empty.
    words : mapping of str to tuple of str
        By language.
    note : str
        Choice that the row makes; empty where the name leaves none.
    where : str
        ``file:line``.
    """

    food: str
    cooked: str
    base: str
    words: Mapping[str, tuple[str, ...]]
    note: str
    where: str


@cache
def read_food_words() -> tuple[FoodWords, ...]:
    """Read the names.

    Returns
    -------
    tuple of FoodWords
        In file order; a food may have several rows.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [row.food for row in read_food_words() if "なっとう" in row.words["ja"]]
    ['natto']
    """
    return tuple(_words(row) for row in checked_rows(data_text("food_words.csv"), COLUMNS))


def _words(row: Row) -> FoodWords:
    words = {language: words_of(row.text(language)) for language in LANGUAGES}
    return FoodWords(
        row.text("food"),
        row.text("cooked"),
        row.text("base"),
        MappingProxyType(words),
        row.text("note"),
        row.where,
    )


@cache
def lenders() -> Mapping[str, str]:
    """Base foods that fill gaps of curated foods.

    Returns
    -------
    mapping of str to str
        Curated food to base food.

    Examples
    --------
    >>> lenders()["gouda"]
    'sr28:01022'
    """
    return MappingProxyType({row.food: row.base for row in read_food_words() if row.base})


@cache
def read_food_marks() -> Mapping[str, tuple[str, ...]]:
    """Words beside a food's name.

    Returns
    -------
    mapping of str to tuple of str
        By kind: ``dropped`` (fresh, home-made), ``cooked``, ``raw``, and ``category`` (first words of base
        names that name no food).

    Examples
    --------
    >>> "gekookt" in read_food_marks()["cooked"]
    True
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in checked_rows(data_text("food_marks.csv"), MARK_COLUMNS):
        kind = row.text("kind")
        found[kind] = found.get(kind, ()) + words_of(row.text("words"))
    return MappingProxyType(found)


@cache
def read_food_regions() -> Mapping[str, tuple[str, ...]]:
    """Languages of each region, the first one first.

    Returns
    -------
    mapping of str to tuple of str
        By two letters.

    Examples
    --------
    >>> read_food_regions()["JP"]
    ('ja', 'en')
    """
    rows = checked_rows(data_text("food_regions.csv"), REGION_COLUMNS, ("region",))
    return MappingProxyType({row.text("region"): words_of(row.text("languages")) for row in rows})


def languages_of(region: str | None) -> tuple[str, ...]:
    """Languages whose words come first in a region.

    Parameters
    ----------
    region : str or None
        Two letters.

    Returns
    -------
    tuple of str
        Columns of the table; empty when the region is not known.

    Examples
    --------
    >>> languages_of("BE")
    ('nl', 'fr', 'de', 'en')
    """
    return read_food_regions().get(region or "", ())
