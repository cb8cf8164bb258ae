"""Words as the food search compares them: without case, accents and marks, cut into whole words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Vowel signs of Devanagari and Thai are no letters to Python, and a word without them is another word.
_WORDS = re.compile(r"[\w%&\u0900-\u0963\u0966-\u0dff\u0e00-\u0e4e]+(?:[.,]\d+%?)?")
_WHOLE_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "a", "đ": "d", "ł": "l", "ı": "i", "ё": "е"}
_TWO_FOR_ONE = re.compile("ae|oe|ue")
_SHORTEST_PLURAL = 4


def words_in(text: str) -> tuple[str, ...]:
    """Whole words of a text, ready to compare.

    Parameters
    ----------
    text : str
        In any script. Marks between words part them; Japanese stays in one piece.

    Returns
    -------
    tuple of str
        In their order.

    Examples
    --------
    >>> words_in("Œuf à la coque"), words_in("Brötchen"), words_in("1,5% milk"), words_in("なっとう")
    (('oeuf', 'a', 'la', 'coque'), ('brotchen',), ('1,5%', 'milk'), ('なっとう',))
    """
    # Eleven thousand names are cut at the first question: plain ones skip the table of letters.
    if text.isascii():
        return tuple(_WORDS.findall(text.lower()))
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_WORDS.findall(plain.translate(_PLAIN)))


_OTHER_SCRIPTS = re.compile("[\u0370-\u1dff\u2e80-\ufeff]")


def in_other_script(text: str) -> bool:
    """Whether a text has letters that never become Latin ones when accents go.

    Parameters
    ----------
    text : str
        A name, or words of `words_in`.

    Returns
    -------
    bool

    Examples
    --------
    >>> in_other_script("phở"), in_other_script("гречка"), in_other_script("みそ汁")
    (False, True, True)
    """
    return not text.isascii() and _OTHER_SCRIPTS.search(text) is not None


def words_in_each(texts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Whole words of many texts, as `words_in` cuts each of them; all at once costs a third.

    Parameters
    ----------
    texts : tuple of str
        Without line breaks.

    Returns
    -------
    list of tuple of str
        In their order.

    Examples
    --------
    >>> words_in_each(("Crème brûlée", "なっとう"))
    [('creme', 'brulee'), ('なっとう',)]
    """
    return [tuple(_WORDS.findall(line)) for line in plain_text("\n".join(texts)).split("\n")]


def plain_text(text: str) -> str:
    """A text as names are compared: without case, and without accents of Latin and Greek letters.

    Parameters
    ----------
    text : str
        Any; line breaks stay.

    Returns
    -------
    str

    Examples
    --------
    >>> plain_text("Crème Brûlée")
    'creme brulee'
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)


class _PlainLetters(dict[int, str]):
    """Letter without its accent, worked out at its first use."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        # Accents go from Latin and Greek letters alone: in kana the same kind of mark makes another sound.
        loses = base.isascii() or "\u0370" <= base <= "\u03ff"
        self[code] = _WHOLE_LETTERS.get(letter) or (base if loses else letter)
        return self[code]


_PLAIN = _PlainLetters()


def spelled_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words with ae, oe and ue written for a letter with two dots, as that letter.

    Parameters
    ----------
    words : tuple of str
        From `words_in`.

    Returns
    -------
    tuple of str
        In the same order.

    Examples
    --------
    >>> spelled_out(("broetchen", "kaese"))
    ('brotchen', 'kase')
    """
    return tuple(_TWO_FOR_ONE.sub(lambda pair: pair[0][0], word) for word in words)


def singular(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without an English plural ending, in the order of the alphabet: only for a second look.

    Parameters
    ----------
    words : tuple of str
        From `words_in`.

    Returns
    -------
    tuple of str
        Sorted.

    Examples
    --------
    >>> singular(("raw", "tomatoes")), singular(("berries",)), singular(("swiss", "peas"))
    (('raw', 'tomato'), ('berry',), ('pea', 'swiss'))
    """
    return (_singular(words[0]),) if len(words) == 1 else tuple(sorted(map(_singular, words)))


@lru_cache(16384)  # the base table's fifty thousand words are some thousands, again and again
def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORTEST_PLURAL + 1:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("oes", "ches", "shes")) else word[:-1]
