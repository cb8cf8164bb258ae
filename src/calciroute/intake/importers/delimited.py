"""Text with separators: headings and rows with their line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from calciroute.errors import InputError, Problem
from calciroute.intake.importers.faults import Faults, missing_headings
from calciroute.intake.importers.source_files import SourceFiles
from calciroute.tables.food_table_layouts import food_table_columns, food_table_layout
from calciroute.tables.people_text import decode_people_text

ROWS = 3_000_000
_CELL = 20_000  # signs
_SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Lines:
    """A delimited file.

    Parameters
    ----------
    where : str
        Its name for messages.
    headings : list of str
        First line, blanks off.
    rows : iterator of (int, list of str)
        Line number and cells; as many as headings.
    notes : tuple of str
        Such as an encoding.
    """

    where: str
    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]
    notes: tuple[str, ...]


def read_lines(files: SourceFiles, name: str, faults: Faults) -> Lines:
    """Headings of a file at once, its rows one after the other.

    Parameters
    ----------
    files : SourceFiles
        Where it lies.
    name : str
        Lower-case file name.
    faults : Faults
        Receives rows with too few or too many cells.

    Returns
    -------
    Lines

    Raises
    ------
    InputError
        When it is no text or empty.
    """
    where = files.where(name)
    text = decode_people_text(files.read(name), where, "a text file of a food table")
    first = text.text[: text.text.find("\n") + 1] or text.text
    if not first.strip():
        raise InputError([Problem(where, "the file is empty", "headings in its first line")])
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text.text, newline=""), delimiter=separator, strict=True)
    headings = [cell.strip() for cell in _next(reader, where)]
    return Lines(where, headings, _rows(reader, where, len(headings), faults), text.notes)


def columns_of(lines: Lines, layout: str, name: str, faults: Faults) -> dict[str, int]:
    """Places of the headings that a layout reads.

    Parameters
    ----------
    lines : Lines
        The file.
    layout, name : str
        Layout, and the file's name in it.
    faults : Faults
        Receives headings that are missing or stand twice; refuses then.

    Returns
    -------
    dict of str to int
        Place by heading; headings that need not be there may be absent.
    """
    return placed_headings(lines.headings, lines.where, layout, name, faults)


def placed_headings(
    headings: list[str], where: str, layout: str, name: str, faults: Faults
) -> dict[str, int]:
    """As `columns_of`, for headings that were read elsewhere."""
    columns = food_table_columns(layout, name)
    title = food_table_layout(layout).title
    missing_headings(where, headings, [column.name for column in columns if column.required], faults, title)
    for column in columns:
        if headings.count(column.name) > 1:
            faults.add(where, f"column '{column.name}' stands there twice", "once")
    faults.refuse()
    return {column.name: headings.index(column.name) for column in columns if column.name in headings}


def _next(reader: Iterator[list[str]], where: str) -> list[str]:
    try:
        return next(reader)
    except (csv.Error, StopIteration):
        raise InputError(
            [Problem(f"{where}:1", "the headings cannot be read", "one line of headings")]
        ) from None


def _rows(
    reader: Iterator[list[str]], where: str, width: int, faults: Faults
) -> Iterator[tuple[int, list[str]]]:
    line = 1
    while True:
        line += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            faults.add(f"{where}:{line}", f"this line cannot be read: {broken}", "closed quotes")
            faults.refuse()
            return
        if line > ROWS:
            faults.add(
                where, f"more than {ROWS} lines", f"at most {ROWS}", "take the download of a smaller part"
            )
            faults.refuse()
        if not row:
            continue
        if len(row) != width:
            faults.add(f"{where}:{line}", f"{len(row)} cells", f"{width}, as the headings have")
            continue
        yield line, row
