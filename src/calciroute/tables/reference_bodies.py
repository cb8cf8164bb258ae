"""Bodies that give reference intakes, by the word of ``--body`` and the countries they speak for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("word", required=True),
    Column("body", required=True),
    Column("regions"),
    Column("note"),
)


@dataclass(frozen=True)
class ReferenceBody:
    """A body that gives reference intakes.

    Parameters
    ----------
    word : str
        As ``--body`` takes it.
    name : str
        Its name in ``reference_intakes.csv``.
    regions : tuple of str
        Countries that it speaks for, two letters.
    note : str
        In full.
    """

    word: str
    name: str
    regions: tuple[str, ...]
    note: str


@cache
def read_reference_bodies() -> tuple[ReferenceBody, ...]:
    """Read the bodies.

    Returns
    -------
    tuple of ReferenceBody
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [body.word for body in read_reference_bodies()]
    ['us', 'efsa', 'dach', 'jp', 'in']
    """
    rows = checked_rows(data_text("reference_bodies.csv"), COLUMNS, ("word",))
    return tuple(
        ReferenceBody(row.text("word"), row.text("body"), words_of(row.text("regions")), row.text("note"))
        for row in rows
    )
