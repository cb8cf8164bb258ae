"""One cell of a table that a person wrote: a number in one grammar, a blank, or a problem in words."""

from __future__ import annotations

import math
import numbers
import re

from calciroute.errors import Problem

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_SHOWN = 40


def is_blank(cell: object) -> bool:
    """Whether nothing stands in a cell.

    Parameters
    ----------
    cell : object
        Text of a file, or a value of Python: None and the missing value of pandas are blank, NaN is not.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_blank("  "), is_blank(None), is_blank(float("nan")), is_blank(0)
    (True, True, False, False)
    """
    if isinstance(cell, str):
        return not cell.strip()
    return cell is None or type(cell).__name__ == "NAType"


def shown(cell: object) -> str:
    """A cell as a message quotes it, never longer than part of a line.

    Parameters
    ----------
    cell : object
        As written.

    Returns
    -------
    str
    """
    text = str(cell).strip()
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def number_in(cell: object, what: str, place: str, problems: list[Problem]) -> float | None:
    """The finite number in a cell.

    Parameters
    ----------
    cell : object
        Text with a decimal point, or a number of Python.
    what : str
        Name of the column, for the message.
    place : str
        ``file:line``.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    float or None
        None for a blank, and after a problem.

    Examples
    --------
    >>> found = []
    >>> number_in("1.5e-3", "k", "t.csv:2", found), number_in("", "k", "t.csv:3", found), found
    (0.0015, None, [])
    >>> number_in("1,5", "k", "t.csv:2", found)
    >>> print(found[0])
    t.csv:2: k '1,5' is not a number. Expected: digits with a decimal point. Try: 1.5.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        return _from_text(cell.strip(), what, place, problems)
    # A truth value counts as a number in Python; in a table it is a slip.
    if isinstance(cell, numbers.Real) and type(cell).__name__ not in {"bool", "bool_"}:
        try:
            value = float(cell)
        except OverflowError:  # a whole number of Python has no upper end
            value = math.inf
        if math.isfinite(value):
            return value
        problems.append(_not_finite(what, str(value), place))
    else:
        problems.append(Problem(place, f"{what} '{shown(cell)}' is not a number", "a finite number"))
    return None


def _from_text(text: str, what: str, place: str, problems: list[Problem]) -> float | None:
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isfinite(value):
            return value
        problems.append(Problem(place, f"{what} '{shown(text)}' is too large", "a number below 1e308"))
    elif _NOT_FINITE.fullmatch(text):
        problems.append(_not_finite(what, text, place))
    else:
        point = text.replace(",", ".", 1)
        advice = point if "," in text and _NUMBER.fullmatch(point) and len(point) <= _SHOWN else ""
        problems.append(
            Problem(place, f"{what} '{shown(text)}' is not a number", "digits with a decimal point", advice)
        )
    return None


def _not_finite(what: str, text: str, place: str) -> Problem:
    advice = "leave it blank (None in Python) where the model's own value is meant"
    return Problem(place, f"{what} is {text}", "a finite number", advice)
