"""How programs call the columns of a food diary: ``diary_headings.csv``; for suggestions alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

ROLES = ("food", "amount", "grams", "unit", "date", "time")
COLUMNS = (
    Column("role", required=True, allowed=frozenset(ROLES)),
    Column("words", required=True),
)


@cache
def read_diary_headings() -> Mapping[str, tuple[str, ...]]:
    """Read the words.

    Returns
    -------
    mapping of str to tuple of str
        Role to headings, the usual one first.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> "datum" in read_diary_headings()["date"]
    True
    """
    rows = checked_rows(data_text("diary_headings.csv"), COLUMNS, ("role",))
    return MappingProxyType({row.text("role"): words_of(row.text("words")) for row in rows})
