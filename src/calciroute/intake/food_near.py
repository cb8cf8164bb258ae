"""Foods with a similar name: for a list under an unmatched word, never for a choice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from calciroute.intake.food_names import name_of
from calciroute.intake.food_search import Choice, foods_with
from calciroute.intake.food_spelling import singular, words_in, words_in_each
from calciroute.tables.base_foods import base_names
from calciroute.tables.food_words import read_food_words
from calciroute.tables.foods import food_words, foods_called

_LIKE = 72.0
_MOST = 6


@cache
def _names() -> Mapping[str, tuple[str, str]]:
    """Name as compared to the food and the name as written."""
    found: dict[str, tuple[str, str]] = {}
    for row in read_food_words():
        for cell in row.words.values():
            for word, words in zip(cell, words_in_each(cell) if cell else (), strict=True):
                found.setdefault(" ".join(words), (row.food, word))
    for word in food_words():
        found.setdefault(" ".join(words_in(word)), (foods_called(word)[0], word))
    return found


def near_foods(text: str) -> tuple[Choice, ...]:
    """Foods that a misspelt or unknown word may have meant.

    Parameters
    ----------
    text : str
        As written.

    Returns
    -------
    tuple of Choice
        Nearest spelling first, then foods whose names hold one of the words whole; at most six.

    Examples
    --------
    >>> near_foods("brocoly")[0].food
    'broccoli'
    """
    from rapidfuzz import fuzz, process

    written = " ".join(words_in(text))
    if not written:
        return ()
    hits = process.extract(written, list(_names()), scorer=fuzz.ratio, limit=30, score_cutoff=_LIKE)
    found: dict[str, Choice] = {}
    for name, _, _ in hits:
        food, word = _names()[name]
        found.setdefault(food, Choice(food, name_of(food), word))
    for word in sorted(words_in(text), key=len, reverse=True):
        if len(found) < _MOST:
            _with_word(word, found)
    return tuple(found.values())[:_MOST]


def _with_word(word: str, found: dict[str, Choice]) -> None:
    """Foods whose names hold a word whole, short names first."""
    one = singular((word,))[0]
    if len(one) < 3:
        return
    names = [name for name in _names() if one in name and one in singular(tuple(name.split()))]
    for name in sorted(names, key=len)[:_MOST]:
        food, written = _names()[name]
        found.setdefault(food, Choice(food, name_of(food), written))
    for food in sorted(foods_with(one), key=lambda key: len(base_names()[key]))[:_MOST]:
        found.setdefault(food, Choice(food, base_names()[food], base_names()[food]))
