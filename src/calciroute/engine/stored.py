"""Machine code on disk. Nothing is loaded that someone else may have written.

The folder is the user's alone (0700). Before code is taken from it, the folder and the file must belong to
the user, nobody else may be able to write them, and the code must have the hash that was noted beside it.
Whatever fails that is left alone and made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
import warnings
from pathlib import Path

CODE, NOTE = ".code", ".json"
_WARNED: list[Path] = []  # one warning in a process is enough


def read_code(folder: Path, key: str) -> tuple[bytes, str] | None:
    """Code and note under a key.

    Parameters
    ----------
    folder : Path
        Cache of machine code.
    key : str
        Hash of everything the code depends on.

    Returns
    -------
    tuple of bytes and str, or None
        The code and what was noted with it; None when it is not there or not to be trusted.
    """
    try:
        if not _private(folder):
            return None
        code = _trusted(folder / (key + CODE))
        digest, _, note = _trusted(folder / (key + NOTE)).decode("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return (code, note) if digest == _digest(code, note) else None


def write_code(folder: Path, key: str, code: bytes, note: str) -> bool:
    """Keep code and note under a key.

    Parameters
    ----------
    folder : Path
        Made when it is missing, for the user alone.
    key : str
        As in `read_code`.
    code : bytes
        Machine code.
    note : str
        Text.

    Returns
    -------
    bool
        Whether it was kept; a folder that cannot be written is no fault, and is told in one warning.
    """
    kept = keep(folder, key, code, note)
    if not kept and not _WARNED:
        _WARNED.append(folder)
        warnings.warn(
            f"machine code cannot be kept in {folder}: it is made anew in each process. Point "
            "CALCIROUTE_CACHE to a folder that belongs to you and can be written.",
            RuntimeWarning,
            stacklevel=2,
        )
    return kept


def keep(folder: Path, key: str, code: bytes, note: str) -> bool:
    """Keep code, or anything else that was worked out, without a word where that is not possible.

    Parameters
    ----------
    folder : Path
        Made when it is missing, for the user alone.
    key : str
        As in `read_code`.
    code : bytes
        What to keep.
    note : str
        Text.

    Returns
    -------
    bool
        Whether it was kept.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "nt" and _own_folder(folder) and not _private(folder):
            folder.chmod(0o700)
        if not _private(folder):
            return False
        _write(folder / (key + CODE), code)
        _write(folder / (key + NOTE), f"{_digest(code, note)}\n{note}".encode())
    except OSError:
        return False
    return True


def _digest(code: bytes, note: str) -> str:
    return hashlib.sha256(code + b"\n" + note.encode()).hexdigest()


def _write(path: Path, data: bytes) -> None:
    # Written aside and renamed, so that two runs at once never read half a file.
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _trusted(path: Path) -> bytes:
    """What stands in a plain file of this user that nobody else can write."""
    # The file is opened first and asked then, so that what was asked is what is read.
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # no link, no pipe to wait for, no change of lines
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        trusted = stat.S_ISREG(found.st_mode) and not path.is_symlink()
        if os.name != "nt":
            trusted = trusted and found.st_uid == os.getuid() and not found.st_mode & 0o022
        if not trusted:
            raise PermissionError(f"{path} may have been written by someone else")
        return file.read()


def _own_folder(folder: Path) -> bool:
    """A folder of this user, no link to one."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and (os.name == "nt" or found.st_uid == os.getuid())


def _private(folder: Path) -> bool:
    """A folder of this user that is closed to everybody else."""
    # On Windows the user's profile folder is closed to others by the system.
    return _own_folder(folder) and (os.name == "nt" or not folder.lstat().st_mode & 0o077)
