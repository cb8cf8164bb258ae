"""Laboratory values, scans, pressure and weight of the journal, written into a copy of a person file.

A copy, and not a look into the journal at run time: what a run used then stands in its own file, and the run
can be made again. The values go over as they were given, and the reader of person files reads them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.guide.journal_entry import Entry
from calciroute.guide.journal_weight import FIELD as WEIGHT
from calciroute.guide.journal_weight import goes_over, newest_weight, with_weight
from calciroute.people.lab_pressure import NAME as BLOOD_PRESSURE
from calciroute.people.lab_section import READINGS_LIMIT
from calciroute.people.lab_text import read_lab_line
from calciroute.people.person import parse_person
from calciroute.tables.answered import toml_text
from calciroute.tables.lab_names import find_lab_name
from calciroute.tables.located_toml import LocatedToml

# Pressure moves from hour to hour: the mean of the last days stands for today.
PRESSURE_DAYS = 7
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class WithLabs:
    """A person file with the values of the journal.

    Parameters
    ----------
    text : str
        The file; it reads without a problem.
    taken : dict of str to int
        Readings of the journal by field.
    notes : tuple of str
        What was decided on the way: two values of a day, a day that moved.
    """

    text: str
    taken: dict[str, int]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Value:
    """One dated reading as it stands in a person file."""

    day: datetime.date
    text: str
    assay: str = ""
    maker: str = ""

    def as_toml(self) -> str:
        parts = [f"date = {self.day}", f"value = {toml_text(self.text)}"]
        parts += [f"{name} = {toml_text(word)}" for name, word in self._beside() if word]
        return f"{{ {', '.join(parts)} }}"

    def _beside(self) -> tuple[tuple[str, str], ...]:
        return (("assay", self.assay), ("maker", self.maker))


def with_labs(toml: LocatedToml, entries: Iterable[Entry], folder: Path) -> WithLabs:
    """Put the values of a journal into the text of a person file.

    Parameters
    ----------
    toml : LocatedToml
        The person file.
    entries : iterable of Entry
        Of the journal; those that count.
    folder : Path
        Where the person's diary is looked for.

    Returns
    -------
    WithLabs
        Each test of the journal is a dated list now, with the values that the file had; its old line stays
        as a comment. The newest weight stands with its day beside it.

    Raises
    ------
    InputError
        When the journal has no such values, a value of the file has no date and the file no ``as_of``, or
        what comes out does not read; nothing is guessed.
    """
    notes: list[str] = []
    entries, as_of = tuple(entries), _as_of(toml)
    found = _from_journal(entries, notes)
    weight = newest_weight(entries)
    if weight is not None and not goes_over(weight, toml, as_of, notes):
        weight = None
    if not found and weight is None:
        found_words = notes[0] if notes else "the journal holds no laboratory value, scan, pressure or weight"
        raise InputError(
            [Problem("", found_words, "one at least", "calciroute journal add lab '25OHD 55 nmol/L'")]
        )
    labs = toml.values.get("labs", {})
    if not isinstance(labs, dict):
        raise InputError([Problem(toml.place("labs"), "'labs' is no section", "[labs]")])
    problems: list[Problem] = []
    lists: dict[str, str] = {}
    replaced: list[str] = []
    for name, values in found.items():
        key = _key_of(name, labs)
        if key is not None:
            old = _in_file(key, labs[key], as_of, toml, problems, notes)
            replaced.append(key)
            values = _joined(name, old, values, notes)
        values = _fitting(name, values, notes)
        lists[name] = ", ".join(value.as_toml() for value in values)
    if problems:
        raise InputError(problems)
    lines = [f"{_bare(name)} = [ {text} ]" for name, text in lists.items()]
    days = [one.day for values in found.values() for one in values]
    text = _moved_day(toml, as_of, max([*days, *([weight.day] if weight else [])]), notes)
    text = _section(toml, text, replaced, lines) if lines else text
    taken = {name: len(values) for name, values in found.items()}
    if weight is not None:
        text, taken[WEIGHT] = with_weight(text, weight, notes), 1
    parse_person(text, toml.where, folder)  # what does not read is not written
    return WithLabs(text, taken, tuple(notes))


def _from_journal(entries: Iterable[Entry], notes: list[str]) -> dict[str, list[_Value]]:
    kept = sorted((entry for entry in entries if entry.kept), key=lambda one: one.when)
    found: dict[str, dict[datetime.date, _Value]] = {}
    for entry in kept:
        content = entry.content
        if entry.kind != "lab":
            continue
        outcome = read_lab_line(content.text)
        if not isinstance(outcome, tuple) or content.readings == ():
            notes.append(f"entry {entry.id} is left out: it does not read as one laboratory value now")
            continue
        # A pressure from a report is one test with two numbers.
        name = BLOOD_PRESSURE if outcome[0].name in ("SBP", "DBP") and len(outcome) > 1 else outcome[0].name
        value = _Value(content.day, outcome[0].written, content.assay, content.maker)
        days = found.setdefault(name, {})
        if content.day in days:
            notes.append(f"{name} has two values of {content.day}: the later entry, {entry.id}, is taken")
        days[content.day] = value
    values = {name: list(days.values()) for name, days in found.items()}
    pressure = _mean_pressure(kept, notes)
    if pressure is not None:
        values.setdefault(BLOOD_PRESSURE, []).append(pressure)
        values[BLOOD_PRESSURE] = list({one.day: one for one in values[BLOOD_PRESSURE]}.values())
    return values


def _mean_pressure(kept: Sequence[Entry], notes: list[str]) -> _Value | None:
    read = [entry for entry in kept if entry.kind == "pressure" and len(entry.content.readings) == 2]
    if not read:
        return None
    last = read[-1].content.day
    lately = [one for one in read if one.content.day > last - datetime.timedelta(days=PRESSURE_DAYS)]
    systolic, diastolic = (
        fmean([one.content.readings[place].value or 0.0 for one in lately]) for place in (0, 1)
    )
    if len(lately) > 1:
        notes.append(
            f"blood_pressure is the mean of {len(lately)} readings of the {PRESSURE_DAYS} days to {last}"
        )
    return _Value(last, f"{systolic:.0f}/{diastolic:.0f} mmHg")


def _key_of(name: str, labs: Mapping[str, Any]) -> str | None:
    """The key under which a file has a test: a printed name counts as the field."""
    for key in labs:
        known = find_lab_name(key)
        if key == name or (known is not None and name in known.tests):
            return str(key)
    return None


def _in_file(
    key: str,
    value: object,
    as_of: datetime.date | None,
    toml: LocatedToml,
    problems: list[Problem],
    notes: list[str],
) -> list[_Value]:
    found = []
    for place, one in enumerate(value if isinstance(value, list) else [value]):
        table = one if isinstance(one, dict) else {"value": one}
        day = table.get("date", as_of)
        where = toml.place("labs", key, place) if isinstance(value, list) else toml.place("labs", key)
        if isinstance(day, str):
            try:
                day = datetime.date.fromisoformat(day)
            except ValueError:
                day = None
        if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
            expected, advice = (
                "a date beside it, or as_of under [person]",
                "as_of = 2026-03-01 under [person]",
            )
            problems.append(
                Problem(where, f"{key} has no date, so that it has no place in a list", expected, advice)
            )
            continue
        if "date" not in table:
            notes.append(f"{key} of the file had no date: it is dated {day}, the day of the file")
        words = (str(table.get(name, "")) for name in ("value", "assay", "maker"))
        found.append(_Value(day, *words))
    return found


def _joined(name: str, old: Sequence[_Value], new: Sequence[_Value], notes: list[str]) -> list[_Value]:
    by_day = {one.day: one for one in old}
    for one in new:
        if one.day in by_day and by_day[one.day] != one:
            notes.append(f"{name} of {one.day} stands in both: the value of the journal is taken")
        by_day[one.day] = one
    return sorted(by_day.values(), key=lambda one: one.day)


def _fitting(name: str, values: Sequence[_Value], notes: list[str]) -> list[_Value]:
    """A person file takes so many readings of a test: the first one and the last ones say most of change."""
    if len(values) <= READINGS_LIMIT:
        return list(values)
    left = len(values) - READINGS_LIMIT
    notes.append(
        f"{name}: a person file takes {READINGS_LIMIT} readings; {left} after the first are left out"
    )
    return [values[0], *values[-(READINGS_LIMIT - 1) :]]


def _as_of(toml: LocatedToml) -> datetime.date | None:
    person = toml.values.get("person", {})
    day = person.get("as_of") if isinstance(person, dict) else None
    return day if isinstance(day, datetime.date) and not isinstance(day, datetime.datetime) else None


def _moved_day(toml: LocatedToml, as_of: datetime.date | None, last: datetime.date, notes: list[str]) -> str:
    """The file describes the day of the last value: ``as_of`` and the age go with it."""
    if as_of is None or last <= as_of:
        return toml.text
    years = (last - as_of).days / _DAYS_A_YEAR
    lines = toml.text.split("\n")
    age = toml.values["person"].get("age_years")
    place = toml.lines[("person", "as_of")][0] - 1
    lines[place] = f"as_of = {last}  # was {as_of}: moved to the last value of the journal"
    notes.append(f"as_of moved from {as_of} to {last}, the day of the last value")
    if isinstance(age, int | float) and ("person", "age_years") in toml.lines:
        place = toml.lines[("person", "age_years")][0] - 1
        lines[place] = f"age_years = {age + years:.2f}  # was {age} on {as_of}"
        notes.append(f"age_years is {age + years:.2f} on that day")
    if any(isinstance(one.get("since"), str) for one in _supplements(toml)):
        notes.append("a 'since' that is a length of time still counts as it is written: give it as a date")
    return "\n".join(lines)


def _supplements(toml: LocatedToml) -> list[dict[str, Any]]:
    tables = toml.values.get("supplement", [])
    return [one for one in tables if isinstance(one, dict)] if isinstance(tables, list) else []


def _section(toml: LocatedToml, text: str, replaced: Sequence[str], lines: Sequence[str]) -> str:
    """Old lines become comments, new ones stand right below the heading of the section."""
    written = text.split("\n")
    starts = sorted({place for places in toml.lines.values() for place in places})
    for key in replaced:
        first = toml.lines[("labs", key)][0]
        own = [place for path, places in toml.lines.items() if path[:2] == ("labs", key) for place in places]
        after = min((start for start in starts if start > max(own)), default=len(written) + 1)
        for number in range(first, after):
            line = written[number - 1]
            if line.strip() and not line.lstrip().startswith(("#", "[")):
                written[number - 1] = f"# was: {line}"
            elif line.lstrip().startswith("[") and number != first:
                break
    heading = next(
        (place for place, line in enumerate(written) if line.split("#")[0].strip() == "[labs]"), None
    )
    block = ["# From the journal, as given there:", *lines]
    if heading is None and "labs" in toml.values:
        found = "[labs] has no heading on a line of its own"
        raise InputError([Problem(toml.place("labs"), found, "[labs]", "write [labs] above its values")])
    if heading is None:
        return "\n".join(written).rstrip("\n") + "\n\n[labs]\n" + "\n".join(block) + "\n"
    return "\n".join([*written[: heading + 1], *block, *written[heading + 1 :]])


def _bare(name: str) -> str:
    plain = all(sign.isascii() and (sign.isalnum() or sign in "_-") for sign in name)
    return name if plain else toml_text(name)
