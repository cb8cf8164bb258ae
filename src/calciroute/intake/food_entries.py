"""Names of the words tables that are equal to what was written, in any order, number or case of the language.

Fifty thousand names are made comparable in one piece; only rows that hold the longest word of a question are
cut into names. A command that asks for one food does not pay for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from calciroute.intake.food_endings import has_endings, stems
from calciroute.intake.food_spelling import plain_text, singular, spelled_out, words_in_each
from calciroute.tables.food_words import FoodWords, languages_of, read_food_words

_LONG_VOWELS = re.compile("ou|oo|uu")
_STEM_LETTERS = 3


@dataclass(frozen=True)
class Entry:
    """A name of the words tables.

    Parameters
    ----------
    row : FoodWords
        Its food.
    language : str
        Whose name it is.
    word : str
        As the table writes it.
    """

    row: FoodWords
    language: str
    word: str


@cache
def _row_texts() -> tuple[str, ...]:
    """All names of a row in one line, without case and accents."""
    lines = ("\t".join(word for cell in row.words.values() for word in cell) for row in read_food_words())
    return tuple(plain_text("\n".join(lines)).split("\n"))


@cache
def _names_of_row(number: int) -> tuple[tuple[tuple[str, ...], Entry], ...]:
    row = read_food_words()[number]
    return tuple(
        (cut, Entry(row, language, word))
        for language, cell in row.words.items()
        if cell
        for word, cut in zip(cell, words_in_each(cell), strict=True)
    )


def _names_with(part: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
    for number, text in enumerate(_row_texts()):
        if part in text:
            yield from _names_of_row(number)


@lru_cache(4096)
def exact_entries(words: tuple[str, ...]) -> tuple[Entry, ...]:
    """Names of these very words.

    Parameters
    ----------
    words : tuple of str
        From `calciroute.intake.food_spelling.words_in`.

    Returns
    -------
    tuple of Entry
        In the order of the tables.

    Examples
    --------
    >>> {entry.row.food for entry in exact_entries(("volkorenbrood",))}
    {'wholewheat_bread'}
    """
    part = max(words, key=len, default="")
    return tuple(entry for cut, entry in _names_with(part) if cut == words) if part else ()


@lru_cache(4096)
def _entries_in_any_number(words: tuple[str, ...]) -> tuple[Entry, ...]:
    """In any order, singular or plural."""
    wanted = singular(words)
    part = max(wanted, key=len, default="")
    part = part.removesuffix("y") if len(part) > 1 else part  # berry, berries
    return tuple(entry for cut, entry in _names_with(part) if singular(cut) == wanted) if part else ()


@lru_cache(4096)
def _entries_in_any_case(words: tuple[str, ...], language: str) -> tuple[Entry, ...]:
    """Without the endings of a language with cases."""
    wanted = stems(words, language)
    part = max(wanted, key=len, default="")[:_STEM_LETTERS]
    return (
        tuple(
            entry
            for cut, entry in _names_with(part)
            if entry.language == language and stems(cut, language) == wanted
        )
        if part
        else ()
    )


def entries_for(words: tuple[str, ...], region: str | None = None) -> tuple[Entry, ...]:
    """Names that words mean: equal ones, else those that differ by umlauts, order, number or case.

    Parameters
    ----------
    words : tuple of str
        From `calciroute.intake.food_spelling.words_in`.
    region : str, optional
        Two letters; whose endings and vowels count.

    Returns
    -------
    tuple of Entry
        Empty where nothing is called so.

    Examples
    --------
    >>> {entry.row.food for entry in entries_for(("tomatoes",))} == {"tomato"}
    True
    """
    found = (
        exact_entries(words)
        or exact_entries(spelled_out(words))
        or _entries_in_any_number(words)
        or _entries_in_any_number(spelled_out(words))
    )
    for language in languages_of(region):
        if not found and has_endings(language):
            found = _entries_in_any_case(words, language)
        if not found and language == "ja":
            # Japanese in Latin letters without its long vowels: hourensou is horenso.
            found = exact_entries(tuple(_LONG_VOWELS.sub(lambda pair: pair[0][0], word) for word in words))
    return found
