"""``[labs]`` of a person file: each key a test, each value a text, a table or a dated list."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calciroute.errors import Problem, near_names
from calciroute.people.lab_outcome import LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_questions import either, unmistakable
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_text import is_from_creatinine, read_lab
from calciroute.tables.people_sections import described

READINGS_LIMIT = 40
_KEYS = ("value", "date", "assay", "maker")
Place = Callable[..., str]


@dataclass(frozen=True)
class LabOwner:
    """Whose values they are, as far as it changes how they are read.

    Parameters
    ----------
    sex : {"female", "male"} or None
        At birth; None when it was refused.
    age_years : float or None, y
        At `as_of`.
    as_of : date or None
        Day of the file.
    dialysis : bool
        Creatinine says nothing about filtration then.
    """

    sex: str | None = None
    age_years: float | None = None
    as_of: datetime.date | None = None
    dialysis: bool = False

    def age_on(self, day: datetime.date | None) -> float | None:
        """Age on a day, as well as the file tells."""
        if self.age_years is None or day is None or self.as_of is None:
            return self.age_years
        return self.age_years - (self.as_of - day).days / 365.25


@dataclass(frozen=True)
class _Entry:
    """One value with its place in the file."""

    place: str
    text: str
    date: datetime.date | None
    assay: str
    maker: str


def read_lab_section(
    table: Mapping[str, Any], place: Place, owner: LabOwner, problems: list[Problem]
) -> tuple[LabReading, ...]:
    """Read the laboratory values of a person.

    Parameters
    ----------
    table : mapping
        ``[labs]`` as TOML gives it.
    place : callable
        ``place(key, ...)`` gives ``file:line`` of what stands below ``[labs]``.
    owner : LabOwner
        Whose they are.
    problems : list of Problem
        Receives what is wrong, questions too; nothing is raised.

    Returns
    -------
    tuple of LabReading
        What was read, in file order.

    Examples
    --------
    >>> problems = []
    >>> table = {"Kreatinin": "88 µmol/l", "25OHD": 55}
    >>> read = read_lab_section(table, lambda *path: "me.toml", LabOwner("male", 70.0), problems)
    >>> [one.name for one in read]
    ['creatinine', 'eGFR']
    >>> print(problems[0])
    me.toml: 25OHD 55 has no unit: 55 nmol/L or 55 ng/mL (137 nmol/L)? Expected: ...
    """
    readings: list[LabReading] = []
    named: dict[str, str] = {}
    for name, value in table.items():
        read: list[LabReading] = []
        for entry in _entries(name, value, place, problems):
            outcome = _outcome(name, entry, owner)
            if isinstance(outcome, tuple):
                read.extend(outcome)
            else:
                problems.append(problem_of(outcome, entry.place))
        twice = [
            one.name for one in read if named.get(one.name, name) != name and not is_from_creatinine(one)
        ]
        if twice:
            found = f"'{name}' and '{named[twice[0]]}' are the same test ({twice[0]})"
            problems.append(Problem(place(name), found, "one of the two, or one list with dates"))
            continue
        named |= {one.name: name for one in read if not is_from_creatinine(one)}
        readings += read
    return tuple(readings)


def problem_of(outcome: LabQuestion | LabRefusal, place: str) -> Problem:
    """A question or a refusal as a problem of a file.

    Parameters
    ----------
    outcome : LabQuestion or LabRefusal
        From `calciroute.people.lab_text.read_lab`.
    place : str
        ``file:line``.

    Returns
    -------
    Problem
        With all readings of a question, and the lines that would answer it.
    """
    if isinstance(outcome, LabRefusal):
        return Problem(place, outcome.found, outcome.expected, outcome.advice)
    asked = outcome.question.removeprefix(f"{outcome.name} {outcome.written}: ")
    answers = [f'{_key(choice.name)} = "{choice.text}"' for choice in outcome.choices]
    return Problem(place, f"{outcome.found}: {asked}", "a value that can be read in one way", either(answers))


def _key(name: str) -> str:
    return name if name[0].isalpha() else f'"{name}"'


def _outcome(name: str, entry: _Entry, owner: LabOwner) -> LabOutcome:
    on_dialysis = owner.dialysis
    outcome = read_lab(
        name,
        entry.text,
        sex=None if on_dialysis else owner.sex,
        age_years=owner.age_on(entry.date),
        date=entry.date,
        assay=entry.assay,
        maker=entry.maker,
    )
    if isinstance(outcome, tuple) and on_dialysis and outcome[0].name == "creatinine":
        remark = (
            "on dialysis creatinine does not tell the filtration of the kidneys: no eGFR is taken from it"
        )
        return tuple(one.model_copy(update={"remarks": (*one.remarks, remark)}) for one in outcome)
    if isinstance(outcome, tuple) and owner.as_of and entry.date and entry.date > owner.as_of:
        found = f"{name} is dated {entry.date}, after as_of {owner.as_of}"
        return LabRefusal(name, entry.text, found, "a day up to as_of", "check both dates")
    return outcome


def _entries(name: str, value: object, place: Place, problems: list[Problem]) -> Iterator[_Entry]:
    if not isinstance(value, list):
        entry = _entry(name, value, (name,), place, problems)
        if entry is not None:
            yield entry
        return
    if not 0 < len(value) <= READINGS_LIMIT:
        found = f"{name} is a list of {len(value)} readings"
        problems.append(Problem(place(name), found, f"1 to {READINGS_LIMIT} readings, each with its date"))
        return
    days: set[datetime.date] = set()
    for number, one in enumerate(value):
        path = (name, number)
        if not isinstance(one, dict) or "date" not in one:
            found = f"reading {number + 1} of {name} has no date"
            problems.append(Problem(place(*path), found, "readings with dates", _dated_example(name)))
            continue
        entry = _entry(name, one, path, place, problems)
        if entry is None:
            continue
        assert entry.date is not None
        if entry.date in days:
            found = f"{name} has two readings of {entry.date}"
            problems.append(Problem(entry.place, found, "one reading a day", "leave one of them out"))
            continue
        days.add(entry.date)
        yield entry


def _dated_example(name: str) -> str:
    return (
        f'{_key(name)} = [ {{ date = 2023-03-01, value = "..." }}, {{ date = 2026-02-20, value = "..." }} ]'
    )


def _entry(
    name: str, value: object, path: tuple[str | int, ...], place: Place, problems: list[Problem]
) -> _Entry | None:
    where = place(*path)
    if not isinstance(value, dict):
        text = _text(name, value, where, problems)
        return None if text is None else _Entry(where, text, None, "", "")
    before = len(problems)
    for key in value:
        if key not in _KEYS:
            near = near_names(key, _KEYS)
            advice = f"'{near[0]}'" if near else ""
            problems.append(
                Problem(place(*path, key), f"'{key}' is not known in {name}", ", ".join(_KEYS), advice)
            )
    if "value" not in value:
        problems.append(Problem(where, f"{name} has no value", f'{_key(name)} = {{ value = "..." }}'))
    words = {}
    for key in ("assay", "maker"):
        said = value.get(key, "")
        if not isinstance(said, str):
            problems.append(
                Problem(place(*path, key), f"{key} of {name} is {described(said)}", "a text in quotes")
            )
        words[key] = said.strip() if isinstance(said, str) else ""
    day = _day(value["date"]) if "date" in value else None
    if "date" in value and day is None:
        found = f"date of {name} is {described(value['date'])}"
        problems.append(Problem(place(*path, "date"), found, "a date", "date = 2026-02-20, year first"))
    text = _text(name, value.get("value", ""), where, problems) if len(problems) == before else None
    return None if text is None else _Entry(where, text, day, words["assay"], words["maker"])


def _day(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return None
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value).strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(name: str, value: object, where: str, problems: list[Problem]) -> str | None:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        found = f"{name} is {described(value)}"
        problems.append(Problem(where, found, "a value with its unit in quotes", f'{_key(name)} = "..."'))
        return None
    if not math.isfinite(value):
        problems.append(Problem(where, f"{name} is not a finite number", "a value with its unit in quotes"))
        return None
    # A number of TOML has a decimal point and no other mark.
    return unmistakable(float(value))
