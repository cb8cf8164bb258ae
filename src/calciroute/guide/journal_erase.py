"""Erasing: rows overwritten, the file packed, overwritten and removed, with every copy beside it.

What a disk keeps of older blocks, and what backups hold, is out of reach of any program like this.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.guide.journal_schema import FILE_NAME, connect, sqlite_problem
from calciroute.people.data_folder import (
    KeptFile,
    other_files,
    overwrite_and_remove,
    own_files,
    refused_problem,
    sync_folder,
)
from calciroute.tables.people_files import shown_name


def erase_journal(folder: Path) -> tuple[KeptFile, ...]:
    """Erase the journal and its copies; other files of the folder stay.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    tuple of KeptFile
        What was there.

    Raises
    ------
    InputError
        When another command holds the journal or a file refuses; with what is left.
    """
    return _erase(folder, lambda file: "journal" in file.path.name)


def erase_data(folder: Path) -> tuple[KeptFile, ...]:
    """Erase everything that calciroute keeps in its data folder, and the folder when it is empty then.

    Parameters
    ----------
    folder : Path
        The data folder.

    Returns
    -------
    tuple of KeptFile
        What was there.

    Raises
    ------
    InputError
        When another command holds the journal or a file refuses; with what is left.
    """
    files = _erase(folder, lambda file: True)
    if folder.is_dir() and not other_files(folder) and not own_files(folder) and not folder.is_symlink():
        with contextlib.suppress(OSError):  # a folder that is held open stays, empty
            folder.rmdir()
    return files


def _erase(folder: Path, wanted: Callable[[KeptFile], bool]) -> tuple[KeptFile, ...]:
    path = folder / FILE_NAME
    refused: list[Problem] = []
    files = tuple(file for file in own_files(folder) if wanted(file))
    if path.is_file() and not path.is_symlink():
        _empty(path)
    for file in filter(wanted, own_files(folder)):  # once more: the rollback journal stands beside now
        try:
            if file.path.exists() or file.path.is_symlink():
                overwrite_and_remove(file.path)
        except OSError as wrong:
            refused.append(refused_problem(shown_name(file.path), "this file is not erased", wrong))
    if folder.is_dir():
        sync_folder(folder)
    if refused:
        raise InputError(refused)
    return files


def _empty(path: Path) -> None:
    """Rows overwritten and the file packed; then removed while nobody else can hold it."""
    connection = None
    try:
        connection = connect(path)
        # In this mode the rollback journal stays, so that it can be overwritten too.
        connection.execute("PRAGMA journal_mode = PERSIST")
        connection.execute("BEGIN EXCLUSIVE")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connection.execute(f'DELETE FROM "{name}"')
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        connection.execute("BEGIN EXCLUSIVE")
        # Who waits for the lock looks afterwards whether its file is still there, and writes nothing if not.
        # The file is not opened once more here: closing it again would let go of SQLite's locks.
        if os.name != "nt":
            path.unlink()
    except sqlite3.DatabaseError as wrong:
        # A file that is no journal any more is overwritten as it is, by the caller.
        code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
        if code not in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
            raise InputError([sqlite_problem(wrong, shown_name(path))]) from None
    except OSError as refused:
        raise InputError([refused_problem(shown_name(path), "the journal is not erased", refused)]) from None
    finally:
        if connection is not None:
            connection.close()
