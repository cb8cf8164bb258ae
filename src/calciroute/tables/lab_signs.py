"""Words around a value on a report: limits, the bar between two pressures, flags, what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("words", required=True),
    Column("meaning", required=True, allowed=frozenset({"below", "above", "pair", "flag", "matrix"})),
    Column("place", allowed=frozenset({"before", "after", "between"})),
    Column("language", required=True),
    Column("verified", required=True),
)


@dataclass(frozen=True)
class LabSign:
    """One word or sign.

    Parameters
    ----------
    words : str
        As printed.
    meaning : {"below", "above", "pair", "flag", "matrix"}
        A limit, the bar of a pressure, a mark of the laboratory, or what was drawn.
    place : str
        ``before``, ``after`` or ``between`` numbers; empty in names.
    """

    words: str
    meaning: str
    place: str


@cache
def read_lab_signs() -> tuple[LabSign, ...]:
    """Read the table of signs.

    Returns
    -------
    tuple of LabSign
        Longest first, so that ``less than`` is found before ``less``.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> next(sign.meaning for sign in read_lab_signs() if sign.words == "kleiner als")
    'below'
    """
    rows = read_table(data_text("lab_signs.csv"), COLUMNS, key=("words", "meaning"))
    signs = [LabSign(row.text("words"), row.text("meaning"), row.text("place")) for row in rows]
    return tuple(sorted(signs, key=lambda sign: -len(sign.words)))
