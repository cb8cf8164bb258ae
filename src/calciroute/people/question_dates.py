"""Days and lengths of time as answers."""

from __future__ import annotations

import datetime
import re

from calciroute.errors import Problem
from calciroute.people.question_fields import target_of
from calciroute.people.since import read_since
from calciroute.tables.answered import Context, Line, Understood, toml_text
from calciroute.tables.questions import Question

# Answer that the dialogue itself gives first: the day on which it began.
TODAY = "as_of"


def read_date(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read a day: year, month, day.

    Parameters
    ----------
    question : Question
        Its line, if it has one, is the date of a value.
    text : str
        As 2026-02-20.
    context : mapping of str to Understood
        Holds the day of the answers.

    Returns
    -------
    Understood or Problem
    """
    day = _day(text)
    if isinstance(day, Problem):
        return day
    today = _today(context)
    if today is not None and day > today:
        return Problem("", f"{day} lies after today, {today}", "a day in the past", question.example)
    lines: tuple[Line, ...] = ()
    if question.field:
        lines = (Line(question.file, question.section, target_of(question, context), str(day), part="date"),)
    return Understood(str(day), str(day), lines)


def read_since_when(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read how long something has been taken: a length, or the first day."""
    today = _today(context)
    value: str | datetime.date = text
    if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        day = _day(text)
        if isinstance(day, Problem):
            return day
        value = day
    days = read_since(value, today, "")
    if isinstance(days, Problem):
        return Problem("", days.found, "such as 6 months, or a first day as 2025-03-01", question.example)
    written = toml_text(text) if isinstance(value, str) else str(value)
    shown = text if isinstance(value, str) else f"since {value}, {days:.0f} days"
    return Understood(text, shown, (Line(question.file, question.section, question.field, written),), days)


def _day(text: str) -> datetime.date | Problem:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return Problem("", f"'{text[:40]}' is not a day", "year-month-day", "2026-02-20")


def _today(context: Context) -> datetime.date | None:
    return datetime.date.fromisoformat(context[TODAY].word) if TODAY in context else None
