"""What an entry of the journal is, and what may stand in it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from calciroute.errors import Problem
from calciroute.tables.hidden_signs import INVISIBLE, spelt

Kind = Literal["dose", "food", "pressure", "lab", "weight", "symptom", "note"]
State = Literal["kept", "removed"]
KINDS: tuple[Kind, ...] = ("dose", "food", "pressure", "lab", "weight", "symptom", "note")
TEXT_LIMIT = 2_000
WORD_LIMIT = 80
EARLIEST = datetime.date(1900, 1, 1)
READINGS_LIMIT = 4
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Reading:
    """What was understood of a text.

    Parameters
    ----------
    name : str
        Field of ``person_fields.csv``, or the product or medicine of a dose.
    sign : {"", "<", ">"}
        A limit is kept as one.
    value : float or None
        In `unit`; None where the text holds no number that is used.
    unit : str
        Unit of the field; empty without a value.
    remarks : tuple of str
        What was taken for granted.
    """

    name: str
    sign: Literal["", "<", ">"] = ""
    value: float | None = None
    unit: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """What an entry says at one time: the day it speaks of, the words, what was understood.

    Parameters
    ----------
    day : date
        The day that it speaks of.
    clock : str
        Local time without a zone, ``HH:MM``; empty is not known.
    text : str
        As it was given.
    taken : bool or None
        Of a dose: taken or missed; None for all other kinds.
    assay, maker : str
        Of a laboratory value or a scan.
    readings : tuple of Reading
        As used.
    """

    day: datetime.date
    clock: str
    text: str
    taken: bool | None = None
    assay: str = ""
    maker: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Revision:
    """One state of an entry; none is ever changed or taken out.

    Parameters
    ----------
    number : int
        From 1.
    recorded : str
        When it was written down, ``YYYY-MM-DD HH:MM:SS`` of the clock on the wall.
    state : {"kept", "removed"}
        Whether the entry counts.
    undoes : int or None
        Number of the revision that this one takes back.
    content : Content
        What it says.
    """

    number: int
    recorded: str
    state: State
    undoes: int | None
    content: Content


@dataclass(frozen=True)
class Entry:
    """An entry with its history.

    Parameters
    ----------
    id : int
        Number within this journal.
    uid : str
        Name that stays when the entry goes to another journal.
    kind : str
        One of `KINDS`.
    revisions : tuple of Revision
        First to last, at least one.
    """

    id: int
    uid: str
    kind: Kind
    revisions: tuple[Revision, ...]

    @property
    def last(self) -> Revision:
        """The revision that counts."""
        return self.revisions[-1]

    @property
    def content(self) -> Content:
        """What the entry says now."""
        return self.last.content

    @property
    def kept(self) -> bool:
        """Whether the entry counts now."""
        return self.last.state == "kept"

    @property
    def when(self) -> tuple[datetime.date, str, int]:
        """For sorting: day, time, number."""
        return (self.content.day, self.content.clock, self.id)


def standing(revisions: tuple[Revision, ...]) -> list[Revision]:
    """Revisions that are not taken back, oldest first: what an undo walks back along.

    Parameters
    ----------
    revisions : tuple of Revision
        Of one entry.

    Returns
    -------
    list of Revision
        Without undone ones and without the undoing ones.
    """
    undone = {revision.undoes for revision in revisions if revision.undoes is not None}
    return [one for one in revisions if one.undoes is None and one.number not in undone]


def undo_of(entry: Entry, recorded: str) -> Revision | None:
    """The revision that takes the last change of an entry back.

    Parameters
    ----------
    entry : Entry
        As it is.
    recorded : str
        The time now.

    Returns
    -------
    Revision or None
        None when nothing is left to take back.
    """
    left = standing(entry.revisions)
    if not left:
        return None
    number = entry.last.number + 1
    if len(left) == 1:
        # The first one cannot become another: what is undone is that the entry was made.
        return Revision(number, recorded, "removed", left[0].number, left[0].content)
    return replace(left[-2], number=number, recorded=recorded, undoes=left[-1].number)


def text_problems(text: str, where: str, *, what: str = "the text", limit: int = TEXT_LIMIT) -> list[Problem]:
    """What may not stand in an entry.

    Parameters
    ----------
    text : str
        As typed or imported.
    where : str
        For messages.
    what : str, optional
        What the text is.
    limit : int, optional
        Most letters.

    Returns
    -------
    list of Problem

    Examples
    --------
    >>> [problem.found for problem in text_problems("a" + chr(0), "")]
    ['the text holds a sign that cannot be seen (U+0000, a control sign)']
    """
    if len(text) > limit:
        found = f"{what} has {len(text)} letters"
        return [Problem(where, found, f"at most {limit}", "two entries, or a shorter one")]
    hidden = INVISIBLE.search(text)
    if hidden is None and any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        return [Problem(where, f"{what} holds half a letter", "whole letters in UTF-8", "type it again")]
    if hidden is not None:
        found = f"{what} holds a sign that cannot be seen ({spelt(hidden[0])})"
        return [Problem(where, found, "letters, digits and marks", "type it again without it")]
    return []


# What a kind of entry can have read, and in which unit; others hold what their words say.
READINGS_OF: Mapping[str, tuple[frozenset[str], str]] = {
    "pressure": (frozenset({"SBP", "DBP"}), "mmHg"),
    "weight": (frozenset({"weight"}), "kg"),
}


def day_problem(day: datetime.date, today: datetime.date, where: str) -> Problem | None:
    """Whether a day can be one of a journal: from 1900 to the day after today, as clocks differ."""
    if EARLIEST <= day <= today + datetime.timedelta(days=1):
        return None
    found = f"{day} lies {'before 1900' if day < EARLIEST else f'after today, {today}'}"
    return Problem(where, found, "a day up to today", f"--on {today}")


def is_clock(text: str) -> bool:
    """Whether a text is a time of day, ``HH:MM``."""
    return _CLOCK.fullmatch(text) is not None


def content_problems(kind: str, content: Content, where: str) -> list[Problem]:
    """What is wrong with a content that comes from a file.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    content : Content
        As read.
    where : str
        For messages.

    Returns
    -------
    list of Problem
    """
    problems = text_problems(content.text, where)
    if not content.text.strip():
        problems.append(Problem(where, "the text is empty", "what is to be kept"))
    if content.clock and not is_clock(content.clock):
        problems.append(Problem(where, f"time '{content.clock[:20]}'", "HH:MM, or nothing", "08:30"))
    if (content.taken is None) == (kind == "dose"):
        expected = "taken or missed" if kind == "dose" else "nothing there: only a dose is taken or missed"
        problems.append(Problem(where, f"taken of a {kind} is {content.taken}", expected))
    for name in ("assay", "maker"):
        problems += text_problems(getattr(content, name), where, what=name, limit=WORD_LIMIT)
    if len(content.readings) > READINGS_LIMIT:
        found = f"{len(content.readings)} readings in one entry"
        problems.append(Problem(where, found, f"at most {READINGS_LIMIT}"))
    names, unit = READINGS_OF.get(kind, (frozenset(), ""))
    for reading in content.readings:
        problems += _reading_problems(reading, where)
        if names and (reading.name not in names or reading.unit != unit):
            found = f"a {kind} with a reading '{reading.name[:20]}' in '{reading.unit[:20]}'"
            problems.append(Problem(where, found, f"{' and '.join(sorted(names))} in {unit}"))
    return problems


def _reading_problems(reading: Reading, where: str) -> list[Problem]:
    problems = []
    for what, text in (
        ("name", reading.name),
        ("unit", reading.unit),
        *(("remark", one) for one in reading.remarks),
    ):
        problems += text_problems(text, where, what=f"{what} of a reading", limit=TEXT_LIMIT)
    if not reading.name:
        problems.append(Problem(where, "a reading has no name", "what was measured"))
    if reading.sign not in ("", "<", ">"):
        problems.append(Problem(where, f"limit '{reading.sign[:20]}'", "<, > or nothing"))
    if reading.value is not None and not math.isfinite(reading.value):
        problems.append(Problem(where, "a value is not a finite number", "a number"))
    return problems
