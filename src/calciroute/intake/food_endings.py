"""Words of a language with cases, compared without their endings: *chleba*, *chlebem* and *chleb* are one."""

from __future__ import annotations

from functools import cache, lru_cache

from calciroute.tables.word_endings import word_endings

# What is left of a word must still tell it from others.
_SHORTEST_STEM = 3


def has_endings(language: str) -> bool:
    """Whether words of a language change their endings after a measure.

    Parameters
    ----------
    language : str
        A column of ``food_words.csv``.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_endings("pl"), has_endings("nl")
    (True, False)
    """
    return language in word_endings()


def stems(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Words without their endings, in the order of the alphabet.

    Parameters
    ----------
    words : tuple of str
        From `calciroute.intake.food_spelling.words_in`.
    language : str
        One for which `has_endings` holds.

    Returns
    -------
    tuple of str
        Sorted. A vowel that comes and goes (*ogórek*, *ogórka*) is left out of both.

    Examples
    --------
    >>> stems(("chleba", "zytniego"), "pl") == stems(("chleb", "zytni"), "pl")
    True
    >>> stems(("ogorek",), "pl") == stems(("ogorkow",), "pl")
    True
    """
    return tuple(sorted(_stem(word, language) for word in words))


@cache
def _endings(language: str) -> tuple[str, ...]:
    return tuple(sorted(word_endings()[language], key=len, reverse=True))


@lru_cache(8192)
def _stem(word: str, language: str) -> str:
    for ending in _endings(language):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM + 1 and word.endswith("ek"):
        return word[:-2] + "k"
    return word
