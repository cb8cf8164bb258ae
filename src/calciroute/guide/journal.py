"""The journal: entries that are added, edited and taken back, and never lost.

One entry is one short transaction. What a call returned from is on the disk.
"""

from __future__ import annotations

import contextlib
import datetime
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from calciroute.errors import InputError, Problem
from calciroute.guide.journal_entry import Content, Entry, Kind, Revision, State, undo_of
from calciroute.guide.journal_rows import insert_revision, read_entries
from calciroute.guide.journal_schema import MIGRATIONS, Opened, identity_of, open_file, sqlite_problem
from calciroute.people.data_folder import data_folder
from calciroute.tables.people_files import shown_name


class Journal:
    """An open journal; use it in a ``with`` block, or close it.

    Parameters
    ----------
    opened : Opened
        From `open_journal`.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._connection = opened.connection

    @property
    def path(self) -> Path:
        """The file."""
        return self._opened.path

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def add(self, kind: Kind, content: Content) -> Entry:
        """Keep a new entry.

        Parameters
        ----------
        kind : str
            One of `calciroute.guide.journal_entry.KINDS`.
        content : Content
            What it says, from `calciroute.guide.journal_words.understand`.

        Returns
        -------
        Entry
            As kept; it is on the disk.

        Raises
        ------
        InputError
            When the disk refuses or another command holds the journal; nothing is kept then.
        """
        revision = Revision(1, now(), "kept", None, content)
        with self.writing() as connection:
            uid = secrets.token_hex(8)
            number = connection.execute("INSERT INTO entry (uid, kind) VALUES (?, ?)", (uid, kind)).lastrowid
            assert number is not None
            insert_revision(connection, number, revision)
        return Entry(number, uid, kind, (revision,))

    def edit(self, number: int, content: Content) -> Entry:
        """Give an entry another content; what it said before stays in its history.

        Parameters
        ----------
        number : int
            Of the entry.
        content : Content
            What it says from now on.

        Returns
        -------
        Entry
            With all its revisions.

        Raises
        ------
        InputError
            For a number that is not there, or when the disk refuses.
        """
        return self._change(number, content, "kept")

    def remove(self, number: int) -> Entry:
        """Let an entry count no longer; its history stays, and it can be undone.

        Parameters
        ----------
        number : int
            Of the entry.

        Returns
        -------
        Entry
            With all its revisions.

        Raises
        ------
        InputError
            For a number that is not there, or when the disk refuses.
        """
        return self._change(number, None, "removed")

    def _change(self, number: int, content: Content | None, state: State) -> Entry:
        with self.writing() as connection:
            entry = self._entry(number)
            revision = Revision(entry.last.number + 1, now(), state, None, content or entry.content)
            insert_revision(connection, number, revision)
        return Entry(entry.id, entry.uid, entry.kind, (*entry.revisions, revision))

    def undo(self, number: int | None = None) -> Entry:
        """Take the last change back; again, the one before.

        Parameters
        ----------
        number : int, optional
            Of an entry; the one that was changed last by default.

        Returns
        -------
        Entry
            As it stands now; one whose making was undone counts no longer.

        Raises
        ------
        InputError
            When nothing is left to take back, or the disk refuses.
        """
        with self.writing() as connection:
            entry = self._entry(number if number is not None else self._changed_last())
            revision = undo_of(entry, now())
            if revision is None:
                found = f"every change of entry {entry.id} is taken back already"
                raise InputError([Problem("", found, "a change", "calciroute journal add")])
            insert_revision(connection, entry.id, revision)
        return Entry(entry.id, entry.uid, entry.kind, (*entry.revisions, revision))

    def _changed_last(self) -> int:
        # A change that is taken back, and the taking back, are passed over: a second undo goes further back.
        found = self._connection.execute(
            """SELECT entry FROM revision AS one WHERE undoes IS NULL AND NOT EXISTS (
                SELECT 1 FROM revision AS other WHERE other.entry = one.entry AND other.undoes = one.number
            ) ORDER BY rowid DESC LIMIT 1"""
        ).fetchone()
        if found is None:
            raise InputError([Problem("", "the journal has nothing to take back", "an entry")])
        return int(found[0])

    def entry(self, number: int) -> Entry:
        """One entry with its history.

        Parameters
        ----------
        number : int
            Its number.

        Returns
        -------
        Entry

        Raises
        ------
        InputError
            For a number that is not there.
        """
        with self.reading():
            return self._entry(number)

    def _entry(self, number: int) -> Entry:
        found = list(self._read(number)) if -(2**63) <= number < 2**63 else []
        if not found:
            (last,) = self._connection.execute("SELECT max(id) FROM entry").fetchone()
            there = (
                f"a number up to {last}, as calciroute journal list shows it" if last else "an entry first"
            )
            raise InputError([Problem("", f"entry {str(number)[:20]} is not in the journal", there)])
        return found[0]

    def entries(self, *, removed: bool = False) -> tuple[Entry, ...]:
        """All entries by day, time and number.

        Parameters
        ----------
        removed : bool, optional
            Whether those that count no longer come too.

        Returns
        -------
        tuple of Entry

        Raises
        ------
        InputError
            When the file cannot be read.
        """
        with self.reading():
            found = tuple(self._read())
        return tuple(sorted((one for one in found if removed or one.kept), key=lambda one: one.when))

    def doses_between(self, first: datetime.date, last: datetime.date) -> tuple[Entry, ...]:
        """Doses of some days, without reading the rest of the journal.

        Parameters
        ----------
        first, last : date
            Both count.

        Returns
        -------
        tuple of Entry
            By day, time and number; those that count.

        Raises
        ------
        InputError
            When the file cannot be read.
        """
        with self.reading():
            found = self._connection.execute(
                "SELECT DISTINCT id FROM entry JOIN revision ON entry = id "
                "WHERE kind = 'dose' AND day BETWEEN ? AND ?",
                (first.isoformat(), last.isoformat()),
            ).fetchall()
            doses = [entry for (number,) in found for entry in self._read(number)]
        between = [one for one in doses if one.kept and first <= one.content.day <= last]
        return tuple(sorted(between, key=lambda one: one.when))

    def _read(self, number: int | None = None) -> Iterator[Entry]:
        return read_entries(self._connection, shown_name(self.path), number)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: all of it or nothing.

        Yields
        ------
        sqlite3.Connection
            Holding the lock.

        Raises
        ------
        InputError
            When the disk refuses or another command holds the journal.
        """
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._still_there()
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as wrong:
            raise InputError([sqlite_problem(wrong, shown_name(self.path))]) from None

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """One view of the file: what another command writes meanwhile is not mixed in.

        Yields
        ------
        None

        Raises
        ------
        InputError
            When the file cannot be read.
        """
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
        except sqlite3.Error as wrong:
            raise InputError([sqlite_problem(wrong, shown_name(self.path))]) from None

    def _still_there(self) -> None:
        """The file may have been erased while we waited: what is written to it then would be lost."""
        try:
            same = identity_of(self.path) == self._opened.identity
        except OSError:
            same = False
        if not same:
            found = "the journal was erased meanwhile by another command; nothing was written"
            raise InputError([Problem(shown_name(self.path), found, advice="the same again")])


def now() -> str:
    """The clock on the wall, to the second and without a zone."""
    return datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S")


def open_journal(folder: Path | None = None, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> Journal:
    """Open the journal; made where there is none.

    Parameters
    ----------
    folder : Path, optional
        `calciroute.people.data_folder.data_folder` by default.
    migrations : sequence of sequence of str, optional
        Statements that lead from each version of the tables to the next.

    Returns
    -------
    Journal

    Raises
    ------
    InputError
        When the folder or the disk refuses, the file is none of ours, is damaged, or is of a newer version.

    Examples
    --------
    >>> import tempfile
    >>> with open_journal(Path(tempfile.mkdtemp()) / "mine") as journal:
    ...     kept = journal.add("note", Content(datetime.date(2026, 3, 1), "", "slept well"))
    ...     kept = journal.undo()
    ...     journal.entries()
    ()
    """
    return Journal(open_file(Path(folder) if folder is not None else data_folder(), migrations))
