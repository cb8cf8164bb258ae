"""One value written into a TOML file of a person: one line changes, the rest stays as typed."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Iterator
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.tables.located_toml import LIMIT_BYTES
from calciroute.tables.people_files import read_people_file, shown_name
from calciroute.tables.people_text import decode_people_text
from calciroute.tables.toml_lines import find_key_lines

KIND = "a person file"
_VALUE = re.compile(
    r"(?P<head>\s*(?:[\w-]+|\"[^\"]*\"|'[^']*')\s*=\s*)(?P<value>[^#\n]*?)(?P<tail>\s*(?:#.*)?)"
)


def with_value(text: str, section: str, key: str, value: str, remark: str = "") -> str:
    r"""Text of a file with one more value, or with another one.

    Parameters
    ----------
    text : str
        TOML, line ends ``\n``.
    section, key : str
        Where the value belongs, such as ``answers`` and ``Q017``.
    value : str
        As TOML writes it.
    remark : str, optional
        Comment behind a new line.

    Returns
    -------
    str
        The same text but for that line, and for a heading where the section was not there.

    Raises
    ------
    InputError
        When the section is written in a way that takes no line, such as in braces.

    Examples
    --------
    >>> print(with_value("[answers]\nQ017 = false  # new\n[labs]\nINR = 1", "answers", "Q018", "true"))
    [answers]
    Q017 = false  # new
    Q018 = true
    [labs]
    INR = 1
    """
    for changed in _changes(text, section, key, value, remark):
        if _values(changed) == _expected(text, section, key, value):
            return changed
    where = f"[{section}]"
    found = f"{where} is written in a way into which no line fits"
    raise InputError([Problem("", found, f"{where} on a line of its own, then {key} = {value}")])


def _changes(text: str, section: str, key: str, value: str, remark: str) -> Iterator[str]:
    """Ways to write it, the best first; whoever takes one checks that it says what it should."""
    lines = text.split("\n")
    places = find_key_lines(text)
    new = f"{key} = {value}" + (f"  # {remark}" if remark else "")
    if (section, key) in places:
        number = places[section, key][0] - 1
        match = _VALUE.fullmatch(lines[number])
        if match is not None:
            yield "\n".join([*lines[:number], f"{match['head']}{value}{match['tail']}", *lines[number + 1 :]])
        return
    inside = [found[-1] for path, found in places.items() if len(path) > 1 and path[0] == section]
    if (section,) in places:
        heading = places[(section,)][0]
        # Behind the last line of the section; behind its heading where a list of several lines ends it.
        for number in (max([heading, *inside]), heading):
            yield "\n".join([*lines[:number], new, *lines[number:]])
    elif inside:
        yield "\n".join([*lines[: max(inside)], f"{section}.{new}", *lines[max(inside) :]])
    else:
        yield f"{text.rstrip()}\n\n[{section}]\n{new}\n".lstrip("\n")


def write_value(path: Path, section: str, key: str, value: str, remark: str = "") -> Path | None:
    """Write one value into a file; encoding and line ends stay, the first write keeps a copy beside it.

    Parameters
    ----------
    path : Path
        A person file that can be read.
    section, key, value, remark : str
        As in `with_value`.

    Returns
    -------
    Path or None
        The copy, where one was made now; None when the file already says this.

    Raises
    ------
    InputError
        When the file cannot be read or written, or no line fits into it; it then stands as it was.
    """
    content = read_people_file(path, limit_bytes=LIMIT_BYTES, kind=KIND)
    where = shown_name(path)
    read = decode_people_text(content, where, KIND)
    try:
        text = with_value(read.text, section, key, value, remark)
    except InputError as wrong:
        raise InputError(
            Problem(where, problem.found, problem.expected, problem.advice) for problem in wrong.problems
        ) from None
    if text == read.text:
        return None
    raw = content.decode(read.encoding)
    end = "\r\n" if "\r\n" in raw else "\r" if "\r" in raw and "\n" not in raw else "\n"
    changed = text.replace("\n", end).encode(read.encoding)
    if len(changed) > LIMIT_BYTES:
        raise InputError([Problem(where, "the file has no room left", f"at most {LIMIT_BYTES} bytes")])
    try:
        put_back(path, changed)
    except OSError as refused:
        reason = (refused.strerror or "it is refused").lower()
        found = f"the answer cannot be kept: {reason}"
        raise InputError([Problem(where, found, "a file you may write to")]) from None
    return path


def keep_copy(path: Path) -> Path:
    """Keep a copy of a file beside it, under a name that is free.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Path
        Such as ``me.old-1.toml``; an earlier copy with the same content is used again.

    Raises
    ------
    InputError
        When the folder refuses.
    """
    try:
        content = path.read_bytes()
        for number in range(1, 1000):
            copy = path.with_name(f"{path.stem}.old-{number}{path.suffix}")
            if not copy.exists():
                _write(copy, content, path.stat().st_mode)
                return copy
            if copy.read_bytes() == content:
                return copy
    except OSError as refused:
        reason = (refused.strerror or "it is refused").lower()
        found = f"no copy can be kept beside it: {reason}"
        raise InputError([Problem(shown_name(path), found, "a folder you may write to")]) from None
    raise InputError([Problem(shown_name(path), "999 copies stand beside it", "fewer", "remove old ones")])


def put_back(path: Path, content: bytes) -> None:
    """Replace the content of a file, whole or not at all; its rights stay, and a link stays a link.

    Parameters
    ----------
    path : Path
        A file that exists.
    content : bytes
        The whole of it.

    Raises
    ------
    OSError
        When the folder refuses; the file then stands as it was.
    """
    _write(path.resolve(), content, path.stat().st_mode)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Beside the place first, private until it has the rights of the original."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(mode & 0o777)
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _values(text: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _expected(text: str, section: str, key: str, value: str) -> object:
    values = tomllib.loads(text)
    inside = values.setdefault(section, {})
    if not isinstance(inside, dict):
        return values
    inside[key] = tomllib.loads(f"x = {value}")["x"]
    return values
