"""Which vitamer a K2 total stands for, by food group: ``k2_groups.csv``; assumed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows
from calciroute.tables.texts import data_text

COLUMNS = (Column("group", required=True), Column("vitamer", required=True), Column("note"))


@cache
def read_k2_groups() -> Mapping[str, str]:
    """Read the groups.

    Returns
    -------
    mapping of str to str
        Food group to printed vitamer; a group that is absent has no reading of a total.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_k2_groups()["cheese"]
    'MK-9'
    """
    rows = checked_rows(data_text("k2_groups.csv"), COLUMNS, ("group",))
    return MappingProxyType({row.text("group"): row.text("vitamer") for row in rows})
