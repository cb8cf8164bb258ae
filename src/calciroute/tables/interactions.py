"""Interactions: ``interactions.csv``, one row for a medicine, food or condition and what it meets."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, sourced
from calciroute.tables.texts import data_text

SUBJECTS = frozenset({"drug", "food", "nutrient", "condition", "lab", "poison"})
SEVERITIES = frozenset({"contraindicated_without_clinician", "major", "moderate", "minor", "none_known"})
COLUMNS = (
    Column("id", required=True),
    Column("subject", required=True),
    Column("subject_type", required=True, allowed=SUBJECTS),
    Column("atc"),
    Column("rxcui"),
    Column("acts_on"),
    Column("mechanism"),
    Column("effect"),
    Column("severity", required=True, allowed=SEVERITIES),
    Column("action", required=True),
    Column("separation_h", "number"),
    Column("evidence"),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_interactions(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the interactions.

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
    >>> {row.text("severity") for row in read_interactions() if row.text("subject") == "warfarin"}
    {'contraindicated_without_clinician'}
    """
    return checked_rows(source or data_text("interactions.csv"), COLUMNS, ("id",), (sourced,))
