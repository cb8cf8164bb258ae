"""A table as a person gave it, from a CSV file or from Python: headings, then rows with their place.

Nothing is understood here but encoding, separator and shape. Rows are handed on one by one, since a table may
hold a row for each of a million lanes.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.tables.hidden_signs import table_problems
from calciroute.tables.people_text import PeopleText, read_people_text

LIMIT_BYTES = 300_000_000
CELL_LIMIT = 300
COLUMN_LIMIT = 10_000
PROBLEM_LIMIT = 20


@dataclass(frozen=True)
class WrittenTable:
    """Headings and rows.

    Parameters
    ----------
    where : str
        Name for messages.
    heading_place : str
        ``file:line`` of the headings.
    headings : tuple of str
        Each once, none empty.
    rows : iterator of (str, sequence of object)
        Place and cells, as many as headings. To be read once; may raise InputError on the way.
    """

    where: str
    heading_place: str
    headings: tuple[str, ...]
    rows: Iterator[tuple[str, Sequence[object]]]


def written_table(given: Any, kind: str, name: str) -> WrittenTable:
    """A table from whatever holds one.

    Parameters
    ----------
    given : str, Path, DataFrame, mapping of str to values, or sequence of mappings
        A path of a CSV file, columns by name, or rows by name. In a mapping one number stands for every row.
    kind : str
        What the table is, for messages.
    name : str
        What it is called when it is no file.

    Returns
    -------
    WrittenTable

    Raises
    ------
    InputError
        For a file or headings that cannot be read.

    Examples
    --------
    >>> table = written_table({"k": [0.1, 0.2], "V": 5.0}, "a table", "parameters")
    >>> list(table.rows)
    [('parameters, row 1', (0.1, 5.0)), ('parameters, row 2', (0.2, 5.0))]
    """
    if isinstance(given, str | Path):
        return _from_file(Path(given), kind)
    if hasattr(given, "to_dict") and hasattr(given, "columns"):  # a DataFrame, without importing pandas
        columns = [str(column) for column in given.columns]
        headings = _checked(columns, name)
        return WrittenTable(name, name, headings, _numbered(name, given.itertuples(index=False, name=None)))
    if isinstance(given, Mapping):
        return _from_columns(given, name)
    if isinstance(given, Sequence) and all(isinstance(row, Mapping) for row in given):
        names = dict.fromkeys(str(key) for row in given for key in row)
        headings = _checked(list(names), name)
        return WrittenTable(
            name, name, headings, _numbered(name, (tuple(row.get(key) for key in headings) for row in given))
        )
    found = f"this is a {type(given).__name__}"
    raise InputError([Problem(name, found, f"{kind}: a path, a DataFrame, columns by name or rows by name")])


def too_many(problems: list[Problem]) -> bool:
    """Whether enough was found wrong to stop looking.

    Parameters
    ----------
    problems : list of Problem
        So far.

    Returns
    -------
    bool
    """
    return len(problems) >= PROBLEM_LIMIT


def _numbered(name: str, rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, Sequence[object]]]:
    return ((f"{name}, row {number}", row) for number, row in enumerate(rows, start=1))


def _from_columns(given: Mapping[Any, Any], name: str) -> WrittenTable:
    headings = _checked([str(key) for key in given], name)
    columns: list[Sequence[object] | None] = []
    single: list[object] = []
    for values in given.values():
        many = not isinstance(values, str) and hasattr(values, "__len__") and hasattr(values, "__getitem__")
        columns.append(list(values) if many else None)
        single.append(values)
    lengths = {
        heading: len(column) for heading, column in zip(headings, columns, strict=True) if column is not None
    }
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{heading} {length}" for heading, length in lengths.items())
        raise InputError([Problem(name, f"columns of different lengths: {told[:200]}", "one value a row")])
    count = next(iter(lengths.values()), 1)
    rows = (
        tuple(one if column is None else column[place] for one, column in zip(single, columns, strict=True))
        for place in range(count)
    )
    return WrittenTable(name, name, headings, _numbered(name, rows))


def _from_file(path: Path, kind: str) -> WrittenTable:
    return table_from_text(read_people_text(path, limit_bytes=LIMIT_BYTES, kind=kind), kind)


def table_from_text(file: PeopleText, kind: str) -> WrittenTable:
    """A table from the text of a CSV file.

    Parameters
    ----------
    file : PeopleText
        As read.
    kind : str
        What the table is, for messages.

    Returns
    -------
    WrittenTable

    Raises
    ------
    InputError
        For signs that nobody sees, and for headings that cannot be read.
    """
    where = file.where
    if wrong := table_problems(file.text, where):
        raise InputError(wrong)
    stream = io.StringIO(file.text, newline="")
    skipped = 0
    for line in stream:
        if line.strip(" \t,;\r\n"):
            break
        skipped += 1
    else:
        raise InputError([Problem(where, "the table is empty", kind, "headings, then one line a row")])
    # The quietest rule that reads what spreadsheets write: the mark that stands most often in the headings.
    separator = max(",;\t", key=lambda mark: (line.count(mark), mark == ","))
    place = f"{where}:{skipped + 1}"
    if len(line) > 1_000_000:
        raise InputError([Problem(place, "a line of headings of more than 1 MB", kind)])
    cells = next(csv.reader([line], delimiter=separator), [])
    headings = _checked([cell.strip() for cell in cells], place)
    return WrittenTable(where, place, headings, _rows(stream, separator, skipped + 1, where, len(headings)))


def _rows(
    stream: io.StringIO, separator: str, offset: int, where: str, width: int
) -> Iterator[tuple[str, Sequence[object]]]:
    problems: list[Problem] = []
    reader = csv.reader(stream, delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            place = f"{where}:{offset + before + 1}"
            before = reader.line_num
            if not cells or (len(cells) != width and not any(cell.strip() for cell in cells)):
                continue
            problem = _shape(cells, width, separator, place)
            if problem is None:
                yield place, cells
                continue
            problems.append(problem)
            if too_many(problems):
                break
    except csv.Error as broken:
        problems.append(
            Problem(
                f"{where}:{offset + before + 1}", f"this line is not CSV: {broken}", "cells parted by commas"
            )
        )
    if problems:
        raise InputError(problems)


def _shape(cells: list[str], width: int, separator: str, place: str) -> Problem | None:
    if any(len(cell) > CELL_LIMIT for cell in cells):
        return Problem(
            place,
            f"a cell with more than {CELL_LIMIT} characters",
            "names and numbers",
            "check the quotation marks",
        )
    if len(cells) == width:
        return None
    advice = "a decimal point in numbers" if separator == "," and len(cells) > width else ""
    return Problem(place, f"{len(cells)} cells", f"{width}, as in the headings", advice)


def _checked(headings: list[str], place: str) -> tuple[str, ...]:
    problems: list[Problem] = []
    if not any(headings):
        raise InputError([Problem(place, "there are no headings", "one name a column")])
    if len(headings) > COLUMN_LIMIT:
        raise InputError([Problem(place, f"{len(headings)} columns", f"at most {COLUMN_LIMIT}")])
    for name, count in Counter(headings).items():
        if not name:
            problems.append(
                Problem(place, f"the heading of column {headings.index('') + 1} is empty", "a name")
            )
        elif count > 1:
            problems.append(Problem(place, f"column '{name[:60]}' stands {count} times", "each once"))
        if too_many(problems):
            break
    if problems:
        raise InputError(problems)
    return tuple(headings)
