"""What the model has no term for, each with the reason: ``physiology/not_modelled.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.rules import words_of
from calciroute.tables.texts import physiology_text

COLUMNS = (
    Column("item", required=True),
    Column("reason", required=True),
    Column("source"),
    Column("instead"),
)


@dataclass(frozen=True)
class NotModelled:
    """One thing without a term.

    Parameters
    ----------
    item : str
        In words.
    reason : str
        Why it has none.
    sources : tuple of str
        Keys of ``references.bib``; empty when nothing usable was found.
    instead : str
        What stands in its place; may be empty.
    """

    item: str
    reason: str
    sources: tuple[str, ...]
    instead: str


@cache
def read_not_modelled() -> tuple[NotModelled, ...]:
    """The table.

    Returns
    -------
    tuple of NotModelled
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> next(row.instead for row in read_not_modelled() if row.item == "sitting")
    'walking and aerobic_training'
    """
    rows = read_table(physiology_text("not_modelled.csv"), COLUMNS, key=("item",))
    return tuple(
        NotModelled(row.text("item"), row.text("reason"), words_of(row.text("source")), row.text("instead"))
        for row in rows
    )
