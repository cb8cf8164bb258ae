"""A medicine's name in the form in which names are compared, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks that carry no sound of their own in these scripts; Japanese and Indian marks do and stay.
_MARKS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | {"ى": "ي", "ة": "ه", "ـ": ""}
)
_ASCII_WORDS = re.compile("[a-z0-9]+")
_ARTICLE = re.compile(r"\bال(?=\w{3})")


def comparable(name: str) -> str:
    """A name in the form in which names are compared.

    Parameters
    ----------
    name : str
        Any script.

    Returns
    -------
    str
        Compatibility forms joined, case folded, accents and the Arabic article off, signs as one blank.

    Examples
    --------
    >>> comparable("  Co-DIOVAN® ")
    'co diovan'
    >>> comparable("Sintróm") == comparable("sintrom")
    True
    >>> comparable("الوارفارين") == comparable("وارفارين")
    True
    """
    # Nineteen thousand names are read at the first question: plain ones have nothing to fold but their case.
    if name.isascii():
        return " ".join(_ASCII_WORDS.findall(name.lower()))
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(mark for mark in unicodedata.normalize("NFD", text) if not _is_silent(mark))
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = "".join(mark if _is_sound(mark) else " " for mark in text)
    return " ".join(_ARTICLE.sub("", text).split())


@lru_cache(4096)
def _is_sound(mark: str) -> bool:
    # Vowel signs of Indian scripts are marks, not letters; a word without them is another word.
    return mark.isalnum() or unicodedata.category(mark) in {"Mn", "Mc"}


@lru_cache(4096)
def _is_silent(mark: str) -> bool:
    code = ord(mark)
    # Format signs such as a zero-width blank would hide a name from the table.
    return unicodedata.category(mark) == "Cf" or any(low <= code <= high for low, high in _MARKS)
