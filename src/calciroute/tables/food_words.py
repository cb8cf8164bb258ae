"""What people call foods, by language, with marks of cooking and regions of languages.

``food_words.csv`` has a column a language; ``food_words_more.csv`` a row for a food and a language, in any
script. A row is a food of the curated table, of the base table (``sr28:...``) or a dish (``dish:...``), with
its names in each language. Each was mapped by a look at the food, never by likeness of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

_COLUMN_LANGUAGES = ("en", "gb", "us", "in", "nl", "de", "fr", "it", "es", "nordic", "pt", "pl", "ja")
_MORE_LANGUAGES = ("zh", "ko", "th", "vi", "id", "tr", "el", "ru", "uk", "fa", "ar", "he")
LANGUAGES = (*_COLUMN_LANGUAGES, *_MORE_LANGUAGES)
# Written in Latin letters their short words look like those of others.
FAR_LANGUAGES = frozenset({"in", "ja", *_MORE_LANGUAGES})
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
        "zh": "Chinese",
        "ko": "Korean",
        "th": "Thai",
        "vi": "Vietnamese",
        "id": "Indonesian or Malay",
        "tr": "Turkish",
        "el": "Greek",
        "ru": "Russian",
        "uk": "Ukrainian",
        "fa": "Persian",
        "ar": "Arabic",
        "he": "Hebrew",
    }
)
COLUMNS = (
    Column("food", required=True),
    Column("cooked"),
    Column("base"),
    *(Column(language) for language in _COLUMN_LANGUAGES),
    Column("note"),
)
MORE_COLUMNS = (
    Column("food", required=True),
    Column("cooked"),
    Column("language", required=True, allowed=frozenset(LANGUAGES)),
    Column("words", required=True),
    Column("note"),
)
MARK_COLUMNS = (
    Column("kind", required=True, allowed=frozenset({"dropped", "cooked", "raw", "category", "maker"})),
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
        In file order, those of ``food_words_more.csv`` last; a food may have several rows.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [row.food for row in read_food_words() if "なっとう" in row.words["ja"]]
    ['natto']
    """
    return (
        *(_words(row) for row in _foods()),
        *(_more_words(row) for row in checked_rows(data_text("food_words_more.csv"), MORE_COLUMNS)),
    )


@cache
def _foods() -> tuple[Row, ...]:
    return checked_rows(data_text("food_words.csv"), COLUMNS)


def _more_words(row: Row) -> FoodWords:
    words = dict.fromkeys(LANGUAGES, ()) | {row.text("language"): words_of(row.text("words"))}
    return FoodWords(
        row.text("food"), row.text("cooked"), "", MappingProxyType(words), row.text("note"), row.where
    )


def _words(row: Row) -> FoodWords:
    words = dict.fromkeys(LANGUAGES, ()) | {
        language: words_of(row.text(language)) for language in _COLUMN_LANGUAGES
    }
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
    return MappingProxyType({row.text("food"): row.text("base") for row in _foods() if row.text("base")})


@cache
def read_food_marks() -> Mapping[str, tuple[str, ...]]:
    """Words beside a food's name.

    Returns
    -------
    mapping of str to tuple of str
        By kind: ``dropped`` (fresh, home-made), ``cooked``, ``raw``, ``category`` (first words of base
        names that name no food), and ``maker`` (makers and shops).

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
