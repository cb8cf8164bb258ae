"""Entries as rows of the journal's tables, and back."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator

from calciroute.errors import InputError, Problem
from calciroute.guide.journal_entry import Content, Entry, Reading, Revision

_REVISION = "entry, number, recorded, state, undoes, day, clock, text, taken, assay, maker, readings"


def read_entries(connection: sqlite3.Connection, where: str, number: int | None = None) -> Iterator[Entry]:
    """Read entries with their histories.

    Parameters
    ----------
    connection : sqlite3.Connection
        Inside a transaction of the caller, so that nothing is mixed.
    where : str
        The file, for messages.
    number : int, optional
        Of one entry; all by default.

    Yields
    ------
    Entry
        By number.

    Raises
    ------
    InputError
        For an entry without all of its rows.
    """
    only, values = ("WHERE entry = ?", (number,)) if number is not None else ("", ())
    run = connection.execute
    readings: dict[tuple[int, int], list[Reading]] = {}
    for entry, revision, name, sign, value, unit, remarks in run(
        f"SELECT entry, number, name, sign, value, unit, remarks FROM reading {only} "
        "ORDER BY entry, number, place",
        values,
    ):
        reading = Reading(name, sign, value, unit, tuple(json.loads(remarks)))
        readings.setdefault((entry, revision), []).append(reading)
    revisions: dict[int, list[Revision]] = {}
    for entry, *cells in run(f"SELECT {_REVISION} FROM revision {only} ORDER BY entry, number", values):
        revision, recorded, state, undoes, day, clock, text, taken, assay, maker, count = cells
        mine = tuple(readings.get((entry, revision), ()))
        if len(mine) != count:  # a half entry: one transaction makes this impossible
            found = f"revision {revision} of entry {entry} holds {len(mine)} of {count} readings"
            raise InputError([Problem(where, found, "a whole entry")])
        taken = None if taken is None else bool(taken)
        content = Content(datetime.date.fromisoformat(day), clock, text, taken, assay, maker, mine)
        revisions.setdefault(entry, []).append(Revision(revision, recorded, state, undoes, content))
    heads = run(f"SELECT id, uid, kind FROM entry {only.replace('entry', 'id')} ORDER BY id", values)
    for entry, uid, kind in heads.fetchall():
        if entry not in revisions:
            raise InputError([Problem(where, f"entry {entry} is empty", "a whole entry")])
        yield Entry(entry, uid, kind, tuple(revisions[entry]))


def insert_revision(connection: sqlite3.Connection, entry: int, revision: Revision) -> None:
    """Write one revision with its readings.

    Parameters
    ----------
    connection : sqlite3.Connection
        Inside a transaction of the caller.
    entry : int
        Number of the entry.
    revision : Revision
        What is written.
    """
    content = revision.content
    connection.execute(
        f"INSERT INTO revision ({_REVISION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry,
            revision.number,
            revision.recorded,
            revision.state,
            revision.undoes,
            content.day.isoformat(),
            content.clock,
            content.text,
            None if content.taken is None else int(content.taken),
            content.assay,
            content.maker,
            len(content.readings),
        ),
    )
    connection.executemany(
        "INSERT INTO reading (entry, number, place, name, sign, value, unit, remarks) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                entry,
                revision.number,
                place,
                reading.name,
                reading.sign,
                reading.value,
                reading.unit,
                json.dumps(reading.remarks, ensure_ascii=False),
            )
            for place, reading in enumerate(content.readings, start=1)
        ],
    )
