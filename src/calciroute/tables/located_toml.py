"""TOML that a person wrote, with the line of every key.

``tomllib`` gives values without places. `read_located_toml` reads the values with it and the places with
`toml_lines`, so that a message can name the line of a wrong value.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.tables.people_text import read_people_text
from calciroute.tables.toml_lines import KeyLines, TomlPath, find_key_lines
from calciroute.tables.toml_signs import look_at_signs

LIMIT_BYTES = 64_000
# tomllib recurses per bracket, is quadratic in the parts of a dotted key, and refuses long integers oddly.
DEPTH_LIMIT = 6
DOTS_LIMIT = 12
DIGITS_LIMIT = 40
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")
_TWICE = re.compile(r"Cannot overwrite|Cannot declare .* twice|Duplicate inline table key|Cannot mutate")


@dataclass(frozen=True)
class LocatedToml:
    """Values of a TOML file and where each stands.

    Parameters
    ----------
    where : str
        The file's name as messages print it.
    values : dict
        As ``tomllib`` read them.
    lines : dict of path to int
        A path is a tuple of keys and list positions.
    text : str
        The file itself, so that a result can be made again.
    encoding : str
        What the file was written in, as Python names it.
    notes : tuple of str
        What was understood in reading it, such as an encoding.
    """

    where: str
    values: dict[str, Any]
    lines: KeyLines
    text: str = ""
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()

    def place(self, *path: str | int) -> str:
        r"""``file:line`` of a key, or of the nearest thing around it.

        Parameters
        ----------
        *path : str or int
            Keys and list positions.

        Returns
        -------
        str
            The file alone where nothing of the path stands in it.

        Examples
        --------
        >>> parse_located_toml("[person]\nsex = 'female'", "me.toml").place("person", "sex")
        'me.toml:2'
        """
        known = path
        while known:
            if known in self.lines:
                return f"{self.where}:{self.lines[known][0]}"
            inside = [found[0] for other, found in self.lines.items() if other[: len(known)] == known]
            if inside:
                return f"{self.where}:{min(inside)}"
            known = known[:-1]
        return self.where


def read_located_toml(path: Path, kind: str) -> LocatedToml:
    """Read a TOML file that a person wrote.

    Parameters
    ----------
    path : Path
        The file, at most 64 kB, in any encoding of `calciroute.tables.people_text`.
    kind : str
        Such as ``"a person file"``, for messages.

    Returns
    -------
    LocatedToml

    Raises
    ------
    InputError
        When the file cannot be opened or is not TOML; every key written twice, and every line with signs that
        are not what they look like, is named.
    """
    file = read_people_text(path, limit_bytes=LIMIT_BYTES, kind=kind)
    toml = parse_located_toml(file.text, file.where)
    return dataclasses.replace(toml, encoding=file.encoding, notes=file.notes)


def parse_located_toml(text: str, where: str) -> LocatedToml:
    """Read TOML text.

    Parameters
    ----------
    text : str
        The content of the file.
    where : str
        The file's name for messages.

    Returns
    -------
    LocatedToml

    Raises
    ------
    InputError
        When the text is not TOML or nests too deep.

    Examples
    --------
    >>> parse_located_toml("years = 3", "plan.toml").values
    {'years': 3}
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    signs = look_at_signs(text, where)
    lines = find_key_lines(signs.mended)
    problems = [*signs.problems, *_limit_problems(signs.mended, lines, where)]
    values: dict[str, Any] = {}
    if len(problems) == len(signs.problems):  # no text that would hang the parser
        try:
            values = tomllib.loads(signs.mended if problems else signs.readable)
        except (ValueError, RecursionError) as broken:
            known = {problem.where for problem in problems}
            found = _syntax_problems(str(broken), signs.mended, lines, where)
            problems += [problem for problem in found if problem.where not in known]
    if problems:
        raise InputError(problems)
    return LocatedToml(where, values, lines, text)


def _limit_problems(text: str, lines: KeyLines, where: str) -> Iterator[Problem]:
    deepest = max(lines, key=len, default=())
    if lines.depth > DEPTH_LIMIT or len(deepest) > DOTS_LIMIT:
        line = lines.deepest_line if lines.depth > DEPTH_LIMIT else lines[deepest][0]
        yield Problem(
            f"{where}:{line}",
            "brackets or names stand too many levels inside each other",
            f"at most {DEPTH_LIMIT} levels",
        )
    for number, line_text in enumerate(text.split("\n"), start=1):
        if re.search(rf"\d{{{DIGITS_LIMIT},}}", line_text):
            yield Problem(
                f"{where}:{number}",
                f"a number with {DIGITS_LIMIT} digits or more",
                "a number of usual length",
            )


def _syntax_problems(message: str, text: str, lines: KeyLines, where: str) -> Iterator[Problem]:
    twice = sorted(
        ((path, found) for path, found in lines.items() if len(found) > 1), key=lambda one: one[1][1]
    )
    if _TWICE.search(message) and twice:
        for path, found in twice:
            name = ".".join(str(part) for part in path)
            yield Problem(
                f"{where}:{found[1]}",
                f"'{name}' is written twice; it stands in line {found[0]} too",
                "each name once",
                "keep one of the two",
            )
        return
    place = _PLACE.search(message)
    line = place[1] if place and place[1] else str(text.rstrip("\n").count("\n") + 1)
    reason = _PLACE.sub("", message) or "unclear"
    written = text.split("\n")[int(line) - 1].strip()[:60] if int(line) <= text.count("\n") + 1 else ""
    yield Problem(
        f"{where}:{line}",
        f"'{written}' is not TOML ({reason[0].lower()}{reason[1:80]})",
        'name = "text", name = 12.5 or name = true on a line of its own',
        _syntax_advice(written),
    )


def _syntax_advice(written: str) -> str:
    if re.search(r"=\s*[+-]?\d+,\d", written):
        return "write a decimal point, such as 12.5"
    if re.search(r"=\s*\d+(\.\d+)?\s*[^\W\d]", written):
        return 'put an amount with its unit in quotes, such as "55 nmol/L"'
    if re.search(r"=\s*[^\W\d]", written):
        return "put words in quotes; true and false stand without"
    return ""


__all__ = ["LocatedToml", "TomlPath", "parse_located_toml", "read_located_toml"]
