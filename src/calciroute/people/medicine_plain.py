"""A medicine's name without what people and prescribers write around it.

Words come off in an order: doses, times and forms first, then makers, then, from the end, release and salt.
After each step the name is looked up as it stands. Only words of the table come off, so that what is left is
either a name or it is not: no word that could be an ingredient of its own is ever passed over.
"""

from __future__ import annotations

import re
from functools import cache

from calciroute.people.medicine_japanese import is_japanese, japanese_names
from calciroute.people.medicine_text import comparable
from calciroute.tables.medicine_words import read_medicine_words

# "Pan D", "Telma AM", "Amlokind AT": short words behind a name are second ingredients. They are times of the
# day or forms only behind a number, and these few only behind a number with its unit.
_SHORT = 2
_INGREDIENTS = frozenset({"am", "at", "ct", "pm", "an", "av", "d", "h", "m", "p", "f", "n", "a", "s", "g"})
_ALWAYS = frozenset(
    {"mg", "ug", "ml", "iu", "ui", "ie", "dd", "bd", "hs", "po", "zn", "vn", "мг", "мл", "ме", "qd"}
)
_NUMBER = re.compile(r"(?:[xq]?\d.*|[ivx]+ ?\d+)")
_WITH_UNIT = re.compile(r"\d+(?:mg|mcg|ug|g|ml|iu|ie|ui|мг|мкг|г|мл)")
# A mineral behind a vitamin is a second product, not a salt.
_MINERALS = frozenset(
    {"calcium", "magnesium", "kalcium", "kalium", "potassium", "sodium", "кальций", "магний"}
)
# "a" of "twice a day" stands between such words, "à jeun" and "à noite" before these.
_AT = frozenset({"pranzo", "cena", "digiuno", "jeun", "noite", "jantar", "manha", "la", "coucher"})
_LOOK_ALIKE = str.maketrans({"b": "в", "c": "с", "d": "д", "k": "к"})
_OF = frozenset({"de", "d", "di", "do", "da", "del", "of"})
_LONGEST = 24


def plain_names(text: str) -> list[str]:
    """What is left of a text when the words around the name come off.

    Parameters
    ----------
    text : str
        One entry of a medicine list.

    Returns
    -------
    list of str
        In comparable form, longest first; empty where no name stands.

    Examples
    --------
    >>> plain_names("Bisoprolol AbZ 5 mg 1-0-1")
    ['bisoprolol abz', 'bisoprolol']
    >>> plain_names("левотироксин натрия 50 мкг по 1 таб утром")
    ['левотироксин натрия', 'левотироксин']
    >>> plain_names("2 tablets at night")
    []
    """
    if is_japanese(text):
        return japanese_names(text)
    written = comparable(text).split()[:_LONGEST]
    words = _without_doses(written)
    # "Met XL": the first word may be the name, though it is "with" in Dutch.
    found = [[written[0], *words]] if words and written[0] in _around() else []
    found.append(words)
    makers = read_comparable_words("maker")
    kept = [
        word for place, word in enumerate(words) if word not in makers or (len(word) <= _SHORT and not place)
    ]
    found.append(kept)
    # "cloridrato de metformina": the salt stands first.
    while len(kept) > 1 and (kept[0] in read_comparable_words("salt") - _MINERALS or kept[0] in _OF):
        kept = kept[1:]
        found.append(kept)
    behind = read_comparable_words("release") | read_comparable_words("salt")
    while len(kept) > 1 and kept[-1] in behind and not (kept[0].startswith("vit") and kept[-1] in _MINERALS):
        kept = kept[:-1]
        found.append(kept)
    # Latin letters before a digit in a Cyrillic text: "Магне B6" is "Магне В6".
    if not text.isascii() and any("а" <= letter <= "я" for letter in text.lower()):
        found += [[_in_cyrillic(word) for word in words] for words in list(found)]
    return list(dict.fromkeys(" ".join(words) for words in found if words))


def without_salt(word: str) -> str:
    """A name with the salt that is written onto it taken off.

    Parameters
    ----------
    word : str
        One word in comparable form.

    Returns
    -------
    str
        Empty where no salt stands behind, or too little before it.

    Examples
    --------
    >>> without_salt("metoprololsuccinaat"), without_salt("losartankalium"), without_salt("natrium")
    ('metoprolol', 'losartan', '')
    """
    match = _glued().fullmatch(word)
    return match["name"] if match else ""


@cache
def read_comparable_words(kind: str) -> frozenset[str]:
    """Words of one kind of ``medicine_words.csv``, single words in comparable form.

    Parameters
    ----------
    kind : str
        As in the table.

    Returns
    -------
    frozenset of str
    """
    return frozenset(part for word in read_medicine_words()[kind] for part in comparable(word).split())


def _in_cyrillic(word: str) -> str:
    return word.translate(_LOOK_ALIKE) if word[:1].isascii() and word[1:].isdigit() else word


@cache
def _units() -> frozenset[str]:
    return read_comparable_words("unit") | {"g", "u", "e", "г", "j"}


@cache
def _around() -> frozenset[str]:
    return frozenset().union(*(read_comparable_words(kind) for kind in ("unit", "schedule", "form")))


@cache
def _glued() -> re.Pattern[str]:
    salts = sorted((word for word in read_comparable_words("salt") if len(word) >= 5), key=len, reverse=True)
    return re.compile(rf"(?P<name>\w{{5,}}?)(?:{'|'.join(map(re.escape, salts))})")


def _without_doses(words: list[str]) -> list[str]:
    around, kept = _around(), []
    times = read_comparable_words("schedule")
    # "si besoin", "as needed": a longer word of time says that the short ones beside it are no ingredients.
    number, unit = any(word in times and len(word) > _SHORT for word in words[1:]), False
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if word == "a" and after in times and (before in times or after in _AT):
            continue
        if _NUMBER.fullmatch(word):
            number = True
            unit = unit or bool(_WITH_UNIT.fullmatch(word))
            continue
        if before.isdigit() and word in _units():
            unit = True
            continue
        if word in around and (len(word) > _SHORT or word in _ALWAYS):
            unit = unit or (number and word in read_comparable_words("unit"))
            continue
        if word in around and (unit if word in _INGREDIENTS else number):
            unit = unit or word in read_comparable_words("unit")
            continue
        kept.append(word)
    # "at night": words that only stand around a name are none.
    return [] if all(word in around for word in kept) else kept
