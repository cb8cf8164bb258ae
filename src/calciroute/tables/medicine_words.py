"""Words that stand around a medicine's name: doses, forms, times, makers, salts (``medicine_words.csv``)."""

from __future__ import annotations

from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.rules import words_of
from calciroute.tables.texts import data_text

WORD_KINDS = frozenset({"unit", "schedule", "form", "maker", "release", "salt"})
# Written without blanks between words: these come off the end of a name, not from between blanks.
UNPARTED = "ja"
COLUMNS = (
    Column("kind", required=True, allowed=WORD_KINDS),
    Column("language", required=True),
    Column("words", required=True),
    Column("basis", required=True, allowed=frozenset({"assumed"})),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_medicine_words(unparted: bool = False) -> dict[str, frozenset[str]]:
    """Read the table.

    Parameters
    ----------
    unparted : bool
        True: the words of languages that put no blanks between words, and no others.

    Returns
    -------
    dict of str to frozenset of str
        Words by kind: ``unit``, ``schedule`` and ``form`` say how much, when and how; ``maker`` who makes it;
        ``release`` and ``salt`` what makers put behind a name.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> "nocte" in read_medicine_words()["schedule"], "succinaat" in read_medicine_words()["salt"]
    (True, True)
    >>> "塩酸塩" in read_medicine_words(unparted=True)["salt"]
    True
    """
    found: dict[str, set[str]] = {kind: set() for kind in sorted(WORD_KINDS)}
    for row in read_table(data_text("medicine_words.csv"), COLUMNS, ("kind", "language")):
        if (row.text("language") == UNPARTED) == unparted:
            found[row.text("kind")].update(words_of(row.text("words")))
    return {kind: frozenset(words) for kind, words in found.items()}
