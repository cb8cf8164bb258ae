"""Endings that words take on in a sentence, by language: ``word_endings.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.food_words import LANGUAGES
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("language", required=True, allowed=frozenset(LANGUAGES)),
    Column("endings", required=True),
    Column("note"),
)


@cache
def word_endings() -> Mapping[str, tuple[str, ...]]:
    """Read the endings.

    Returns
    -------
    mapping of str to tuple of str
        By language, as in ``food_words.csv``.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> "ami" in word_endings()["pl"]
    True
    """
    rows = checked_rows(data_text("word_endings.csv"), COLUMNS, ("language",))
    return MappingProxyType({row.text("language"): words_of(row.text("endings")) for row in rows})
