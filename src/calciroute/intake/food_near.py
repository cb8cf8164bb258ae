"""Foods with a similar name: for a list under an unmatched word, never for a choice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from calciroute.intake.food_entries import all_names, base_foods_with, entries_for
from calciroute.intake.food_names import name_of
from calciroute.intake.food_search import Choice
from calciroute.intake.food_spelling import singular, words_in
from calciroute.tables.base_foods import base_names
from calciroute.tables.foods import food_words, foods_called

_LIKE = 72.0
_MOST = 6


@cache
def _curated() -> Mapping[str, tuple[str, str]]:
    """Printed name or alias of the curated table, as compared, to the food and the name as written."""
    return {" ".join(words_in(word)): (foods_called(word)[0], word) for word in reversed(food_words())}


@cache
def _names() -> tuple[str, ...]:
    """Every name as compared, those of the words tables first."""
    return tuple(dict.fromkeys((*all_names(), *reversed(tuple(_curated())))))


def _meant(name: str) -> tuple[str, str]:
    """The food of a name as compared, and the name as written."""
    met = entries_for(tuple(name.split(" ")))
    return (met[0].food, met[0].word) if met else _curated()[name]


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
    hits = process.extract(written, _names(), scorer=fuzz.ratio, limit=30, score_cutoff=_LIKE)
    found: dict[str, Choice] = {}
    for name, _, _ in hits:
        food, word = _meant(name)
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
        food, written = _meant(name)
        found.setdefault(food, Choice(food, name_of(food), written))
    for food in sorted(base_foods_with(one), key=lambda key: len(base_names()[key]))[:_MOST]:
        found.setdefault(food, Choice(food, base_names()[food], base_names()[food]))
