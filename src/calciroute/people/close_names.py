"""Names that look like a word, found fast enough for a list of a hundred unknown names."""

from __future__ import annotations

import difflib
from functools import cache, lru_cache

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
    return list(_close_names(word, names, similarity, count))


# A list of medicines may hold one unknown word many times.
@lru_cache(maxsize=1_000)
def _close_names(word: str, names: tuple[str, ...], similarity: float, count: int) -> tuple[str, ...]:
    letters = _letters(word)
    candidates: list[tuple[int, str]] = []
    for length, known in _by_length(names).items():
        both = len(word) + length
        # What they have in common is at most the shorter one.
        if 2.0 * min(len(word), length) < similarity * both:
            continue
        # Signs that only one of the two has are not in common: too many of them, and the rest cannot suffice.
        most = (1.0 - similarity) * both
        candidates += [(place, name) for place, name, mask in known if (letters ^ mask).bit_count() <= most]
    in_order = [name for _, name in sorted(candidates)]
    return tuple(difflib.get_close_matches(word, in_order, n=count, cutoff=similarity))


@cache
def _by_length(names: tuple[str, ...]) -> dict[int, list[tuple[int, str, int]]]:
    found: dict[int, list[tuple[int, str, int]]] = {}
    for place, name in enumerate(names):
        found.setdefault(len(name), []).append((place, name, _letters(name)))
    return found


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % _BITS)
    return mask
