"""Opening a file that a person wrote: its size and kind are checked before a byte is read."""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from pathlib import Path
from typing import Literal

from calciroute.errors import InputError, Problem


def found_path(path: Path) -> Path:
    """The path of the file that a person means.

    Parameters
    ----------
    path : Path
        As named. ``~`` at its start is the person's own folder, which not every shell puts in; a letter
        such as u-umlaut is one sign on most systems and two on a Mac.

    Returns
    -------
    Path
        The same where it exists or nothing else does.

    Examples
    --------
    >>> found_path(Path("me.toml")).name
    'me.toml'
    """
    named = path
    if str(path).startswith("~") and not os.path.lexists(path):
        with contextlib.suppress(RuntimeError):  # no such person here
            named = path.expanduser()
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
    for form in forms:
        other = Path(unicodedata.normalize(form, str(named)))
        if other != named and not os.path.lexists(named) and os.path.lexists(other):
            return other
    return named


def read_people_file(path: Path, *, limit_bytes: int, kind: str) -> bytes:
    """Read a small file whole.

    Parameters
    ----------
    path : Path
        What the person named; see `found_path`.
    limit_bytes : int
        Larger files are refused before they are opened.
    kind : str
        What the file is to a reader, such as ``"a person file"``.

    Returns
    -------
    bytes
        The content, never more than the limit.

    Raises
    ------
    InputError
        When the file is missing, not a plain file, too large or not readable.

    Examples
    --------
    >>> try:
    ...     read_people_file(Path("no/such.toml"), limit_bytes=10, kind="a person file")
    ... except InputError as error:
    ...     print(error)
    no/such.toml: this file does not exist. Expected: a person file. Try: check the name and the folder.
    """
    where = shown_name(path)
    path = found_path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError([Problem(where, "this is a folder", kind, "name a file inside it")])
        # Pipes and devices have no size and may never end.
        if not stat.S_ISREG(status.st_mode):
            raise InputError([Problem(where, "this is not a plain file", kind)])
        if status.st_size > limit_bytes:
            raise InputError([_too_large(where, status.st_size, limit_bytes, kind)])
        with path.open("rb") as opened:
            content = opened.read(limit_bytes + 1)
    except FileNotFoundError:
        raise InputError(
            [Problem(where, "this file does not exist", kind, _advice_on_missing(path))]
        ) from None
    except (OSError, ValueError) as refused:
        reason = (
            refused.strerror if isinstance(refused, OSError) and refused.strerror else "the name is not valid"
        )
        raise InputError([Problem(where, f"this file cannot be read: {reason.lower()}", kind)]) from None
    if len(content) > limit_bytes:
        raise InputError([_too_large(where, len(content), limit_bytes, kind)])
    return content


def _advice_on_missing(path: Path) -> str:
    if os.name != "nt" and "\\" in str(path):
        return f"on this system / stands between folders: {shown_name(path).replace(chr(92), '/')}"
    return "check the name and the folder"


def shown_name(path: Path) -> str:
    """A path as messages print it: on one line, never longer than a line, the file's own name whole."""
    text = "".join(mark if mark.isprintable() else "?" for mark in path.as_posix())
    kept = max(117, min(len(path.name), 255))  # no system has longer names
    return text if len(text) <= kept + 3 else "..." + text[-kept:]


def _too_large(where: str, size: int, limit: int, kind: str) -> Problem:
    found = f"this file has {size / 1e6:.1f} MB" if size >= 1_000_000 else f"this file has {size // 1000} kB"
    shown = f"{limit / 1e6:.0f} MB" if limit >= 1_000_000 else f"{limit // 1000} kB"
    return Problem(where, found, f"{kind} of at most {shown}", "check that this is the right file")
