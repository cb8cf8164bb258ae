"""Words that join two foods in one line of a diary, by language: ``joining_words.csv``."""

from __future__ import annotations

from functools import cache

from calciroute.tables.csv_table import Column
from calciroute.tables.food_words import LANGUAGES, languages_of
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("language", required=True, allowed=frozenset(LANGUAGES)),
    Column("kind", required=True, allowed=frozenset({"with", "and"})),
    Column("words", required=True),
    Column("anywhere", required=True, allowed=frozenset({"yes", "no"})),
)


@cache
def joining_words(kind: str, region: str | None = None) -> frozenset[str]:
    """Words that join foods.

    Parameters
    ----------
    kind : {"with", "and"}
        *bread with cheese*, or *rice and beans*.
    region : str, optional
        Two letters. Short words that mean something else in another language (*en*, *i*) join in their own
        countries alone.

    Returns
    -------
    frozenset of str
        Case-folded.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> "met" in joining_words("with", "NL"), "en" in joining_words("and"), "en" in joining_words("and", "NL")
    (True, False, True)
    """
    here = languages_of(region)
    rows = checked_rows(data_text("joining_words.csv"), COLUMNS, ("language", "kind"))
    return frozenset(
        word.casefold()
        for row in rows
        if row.text("kind") == kind and (row.text("anywhere") == "yes" or row.text("language") in here)
        for word in words_of(row.text("words"))
    )
