"""Amounts that a person wrote: a number and a unit word, both from a closed grammar.

General units libraries read ``1,5 mg`` as 15 mg and ``1 MG`` as megagauss. Here a text is understood in one
way or it is refused with words; nothing is evaluated.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from calciroute.errors import CalcirouteError, near_names

# As people print them -> one spelling. Case is folded only where it cannot change the meaning: mg is not Mg.
SPELLINGS: dict[str, str] = {
    "mcg": "ug", "ug": "ug", "µg": "ug", "microgram": "ug", "micrograms": "ug", "mkg": "ug", "Mcg": "ug",
    "MCG": "ug", "mg": "mg", "milligram": "mg", "milligrams": "mg", "g": "g", "gram": "g", "grams": "g",
    "ng": "ng", "kg": "kg", "IU": "IU", "iu": "IU", "I.U.": "IU", "IE": "IU", "nmol/L": "nmol/L",
    "nmol/l": "nmol/L", "nM": "nmol/L", "pmol/L": "pmol/L", "pmol/l": "pmol/L", "pM": "pmol/L",
    "umol/L": "umol/L", "umol/l": "umol/L", "µmol/L": "umol/L", "µmol/l": "umol/L", "mmol/L": "mmol/L",
    "mmol/l": "mmol/L", "mmol": "mmol", "umol": "umol", "nmol": "nmol", "mmol/d": "mmol/d",
    "mmol/day": "mmol/d", "ng/mL": "ng/mL", "ng/ml": "ng/mL", "ug/L": "ug/L", "µg/L": "ug/L",
    "ug/l": "ug/L", "mcg/L": "ug/L", "pg/mL": "pg/mL", "pg/ml": "pg/mL", "ng/L": "ng/L", "ng/l": "ng/L",
    "mg/dL": "mg/dL", "mg/dl": "mg/dL", "mg/L": "mg/L", "mg/l": "mg/L", "mAU/mL": "mAU/mL", "mmHg": "mmHg",
    "mm Hg": "mmHg", "m/s": "m/s", "AU": "AU", "Agatston": "AU", "g/cm2": "g/cm2", "g/cm²": "g/cm2",
    "kPa": "kPa", "cm/s": "cm/s", "mg/cm2": "mg/cm2", "mg/cm²": "mg/cm2",
    "cm": "cm", "m": "m", "%": "%", "mL/min/1.73m2": "mL/min", "mL/min/1.73 m2": "mL/min",
    "mL/min/1.73m²": "mL/min", "mL/min/1.73 m²": "mL/min", "ml/min/1.73m2": "mL/min",
    "ml/min/1.73 m2": "mL/min", "mL/min": "mL/min", "ml/min": "mL/min", "y": "y", "year": "y", "years": "y",
    "min/week": "min/week", "min/d": "min/d", "minutes/week": "min/week",
    # Names of labels in other languages; NFKC takes the one-sign forms of Japanese print apart.
    "Mikrogramm": "ug", "microgramme": "ug", "microgrammes": "ug", "microgramo": "ug", "microgramos": "ug",
    "microgrammo": "ug", "microgrammi": "ug", "mikrogram": "ug", "микрограмм": "ug", "мкг": "ug",
    "マイクログラム": "ug", "Milligramm": "mg", "milligramme": "mg", "milligrammes": "mg", "miligramo": "mg",
    "miligramos": "mg", "milligrammo": "mg", "milligrammi": "mg", "miligram": "mg", "мг": "mg",
    "ミリグラム": "mg", "Gramm": "g", "gramme": "g", "grammes": "g", "gramo": "g", "gramos": "g", "г": "g",
    "UI": "IU", "I.E.": "IU", "U.I.": "IU", "МЕ": "IU", "I.U": "IU", "international units": "IU",
    "international unit": "IU", "国際単位": "IU", "units": "IU", "j.m.": "IU", "j. m.": "IU", "jm": "IU",
    "internationale Einheiten": "IU", "unités internationales": "IU", "unidades internacionales": "IU",
    "mikrogramów": "ug", "mikrogramy": "ug", "mikrogrammaa": "ug", "microgramas": "ug", "micrograma": "ug",
    "miligramas": "mg", "miligrama": "mg", "miligramów": "mg", "milligrammaa": "mg",
}  # fmt: skip
# A point before three digits parts thousands in much of Europe; of these units a factor of 1000 is a danger.
_DOSED = frozenset({"ug", "mg", "g", "ng", "kg", "IU"})
_POINT_OR_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}$")
_NUMBER = re.compile(r"(?P<number>[+-]?[0-9][0-9.,\u2009\u202f\u00a0]*)\s*(?P<unit>.*)$", re.DOTALL)


_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?P<space>[\u2009\u202f\u00a0])[0-9]{3}(?:(?P=space)[0-9]{3})*(?:[.,][0-9]+)?"
)


class QuantityError(CalcirouteError):
    """A text that is not one number with one known unit."""


@dataclass(frozen=True)
class Quantity:
    """An amount as understood.

    Parameters
    ----------
    value : float
        Finite, in `unit`.
    unit : str
        One spelling, such as ``ug`` or ``nmol/L``; empty for a bare number.
    text : str
        What was written.
    """

    value: float
    unit: str
    text: str


def parse_number(text: str) -> float:
    """Read one decimal number, point or comma, or say why it is not clear.

    Parameters
    ----------
    text : str
        Digits with at most one decimal mark; groups of three may be parted by thin spaces.

    Returns
    -------
    float
        Finite.

    Raises
    ------
    QuantityError
        For a comma that could be a decimal mark or a thousands mark, for NaN, infinity and formulas.

    Examples
    --------
    >>> parse_number("1,5")
    1.5
    >>> parse_number("1,500")
    Traceback (most recent call last):
        ...
    calciroute.units.quantity.QuantityError: '1,500' may be 1.5 or 1500: write 1500 or 1.5
    """
    plain = text.strip()
    # "1 5" is no 15: thin spaces part groups of three or nothing.
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[\u2009\u202f\u00a0]", "", plain)
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", plain):
        return _finite(plain, text)
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", plain):
        whole, fraction = plain.split(",")
        if len(fraction) == 3 and whole.lstrip("+-") != "0":
            small, large = f"{whole}.{fraction.rstrip('0') or '0'}", f"{whole}{fraction}"
            raise QuantityError(f"'{text}' may be {small} or {large}: write {large} or {small}")
        return _finite(f"{whole}.{fraction}", text)
    raise QuantityError(f"'{text}' is not a number: write digits with a decimal point, such as 1.5")


def _finite(plain: str, text: str) -> float:
    value = float(plain)
    if not math.isfinite(value):
        raise QuantityError(f"'{text}' is too large to be a number")
    return value


def parse_quantity(text: str, allowed: frozenset[str] | None = None) -> Quantity:
    """Read a number with its unit word.

    Parameters
    ----------
    text : str
        Such as ``180 mcg``, at most 60 characters.
    allowed : frozenset of str, optional
        Unit spellings (right side of SPELLINGS) that make sense here; None admits all known ones.

    Returns
    -------
    Quantity
        Value and unit in one spelling.

    Raises
    ------
    QuantityError
        With what was found and what is allowed.

    Examples
    --------
    >>> parse_quantity("180 mcg")
    Quantity(value=180.0, unit='ug', text='180 mcg')
    >>> parse_quantity("0,18 mg", frozenset({"mg", "ug"})).value
    0.18
    """
    wanted = f" Allowed here: {', '.join(shown_unit(unit) for unit in sorted(allowed))}." if allowed else ""
    if len(text) > 60:
        raise QuantityError(f"a text of {len(text)} characters is not an amount.{wanted}")
    # Both mu characters (U+00B5, U+03BC) and the one-sign units fold; nothing else changes its meaning.
    clean = text.replace("㎍", "µg").replace("㎎", "mg").replace("\u03bc", "\u00b5").strip()
    match = _NUMBER.match(clean)
    if match is None:
        raise QuantityError(f"'{text}' does not begin with a number.{wanted}")
    value = parse_number(match["number"])
    word = match["unit"].strip()
    if not word:
        raise QuantityError(f"'{text}' has no unit.{wanted or ' Write one, such as 180 mcg.'}")
    # A written-out word means the same in any case; "MG" and "Mg" do not.
    written_out = len(word) > 4 and word.replace(" ", "").isalpha()
    unit = SPELLINGS.get(word) or (SPELLINGS.get(word.casefold()) if written_out else None)
    if unit is None:
        near = near_names(unicodedata.normalize("NFKC", word), SPELLINGS)
        hint = f" Near: {', '.join(near)}." if near else ""
        raise QuantityError(f"unit '{word}' in '{text}' is not known.{hint}{wanted}")
    if allowed is not None and unit not in allowed:
        raise QuantityError(f"'{text}' has the unit {shown_unit(unit)}.{wanted}")
    if unit in _DOSED and _POINT_OR_THOUSANDS.match(match["number"].strip()):
        raise QuantityError(
            f"'{text}' may be {value:g} or {match['number'].strip().replace('.', '')}: "
            f"write {match['number'].strip().replace('.', '')} or {value:.4f}"
        )
    return Quantity(value, unit, text)


def format_quantity(value: float, unit: str) -> str:
    """An amount written so that `parse_quantity` reads the same number back.

    Parameters
    ----------
    value : float
        Finite, in `unit`.
    unit : str
        Inner spelling, such as ``ug``.

    Returns
    -------
    str
        All digits, no exponent; never three decimals, which could be taken for thousands.

    Raises
    ------
    QuantityError
        For NaN and infinity.

    Examples
    --------
    >>> format_quantity(180.0, "ug"), format_quantity(1.125, "mg")
    ('180 mcg', '1.1250 mg')
    """
    if not math.isfinite(value):
        raise QuantityError(f"{value} is not an amount")
    digits = f"{Decimal(repr(float(value))):f}"
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) == 3:
        fraction += "0"
    return f"{whole}.{fraction} {shown_unit(unit)}" if fraction else f"{whole} {shown_unit(unit)}"


def shown_unit(unit: str) -> str:
    """Unit as screens print it: mcg instead of ug.

    Parameters
    ----------
    unit : str
        Inner spelling.

    Returns
    -------
    str
        Printed spelling.

    Examples
    --------
    >>> shown_unit("ug/d")
    'mcg/d'
    """
    return re.sub(r"\bug\b", "mcg", unit)
