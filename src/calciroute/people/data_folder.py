"""The folder of what a person keeps with calciroute: where it is, closed to others, written whole.

Everything personal that calciroute keeps by itself lies here and nowhere else. Results, reports and person
files lie where the person put them.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.tables.people_files import shown_name

VARIABLE = "CALCIROUTE_DATA"
FOLDER_MODE, FILE_MODE = 0o700, 0o600
# What calciroute writes there. `data erase` takes these and nothing else: a folder may hold more.
OWN_NAMES = (
    "journal.sqlite3",
    "journal.sqlite3-*",
    "journal-version-*.sqlite3",
    "mapping*.toml",
    "food-table-*.jsonl",
    ".journal*.part",
    ".mapping*.part",
    ".food-table-*.part",
)


@dataclass(frozen=True)
class KeptFile:
    """One file of the data folder.

    Parameters
    ----------
    path : Path
        Where it is.
    size_bytes : int
        Its size.
    """

    path: Path
    size_bytes: int


def data_folder() -> Path:
    """Folder of what a person keeps.

    Returns
    -------
    Path
        ``$CALCIROUTE_DATA``, else ``calciroute`` below the platform's folder for data; it may not exist yet.

    Raises
    ------
    InputError
        For a user without a home folder, where the variable is not set.

    Examples
    --------
    >>> os.environ["CALCIROUTE_DATA"] = "my-data"
    >>> data_folder().name
    'my-data'
    >>> del os.environ["CALCIROUTE_DATA"]
    """
    if own := os.environ.get(VARIABLE):
        with contextlib.suppress(RuntimeError):
            return Path(own).expanduser()
        return Path(own)
    try:
        if os.name == "nt":
            local = os.environ.get("LOCALAPPDATA")
            return (Path(local) if local else Path.home() / "AppData" / "Local") / "calciroute" / "data"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / "calciroute"
        if own := os.environ.get("XDG_DATA_HOME"):
            return Path(own) / "calciroute"
        return Path.home() / ".local" / "share" / "calciroute"
    except RuntimeError:
        found = "this user has no home folder"
        advice = f"set {VARIABLE} to a folder of your own"
        raise InputError([Problem("", found, "a folder to keep the journal in", advice)]) from None


def private_folder(folder: Path) -> Path:
    """Make a folder for its owner alone.

    Parameters
    ----------
    folder : Path
        Made with the folders above it where it is missing. Rights of others are taken away, unless the
        folder holds files that are none of ours: then it is refused.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    InputError
        When the folder cannot be made, is a file, belongs to another user, or is open to others and in use.
    """
    where = shown_name(folder)
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        found = folder.stat()
        if os.name != "nt":
            if found.st_uid != os.getuid():
                words = "this folder belongs to another user"
                raise InputError([Problem(where, words, "a folder of your own", f"set {VARIABLE} to one")])
            if stat.S_IMODE(found.st_mode) & 0o077:
                if other_files(folder):
                    words = "others can look into this folder, and it holds files that are not calciroute's"
                    advice = f"set {VARIABLE} to a folder of its own"
                    raise InputError([Problem(where, words, "a folder for you alone (0700)", advice)])
                folder.chmod(FOLDER_MODE)
    except FileExistsError:
        raise InputError([Problem(where, "this is a file", "a folder, or a name that is free")]) from None
    except OSError as refused:
        raise InputError([refused_problem(where, "the folder cannot be made", refused)]) from None
    return folder


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone, where none is; rights of others are taken away.

    Parameters
    ----------
    path : Path
        In a folder that exists.

    Raises
    ------
    OSError
        When the folder or the file refuses.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(FILE_MODE)


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone, and on the disk before this returns.

    Parameters
    ----------
    path : Path
        Replaced where it exists.
    content : bytes
        The whole of it.

    Raises
    ------
    OSError
        When the folder refuses or the disk is full; nothing is left behind then, and an older file stays.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mapping.toml"
    >>> write_private(path, b"food = 'Item'")
    >>> path.read_bytes()
    b"food = 'Item'"
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
        sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Bring names of a folder to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network folders cannot
            os.fsync(handle)
    finally:
        os.close(handle)


def overwrite_and_remove(path: Path) -> None:
    """Put zeros over a file and remove it.

    A disk may keep older copies of its blocks all the same; nothing here can reach those.

    Parameters
    ----------
    path : Path
        A link is removed and what it leads to is left alone.

    Raises
    ------
    OSError
        When the file refuses.
    """
    if not path.is_symlink():
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1_000_000)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()


def own_files(folder: Path) -> tuple[KeptFile, ...]:
    """What calciroute keeps in a folder.

    Parameters
    ----------
    folder : Path
        The data folder; it may be missing.

    Returns
    -------
    tuple of KeptFile
        By name.
    """
    return tuple(KeptFile(path, path.lstat().st_size) for path in sorted(set(_own(folder))))


def other_files(folder: Path) -> tuple[Path, ...]:
    """What lies in a data folder and is none of ours."""
    own = set(_own(folder))
    return tuple(sorted(path for path in folder.iterdir() if path not in own)) if folder.is_dir() else ()


def refused_problem(where: str, words: str, refused: OSError) -> Problem:
    """An error of the system as a problem with a next step.

    Parameters
    ----------
    where : str
        File or folder.
    words : str
        What could not be done.
    refused : OSError
        What the system said.

    Returns
    -------
    Problem
    """
    reason = (refused.strerror or "it is refused").lower()
    return Problem(where, f"{words}: {reason}", "a folder you may write to", f"set {VARIABLE} to one")


def _own(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for pattern in OWN_NAMES:
            yield from (path for path in folder.glob(pattern) if path.is_symlink() or path.is_file())
