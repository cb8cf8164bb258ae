"""Names that look like a word, found fast enough for a list of a hundred unknown names."""

from __future__ import annotations

import difflib
from functools import cache

_BITS = (
    61  # letters fold onto the bits of one machine word; two letters on one bit only let more names through
)


def close_names(word: str, names: tuple[str, ...], similarity: float, count: int = 3) -> list[str]:
    """Names near a word, nearest first.

    Parameters
    ----------
    word : str
        What was written.
    names : tuple of str
        What exists.
    similarity : float
        Share of signs in common, 0 to 1, as ``difflib`` counts it.
    count : int
        At most so many.

    Returns
    -------
    list of str
        The same as ``difflib.get_close_matches`` gives.

    Examples
    --------
    >>> close_names("warfrin", ("warfarin", "ramipril"), 0.75)
    ['warfarin']
    """
    letters = _letters(word)
    candidates = [
        name
        for name, length, mask in _measured(names)
        # Signs that only one of the two has are not in common: too many of them, and the rest cannot suffice.
        if (letters ^ mask).bit_count() <= (1.0 - similarity) * (len(word) + length)
    ]
    return difflib.get_close_matches(word, candidates, n=count, cutoff=similarity)


@cache
def _measured(names: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    return tuple((name, len(name), _letters(name)) for name in names)


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % _BITS)
    return mask
