"""Published pooled estimates: ``pooled.csv``, for checking our own pooling and for what meta-analyses say."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, ordered
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("study_id", required=True),
    Column("outcome", required=True),
    Column("intervention", required=True),
    Column("population"),
    Column("effect_measure", required=True),
    Column("estimate", "number"),
    Column("ci_low", "number"),
    Column("ci_high", "number"),
    Column("p_value"),
    Column("i2_percent", "number"),
    Column("n_studies", "number"),
    Column("n_participants", "number"),
    Column("model"),
    Column("studies_included"),
    Column("note"),
    Column("verified", required=True),
)


@cache
def read_pooled(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the pooled estimates.

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
    >>> [row.number("estimate") for row in read_pooled() if row.text("study_id") == "li2023"]
    [-243.31, 0.92]
    """
    return checked_rows(
        source or data_text("pooled.csv"), COLUMNS, (), (ordered("ci_low", "estimate", "ci_high"),)
    )
