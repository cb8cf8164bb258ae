"""Everyday words for the red flags of the self-check, in several languages (``symptom_words.csv``).

They are looked for in what a person writes down. The rows fail closed: a word too many costs a notice, a word
too few may cost more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.gates import read_gates
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

# Written without blanks between words.
_UNPARTED = frozenset({"ja"})
# Words of one row stand near each other: in this many words of the text.
_NEAR = 8
# A letter wrong in a word of so many is the same word still; in other languages than English only in longer
# ones, as "desmayo" and "dismay" are near each other.
_SLIPS_FROM, _SLIPS_FROM_ELSEWHERE = 6, 9
COLUMNS = (
    Column("gate", required=True),
    Column("language", required=True),
    Column("words", required=True),
    Column("basis", required=True, allowed=frozenset({"assumed"})),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class SymptomWords:
    """Words that name one red flag in one language.

    Parameters
    ----------
    gate : str
        Id in ``gates.csv``.
    language : str
        Two letters.
    phrases : tuple of tuple of str
        All words of a phrase have to stand near each other, in any order; ``*`` admits any ending.
    """

    gate: str
    language: str
    phrases: tuple[tuple[str, ...], ...]


@cache
def read_symptom_words() -> tuple[SymptomWords, ...]:
    """Read the table.

    Returns
    -------
    tuple of SymptomWords
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    rows = checked_rows(data_text("symptom_words.csv"), COLUMNS, ("gate", "language"), (_known_gate,))
    return tuple(
        SymptomWords(row.text("gate"), row.text("language"), tuple(
            (phrase,) if row.text("language") in _UNPARTED else tuple(_folded_phrase(phrase))
            for phrase in words_of(row.text("words"))
        ))
        for row in rows
    )  # fmt: skip


def flags_in(text: str) -> dict[str, str]:
    """Red flags that a text names.

    Parameters
    ----------
    text : str
        What a person wrote.

    Returns
    -------
    dict of str to str
        Id in ``gates.csv`` to the words of the table that were found; "no chest pain" counts as well.

    Examples
    --------
    >>> flags_in("woke up with a pain in my chest")
    {'Q022': 'chest pain'}
    >>> flags_in("slept well")
    {}
    """
    whole = unicodedata.normalize("NFKC", text)
    words = _folded(text).split()
    found: dict[str, str] = {}
    for row in read_symptom_words():
        for phrase in row.phrases:
            if row.language in _UNPARTED:
                hit = phrase[0] in whole
            else:
                hit = _stands_in(
                    phrase, words, _SLIPS_FROM if row.language == "en" else _SLIPS_FROM_ELSEWHERE
                )
            if hit:
                found.setdefault(row.gate, " ".join(phrase).replace("*", ""))
                break
    return found


def _stands_in(phrase: tuple[str, ...], words: list[str], slips_from: int) -> bool:
    places = [
        [place for place, word in enumerate(words) if _same(wanted, word, slips_from)] for wanted in phrase
    ]
    if not all(places):
        return False
    return any(
        all(any(0 <= place - start < _NEAR for place in mine) for mine in places)
        for start in {place for mine in places for place in mine}
    )


def _same(wanted: str, word: str, slips_from: int) -> bool:
    if wanted.endswith("*"):
        stem = wanted[:-1]
        return word.startswith(stem) or any(
            _one_slip(stem, word[:length], slips_from) for length in range(len(stem) - 1, len(stem) + 2)
        )
    return word == wanted or _one_slip(wanted, word, slips_from)


def _one_slip(one: str, other: str, slips_from: int) -> bool:
    """One letter left out, put in, wrong, or two changed about, which shorter words show too."""
    if len(one) < slips_from - 1 or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if start < 1:  # the first letter is nearly never the wrong one
        return False
    a, b = one[start:], other[start:]
    if len(a) == len(b) > 1 and a[:2] == b[:2][::-1] and a[2:] == b[2:]:
        return True
    return len(one) >= slips_from and (a[1:] == b or a == b[1:] or a[1:] == b[1:])


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    # Marks over Latin letters go; the vowel signs of Devanagari are letters.
    plain = "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")
    return re.sub(r"[^\w\u0900-\u097f]+", " ", unicodedata.normalize("NFC", plain))


def _folded_phrase(phrase: str) -> Iterable[str]:
    for word in phrase.split():
        yield _folded(word.rstrip("*")).strip() + ("*" if word.endswith("*") else "")


def _known_gate(row: Row) -> Iterable[Problem]:
    if row.text("gate") not in {gate.id for gate in read_gates()}:
        yield Problem(row.where, f"'{row.text('gate')}' is not a gate of gates.csv", "an id from there")
