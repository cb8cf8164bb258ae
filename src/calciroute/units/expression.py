"""Units as a table prints them: ``mmol/L``, ``pmol/h2``, ``nmol/L per ug/d``.

An expression is a product of words, each with an optional power; what follows a ``/`` divides, and
``per`` divides by everything after it. The words are closed: an unknown word is an error with near names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from calciroute.errors import CalcirouteError, near_names

# (second, metre, kilogram, mole): the base dimensions that occur in this model.
Dimension = tuple[int, int, int, int]
NONE: Dimension = (0, 0, 0, 0)
TIME: Dimension = (1, 0, 0, 0)
LENGTH: Dimension = (0, 1, 0, 0)
VOLUME: Dimension = (0, 3, 0, 0)
MASS: Dimension = (0, 0, 1, 0)
AMOUNT: Dimension = (0, 0, 0, 1)
PRESSURE: Dimension = (-2, -1, 1, 0)

# A year is 365.25 days, 8766 h, in the whole project (the published set's 8736 h is a number of its own).
WORDS: dict[str, tuple[Dimension, float]] = {
    "1": (NONE, 1.0),
    "%": (NONE, 0.01),
    "fraction": (NONE, 1.0),
    "ratio": (NONE, 1.0),
    "INR": (NONE, 1.0),
    "AU": (NONE, 1.0),
    "SD": (NONE, 1.0),
    "model_unit": (NONE, 1.0),
    "s": (TIME, 1.0),
    "min": (TIME, 60.0),
    "h": (TIME, 3600.0),
    "d": (TIME, 86400.0),
    "week": (TIME, 604800.0),
    "y": (TIME, 31557600.0),
    "m": (LENGTH, 1.0),
    "cm": (LENGTH, 1e-2),
    "mm": (LENGTH, 1e-3),
    "L": (VOLUME, 1e-3),
    "dL": (VOLUME, 1e-4),
    "mL": (VOLUME, 1e-6),
    "kg": (MASS, 1.0),
    "g": (MASS, 1e-3),
    "mg": (MASS, 1e-6),
    "ug": (MASS, 1e-9),
    "ng": (MASS, 1e-12),
    "pg": (MASS, 1e-15),
    "mol": (AMOUNT, 1.0),
    "mmol": (AMOUNT, 1e-3),
    "umol": (AMOUNT, 1e-6),
    "nmol": (AMOUNT, 1e-9),
    "pmol": (AMOUNT, 1e-12),
    "mmHg": (PRESSURE, 133.322387415),
}
_FACTOR = re.compile(r"(?P<word>[A-Za-z_%]+|1)(?P<power>-?[0-9]+)?$")


class UnitError(CalcirouteError):
    """A unit that is not known, or two units that do not convert."""


@dataclass(frozen=True)
class Unit:
    """A unit as dimension and factor to SI (second, metre, kilogram, mole).

    Parameters
    ----------
    text : str
        As printed.
    dimension : tuple of int
        Powers of second, metre, kilogram and mole.
    factor : float
        SI units in one of this unit, > 0.
    """

    text: str
    dimension: Dimension
    factor: float


@cache
def parse_unit(text: str) -> Unit:
    """Read a unit expression.

    Parameters
    ----------
    text : str
        Such as ``ug/d``, ``mL/min per L/h`` or ``1``.

    Returns
    -------
    Unit
        Dimension and factor to SI.

    Raises
    ------
    UnitError
        For a word outside the closed list.

    Examples
    --------
    >>> parse_unit("ug/d").dimension
    (-1, 0, 1, 0)
    >>> parse_unit("mL/min per L/h").dimension
    (0, 0, 0, 0)
    """
    powers = [0, 0, 0, 0]
    factor = 1.0
    for sign, part in _signed_parts(text):
        match = _FACTOR.match(part)
        if match is None or match["word"] not in WORDS:
            near = near_names(part, WORDS)
            hint = f" Near: {', '.join(near)}." if near else ""
            raise UnitError(f"unit '{part}' in '{text}' is not a known unit word.{hint}")
        dimension, size = WORDS[match["word"]]
        power = sign * int(match["power"] or 1)
        powers = [total + power * one for total, one in zip(powers, dimension, strict=True)]
        factor *= size**power
    return Unit(text, (powers[0], powers[1], powers[2], powers[3]), factor)


def _signed_parts(text: str) -> list[tuple[int, str]]:
    parts: list[tuple[int, str]] = []
    outer = 1
    for clause in re.split(r"\s+per\s+", text.strip()):
        sign = 1
        for token in re.findall(r"/|[^\s/*]+", clause):
            if token == "/":
                sign = -1
            else:
                parts.append((outer * sign, token))
        outer = -1
    if not parts:
        raise UnitError("an empty text is not a unit; write 1 for a plain number")
    return parts


def convert(value: float, source: str, target: str) -> float:
    """Convert a number between two units of one dimension.

    Parameters
    ----------
    value : float
        In the source unit.
    source, target : str
        Unit expressions.

    Returns
    -------
    float
        In the target unit.

    Raises
    ------
    UnitError
        When the dimensions differ.

    Examples
    --------
    >>> convert(2.35, "mmol/L", "nmol/L")
    2350000.0
    """
    here, there = parse_unit(source), parse_unit(target)
    if here.dimension != there.dimension:
        raise UnitError(f"'{source}' does not convert to '{target}': they measure different things")
    if here.factor == there.factor:
        return value
    ratio = here.factor / there.factor
    # A power of ten written with rounding noise would move the last digits of every table value.
    return value * _clean(ratio)


def _clean(ratio: float) -> float:
    return float(f"{ratio:.13g}")
