"""The self-check: items with ids that an [answers] section and the safety gates share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, Row, read_table
from calciroute.tables.texts import data_text

COLUMNS = tuple(
    Column(name, required=name in {"id", "group", "item", "field", "operator", "action", "verified"})
    for name in (
        "id", "group", "item", "field", "operator", "value", "weight_type", "weight", "weight_low",
        "weight_high", "red_flag", "action", "article_item", "source", "locator", "verified", "note",
    )
)  # fmt: skip


@dataclass(frozen=True)
class SelfCheckItem:
    """One item.

    Parameters
    ----------
    id : str
        Such as ``Q018``.
    group : str
        gate, red_flag, benefit_group, risk_marker, deficiency_sign, data_quality or filter.
    item, action : str
        What it asks, what follows from it.
    field, operator, value : str
        How it reads a person's other sections.
    red_flag : bool
        Whether it keeps a programme from starting.
    source, verified : str
        Key in references.bib, and where it was seen.
    where : str
        ``file:line`` of the row.
    """

    id: str
    group: str
    item: str
    field: str
    operator: str
    value: str
    red_flag: bool
    action: str
    source: str
    verified: str
    where: str


@cache
def read_self_check() -> dict[str, SelfCheckItem]:
    """Read the self-check.

    Returns
    -------
    dict of id to SelfCheckItem
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_self_check()["Q007"].item
    'pregnant'
    """
    return {
        row.text("id"): SelfCheckItem(
            id=row.text("id"),
            group=row.text("group"),
            item=row.text("item"),
            field=row.text("field"),
            operator=row.text("operator"),
            value=row.text("value"),
            red_flag=row.text("red_flag") == "yes",
            action=row.text("action"),
            source=row.text("source"),
            verified=row.text("verified"),
            where=row.where,
        )
        for row in read_self_check_rows()
    }


@cache
def read_self_check_rows() -> tuple[Row, ...]:
    """Read the self-check as plain rows, with the published numbers.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    return tuple(read_table(data_text("self_check.csv"), COLUMNS, key=("id",)))
