"""A diary file as rows of cells: encodings, separators, headings; nothing about food yet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from calciroute.errors import InputError, Problem, near_names
from calciroute.tables.hidden_signs import table_problems
from calciroute.tables.local_headings import OWN, local_roles
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.people_text import read_people_text

KIND = "a diary (CSV with date, time, food, grams; or plain lines)"
LIMIT_BYTES = 1_000_000
ROW_LIMIT = 20_000
CELL_LIMIT = 300
_NEEDED = ("date", "food", "grams")
_INSTEAD = {"grams": "amount"}


@dataclass(frozen=True)
class DiaryRow:
    """One row of a diary as text.

    Parameters
    ----------
    where : str
        ``file:line``.
    cells : dict of str to str
        By heading, blanks off.
    """

    where: str
    cells: dict[str, str]


@dataclass(frozen=True)
class DiaryText:
    """All rows, and what separates cells.

    Parameters
    ----------
    where : str
        The file.
    rows : tuple of DiaryRow
        In file order, without empty lines.
    separator : str
        Comma, semicolon or tab.
    notes : tuple of str
        What was understood on the way, such as an encoding.
    local : bool
        Whether the headings are of a language other than English; dates then begin with the day.
    """

    where: str
    rows: tuple[DiaryRow, ...]
    separator: str
    notes: tuple[str, ...]
    local: bool = False


def read_diary_text(path: Path) -> DiaryText:
    """Read the cells of a diary file.

    Parameters
    ----------
    path : Path
        CSV of at most 1 MB, in any encoding of `calciroute.tables.people_text`; comma, semicolon or tab.

    Returns
    -------
    DiaryText

    Raises
    ------
    InputError
        When the file cannot be read as such a table; every wrong heading and row is named.
    """
    file = read_people_text(path, limit_bytes=LIMIT_BYTES, kind=KIND)
    return diary_text_from(file.text, file.where, file.notes)


def diary_text_from(text: str, where: str, notes: tuple[str, ...] = ()) -> DiaryText:
    r"""Read the cells of diary text.

    Parameters
    ----------
    text : str
        Content of the file.
    where : str
        Name for messages.
    notes : tuple of str
        What was understood before.

    Returns
    -------
    DiaryText

    Raises
    ------
    InputError
        With every wrong heading and row.

    Examples
    --------
    >>> diary_text_from("date;food;grams\n2026-03-01;natto;40", "d.csv").rows[0].cells["grams"]
    '40'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if wrong := table_problems(text, where):
        raise InputError(wrong)
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip(" \t,;")), None)
    if first is None:
        raise InputError(
            [Problem(where, "the diary is empty", "date,time,food,grams and one line for each food")]
        )
    separator = max(";\t,", key=lambda mark: (lines[first].count(mark), mark == ","))
    problems: list[Problem] = []
    headings = _headings(lines[first], separator, f"{where}:{first + 1}", problems)
    if problems:
        raise InputError(problems)
    rows = _rows("\n".join(lines[first + 1 :]), first + 1, headings, separator, where, problems)
    if not rows and not problems:
        problems.append(Problem(where, "the diary has headings and no entry", "one line for each food"))
    if problems:
        raise InputError(problems)
    local = bool(set(_cells(lines[first], separator)) - set(OWN))
    return DiaryText(where, tuple(rows), separator, notes, local)


def is_table(text: str) -> bool:
    """Whether text begins with the headings of a table; plain lines begin with a day or a food.

    Parameters
    ----------
    text : str
        Content of the file.

    Returns
    -------
    bool
        True where at least two cells of the first line are our headings, or all of them those of a diary in
        another language.

    Examples
    --------
    >>> is_table("date;food;grams"), is_table("2 slices gouda, 20 g butter")
    (True, False)
    """
    known = read_people_fields("diary_fields.csv")["diary"]
    first = next((line for line in text.removeprefix("\ufeff").splitlines() if line.strip(" \t,;")), "")
    tables = [[cell.strip(' "') for cell in first.split(mark)] for mark in ",;\t"]
    return any(
        sum(cell.casefold() in known for cell in cells) > 1 or bool(local_roles(cells)) for cells in tables
    )


def _cells(line: str, separator: str) -> list[str]:
    return [cell.strip().strip('"').strip().casefold() for cell in line.split(separator)]


def _headings(line: str, separator: str, place: str, problems: list[Problem]) -> list[str]:
    known = read_people_fields("diary_fields.csv")["diary"]
    names = _cells(line, separator)
    if roles := local_roles(names):
        return list(roles)
    expected = "date, time, food, grams"
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            problems.append(
                Problem(place, f"heading '{name[:40]}' stands {names.count(name)} times", expected)
            )
        if name not in known:
            near = near_names(name, known)
            found = f"heading '{name[:40]}' is not known" if name else "a heading is empty"
            problems.append(Problem(place, found, expected, f"'{near[0]}'" if near else ""))
    problems.extend(
        Problem(place, f"heading '{name}' is missing", expected)
        for name in _NEEDED
        if name not in names and _INSTEAD.get(name) not in names
    )
    return names


def _rows(
    body: str, offset: int, headings: list[str], separator: str, where: str, problems: list[Problem]
) -> list[DiaryRow]:
    rows: list[DiaryRow] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    before = 0
    try:
        for cells in reader:
            place = f"{where}:{offset + before + 1}"
            before = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) >= ROW_LIMIT:
                problems.append(Problem(place, f"more than {ROW_LIMIT} entries", "a diary of days to weeks"))
                break
            problem = _shape(cells, headings, separator, place)
            if problem:
                problems.append(problem)
            else:
                pairs = zip(headings, cells, strict=True)
                rows.append(DiaryRow(place, {name: " ".join(cell.split()) for name, cell in pairs}))
    except csv.Error as broken:
        place = f"{where}:{offset + before + 1}"
        problems.append(Problem(place, f"this line is not CSV: {broken}", "cells parted by commas"))
    return rows


def _shape(cells: list[str], headings: list[str], separator: str, place: str) -> Problem | None:
    if any(len(cell) > CELL_LIMIT for cell in cells):
        return Problem(place, f"a cell with more than {CELL_LIMIT} characters", "short names and numbers",
                       "check the quotation marks")  # fmt: skip
    if len(cells) == len(headings):
        return None
    advice = ""
    if any(cell.count('"') % 2 or "\n" in cell for cell in cells) or (
        len(cells) < len(headings) and separator in cells[-1]
    ):
        advice = "close the quotation marks of this line"
    elif separator == "," and len(cells) == len(headings) + 1:
        advice = 'a decimal point, or quotation marks around a number such as "12,5"'
    return Problem(place, f"{len(cells)} cells", f"{len(headings)}, as in the headings", advice)
