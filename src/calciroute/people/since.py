"""How long something has been taken: a length of time in words, or a date."""

from __future__ import annotations

import datetime
import re

from calciroute.errors import Problem
from calciroute.units.expression import convert
from calciroute.units.quantity import QuantityError, parse_number

_LENGTH = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*(?P<word>day|week|month|year)s?(?:\s+ago)?", re.IGNORECASE)
_UNITS = {"day": "d", "week": "week", "year": "y"}


def read_since(value: str | datetime.date, as_of: datetime.date | None, place: str) -> float | Problem:
    """Days that a product has been taken.

    Parameters
    ----------
    value : str or date
        Such as ``"6 months"``, or the first day.
    as_of : date or None
        The day that the person file describes; a date of start needs it.
    place : str
        ``file:line`` for messages.

    Returns
    -------
    float or Problem
        Days, >= 0, or what is wrong.

    Examples
    --------
    >>> read_since("2 weeks", None, "me.toml:9")
    14.0
    >>> read_since(datetime.date(2026, 1, 1), datetime.date(2026, 1, 31), "me.toml:9")
    30.0
    """
    expected, advice = 'a length such as "6 months", or a date', 'since = "6 months"'
    if isinstance(value, datetime.date):
        if as_of is None:
            # Without the day of the file the same file would mean something else tomorrow.
            return Problem(
                place,
                "since is a date, and the file does not say which day it describes",
                "as_of under [person], or a length of time",
                "as_of = 2026-03-01 under [person]",
            )
        days = (as_of - value).days
        if days < 0:
            return Problem(place, f"since {value} lies after as_of {as_of}", "a day before it", advice)
        return float(days)
    match = _LENGTH.fullmatch(value.strip())
    if match is None:
        return Problem(place, f"since '{value}' is not a length of time", expected, advice)
    try:
        number = parse_number(match["number"])
    except QuantityError as wrong:
        return Problem(place, f"since {wrong}", expected, advice)
    word = match["word"].casefold()
    days_each = convert(1.0, "y", "d") / 12.0 if word == "month" else convert(1.0, _UNITS[word], "d")
    return number * days_each
