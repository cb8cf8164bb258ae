"""The 30-day programme: ``protocol.csv``, one row a step, with what must hold before it and what stops it."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, ordered, sourced
from calciroute.tables.texts import data_text

KINDS = frozenset({
    "gate", "baseline", "food", "supplement", "movement", "yoga", "breathing", "habit", "monitor", "timeline",
    "faq", "stop", "safety",
})  # fmt: skip
COLUMNS = (
    Column("id", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("day_from", "number", required=True),
    Column("day_to", "number", required=True),
    Column("item", required=True),
    Column("dose"),
    Column("dose_unit"),
    Column("time_of_day"),
    Column("prerequisite"),
    Column("stop_rule"),
    Column("expected"),
    Column("article_item"),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_protocol(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the steps.

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
    >>> read_protocol()[0].text("kind")
    'gate'
    """
    return checked_rows(
        source or data_text("protocol.csv"),
        COLUMNS,
        ("id",),
        (
            sourced,
            ordered("day_from", "day_to"),
        ),
    )
