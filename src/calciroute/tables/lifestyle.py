"""Habits: ``lifestyle.csv``, what exercise, salt, smoking, yoga and the like did in trials, nulls too."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, ordered, sourced
from calciroute.tables.texts import data_text

CERTAINTIES = frozenset({"high", "moderate", "low", "very low"})
COLUMNS = (
    Column("id", required=True),
    Column("category", required=True),
    Column("item", required=True),
    Column("dose"),
    Column("duration_weeks", "number"),
    Column("population"),
    Column("outcome", required=True),
    Column("effect", "number"),
    Column("effect_low", "number"),
    Column("effect_high", "number"),
    Column("unit"),
    Column("design", required=True),
    Column("n_studies", "number"),
    Column("n_people", "number"),
    Column("certainty", allowed=CERTAINTIES),
    Column("caution"),
    Column("article_item"),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_lifestyle(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the habits.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [row.number("effect") for row in read_lifestyle() if row.text("id") == "L002"]
    [-1.1]
    """
    return checked_rows(
        source or data_text("lifestyle.csv"),
        COLUMNS,
        ("id",),
        (
            sourced,
            ordered("effect_low", "effect", "effect_high"),
        ),
    )
