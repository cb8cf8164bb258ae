"""The file of the journal: its tables, how it is opened, and how an older file is brought up to date.

Rollback journal and more than full sync, no write-ahead log: a journal gains a few rows a day, and SQLite
from 3.7.0 to 3.51.2 can corrupt a file with a write-ahead log when two connections meet.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.people.data_folder import private_file, private_folder, refused_problem, sync_folder
from calciroute.tables.people_files import shown_name

FILE_NAME = "journal.sqlite3"
APPLICATION_ID = 0x43414C4A  # "CALJ": tells a journal from any other SQLite file
BUSY_MS = 10_000
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables

_SETTINGS = (
    ("busy_timeout", BUSY_MS),
    # FULL, and the folder too: with FULL alone a power cut can bring the last rollback journal back, and with
    # it undo the entry that was acknowledged.
    ("synchronous", "EXTRA"),
    ("foreign_keys", "ON"),
    ("secure_delete", "ON"),
    ("temp_store", "MEMORY"),  # what is sorted never reaches a temporary file
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
)

# An entry is never changed: each edit adds a revision, and the last one counts. `undoes` names the revision
# that is taken back. A reading is what was understood of a revision's text.
_FIRST = (
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('dose', 'food', 'pressure', 'lab', 'weight', 'symptom', 'note'))
    ) STRICT""",
    """CREATE TABLE revision (
        entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number >= 1),
        recorded TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('kept', 'removed')),
        undoes INTEGER CHECK (undoes < number),
        day TEXT NOT NULL,
        clock TEXT NOT NULL,
        text TEXT NOT NULL,
        taken INTEGER CHECK (taken IN (0, 1)),
        assay TEXT NOT NULL,
        maker TEXT NOT NULL,
        readings INTEGER NOT NULL CHECK (readings >= 0),
        PRIMARY KEY (entry, number)
    ) STRICT""",
    """CREATE TABLE reading (
        entry INTEGER NOT NULL,
        number INTEGER NOT NULL,
        place INTEGER NOT NULL CHECK (place >= 1),
        name TEXT NOT NULL,
        sign TEXT NOT NULL CHECK (sign IN ('', '<', '>')),
        value REAL,
        unit TEXT NOT NULL,
        remarks TEXT NOT NULL,
        PRIMARY KEY (entry, number, place),
        FOREIGN KEY (entry, number) REFERENCES revision (entry, number) ON DELETE CASCADE
    ) STRICT""",
)
# Each item leads from the version before it to its own; the first makes an empty file a journal.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)


@dataclass(frozen=True)
class Opened:
    """A journal file that may be used.

    Parameters
    ----------
    connection : sqlite3.Connection
        Without a transaction of its own; each is begun by hand.
    path : Path
        The file.
    identity : tuple of int
        Which file stood there when it was opened: an erased one must not be written to.
    """

    connection: sqlite3.Connection
    path: Path
    identity: tuple[int, int]


def open_file(folder: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> Opened:
    """Open the journal of a folder; made where there is none.

    Parameters
    ----------
    folder : Path
        The data folder.
    migrations : sequence of sequence of str, optional
        Statements that lead from each version to the next.

    Returns
    -------
    Opened

    Raises
    ------
    InputError
        When the folder or the disk refuses, the file is none of ours, is damaged, or is of a newer version.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        found = f"this Python links SQLite {sqlite3.sqlite_version}"
        wanted = ".".join(str(part) for part in OLDEST_SQLITE)
        raise InputError([Problem("", found, f"SQLite {wanted} or later", "use a newer Python")])
    private_folder(folder)
    path = folder / FILE_NAME
    where = shown_name(path)
    try:
        private_file(path)
    except OSError as refused:
        raise InputError([refused_problem(where, "the journal cannot be opened", refused)]) from None
    try:
        connection = connect(path)
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(connection.close)
            _check(connection, where)
            _bring_up(connection, path, migrations)
            identity = identity_of(path)
            on_failure.pop_all()
    except sqlite3.Error as wrong:
        raise InputError([sqlite_problem(wrong, where)]) from None
    return Opened(connection, path, identity)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings of the journal, before anything is read.

    Parameters
    ----------
    path : Path
        An existing file.

    Returns
    -------
    sqlite3.Connection

    Raises
    ------
    sqlite3.Error
        For a file that is no database, or cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000.0, isolation_level=None)
    try:
        for name, value in _SETTINGS:
            connection.execute(f"PRAGMA {name} = {value}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def identity_of(path: Path) -> tuple[int, int]:
    """Which file a path leads to: it changes when the file is removed and made anew."""
    found = path.stat()
    return found.st_dev, found.st_ino


def sqlite_problem(wrong: sqlite3.Error, where: str) -> Problem:
    """What SQLite refused, in words with a next step.

    Parameters
    ----------
    wrong : sqlite3.Error
        As raised.
    where : str
        The file.

    Returns
    -------
    Problem

    Examples
    --------
    >>> print(sqlite_problem(sqlite3.OperationalError("database or disk is full"), "journal.sqlite3"))
    journal.sqlite3: the disk is full, so nothing was written; what was kept before is as it was. Try: ...
    """
    said = str(wrong)
    unchanged = "so nothing was written; what was kept before is as it was"
    code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or "full" in said:
        return Problem(where, f"the disk is full, {unchanged}", advice="free some space, then the same again")
    if code == sqlite3.SQLITE_BUSY or "locked" in said:
        found = f"another command holds the journal, {unchanged}"
        return Problem(where, found, advice="the same again when the other command is done")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN} or "readonly" in said:
        return Problem(where, f"the journal cannot be written, {unchanged}", "a file you may write to",
                       "look at the rights of the file and its folder")  # fmt: skip
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or "malformed" in said:
        return _damaged(where, said)
    if code == sqlite3.SQLITE_IOERR or "I/O" in said:
        return Problem(
            where, f"the disk refused, {unchanged}", advice="look for free space, then the same again"
        )
    return Problem(where, f"the journal cannot be used: {said}", advice="keep a copy of the file as it is")


def _damaged(where: str, said: str) -> Problem:
    return Problem(
        where,
        f"this file is damaged or is no journal ({said[:80]}); it is left as it is",
        "a journal of calciroute",
        "put a backup or an export in its place: move the file away, then calciroute journal import FILE",
    )


def _check(connection: sqlite3.Connection, where: str) -> None:
    """Ours or empty, not damaged, in rollback mode."""
    # One view of both: another command may be making the file at this moment.
    connection.execute("BEGIN")
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
    if application != APPLICATION_ID and (application or tables):
        found = "this is an SQLite file of another program; it is left as it is"
        raise InputError([Problem(where, found, "a journal of calciroute", "move the file away")])
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise InputError([_damaged(where, said)])
    (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        found = f"the journal is in the mode {mode}"
        raise InputError([Problem(where, found, "mode delete", "close every other program that has it open")])


def version_of(connection: sqlite3.Connection) -> int:
    """Version of the tables, 0 for an empty file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _bring_up(connection: sqlite3.Connection, path: Path, migrations: Sequence[Sequence[str]]) -> None:
    """Each step in one transaction, with a copy of the file before."""
    _refuse_newer(connection, path, migrations)
    begun = version_of(connection)
    while version_of(connection) < len(migrations):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another command may have done this step while we waited for the lock.
            version = version_of(connection)
            if version < len(migrations):
                if version:
                    _copy_before(path, version)
                for statement in migrations[version]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
    if version_of(connection) != begun:
        sync_folder(path.parent)  # the name of a new file is not on the disk before
    _refuse_newer(connection, path, migrations)


def _refuse_newer(connection: sqlite3.Connection, path: Path, migrations: Sequence[Sequence[str]]) -> None:
    version = version_of(connection)
    if version > len(migrations):
        found = f"this journal is of version {version}; this calciroute knows up to {len(migrations)}"
        advice = "use the newer calciroute, or its export, then calciroute journal import FILE"
        raise InputError([Problem(shown_name(path), found, "a journal of this version or older", advice)])


def copy_name(version: int) -> str:
    """Name of the copy that is kept of a file before it leaves a version."""
    return f"journal-version-{version}.sqlite3"


def _copy_before(path: Path, version: int) -> None:
    """A whole copy, on the disk before the first statement runs; half a copy never has its name."""
    copy = path.with_name(copy_name(version))
    aside = path.with_name(f".{copy.name}.part")
    aside.unlink(missing_ok=True)  # of a process that was killed; the lock is ours, nobody else writes it
    private_file(aside)
    source, target = connect(path), sqlite3.connect(aside, isolation_level=None)
    try:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)
    finally:
        source.close()
        target.close()
    os.replace(aside, copy)
    sync_folder(path.parent)
