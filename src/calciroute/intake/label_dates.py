"""The date until which a pack is good; where day and month cannot be told apart, the later one."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence

from calciroute.intake.label_line import Line

_MONTHS = (
    "jan", "feb|fev|feb", "mar|mär|mrt", "apr|avr|abr", "may|mai|mei|mag", "jun|juin|giu", "jul|juil|lug",
    "aug|aout|ago", "sep|set", "oct|okt|ott", "nov", "dec|dez|dic",
)  # fmt: skip
_NUMBERS = re.compile(
    r"(?<![0-9])(?P<one>[0-9]{1,4})\s?[./-]\s?(?P<two>[0-9]{1,4})(?:\s?[./-]\s?(?P<three>[0-9]{2,4}))?(?![0-9])"
)
_NAMED = re.compile(r"(?:(?P<day>[0-9]{1,2})\.?\s)?(?P<month>[a-z]{3,10})\.?\s?,?\s?(?P<year>20[0-9]{2})")


def best_before(lines: Sequence[Line], kind: str = "expiry") -> tuple[datetime.date, Line] | None:
    """The last day that a pack names.

    Parameters
    ----------
    lines : sequence of Line
        Of one label.
    kind : str, optional
        ``expiry``, or ``made`` for the day of manufacture.

    Returns
    -------
    tuple of date and Line, or None
        The last day of the month where only a month is printed.

    Examples
    --------
    >>> from calciroute.intake.label_line import read_line
    >>> best_before([read_line(1, "Mindestens haltbar bis Ende 08/2027")])[0]
    datetime.date(2027, 8, 31)
    """
    for number, line in enumerate(lines):
        for word in line.words(kind):
            found = _date_in(line.lower[word.end :])
            if found is None and not line.lower[word.end :].strip(" :.-") and number + 1 < len(lines):
                found = _date_in(lines[number + 1].lower)
            if found is not None:
                return found, line
    return None


def _date_in(text: str) -> datetime.date | None:
    days = [day for match in _NUMBERS.finditer(text[:60]) for day in _days(match)][:2]
    named = _NAMED.search(text[:60])
    if not days and named is not None:
        month = next(
            (number for number, words in enumerate(_MONTHS, 1) if re.match(words, named["month"])), None
        )
        if month is not None:
            days = [_day(int(named["year"]), month, int(named["day"]) if named["day"] else None)]
    return max((day for day in days if day is not None), default=None)


def _days(match: re.Match[str]) -> list[datetime.date | None]:
    one, two, three = (int(match[name]) if match[name] else None for name in ("one", "two", "three"))
    assert one is not None
    assert two is not None
    if one > 1900:
        return [_day(one, two, three)]
    if three is None:
        return [_day(_year(two), one, None)]
    # 31.12.2027 and 12/31/2027; 05/06/2027 may be either.
    return [_day(_year(three), two, one), _day(_year(three), one, two)]


def _year(number: int) -> int:
    return number + 2000 if number < 100 else number


def _day(year: int, month: int, day: int | None) -> datetime.date | None:
    if not (2000 <= year <= 2099 and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return None
    return datetime.date(year, month, day or last)
