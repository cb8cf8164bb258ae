"""Opening a file that a person wrote: its size and kind are checked before a byte is read."""

from __future__ import annotations

import stat
from pathlib import Path

from calciroute.errors import InputError, Problem


def read_people_file(path: Path, *, limit_bytes: int, kind: str) -> bytes:
    """Read a small file whole.

    Parameters
    ----------
    path : Path
        What the person named.
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
            [Problem(where, "this file does not exist", kind, "check the name and the folder")]
        ) from None
    except (OSError, ValueError) as refused:
        reason = (
            refused.strerror if isinstance(refused, OSError) and refused.strerror else "the name is not valid"
        )
        raise InputError([Problem(where, f"this file cannot be read: {reason.lower()}", kind)]) from None
    if len(content) > limit_bytes:
        raise InputError([_too_large(where, len(content), limit_bytes, kind)])
    return content


def shown_name(path: Path) -> str:
    """A path as messages print it: on one line, never longer than a line."""
    text = "".join(mark if mark.isprintable() else "?" for mark in path.as_posix())
    return text if len(text) <= 120 else "..." + text[-117:]


def _too_large(where: str, size: int, limit: int, kind: str) -> Problem:
    found = f"this file has {size / 1e6:.1f} MB" if size >= 1_000_000 else f"this file has {size // 1000} kB"
    shown = f"{limit / 1e6:.0f} MB" if limit >= 1_000_000 else f"{limit // 1000} kB"
    return Problem(where, found, f"{kind} of at most {shown}", "check that this is the right file")
