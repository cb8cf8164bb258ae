"""A diary table of another program: which column holds what is said by the person, never guessed.

The table is written again with our own headings, line by line, and goes the way of every diary.
"""

from __future__ import annotations

import csv
import io
import re
import shlex
from collections.abc import Mapping, Sequence

from calciroute.errors import InputError, Problem, near_names
from calciroute.intake.diary_dates import written_date
from calciroute.intake.diary_text import CELL_LIMIT, ROW_LIMIT
from calciroute.tables.diary_headings import ROLES, read_diary_headings

_SEPARATORS = ",;\t"
_MOST_PIECES = 12.0  # a bare number above is no count of pieces
_LEAST = 3  # cells of a first line that may be headings
_MOST_ABOVE = 12  # lines of titles above the headings
_DAY_AND_TIME = re.compile(r"(?P<day>\S+)[ T](?P<time>\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z?")
_WEEKDAY = re.compile(r"^[^\W\d]+day,?\s+", re.IGNORECASE)
# "1.00 cup, chopped" and "1 medium (7 to 8 inches long)": how it was cut, or how large that is, says no more.
_CUT = re.compile(
    r"(?P<amount>\d[\d./ ]*\s*[^\W\d][^,(]*?)\s*(?:,\s*[^\d\s].*|,\s*\d[\d.]*\s*(?:fl oz|oz|g|ml)\b.*|\(.*)"
)
_AMOUNT_BEHIND = re.compile(r"(?P<food>.*[^\W\d].*?)(?:,\s+|\s+-\s+)(?P<amount>\d[\d./]*\s*[^\W\d].*)")
_BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def headings_of(text: str) -> tuple[str, ...]:
    """Headings of a table.

    Parameters
    ----------
    text : str
        Content of the file.

    Returns
    -------
    tuple of str
        Cells of the first line that has any; empty for text that is no table of at least three columns.

    Examples
    --------
    >>> headings_of('Day,"Food Name",Amount')
    ('Day', 'Food Name', 'Amount')
    """
    _, separator, first = _first_line(text)
    try:
        cells = next(csv.reader([first], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        return ()
    return tuple(" ".join(cell.split()) for cell in cells) if len(cells) >= _LEAST else ()


def columns_said(words: Sequence[str], headings: Sequence[str], where: str) -> dict[str, str]:
    """What a person wrote behind ``--map``.

    Parameters
    ----------
    words : sequence of str
        Such as ``food=Food Name``.
    headings : sequence of str
        Of the file.
    where : str
        The file, for messages.

    Returns
    -------
    dict of str to str
        Role to heading, as the file has it.

    Raises
    ------
    InputError
        For another role, a column that the file does not have, a role twice, or roles that are missing; with
        the headings and a line to type.

    Examples
    --------
    >>> columns_said(["food=item", "grams=G", "date=Day"], ("Day", "Item", "G"), "log.csv")
    {'food': 'Item', 'grams': 'G', 'date': 'Day'}
    """
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for word in words:
        role, sign, name = (part.strip() for part in word.partition("="))
        if not sign or role not in ROLES or not name:
            shown = f"'{word[:60]}' behind --map"
            problems.append(Problem("", shown, f"{', '.join(ROLES)}, each with =COLUMN", "food=COLUMN"))
        elif role in found:
            problems.append(Problem("", f"{role} stands twice behind --map", "one column"))
        elif (heading := _heading(name, headings)) is None:
            near = near_names(name, headings)
            advice = f"{role}={near[0]}" if near else ""
            problems.append(Problem(where, f"no column is called '{name[:60]}'", _listed(headings), advice))
        else:
            found[role] = heading
    if not problems and (missing := _missing(found)):
        advice = suggested_line(headings, where)
        problems.append(Problem(where, f"--map does not say {missing}", _listed(headings), advice))
    if problems:
        raise InputError(problems)
    return found


def unknown_headings(headings: Sequence[str], where: str) -> Problem:
    """What to say of a table whose columns nobody explained.

    Parameters
    ----------
    headings : sequence of str
        Of the file.
    where : str
        The file.

    Returns
    -------
    Problem
        With every heading, and a line to look at and to type.
    """
    words = f"the columns are {_listed(headings)}"
    expected = "date, time, food, grams, or columns that you name once with --map"
    return Problem(
        where, words, expected, f"{suggested_line(headings, where)} (look at it first: nothing is guessed)"
    )


def suggested_line(headings: Sequence[str], where: str) -> str:
    """A command with the columns that are called as such columns often are.

    Parameters
    ----------
    headings : sequence of str
        Of the file.
    where : str
        The file.

    Returns
    -------
    str
        ``COLUMN`` stands where no heading has such a name.

    Examples
    --------
    >>> suggested_line(("Day", "Food Name", "Amount"), "log.csv")
    "calciroute intake log.csv --map food='Food Name' amount=Amount date=Day"
    """
    known = read_diary_headings()
    folded = {heading.casefold(): heading for heading in headings}
    met: dict[str, str] = {}
    for role in ROLES:
        free = (folded[word.casefold()] for word in known[role] if word.casefold() in folded)
        met[role] = next((heading for heading in free if heading not in met.values()), "")
    size = "grams" if met["grams"] and not met["amount"] else "amount"
    sized = [size] if met[size] else []  # without such a column the amount stands in the food's own words
    wanted = ["food", *sized, *(["unit"] if size == "amount" and met["unit"] else []), "date"]
    wanted += ["time"] if met["time"] else []
    parts = [f"{role}={shlex.quote(met[role]) if met[role] else 'COLUMN'}" for role in wanted]
    return f"calciroute intake {shlex.quote(where)} --map {' '.join(parts)}"


def mapped_text(text: str, columns: Mapping[str, str], where: str) -> str:
    r"""The table with our headings.

    Parameters
    ----------
    text : str
        Content of the file.
    columns : mapping of str to str
        Role to heading.
    where : str
        The file, for messages.

    Returns
    -------
    str
        One line for each line of the file, so that messages name the same line.

    Raises
    ------
    InputError
        For rows of another width, and for an amount without a unit.

    Examples
    --------
    >>> text = "Day,Item,G\n2026-03-01,natto,40\n"
    >>> print(mapped_text(text, {"food": "Item", "grams": "G", "date": "Day"}, "log.csv"), end="")
    date,time,food,grams,amount
    2026-03-01,,natto,40,
    """
    start, separator, _ = _first_line(text)
    body = text.removeprefix("\ufeff").split("\n")[start:]
    reader = csv.reader(io.StringIO("\n".join(body), newline=""), delimiter=separator)
    out = io.StringIO()
    out.write("\n" * start)
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    problems: list[Problem] = []
    headings: list[str] = []
    counted = _has_measures(body, separator, columns)
    line = start
    try:
        for row in reader:
            begun, line = line + 1, start + reader.line_num
            if not headings:
                headings = [" ".join(cell.split()) for cell in row]
                writer.writerow(["date", "time", "food", "grams", "amount"])
                continue
            cells = {role: _cell(row, headings, name) for role, name in columns.items()}
            if any(cells.values()) and len(row) != len(headings):
                words = f"{len(row)} cells"
                problems.append(Problem(f"{where}:{begun}", words, f"{len(headings)}, as in the headings"))
            elif any(cells.values()):
                writer.writerow(_row(cells, columns, f"{where}:{begun}", problems, counted=counted))
            else:
                out.write("\n")
            out.write("\n" * (line - begun))
            if line - start > ROW_LIMIT or len(problems) >= 20:
                break
    except csv.Error as broken:
        problems.append(Problem(f"{where}:{line + 1}", f"this line is not CSV: {broken}", "closed quotes"))
    if problems:
        raise InputError(problems)
    return out.getvalue()


def _has_measures(body: Sequence[str], separator: str, columns: Mapping[str, str]) -> bool:
    """Whether other amounts of the column name a measure: then a bare 1 is one of the food."""
    try:
        rows = [
            row for row in csv.reader(io.StringIO("\n".join(body), newline=""), delimiter=separator) if row
        ]
    except csv.Error:
        return False
    headings = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    if columns.get("amount") not in headings:
        return False
    amounts = [_cell(row, headings, columns["amount"]) for row in rows[1:]]
    return any(amount and any(mark.isalpha() for mark in amount) for amount in amounts)


def _row(
    cells: Mapping[str, str],
    columns: Mapping[str, str],
    where: str,
    problems: list[Problem],
    *,
    counted: bool,
) -> list[str]:
    day, clock = cells["date"], cells.get("time", "")
    if not clock and (both := _DAY_AND_TIME.fullmatch(day)):
        day, clock = both["day"], both["time"]
    day = written_date(_WEEKDAY.sub("", day)) or day
    food, amount = cells["food"], cells.get("amount", "")
    if not {"amount", "grams"} & set(columns):
        food, amount = _food_and_amount(food)
    if (cut := _CUT.fullmatch(amount)) is not None:
        amount = cut["amount"]
    if amount and not cells.get("grams") and _BARE.fullmatch(amount):
        if unit := cells.get("unit", ""):
            amount = f"{amount} {unit}"
        elif not counted or float(amount.replace(",", ".")) > _MOST_PIECES:
            found = f"'{amount[:20]}' in column '{columns['amount'][:40]}' has no unit"
            advice = f"grams={shlex.quote(columns['amount'])} if these are grams, or unit=COLUMN"
            problems.append(Problem(where, found, "an amount such as 150 g or 2 slices", advice))
    return [day, clock, food, cells.get("grams", ""), amount]


def _food_and_amount(words: str) -> tuple[str, str]:
    """``Kale, Raw - 67 g`` and ``Oatmeal - Cooked, 1.0 cup``: the amount stands behind the food."""
    match = _AMOUNT_BEHIND.fullmatch(words)
    if match is None:
        return words, "1 portion" if words else ""
    return match["food"], match["amount"]


def _first_line(text: str) -> tuple[int, str, str]:
    """Number of the first line that has anything, its separator, and itself."""
    lines = [line.rstrip("\r") for line in text.removeprefix("\ufeff").split("\n")]
    filled = [number for number, line in enumerate(lines) if line.strip(" \t,;")]
    for place, number in enumerate(filled[:_MOST_ABOVE]):
        separator = max(_SEPARATORS, key=lines[number].count)
        cells = _cells(lines[number], separator)
        below = [
            _cells(lines[other], max(_SEPARATORS, key=lines[other].count))
            for other in filled[place + 1 :][:2]
        ]
        # A title above a table has far fewer cells than the lines below it.
        if cells >= _LEAST and 2 * cells > max(below, default=0):
            return number, separator, lines[number]
    number = filled[0] if filled else 0
    line = lines[number] if filled else ""
    return number, max(_SEPARATORS, key=line.count) if line else ",", line


def _cells(line: str, separator: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return line.count(separator) + 1


def _heading(name: str, headings: Sequence[str]) -> str | None:
    if headings.count(name) == 1:
        return name
    folded = [heading for heading in headings if heading.casefold() == " ".join(name.split()).casefold()]
    return folded[0] if len(folded) == 1 else None


def _missing(found: Mapping[str, str]) -> str:
    return ", ".join(role for role in ("food", "date") if role not in found)


def _cell(row: Sequence[str], headings: Sequence[str], name: str) -> str:
    place = headings.index(name)
    return " ".join(row[place].split())[: CELL_LIMIT + 1] if place < len(row) else ""


def _listed(headings: Sequence[str]) -> str:
    shown = ", ".join(f"'{heading[:40]}'" for heading in headings[:30])
    return f"{shown} and {len(headings) - 30} more" if len(headings) > 30 else shown
