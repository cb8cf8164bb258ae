"""An exported journal read back: every line is checked before one is kept, and then all are or none."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, cast

from calciroute.errors import InputError, Problem, near_names
from calciroute.guide.journal import Journal
from calciroute.guide.journal_entry import (
    KINDS,
    READINGS_LIMIT,
    Content,
    Entry,
    Reading,
    Revision,
    content_problems,
    day_problem,
)
from calciroute.guide.journal_files import COLUMNS, FORMAT, PURPOSE_COLUMN, READING_PARTS, VERSION
from calciroute.guide.journal_rows import insert_revision
from calciroute.tables.people_text import PeopleText, read_people_text

KIND = "an export of the journal (JSON or CSV)"
LIMIT_BYTES = 50_000_000
MOST_PROBLEMS = 20
_RECORDED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_UID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_DIGITS = re.compile(r"[1-9][0-9]{0,17}")
_STATES = frozenset({"kept", "removed"})
_REVISION_KEYS = frozenset(
    {"revision", "recorded", "state", "undoes", "date", "time", "text", "taken", "assay", "maker", "readings"}
)


@dataclass(frozen=True)
class Imported:
    """What became of the entries of a file.

    Parameters
    ----------
    new, same, longer : int
        Entries that were not there, were there just so, and were there with a shorter history.
    """

    new: int
    same: int
    longer: int


def read_export(path: Path, today: datetime.date | None = None) -> tuple[Entry, ...]:
    """Read an export.

    Parameters
    ----------
    path : Path
        JSON or CSV of `calciroute.guide.journal_files`; a spreadsheet may have saved the CSV again.
    today : date, optional
        No entry lies after it; the clock on the wall by default.

    Returns
    -------
    tuple of Entry
        In file order.

    Raises
    ------
    InputError
        With every problem of the file, each with its line or entry; of many the first twenty.
    """
    text = read_people_text(Path(path), limit_bytes=LIMIT_BYTES, kind=KIND)
    day = today or datetime.date.today()
    problems: list[Problem] = []
    is_json = text.text.lstrip()[:1] in {"{", "["}
    rows = _json_rows(text, problems) if is_json else _csv_rows(text, problems)
    entries = tuple(_entries(rows, day, problems))
    if problems:
        left = len(problems) - MOST_PROBLEMS
        shown = problems[:MOST_PROBLEMS]
        if left > 0:
            shown.append(Problem(text.where, f"{left} more problems", "an export as it was written"))
        raise InputError(shown)
    return entries


def import_entries(journal: Journal, entries: Sequence[Entry]) -> Imported:
    """Take entries into a journal: all of them or none.

    Parameters
    ----------
    journal : Journal
        Open. Into an empty one the entries come with their numbers; beside others a number that is taken
        becomes another one.
    entries : sequence of Entry
        From `read_export`.

    Returns
    -------
    Imported

    Raises
    ------
    InputError
        When an entry is there with another history, or the disk refuses; nothing is taken then.
    """
    there = {entry.uid: entry for entry in journal.entries(removed=True)}
    numbers = {entry.id for entry in there.values()}
    counted = {"new": 0, "same": 0, "longer": 0}
    problems: list[Problem] = []
    with journal.writing() as connection:
        for entry in entries:
            known = there.get(entry.uid)
            if known is None:
                number = _insert(connection, entry, entry.id if entry.id not in numbers else None)
                numbers.add(number)
                counted["new"] += 1
                continue
            common = min(len(known.revisions), len(entry.revisions))
            if known.kind != entry.kind or known.revisions[:common] != entry.revisions[:common]:
                found = f"entry {entry.id} of the file is entry {known.id} here with another history"
                problems.append(Problem("", found, "the same history, or a journal without it"))
                continue
            more = entry.revisions[len(known.revisions) :]
            counted["longer" if more else "same"] += 1
            for revision in more:
                insert_revision(connection, known.id, revision)
        if problems:
            raise InputError(problems[:MOST_PROBLEMS])
    return Imported(**counted)


def _insert(connection: sqlite3.Connection, entry: Entry, number: int | None) -> int:
    values = (number, entry.uid, entry.kind)
    row = connection.execute("INSERT INTO entry (id, uid, kind) VALUES (?, ?, ?)", values).lastrowid
    assert row is not None
    for revision in entry.revisions:
        insert_revision(connection, row, revision)
    return row


@dataclass(frozen=True)
class _Row:
    """One revision with the head of its entry, cells not looked at yet."""

    where: str
    cells: Mapping[str, Any]


def _json_rows(text: PeopleText, problems: list[Problem]) -> Iterator[_Row]:
    try:
        document = json.loads(text.text, parse_constant=_no_constant, object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        place = f"{text.where}:{wrong.lineno}"
        problems.append(Problem(place, f"this is no JSON: {wrong.msg.lower()}", KIND, "the file as exported"))
        return
    except (ValueError, RecursionError) as wrong:
        found = "brackets go too deep" if isinstance(wrong, RecursionError) else str(wrong)[:100]
        problems.append(Problem(text.where, found, KIND, "the file as exported"))
        return
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        found = "this is no export of the journal"
        problems.append(
            Problem(text.where, found, f'"format": "{FORMAT}"', "calciroute journal export FILE.json")
        )
        return
    if document.get("version") != VERSION:
        found = f"this export is of version {str(document.get('version'))[:20]}"
        problems.append(Problem(text.where, found, f"version {VERSION}", "the calciroute that wrote it"))
        return
    entries = document.get("entries")
    if not isinstance(entries, list):
        problems.append(Problem(text.where, "'entries' is no list", "a list of entries"))
        return
    for nth, entry in enumerate(entries, start=1):
        where = f"{text.where}, entry {nth} of the list"
        revisions = entry.get("revisions") if isinstance(entry, dict) else None
        if not isinstance(revisions, list) or not revisions:
            problems.append(Problem(where, "it has no revisions", "at least one, in a list"))
            continue
        head = {name: entry.get(name) for name in ("entry", "uid", "kind")}
        for revision in revisions:
            if not isinstance(revision, dict) or set(revision) != _REVISION_KEYS:
                problems.append(
                    Problem(where, "a revision has other fields", ", ".join(sorted(_REVISION_KEYS)))
                )
            else:
                yield _Row(where, {**head, **revision})


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no value of this journal")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{twice[:40]}' stands twice in one place")
    return found


def _csv_rows(text: PeopleText, problems: list[Problem]) -> Iterator[_Row]:
    first = text.text.lstrip("\n").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.text), delimiter=separator, strict=True)
    names: list[str] | None = None
    try:
        for raw in reader:
            where = f"{text.where}:{reader.line_num}"
            if not any(cell.strip() for cell in raw):
                continue
            if names is None:
                names = [cell.strip() for cell in raw]
                wrong = list(_heading_problems(where, names))
                problems += wrong
                if wrong:
                    return
            elif len(raw) != len(names):
                found = f"{len(raw)} cells"
                problems.append(
                    Problem(where, found, f"{len(names)} cells", "quote texts that hold the separator")
                )
            else:
                yield _Row(where, _cells(dict(zip(names, raw, strict=True)), where, problems))
    except csv.Error as wrong_csv:
        found = f"this is no CSV: {wrong_csv}"
        problems.append(Problem(f"{text.where}:{reader.line_num}", found, KIND, "the file as exported"))
        return
    if names is None:
        problems.append(Problem(text.where, "this file is empty", KIND, "calciroute journal export FILE.csv"))


def _heading_problems(where: str, names: Sequence[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        if name not in {*COLUMNS, PURPOSE_COLUMN}:
            near = near_names(name, COLUMNS, 1)
            yield Problem(where, f"column '{name[:40]}' is not known", "the headings of an export", *near)
        elif names.count(name) > 1:
            yield Problem(where, f"column '{name}' stands twice", "once")
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        yield Problem(where, f"columns are missing: {', '.join(missing[:6])}", "the headings of an export")


def _cells(row: dict[str, str], where: str, problems: list[Problem]) -> dict[str, Any]:
    """A row of CSV in the types of JSON; what cannot be turned stays text, and is refused further on."""
    row = {name: cell[1:] if cell.startswith("'") else cell for name, cell in row.items()}
    cells: dict[str, Any] = {name: row[name] for name in COLUMNS[:13]}
    for name in ("entry", "revision", "undoes"):
        if _DIGITS.fullmatch(row[name]):
            cells[name] = int(row[name])
    cells["undoes"] = cells["undoes"] if cells["undoes"] != "" else None
    cells["taken"] = {"taken": True, "missed": False, "": None}.get(row["taken"], row["taken"])
    cells["readings"] = readings = []
    for place in range(1, READINGS_LIMIT + 1):
        one: dict[str, Any] = {part: row[f"{part}_{place}"] for part in READING_PARTS}
        if not any(one.values()):
            continue
        try:
            one["value"] = float(one["value"]) if one["value"] else None
            one["remarks"] = json.loads(one["remarks"]) if one["remarks"] else []
        except (ValueError, RecursionError):
            found = f"value_{place} '{one['value']}' or remarks_{place}"
            problems.append(Problem(where, found, "a number, and remarks as exported"))
            continue
        readings.append(one)
    return cells


def _entries(rows: Iterator[_Row], today: datetime.date, problems: list[Problem]) -> Iterator[Entry]:
    heads: dict[str, tuple[int, str, str]] = {}
    found: dict[str, list[Revision]] = {}
    numbers: dict[int, str] = {}
    for row in rows:
        number, uid, kind = (row.cells[name] for name in ("entry", "uid", "kind"))
        wrong = list(_head_problems(row, number, uid, kind))
        if not wrong and numbers.setdefault(number, uid) != uid:
            wrong.append(Problem(row.where, f"entry {number} stands twice with two uids", "one uid"))
        if not wrong and heads.setdefault(uid, (number, uid, kind)) != (number, uid, kind):
            wrong.append(Problem(row.where, f"uid {uid} stands with two numbers or kinds", "one of each"))
        mine = [] if wrong else found.setdefault(uid, [])
        revision = _revision(row, kind, today, wrong) if not wrong else None
        if revision is not None and revision.number != len(mine) + 1:
            expected = f"{len(mine) + 1}, as revisions count from 1 without a gap"
            wrong.append(Problem(row.where, f"revision {revision.number} of entry {number}", expected))
        problems += wrong
        if revision is not None and not wrong:
            mine.append(revision)
    for uid, (number, _, kind) in heads.items():
        if found.get(uid):
            yield Entry(number, uid, cast("Any", kind), tuple(found[uid]))


def _head_problems(row: _Row, number: object, uid: object, kind: object) -> Iterator[Problem]:
    if not _is_count(number):
        yield Problem(row.where, f"entry {_shown(number)}", "a whole number from 1 on")
    if not isinstance(uid, str) or not _UID.fullmatch(uid):
        yield Problem(row.where, f"uid {_shown(uid)}", "1 to 64 letters and digits")
    if kind not in KINDS:
        near = near_names(str(kind)[:40], KINDS, 1)
        yield Problem(row.where, f"kind {_shown(kind)} is not known", ", ".join(KINDS), *near)


def _revision(row: _Row, kind: str, today: datetime.date, problems: list[Problem]) -> Revision | None:
    cells, where = row.cells, row.where
    for name in ("time", "text", "assay", "maker"):
        if not isinstance(cells[name], str):
            problems.append(Problem(where, f"{name} is {_shown(cells[name])}", "a text"))
    number, undoes = cells["revision"], cells["undoes"]
    if not _is_count(number):
        problems.append(Problem(where, f"revision {_shown(number)}", "a whole number from 1 on"))
    elif undoes is not None and not (_is_count(undoes) and undoes < number):
        problems.append(
            Problem(where, f"undoes {_shown(undoes)}", "the number of an earlier revision, or nothing")
        )
    if not isinstance(cells["recorded"], str) or not _is_recorded(cells["recorded"]):
        problems.append(Problem(where, f"recorded {_shown(cells['recorded'])}", "2026-03-01 08:30:00"))
    if not isinstance(cells["state"], str) or cells["state"] not in _STATES:
        problems.append(Problem(where, f"state {_shown(cells['state'])}", "kept or removed"))
    if cells["taken"] is not None and not isinstance(cells["taken"], bool):
        problems.append(Problem(where, f"taken {_shown(cells['taken'])}", "taken, missed or nothing"))
    day = _day(cells["date"])
    if day is None:
        advice = "a spreadsheet turns dates about: import the JSON export, or format the column as text"
        problems.append(Problem(where, f"date {_shown(cells['date'])}", "2026-03-01, year first", advice))
    elif (late := day_problem(day, today, where)) is not None:
        problems.append(late)
    readings = _readings(cells["readings"], where, problems)
    if problems or day is None:
        return None
    words = (cells["text"], cells["taken"], cells["assay"], cells["maker"])
    content = Content(day, cells["time"], *words, tuple(readings))
    problems += content_problems(kind, content, where)
    return Revision(number, cells["recorded"], cells["state"], undoes, content)


def _readings(written: object, where: str, problems: list[Problem]) -> list[Reading]:
    found: list[Reading] = []
    if not isinstance(written, list):
        problems.append(Problem(where, "'readings' is no list", "a list, empty if there are none"))
        return found
    for one in written[: READINGS_LIMIT + 1]:
        if not isinstance(one, dict) or set(one) != set(READING_PARTS):
            problems.append(Problem(where, "a reading has other fields", ", ".join(READING_PARTS)))
            continue
        name, sign, value, unit, remarks = (one[part] for part in READING_PARTS)
        texts = isinstance(name, str) and isinstance(sign, str) and isinstance(unit, str)
        number = value is None or (isinstance(value, int | float) and not isinstance(value, bool))
        listed = isinstance(remarks, list) and all(isinstance(remark, str) for remark in remarks)
        if not (texts and number and listed) or (isinstance(value, int) and abs(value) > 1e15):
            problems.append(
                Problem(where, f"a reading is {_shown(one)}", "name, limit, number, unit, remarks")
            )
            continue
        found.append(
            Reading(name, cast("Any", sign), None if value is None else float(value), unit, tuple(remarks))
        )
    return found


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 10**18


def _is_recorded(text: str) -> bool:
    if not _RECORDED.fullmatch(text):
        return False
    try:
        datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return False
    return True


def _day(value: object) -> datetime.date | None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _shown(value: object) -> str:
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."
