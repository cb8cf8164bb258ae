"""Machine code on disk. Nothing is loaded that someone else may have written.

The folder is the user's alone (0700). Before code is taken from it, the folder and the file must belong to
the user, nobody else may be able to write them, and the code must have the hash that was noted beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

CODE, NOTE = ".code", ".json"


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
        if not (_private(folder) and _own(folder / (key + CODE)) and _own(folder / (key + NOTE))):
            return None
        code = (folder / (key + CODE)).read_bytes()
        digest, _, note = (folder / (key + NOTE)).read_text("utf-8").partition("\n")
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
        Whether it was kept; a folder that cannot be written is no fault.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "nt" and _owner(folder) and not _private(folder):
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


def _owner(path: Path) -> bool:
    return os.name == "nt" or path.stat().st_uid == os.getuid()


def _own(path: Path) -> bool:
    """A plain file of this user that nobody else can write."""
    if os.name == "nt":  # the user's profile folder is closed to others by the system
        return path.is_file() and not path.is_symlink()
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _private(folder: Path) -> bool:
    """A folder of this user that is closed to everybody else."""
    if os.name == "nt":
        return folder.is_dir() and not folder.is_symlink()
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
