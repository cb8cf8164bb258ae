"""How a medicine's name is made comparable, split from its neighbours and freed of its dose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from calciroute.units.expression import convert
from calciroute.units.quantity import QuantityError, parse_quantity

# Marks that carry no sound of their own in these scripts; Japanese and Indian marks do and stay.
_MARKS = ((0x0300, 0x036F), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | {"ى": "ي", "ة": "ه", "ـ": ""}
)
_ASCII_WORDS = re.compile("[a-z0-9]+")
_ARTICLE = re.compile(r"\bال(?=\w{3})")
# A dose, its unit, and the words that surround doses on boxes and lists.
_DOSE = re.compile(
    r"(?<![\w.,-])(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>mg|mcg|ug|g|ml|iu|ie|units?)(?:\s*/\s*(?:ml|d|day|tag))?(?![\w])"
)
_TIMES_A_DAY = re.compile(
    r"\b(?:(?P<week>once a week|weekly|a week|per week|every week)"
    r"|(?P<word>once|twice|three times|(?P<count>\d+)\s*(?:x|times))"
    r"\s*(?:a day|daily|per day|/\s*day|/\s*d)?"
    r"|(?P<rate>daily|a day|per day|every day|each day))\b"
)
_FORM_WORDS = re.compile(
    r"\b(?:tablets?|tabs?|tabletten|comprim[eé]s?|capsules?|caps?|kapseln?|film coated|filmtabletten"
    r"|solution|drops|injection|syringe|pills?|oral|in the (?:morning|evening)|at night|before breakfast"
    r"|(?:with|before|after|without) (?:food|meals?|water|breakfast|lunch|dinner)"
    r"|\d+\s*x)\b"
)
# What makers put behind a name: release, device and salt. A name is looked up without them last.
_BEHIND = re.compile(
    r"\s+(?:[smcpxe]r|xl|la|ec|odt|retard|depot|modified[- ]release|prolonged[- ]release|gastro[- ]resistant"
    r"|extended[- ]release|dispersible|effervescent|soluble|chewable|orodispersible|hfa|diskus|accuhaler"
    r"|turbohaler|turbuhaler|evohaler|easyhaler|respimat|handihaler|inhalers?|nasal spray|spray|eye|ear|nasal"
    r"|cream|ointment|gel|patch(?:es)?|suppositor(?:y|ies)|hydrochloride|hcl|sodium|potassium|calcium|magnesium"
    r"|maleate|mesilate|mesylate|besilate|besylate|fumarate|tartrate|succinate|sul(?:f|ph)ate|acetate|citrate"
    r"|phosphate|hydrobromide|bromide|(?:mono|di|tri)?hydrate|dipropionate|propionate|valerate|erbumine"
    r"|arginine)\s*$",
    re.IGNORECASE,
)
_SHORTEST = 4
# "irbesartan with hydrochlorothiazide" is two names, "with food" is none.
_WITH = r"\bwith\b(?!\s+(?:food|meals?|water|milk|breakfast|lunch|dinner|codeine))"
_COUNTS = {"once": 1.0, "twice": 2.0, "three times": 3.0}


@dataclass(frozen=True)
class MedicineText:
    """One entry of a medicine list, taken apart.

    Parameters
    ----------
    written : str
        As the person wrote it.
    name : str
        The name alone, as written but without dose and form words; empty where only these stood.
    dose_mg : float or None
        Amount of one dose in mg, when it was given in a mass.
    doses_per_day : float or None
        How often, when it was said.
    spellings : tuple of str
        What is looked up, in this order: as written, without dose, without form words, without what makers
        put behind a name.
    """

    written: str
    name: str
    dose_mg: float | None = None
    doses_per_day: float | None = None
    spellings: tuple[str, ...] = field(default=(), repr=False, compare=False)


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


def split_entries(text: str) -> list[str]:
    """Take a line with several medicines apart.

    Parameters
    ----------
    text : str
        Entries parted by commas, semicolons, plus signs, slashes, brackets, line ends, "and" or "with".

    Returns
    -------
    list of str
        Without empty entries; a comma between digits does not part.

    Examples
    --------
    >>> split_entries("warfarin 2,5 mg + ramipril (Altace)")
    ['warfarin 2,5 mg', 'ramipril', 'Altace']
    """
    commas, signs = r"(?<!\d),|,(?!\d)", r"[;+()\[\]\n\r|&、，；]|/(?!\s*(?:ml|d|day)\b)"
    parts = re.split(rf"{commas}|{signs}|\band\b|\bund\b|\bet\b|{_WITH}", text)
    return [part.strip() for part in parts if re.search(r"\w", part)]


def take_apart(entry: str) -> MedicineText:
    """Part a single entry into name, dose and frequency.

    Parameters
    ----------
    entry : str
        Such as ``"Atorvastatin 20 mg twice daily"``.

    Returns
    -------
    MedicineText

    Examples
    --------
    >>> take_apart("Marevan 5 mg daily")
    MedicineText(written='Marevan 5 mg daily', name='Marevan', dose_mg=5.0, doses_per_day=1.0)
    """
    folded = unicodedata.normalize("NFKC", entry).replace("μ", "u").replace("µ", "u")
    dose = _DOSE.search(folded.casefold())
    rate = _TIMES_A_DAY.search(folded.casefold())
    without_dose = _without(folded, _DOSE, _TIMES_A_DAY)
    name = _without(without_dose, _FORM_WORDS)
    return MedicineText(
        written=entry.strip(),
        name=name,
        dose_mg=None if dose is None else _mass_mg(dose["number"], dose["unit"]),
        doses_per_day=None if rate is None else _per_day(rate),
        spellings=tuple(dict.fromkeys((entry.strip(), without_dose, name, *_bared(name)))),
    )


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = re.sub(pattern.pattern, " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(" .,-:")


def _bared(name: str) -> list[str]:
    """A name with one word after another taken off its end, as far as a name is left."""
    found = []
    while (shorter := _BEHIND.sub("", name)) != name and len(shorter) >= _SHORTEST:
        found.append(shorter)
        name = shorter
    return found


def _mass_mg(number: str, unit: str) -> float | None:
    """A mass in mg; None for a volume, for IU and for a number that can be read in two ways."""
    try:
        quantity = parse_quantity(f"{number} {unit}", frozenset({"mg", "ug", "g"}))
    except QuantityError:
        return None
    return convert(quantity.value, quantity.unit, "mg")


def _per_day(rate: re.Match[str]) -> float:
    if rate["week"]:
        return 1.0 / 7.0
    if rate["rate"]:
        return 1.0
    return float(rate["count"]) if rate["count"] else _COUNTS[rate["word"]]
