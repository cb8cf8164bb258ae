"""How a medicine's name is made comparable, split from its neighbours and freed of its dose."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from calciroute.people.medicine_plain import plain_names
from calciroute.people.medicine_text import comparable as comparable
from calciroute.units.expression import convert
from calciroute.units.quantity import QuantityError, parse_quantity

# A dose, its unit, and the words that surround doses on boxes and lists.
_DOSE = re.compile(
    r"(?<![\w.,-])(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>mg|mcg|ug|g|ml|iu|ie|units?|мг|мкг|г)"
    r"(?:\s*/\s*(?:ml|d|day|tag))?(?![\w])"
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
# "irbesartan with hydrochlorothiazide" is two names, "with food" is none.
_WITH = r"\bwith\b(?!\s+(?:food|meals?|water|milk|breakfast|lunch|dinner|codeine))"
_UNITS = {"мг": "mg", "мкг": "ug", "г": "g"}
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
        What is looked up first, in this order: as written, without dose, without form words.
    plain : tuple of str
        What is looked up then, in comparable form: the name with less and less around it.
    """

    written: str
    name: str
    dose_mg: float | None = None
    doses_per_day: float | None = None
    spellings: tuple[str, ...] = field(default=(), repr=False, compare=False)
    plain: tuple[str, ...] = field(default=(), repr=False, compare=False)


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
    folded = re.sub("[μµ](?=g)", "u", unicodedata.normalize("NFKC", entry))
    dose = _DOSE.search(folded.casefold())
    rate = _TIMES_A_DAY.search(folded.casefold())
    without_dose = _without(folded, _DOSE, _TIMES_A_DAY)
    name = _without(without_dose, _FORM_WORDS)
    plain = tuple(plain_names(folded))
    return MedicineText(
        written=entry.strip(),
        name=name if plain else "",
        dose_mg=None if dose is None else _mass_mg(dose["number"], dose["unit"]),
        doses_per_day=None if rate is None else _per_day(rate),
        spellings=tuple(dict.fromkeys((entry.strip(), without_dose, name))),
        plain=plain,
    )


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = re.sub(pattern.pattern, " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()).strip(" .,-:")


def _mass_mg(number: str, unit: str) -> float | None:
    """A mass in mg; None for a volume, for IU and for a number that can be read in two ways."""
    try:
        quantity = parse_quantity(f"{number} {_UNITS.get(unit, unit)}", frozenset({"mg", "ug", "g"}))
    except QuantityError:
        return None
    return convert(quantity.value, quantity.unit, "mg")


def _per_day(rate: re.Match[str]) -> float:
    if rate["week"]:
        return 1.0 / 7.0
    if rate["rate"]:
        return 1.0
    return float(rate["count"]) if rate["count"] else _COUNTS[rate["word"]]
