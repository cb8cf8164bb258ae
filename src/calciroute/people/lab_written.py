"""A laboratory value taken apart: limit, number or two numbers, unit, what stands behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from calciroute.tables.lab_signs import LabSign, read_lab_signs
from calciroute.units.printed_number import read_printed_number
from calciroute.units.quantity import QuantityError

TEXT_LIMIT = 80
Limit = Literal["", "<", ">"]
_LIMITS: dict[str, Limit] = {"below": "<", "above": ">"}
_LIMIT_WORDS = frozenset(_LIMITS)
# Digits of the keyboards in use; full-width marks beside them.
_DIGIT = r"0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19"
_NUMBER = re.compile(
    rf"(?P<number>[+\-−－]?\s?[.,]?[{_DIGIT}][{_DIGIT}.,．，\u066b'’´ \u00a0\u2007\u2009\u202f]*)"
)
_BRACKETS = re.compile(r"(?P<before>.*?)\s*[(\[（【](?P<inside>[^()\[\]（）【】]*)[)\]）】]\s*$", re.DOTALL)
# A reference range printed behind the unit, with or without the word for it.
_RANGE = re.compile(
    r"(?:ref|norm|rango|valori|vr|vn)?[a-zA-Z.]*\s*:?\s*[0-9][0-9.,]*\s*(?:[-–—]|bis|to|tot|à|a)\s*"
    r"[0-9][0-9.,]*\s*[^\s0-9]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<unit>\S.*?)\s+(?P<range>[^\s(\[]*\s*[0-9][0-9.,]*\s*[-–—]\s*[0-9][0-9.,]*)$", re.DOTALL
)


@dataclass(frozen=True)
class WrittenValue:
    """What stands in a text, before anything is made of it.

    Parameters
    ----------
    numbers : tuple of tuple of float
        One number, or two of a pressure; each with the ways to read it.
    unit : str
        As written; empty for none.
    limit : {"", "<", ">"}
        Whether it is a limit.
    comment : str
        What stands in brackets behind, but for flags and reference ranges.
    """

    numbers: tuple[tuple[float, ...], ...]
    unit: str
    limit: Limit
    comment: str


def take_apart(text: str, is_unit: Callable[[str], bool]) -> WrittenValue:
    """Take a value as a report prints it apart.

    Parameters
    ----------
    text : str
        Such as ``< 22,5 ng/ml L (30-100)``.
    is_unit : callable
        Whether a text is a unit of the test, so that brackets of a unit stay.

    Returns
    -------
    WrittenValue

    Raises
    ------
    QuantityError
        When no number begins it, or what begins it is none.

    Examples
    --------
    >>> take_apart("< 22,5 ng/ml L (30-100)", lambda unit: unit == "ng/ml")
    WrittenValue(numbers=((22.5,),), unit='ng/ml', limit='<', comment='')
    >>> take_apart("138/82 mmHg", lambda unit: unit == "mmHg").numbers
    ((138.0,), (82.0,))
    """
    if len(text) > TEXT_LIMIT:
        raise QuantityError(f"a text of {len(text)} characters is not a value")
    limit, rest = _limit_before(text.strip())
    number, rest = _number_of(rest, text)
    numbers = [number]
    second = _second_of(rest)
    if second is not None:
        number, rest = _number_of(second, text)
        numbers.append(number)
    elif re.match(r"\s*[-–—]\s*[0-9]", rest):
        raise QuantityError(f"'{text}' is a range and not one value")
    rest, limit = _limit_after(rest.strip(), limit)
    unit, comment = _unit_of(rest, is_unit)
    return WrittenValue(tuple(numbers), unit, limit, comment)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if not unicodedata.combining(sign)).strip()


@cache
def _signs(meanings: frozenset[str], place: str) -> list[LabSign]:
    return [sign for sign in read_lab_signs() if sign.meaning in meanings and sign.place == place]


def _begins_with(text: str, words: str) -> str | None:
    """What follows the words, or None where the text does not begin with them."""
    for cut in range(max(len(words) - 2, 1), min(len(words) + 2, len(text)) + 1):
        if _plain(text[:cut]) == _plain(words):
            rest = text[cut:]
            # A word ends where a letter does not go on: 'over' is not 'overt'.
            if not (words[-1].isalpha() and rest[:1].isalpha()):
                return rest.lstrip()
    return None


def _limit_before(text: str) -> tuple[Limit, str]:
    for sign in _signs(_LIMIT_WORDS, "before"):
        rest = _begins_with(text, sign.words)
        if rest is not None:
            # 'less than or equal to': the limit stays the same side.
            rest = re.sub(r"^(?:or equal to|oder gleich|ou égal à|=)\s*", "", rest, flags=re.IGNORECASE)
            return _LIMITS[sign.meaning], rest
    return "", text


def _limit_after(rest: str, limit: Limit) -> tuple[str, Limit]:
    for sign in _signs(_LIMIT_WORDS, "after"):
        place = rest.casefold().find(sign.words)
        if place >= 0 and not limit and not rest[place + len(sign.words) :].strip():
            return rest[:place].strip(), _LIMITS[sign.meaning]
        if place == 0 and not limit:
            return rest[len(sign.words) :].strip(), _LIMITS[sign.meaning]
    return rest, limit


def _number_of(rest: str, text: str) -> tuple[tuple[float, ...], str]:
    found = _NUMBER.match(rest)
    if found is None:
        raise QuantityError(f"'{text}' does not begin with a number")
    number = found["number"]
    kept = number.rstrip(" .,'’´\u00a0\u2007\u2009\u202f")
    return read_printed_number(kept), rest[len(kept) :]


def _second_of(rest: str) -> str | None:
    for sign in _signs(frozenset({"pair"}), "between"):
        second = _begins_with(rest.lstrip(), sign.words)
        if second is not None and _NUMBER.match(second):
            return second
    return None


def _unit_of(rest: str, is_unit: Callable[[str], bool]) -> tuple[str, str]:
    """The unit, and what stands in brackets behind it."""
    # Before flags go: the L of 'nmol per L' is a litre.
    if is_unit(rest):
        return rest, ""
    rest = _without_flags(rest)
    if not rest or is_unit(rest):
        return rest, ""
    bracketed = _BRACKETS.match(rest)
    if bracketed is not None:
        unit, inside = _without_flags(bracketed["before"]), bracketed["inside"].strip()
        means_nothing = (
            _is_flag(inside) or _RANGE.match(inside) or re.match(r"[<>≤≥]\s*=?\s*[0-9][0-9.,]*$", inside)
        )
        return unit, "" if means_nothing else inside
    behind = _BEHIND.match(rest)
    if behind is not None and is_unit(_without_flags(behind["unit"])):
        return _without_flags(behind["unit"]), ""
    return rest, ""


def _without_flags(rest: str) -> str:
    words = rest.split()
    while words and _is_flag(words[0]):
        words.pop(0)
    while words and _is_flag(words[-1]):
        words.pop()
    return " ".join(words)


def _is_flag(word: str) -> bool:
    flags = {sign.words for sign in read_lab_signs() if sign.meaning == "flag"}
    # H and L in capitals alone: a small l may be a litre.
    return word in flags or (len(word) > 2 and word.casefold() in {flag.casefold() for flag in flags})
