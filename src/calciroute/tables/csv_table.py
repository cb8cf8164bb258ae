"""One reader for every CSV that ships: columns are declared, all problems are told at once."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Literal

from calciroute.errors import Problem, TableError, near_names
from calciroute.tables.texts import shown_path

Cell = str | float | None


@dataclass(frozen=True)
class Column:
    """What one column holds.

    Parameters
    ----------
    name : str
        Heading.
    kind : {"text", "number"}, optional
        A number is a finite decimal; an empty cell reads as None, never as 0.
    required : bool, optional
        Whether every row must fill it.
    allowed : frozenset of str, optional
        Closed list of words; None admits any text.
    """

    name: str
    kind: Literal["text", "number"] = "text"
    required: bool = False
    allowed: frozenset[str] | None = None


@dataclass(frozen=True)
class Row:
    """One row with its line number.

    Parameters
    ----------
    where : str
        ``file:line`` for messages.
    line : int
        Line in the file, headings are line 1.
    cells : dict of str to str, float or None
        By column name.
    """

    where: str
    line: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """Cell as text; empty when nothing stands there."""
        value = self.cells[column]
        return "" if value is None else str(value)

    def number(self, column: str) -> float | None:
        """Cell as number, or None when nothing stands there."""
        value = self.cells[column]
        return value if isinstance(value, float) else None


def read_table(source: Traversable, columns: Sequence[Column], key: Sequence[str] = ()) -> list[Row]:
    """Read a shipped CSV.

    Parameters
    ----------
    source : Traversable
        The file, UTF-8, first line holds the headings.
    columns : sequence of Column
        Exactly these, in this order.
    key : sequence of str, optional
        Columns whose values together must be unique.

    Returns
    -------
    list of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table, each with file and line.
    """
    where = shown_path(source)
    try:
        lines = list(csv.reader(io.StringIO(source.read_text("utf-8")), strict=True))
    except FileNotFoundError:
        raise TableError([Problem(where, "the table is missing", "a CSV file at this place")]) from None
    except (csv.Error, UnicodeDecodeError) as broken:
        raise TableError([Problem(where, f"the table cannot be read: {broken}", "UTF-8 CSV")]) from None
    names = [column.name for column in columns]
    problems = list(_heading_problems(where, lines[0] if lines else [], names))
    if problems:
        raise TableError(problems)
    plain = [column.kind == "text" for column in columns]
    required = [column.required for column in columns]
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, raw in enumerate(lines[1:], start=2):
        place = f"{where}:{line}"
        if len(raw) != len(names):
            problems.append(
                Problem(place, f"{len(raw)} cells", f"{len(names)} cells", "quote cells with commas")
            )
            continue
        cells: dict[str, Cell] = {}
        # Most cells are sound text or empty: a call for each would be half of the time of a large table.
        for column, free, needed, word in zip(columns, plain, required, map(str.strip, raw), strict=True):
            if word and free and (column.allowed is None or word in column.allowed):
                cells[column.name] = word
            elif word or needed:
                cells[column.name] = _cell(column, word, place, problems)
            else:
                cells[column.name] = None
        rows.append(Row(place, line, cells))
        if key:
            value = tuple(str(cells[name]) for name in key)
            if value in seen:
                problems.append(
                    Problem(
                        place,
                        f"{' + '.join(key)} '{' + '.join(value)}' stands in line {seen[value]} too",
                        "one row",
                    )
                )
            seen.setdefault(value, line)
    if problems:
        raise TableError(problems)
    return rows


def _heading_problems(where: str, found: list[str], expected: list[str]) -> Iterable[Problem]:
    if found == expected:
        return
    for name in found:
        if name not in expected:
            near = near_names(name, expected)
            yield Problem(
                f"{where}:1",
                f"column '{name}' is not known",
                ", ".join(expected),
                f"'{near[0]}'" if near else "",
            )
    for name in expected:
        if name not in found:
            yield Problem(f"{where}:1", f"column '{name}' is missing", ", ".join(expected))
    if sorted(found) == sorted(expected):
        yield Problem(f"{where}:1", f"columns stand as {', '.join(found)}", ", ".join(expected))


def _cell(column: Column, text: str, place: str, problems: list[Problem]) -> Cell:
    text = text.strip()
    if not text:
        if column.required:
            problems.append(Problem(place, f"{column.name} is empty", f"a {column.kind}"))
        return None
    if column.allowed is not None and text not in column.allowed:
        near = near_names(text, column.allowed)
        advice = f"'{near[0]}'" if near else ""
        problems.append(
            Problem(place, f"{column.name} '{text}' is not known", ", ".join(sorted(column.allowed)), advice)
        )
    if column.kind == "text":
        return text
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        problems.append(
            Problem(place, f"{column.name} '{text}' is not a number", "digits with a decimal point")
        )
        return None
    return number
