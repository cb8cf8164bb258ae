"""Dates of a diary in three orders: 2026-03-01, 01.03.2026 and 03/01/2026; the whole file decides."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence

from calciroute.errors import Problem

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_EXPECTED = "a date such as 2026-03-01"
# A slip of a key: nobody eats in these years. The clock is not asked, so that a diary says the same later.
_EARLIEST, _LATEST = 1900, 2100
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>[^\W\d]{3,})\.?,?\s+(?P<year>\d{4})"
)
_MONTHS = {name.casefold(): place for names in (calendar.month_name, calendar.month_abbr)
           for place, name in enumerate(names) if name}  # fmt: skip


def read_dates(
    texts: Sequence[tuple[str, str]], problems: list[Problem], day_first: bool | None = None
) -> list[datetime.date | None]:
    """Read the dates of a diary.

    Parameters
    ----------
    texts : sequence of tuple of str
        Place and text of each row, ``file:line`` first.
    problems : list of Problem
        Receives what is wrong; an order that the file leaves open is asked about once.
    day_first : bool, optional
        Whether the day comes first, where the language of the file says so; numbers above 12 say more.

    Returns
    -------
    list of date or None
        None where a date cannot be read.

    Examples
    --------
    >>> read_dates([("d.csv:2", "13/03/2026"), ("d.csv:3", "01/03/2026")], [])
    [datetime.date(2026, 3, 13), datetime.date(2026, 3, 1)]
    """
    slashed = [(place, match) for place, text in texts if (match := _SLASHES.fullmatch(text))]
    day_first = _day_first(slashed, problems, day_first)
    return [_one(place, text, day_first, problems) for place, text in texts]


def _day_first(
    slashed: list[tuple[str, re.Match[str]]], problems: list[Problem], said: bool | None
) -> bool | None:
    """Whether slashed dates begin with the day: a number above 12 tells; None where nothing does."""
    if not slashed:
        return None
    first = [place for place, match in slashed if int(match[1]) > 12]
    second = [place for place, match in slashed if int(match[2]) > 12]
    if first and second:
        found = f"dates begin with the day here and with the month in line {second[0].rsplit(':', 1)[-1]}"
        problems.append(Problem(first[0], found, "one order in the whole file", "2026-03-01"))
        return None
    if not first and not second and said is not None:
        return said
    if not first and not second and any(match[1] != match[2] for _, match in slashed):
        place, match = slashed[0]
        year, one, two = match[3], match[1].zfill(2), match[2].zfill(2)
        found = f"'{match[0]}' may be {year}-{two}-{one} or {year}-{one}-{two}, and no other line tells"
        problems.append(Problem(place, found, _EXPECTED, "year-month-day in every line"))
        return None
    return not second


def _one(place: str, text: str, day_first: bool | None, problems: list[Problem]) -> datetime.date | None:
    for pattern, order in ((_ISO, "ymd"), (_DOTS, "dmy"), (_SLASHES, "dmy" if day_first else "mdy")):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        if pattern is _SLASHES and day_first is None and match[1] != match[2]:
            return None  # asked about already
        part = {name: int(match[number]) for number, name in enumerate(order, start=1)}
        try:
            day = datetime.date(part["y"], part["m"], part["d"])
        except ValueError:
            problems.append(Problem(place, f"date '{text}' is not in the calendar", _EXPECTED))
            return None
        if not _EARLIEST <= day.year <= _LATEST:
            problems.append(
                Problem(place, f"date '{text}' is no year of a diary", _EXPECTED, "look at the year")
            )
            return None
        return day
    found = f"date '{text[:30]}' is not understood" if text else "the date is empty"
    problems.append(Problem(place, found, _EXPECTED))
    return None


def written_date(text: str) -> str:
    """A date with the English name of its month, as year, month, day.

    Parameters
    ----------
    text : str
        Such as ``March 2, 2026`` or ``2nd March 2026``.

    Returns
    -------
    str
        Empty for other words.

    Examples
    --------
    >>> written_date("March 2, 2026"), written_date("2nd of March 2026"), written_date("2026-03-02")
    ('2026-03-02', '2026-03-02', '')
    """
    match = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    month = _MONTHS.get(match["month"].casefold()) if match else None
    if match is None or month is None:
        return ""
    return f"{match['year']}-{month:02d}-{int(match['day']):02d}"
