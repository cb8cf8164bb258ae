"""One cell of a food table: a number, "<0.5", traces, nothing, or something that is refused."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from calciroute.intake.importers.imported import Reading
from calciroute.tables.food_table_layouts import Layout

_NUMBER = re.compile(
    r"(?P<whole>[0-9]{1,9})(?:(?P<mark>[.,])(?P<part>[0-9]{1,12}))?(?:[eE](?P<power>[+-]?[0-9]{1,2}))?"
)
_LIMIT = re.compile(r"[<≤＜]\s*(?P<number>.*)", re.DOTALL)
_MARKS = {"point": ".", "comma": ","}
CUT = 40  # letters of a cell that a message shows


@dataclass(frozen=True)
class Cell:
    """What a cell says.

    Parameters
    ----------
    reading : {"value", "below_limit", "traces"}
        See `ImportedAmount`.
    number : float or None
        The value, or the limit; None for traces.
    """

    reading: Reading
    number: float | None


class CellError(ValueError):
    """A cell that cannot be read; the text says what was found."""


def read_cell(text: str, layout: Layout) -> Cell | None:
    """Read one cell.

    Parameters
    ----------
    text : str
        As it stands in the file.
    layout : Layout
        Its decimal mark, and its words for nothing and for traces.

    Returns
    -------
    Cell or None
        None where nothing is known.

    Raises
    ------
    CellError
        For anything else: a number with the other decimal mark, a negative one, words.

    Examples
    --------
    >>> from calciroute.tables.food_table_layouts import food_table_layout
    >>> ciqual = food_table_layout("ciqual")
    >>> read_cell("12,5", ciqual), read_cell("< 0,5", ciqual).reading, read_cell("-", ciqual)
    (Cell(reading='value', number=12.5), 'below_limit', None)
    >>> read_cell("12.5", ciqual)
    Traceback (most recent call last):
        ...
    calciroute.intake.importers.cells.CellError: '12.5' has a decimal point
    """
    plain = text.strip()
    if not plain or plain in layout.missing_words:
        return None
    if plain.casefold().rstrip(".") in layout.trace_words:
        return Cell("traces", None)
    if limit := _LIMIT.fullmatch(plain):
        number = _number(limit["number"].strip(), layout, text)
        if number == 0:
            raise CellError(f"'{_cut(text)}' is a limit of 0")
        return Cell("below_limit", number)
    return Cell("value", _number(plain, layout, text))


def cell_text(value: object, decimal_mark: str = "point") -> str:
    """A cell of a workbook as text.

    Parameters
    ----------
    value : object
        A number, text, date or None.
    decimal_mark : {"point", "comma"}, optional
        How a number that is stored as a number is written; text stays as it is.

    Returns
    -------
    str
        Whole numbers without a mark, others with all digits.

    Examples
    --------
    >>> cell_text(24999.0), cell_text(0.5, "comma"), cell_text(None), cell_text(" 45,4")
    ('24999', '0,5', '', '45,4')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value).replace(".", _MARKS[decimal_mark])
    return str(value).strip()


def _number(plain: str, layout: Layout, text: str) -> float:
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise CellError(f"'{_cut(text)}' is not a number")
    if match["mark"] and match["mark"] != _MARKS[layout.decimal_mark]:
        found = "comma" if match["mark"] == "," else "point"
        raise CellError(f"'{_cut(text)}' has a decimal {found}")
    number = float(f"{match['whole']}.{match['part'] or '0'}e{match['power'] or '0'}")
    if not math.isfinite(number):
        raise CellError(f"'{_cut(text)}' is not a number")
    return number


def _cut(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text.strip())
    return shown if len(shown) <= CUT else shown[:CUT] + "..."
