"""Bounds of a person's values as rule tables write them: ``eGFR < 30``, ``SBP >= 180``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from calciroute.errors import Problem
from calciroute.tables.people_fields import read_people_fields

_BOUND = re.compile(r"(?P<name>\w+) (?P<operator><|>=) (?P<bound>[0-9.]+)")


@dataclass(frozen=True)
class Bound:
    """A value of a person on one side of which a rule holds.

    Parameters
    ----------
    name : str
        ``age_years``, or a lab of ``person_fields.csv``, in the unit of that table.
    operator : str
        ``<`` or ``>=``.
    bound : float
        In the same unit.
    """

    name: str
    operator: str
    bound: float

    def holds(self, value: float | None) -> bool:
        """Whether a value lies on that side; one that is not known does not."""
        if value is None:
            return False
        return value < self.bound if self.operator == "<" else value >= self.bound

    def holds_beyond(self, limit: str, value: float) -> bool:
        """Whether all that a limit leaves open, such as below 15, lies on that side."""
        if self.operator == "<":
            return limit == "<" and value <= self.bound
        return limit == ">" and value >= self.bound


def bound_of(word: str) -> Bound | None:
    """Read a bound.

    Parameters
    ----------
    word : str
        Such as ``eGFR < 30``.

    Returns
    -------
    Bound or None
        None where it is no bound, or one of a value that nobody can give.

    Examples
    --------
    >>> bound_of("eGFR < 30")
    Bound(name='eGFR', operator='<', bound=30.0)
    """
    match = _BOUND.fullmatch(word)
    if match is None or match["name"] not in {"age_years", *read_people_fields("person_fields.csv")["labs"]}:
        return None
    return Bound(match["name"], match["operator"], float(match["bound"]))


def bound_problems(words: Iterable[str], where: str) -> Iterable[Problem]:
    """Problems of a cell of bounds.

    Parameters
    ----------
    words : iterable of str
        Of the cell.
    where : str
        ``file:line``.

    Yields
    ------
    Problem
        One a word that is no bound.
    """
    for word in words:
        if bound_of(word) is None:
            yield Problem(where, f"'{word}' is not a bound of a known value", "such as eGFR < 30")
