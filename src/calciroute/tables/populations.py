"""Levels that a virtual population should show: ``populations.csv``, one row a published level."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.outcomes import POPULATION_KINDS
from calciroute.tables.rules import checked_rows, ordered, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("quantity", required=True),
    Column("statistic", required=True),
    Column("value", "number"),
    Column("sd", "number"),
    Column("low", "number"),
    Column("high", "number"),
    Column("unit", required=True),
    Column("who", required=True),
    Column("population_kind", required=True, allowed=POPULATION_KINDS),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_populations(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the levels.

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
    >>> sorted({row.text("quantity") for row in read_populations()})[:3]
    ['BMD_femoral_neck', 'BMD_lumbar_spine', 'BMD_total_hip']
    """
    return checked_rows(
        source or data_text("populations.csv"),
        COLUMNS,
        (),
        (
            sourced,
            unit_known("unit"),
            ordered("low", "value", "high"),
            _some_level,
        ),
    )


def _some_level(row: Row) -> Iterable[Problem]:
    if row.number("value") is None and (row.number("low") is None or row.number("high") is None):
        yield Problem(row.where, "neither a value nor a range", "a value, or low and high")
