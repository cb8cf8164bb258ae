"""Supplements: ``supplements.csv``, product forms, label rules and what was found about labels."""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, ordered, sourced
from calciroute.tables.texts import data_text

KINDS = frozenset({
    "product_form", "combo", "trial_dose", "label_finding", "regulatory", "unit_rule", "label_check",
    "timing", "data_source",
})  # fmt: skip
SEVERITIES = frozenset({"info", "moderate", "major", "fail", "contraindicated_without_clinician"})
COLUMNS = (
    Column("id", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("item", required=True),
    Column("form", required=True),
    Column("matrix", required=True),
    Column("typical_dose"),
    Column("dose_low", "number"),
    Column("dose_high", "number"),
    Column("unit"),
    Column("combined_with"),
    Column("finding", required=True),
    Column("check_rule", required=True),
    Column("severity", required=True, allowed=SEVERITIES),
    Column("action", required=True),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_supplements(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the supplement rows.

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
    >>> read_supplements()[0].text("form")
    'MK-7'
    """
    return checked_rows(
        source or data_text("supplements.csv"),
        COLUMNS,
        ("id",),
        (
            sourced,
            ordered("dose_low", "dose_high"),
        ),
    )
