"""A dict in the shape of a TOML file, for who calls from Python: the same checks, places told as key paths.

The dict is written down as TOML and read like a file. So nothing passes here that a file could not say, and
the text that a result keeps makes the same run again.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.tables.located_toml import (
    DEPTH_LIMIT,
    DIGITS_LIMIT,
    LIMIT_BYTES,
    LocatedToml,
    parse_located_toml,
)
from calciroute.tables.toml_lines import TomlPath, find_key_lines

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_KINDS = "texts, numbers, true and false, dates, lists and dicts"


@dataclass(frozen=True)
class LocatedDict(LocatedToml):
    """Values of a dict as a file would give them; `place` tells the path of a key in Python's spelling."""

    def place(self, *path: str | int) -> str:
        """Path of a key, or of the nearest thing around it that is there.

        Parameters
        ----------
        *path : str or int
            Keys and list positions.

        Returns
        -------
        str
            Such as ``person['labs']['25OHD']``.

        Examples
        --------
        >>> read_located_dict({"labs": {"25OHD": "55 nmol/L"}}, "person").place("labs", "25OHD")
        "person['labs']['25OHD']"
        """
        known: TomlPath = ()
        inside: Any = self.values
        for part in path:
            in_dict = isinstance(inside, dict) and part in inside
            in_list = isinstance(inside, list) and isinstance(part, int) and part < len(inside)
            if not (in_dict or in_list):
                break
            known, inside = (*known, part), inside[part]
        return spelt_path(self.where, known)


def spelt_path(name: str, path: TomlPath) -> str:
    """A path as Python spells it.

    Parameters
    ----------
    name : str
        What the dict is called.
    path : tuple of str and int
        Keys and list positions.

    Returns
    -------
    str

    Examples
    --------
    >>> spelt_path("plans[0]", ("supplement", 1, "times"))
    "plans[0]['supplement'][1]['times']"
    """
    return name + "".join(f"[{part!r}]" for part in path)


def read_located_dict(values: Mapping[str, Any], where: str) -> LocatedDict:
    """Read a dict like the file that says the same.

    Parameters
    ----------
    values : mapping
        Sections and fields as in the file; a list of dicts where the file has ``[[...]]``. None leaves a
        field out: it is not known. Paths and numbers of NumPy are taken too.
    where : str
        What the dict is called, for messages.

    Returns
    -------
    LocatedDict
        Its text is the file.

    Raises
    ------
    InputError
        For what no such file can hold, each with the path of its key.

    Examples
    --------
    >>> print(read_located_dict({"labs": {"25OHD": "55 nmol/L", "INR": None}}, "person").text)
    [labs]
    25OHD = "55 nmol/L"
    <BLANKLINE>
    """
    problems: list[Problem] = []
    plain = _plain_table(values, where, (), problems)
    if problems:
        raise InputError(problems)
    text = written(plain)
    if len(text.encode()) > LIMIT_BYTES:
        raise InputError([Problem(where, f"{len(text.encode())} bytes as a file", f"at most {LIMIT_BYTES}")])
    try:
        toml = parse_located_toml(text, where)
    except InputError as wrong:
        raise InputError(_with_paths(wrong.problems, text, where)) from None
    return LocatedDict(**{field.name: getattr(toml, field.name) for field in dataclasses.fields(toml)})


def written(values: Mapping[str, Any]) -> str:
    r"""Plain values as TOML.

    Parameters
    ----------
    values : mapping
        Texts, numbers, truth values, dates, lists and dicts, keys are texts.

    Returns
    -------
    str
        What stands alone first, then one section after the other.

    Examples
    --------
    >>> written({"supplement": [{"product": "MK-7 180 mcg softgel", "adherence": 0.9}]})
    '[[supplement]]\nproduct = "MK-7 180 mcg softgel"\nadherence = 0.9\n'
    """
    alone, sections = [], []
    for key, value in values.items():
        if isinstance(value, dict):
            sections += [f"[{_key(key)}]", *_lines(value)]
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for one in value:
                sections += [f"[[{_key(key)}]]", *_lines(one)]
        else:
            alone.append(f"{_key(key)} = {_value(value)}")
    return "\n".join([*alone, *sections, ""])


def _lines(table: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items()]


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    signs = (
        _ESCAPED.get(sign) or (sign if ord(sign) >= 32 and sign != "\x7f" else f"\\u{ord(sign):04x}")
        for sign in text
    )
    return '"' + "".join(signs) + '"'


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(_lines(value)) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return repr(value)  # a number; NaN and infinity are spelt alike in TOML, and refused where they stand


def _plain_table(
    values: Mapping[Any, Any], where: str, path: TomlPath, problems: list[Problem]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        if not isinstance(key, str):
            problems.append(
                Problem(spelt_path(where, path), f"the key {key!r} is no text", "names of fields")
            )
        elif value is not None:
            found[key] = _plain(value, where, (*path, key), problems)
    return found


def _plain(value: Any, where: str, path: TomlPath, problems: list[Problem]) -> Any:
    """A value as `tomllib` would give it; what is refused leaves its problem."""
    if len(path) > DEPTH_LIMIT:
        problems.append(Problem(spelt_path(where, path), "too many levels", f"at most {DEPTH_LIMIT} levels"))
        return ""
    if isinstance(value, Mapping):
        return _plain_table(value, where, path, problems)
    if isinstance(value, list | tuple):
        return [_plain(one, where, (*path, place), problems) for place, one in enumerate(value)]
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        value = value.item()  # of NumPy
    if isinstance(value, str):
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            problems.append(
                Problem(spelt_path(where, path), "a text with half a letter", "text that UTF-8 can hold")
            )
            return ""
        return value
    if isinstance(value, bool | datetime.date):
        return value
    if isinstance(value, Integral):
        if abs(int(value)) >= 10**DIGITS_LIMIT:
            found = f"a number with {DIGITS_LIMIT} digits or more"
            problems.append(Problem(spelt_path(where, path), found, "a number of usual length"))
            return 0
        return int(value)
    if isinstance(value, Real):
        return float(value)
    found = f"a value of the type {type(value).__name__}"
    problems.append(Problem(spelt_path(where, path), found, _KINDS, "None, or no key, for what is not known"))
    return ""


def _with_paths(problems: tuple[Problem, ...], text: str, where: str) -> list[Problem]:
    """Line numbers of a text that nobody sees as paths of the dict that it was made from."""
    by_line: dict[int, TomlPath] = {}
    for path, lines in find_key_lines(text).items():
        by_line.setdefault(lines[0], path)
    found = []
    for problem in problems:
        name, _, line = problem.where.rpartition(":")
        path = by_line.get(int(line), ()) if name == where and line.isdigit() else ()
        found.append(dataclasses.replace(problem, where=spelt_path(where, path)))
    return found
