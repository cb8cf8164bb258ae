"""A diary in plain lines: days, meals and one food a line, as text; nothing about food yet.

::

    Monday                      2026-03-02
    breakfast                   08:00 2 slices wholemeal bread; 20 g gouda
    2 slices wholemeal bread    lunch: 1 bowl lentil soup
    20 g gouda                  natto, 50 g

A heading is a date, a weekday or ``Day 1``; a meal or a time may stand alone or before a food.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass

from calciroute.errors import InputError, Problem
from calciroute.intake.amount_words import (
    LONGEST_LINE,
    AmountError,
    spoken_amount,
)
from calciroute.intake.cut_words import names_no_food
from calciroute.intake.diary_clock import clock_of
from calciroute.intake.diary_dates import read_dates, written_date
from calciroute.tables.hidden_signs import without_invisible
from calciroute.tables.household import diary_words

LINE_LIMIT = 10_000
_MOST_PROBLEMS = 50
_DATE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}")
# 3月5日, 2026年3月5日(月), 3월 5일
_EAST_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[年년]\s*)?(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日号일]"
    r"(?:\s*[(（]?[月火水木金土日一二三四五六월화수목금토일][)）]?|.{0,2}(?:曜日|요일|星期.)\)?)?"
)
# Marks of Japanese and Chinese keyboards.
_WIDE_MARKS = str.maketrans(
    {"：": ": ", "；": "; ", "，": ", ", "（": " (", "）": ") ", "＋": " + ", "　": " "}
)
# A comma of lists, not inside brackets.
_PARTING = re.compile(r";|、(?![^(]*\))|\s\+\s")
_DAY_NUMBER = re.compile(r"(\D+?)\s*(\d{1,3})|(\d{1,3})日目?")
_NAMED_DATE = re.compile(
    r"\d{1,2}\.?(?:st|nd|rd|th)?\s+(?:of\s+)?[^\W\d]{3,}\.?,?(?:\s+\d{4})?"
    r"|[^\W\d]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?|\d{1,2}[./-]\d{1,2}\.?"
)
_BULLET = re.compile(r"^(?:[-*•·–]\s+|\[[ x]\]\s+)+")
_FIRST_LABEL = datetime.date(1, 1, 1)


@dataclass(frozen=True)
class DiaryLine:
    """One food of a diary, as written.

    Parameters
    ----------
    where : str
        ``file:line``.
    day : str
        As its heading names it: a date, a weekday, ``day 1``.
    date : date
        Of the day; a day that is named without a date gets one of year 1, in the order of the file.
    clock_h : float or None
        Time of day.
    text : str
        Food and amount.
    """

    where: str
    day: str
    date: datetime.date
    clock_h: float | None
    text: str


@dataclass(frozen=True)
class _Heading:
    where: str
    text: str
    is_date: bool


def diary_lines(text: str, where: str, problems: list[Problem]) -> tuple[DiaryLine, ...]:
    r"""Days and foods of a diary in plain lines.

    Parameters
    ----------
    text : str
        Content of the file.
    where : str
        Name for messages.
    problems : list of Problem
        Receives every line that cannot be read; foods and amounts are looked at elsewhere.

    Returns
    -------
    tuple of DiaryLine
        In file order; without headings all lines are of one day.

    Raises
    ------
    InputError
        For a diary without a line.

    Examples
    --------
    >>> lines = diary_lines("Monday\nlunch: 50 g natto; 1 cup rice", "week.txt", [])
    >>> [(line.day, line.clock_h, line.text) for line in lines]
    [('Monday', 12.5, '50 g natto'), ('Monday', 12.5, '1 cup rice')]
    """
    headings: list[_Heading] = []
    found: list[tuple[str, int, float | None, str]] = []
    clock_h: float | None = None
    for number, raw in enumerate(text.split("\n")[: LINE_LIMIT + 1], start=1):
        place = f"{where}:{number}"
        line = _clean(raw, place, problems)
        if not line:
            continue
        if number > LINE_LIMIT:
            problems.append(Problem(place, f"more than {LINE_LIMIT} lines", "a diary of days to weeks"))
            break
        remark = line.startswith("#")
        line = line.strip("#*_=\t ").strip()
        heading, rest = _heading(line, place)
        if heading is not None:
            if remark and rest:
                continue
            headings.append(heading)
            clock_h = None
            if not rest:
                continue
            line = rest
        elif remark and clock_of(line, clock_h, place, problems)[1]:
            continue  # "# bought on the market"
        clock_h, rest = clock_of(line, clock_h, place, problems)
        found += [(place, len(headings), clock_h, part) for part in _parts(rest)]
    if not found and not problems:
        raise InputError(
            [Problem(where, "the diary is empty: no line with a food", "such as 50 g natto", "a food a line")]
        )
    days = _days(headings, problems)
    if headings and found and found[0][1] == 0:
        problems.append(
            Problem(found[0][0], "this food stands before the first day", "a day above it", "its date")
        )
    if not headings:
        days = [("day 1", _FIRST_LABEL)]
        found = [(place, 1, hour, part) for place, _, hour, part in found]
    return tuple(
        DiaryLine(place, days[day - 1][0], days[day - 1][1], hour, part)
        for place, day, hour, part in found
        if 0 < day <= len(days)
    )


def _clean(raw: str, place: str, problems: list[Problem]) -> str:
    if len(raw) > LONGEST_LINE:
        problems.append(
            Problem(place, f"a line with {len(raw)} characters", f"at most {LONGEST_LINE}", "one food a line")
        )
        return ""
    if "\ufffd" in raw:
        problems.append(
            Problem(
                place, "a letter was lost when the file was saved", "whole letters", "save it again as UTF-8"
            )
        )
        return ""
    line = " ".join(without_invisible(raw.translate(_WIDE_MARKS)).split())
    if line.startswith("//"):
        return ""
    bare = _BULLET.sub("", _without_pictures(line)).strip()
    return bare or line


def _without_pictures(line: str) -> str:
    """A line without emoji; signs that stand for letters, such as those of units, stay."""
    kept = "".join(
        mark
        for mark in line
        if unicodedata.category(mark) not in {"So", "Sk"} or unicodedata.normalize("NFKC", mark) != mark
    )
    return " ".join(kept.split())


def _heading(line: str, place: str) -> tuple[_Heading | None, str]:
    """A day at the start of a line, and what follows it."""
    bare = line.strip("[]() :,")
    weekdays = diary_words("weekday")
    words = [word.strip("(),.:") for word in bare.split()]
    if bare.casefold() in weekdays:
        return _Heading(place, weekdays[bare.casefold()], is_date=False), ""  # "thứ hai" is two words
    named = [weekdays[word.casefold()] for word in words if word.casefold() in weekdays]
    rest = " ".join(word for word in words if word.casefold() not in weekdays).strip(" -–/|")
    behind = " ".join(words[1:])
    if named and words[0].casefold() in weekdays and _NAMED_DATE.fullmatch(behind):
        # "mon 2 mar": short names of months are weekdays elsewhere.
        return _Heading(
            place, written_date(behind) or " ".join(words), is_date=bool(written_date(behind))
        ), ""
    if named and len(set(named)) == 1 and (len(named) == 1 or not rest):
        if not rest:
            return _Heading(place, named[0], is_date=False), ""
        if _DATE.fullmatch(rest):
            return _Heading(place, _by_weekday(rest, named[0]) or _iso(rest), is_date=True), ""
        if (iso := written_date(rest)) and words[0].casefold() in weekdays:
            return _Heading(place, iso, is_date=True), ""
        if _NAMED_DATE.fullmatch(rest) and words[0].casefold() in weekdays:
            return _Heading(place, " ".join(words), is_date=False), ""
        if (match := _DAY_NUMBER.fullmatch(rest)) and (match[1] or "").strip().casefold() in diary_words(
            "day"
        ):
            return _Heading(place, f"day {int(match[2])}", is_date=False), ""
        head, mark, food = line.partition(":")
        if mark and food.strip() and head.strip().casefold() in weekdays:
            return _Heading(place, named[0], is_date=False), food.strip()
    if (match := _EAST_DATE.fullmatch(bare)) is not None:
        year = match["year"]
        if year:
            return _Heading(
                place, f"{year}-{int(match['month']):02d}-{int(match['day']):02d}", is_date=True
            ), ""
        return _Heading(place, match[0], is_date=False), ""
    if iso := written_date(bare):
        return _Heading(place, iso, is_date=True), ""
    title = bare.casefold()
    for word in diary_words("title"):
        if (
            title.startswith(word)
            and (date := bare[len(word) :].strip(" :-–"))
            and _NAMED_DATE.fullmatch(date)
        ):
            return _Heading(place, written_date(date) or date, is_date=bool(written_date(date))), ""
    if match := _DATE.match(bare):
        return _Heading(place, _iso(match[0]), is_date=True), bare[match.end() :].strip(" :,;-–")
    if match := _DAY_NUMBER.fullmatch(bare):
        word = (match[1] or "").strip().casefold()
        if match[3] or word in diary_words("day"):
            return _Heading(place, f"day {int(match[2] or match[3])}", is_date=False), ""
    return None, line


def _by_weekday(text: str, weekday: str) -> str:
    """The one reading of 10/3/26 that is such a weekday; empty where both are, or none is."""
    match = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})", text)
    if match is None:
        return ""
    first, second, year = int(match[1]), int(match[2]), int(match[3]) % 2000 + 2000
    found = set()
    for day, month in ((first, second), (second, first)):
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        if calendar.day_name[date.weekday()] == weekday:
            found.add(date.isoformat())
    return found.pop() if len(found) == 1 else ""


def _iso(text: str) -> str:
    """2026/03/02 and 2026.03.02 can only be one day; a year of two digits is one of ours."""
    text = re.sub(r"^(\d{1,2})([./-])(\d{1,2})\2(\d{2})$", r"\1\2\3\g<2>20\4", text)
    if match := re.fullmatch(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", text):
        return "-".join(match.groups())
    return text


def _parts(line: str) -> list[str]:
    """Foods of one line: parted by semicolons, plus signs, or commas where each part has its own amount."""
    parts = [part.strip(" ,") for part in _PARTING.split(line)]
    return [piece for part in parts if part for piece in _at_commas(part)]


def _no_food(piece: str) -> bool:
    try:
        return names_no_food(spoken_amount(piece).food)
    except AmountError:
        return True


def _at_commas(part: str) -> list[str]:
    if "(" in part and re.search(r"\([^)]*,", part):
        return [part]  # what was on a plate stands in brackets
    pieces = re.split(r",\s+", part)
    if all(re.search(r"\d", piece) and not _no_food(piece) for piece in pieces):
        return pieces  # "fried eggs 2, bread 3 slices"
    for piece in pieces[1:]:
        try:
            amount = spoken_amount(piece)
        except AmountError:
            return [part]
        if names_no_food(amount.food):
            return [part]  # "tourtiere, 1 slice", "melon, 1 cup cubed"
        if amount.count is None or not amount.food or not piece.casefold().endswith(amount.food.casefold()):
            return [part]
    return pieces


def _days(headings: list[_Heading], problems: list[Problem]) -> list[tuple[str, datetime.date]]:
    """Name and date of each heading; the same date twice is one day."""
    dated = [heading for heading in headings if heading.is_date]
    labels = [heading for heading in headings if not heading.is_date]
    if dated and labels:
        found = f"days are dates in this diary, and here '{labels[0].text[:40]}'"
        problems.append(Problem(labels[0].where, found, "one way in the whole diary", "2026-03-02"))
        return [(heading.text, _FIRST_LABEL) for heading in headings]
    dates = read_dates([(heading.where, heading.text) for heading in dated], problems)
    days = [(date.isoformat() if date else "", date or _FIRST_LABEL) for date in dates]
    seen: dict[str, int] = {}
    for place, heading in enumerate(labels):
        before = seen.get(heading.text, 0)
        seen[heading.text] = before + 1
        again = place > 0 and labels[place - 1].text == heading.text
        if before and (again or heading.text.startswith("day ")):
            problems.append(
                Problem(heading.where, f"'{heading.text[:40]}' stands twice", "each day once", "a date each")
            )
        name = heading.text if not before else f"{heading.text} ({before + 1})"
        days.append((name, _FIRST_LABEL + datetime.timedelta(days=place)))
    return days
