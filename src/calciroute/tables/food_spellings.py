"""Words of foods as people misspell and shorten them: ``food_spellings.csv``, each mapped by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows
from calciroute.tables.texts import data_text

COLUMNS = (Column("word", required=True), Column("meant"), Column("note"))


@cache
def food_spellings() -> Mapping[str, tuple[str, ...]]:
    """What a misspelt or short word stands for.

    Returns
    -------
    mapping of str to tuple of str
        Word, case-folded, to words; no word at all for one that says nothing about the food.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> food_spellings()["brocolli"], food_spellings()["oj"], food_spellings()["leftover"]
    (('broccoli',), ('orange', 'juice'), ())
    """
    rows = checked_rows(data_text("food_spellings.csv"), COLUMNS, ("word",))
    return MappingProxyType({row.text("word").casefold(): tuple(row.text("meant").split()) for row in rows})
