"""What a substance of a product is to the rules of a plan: ``product_holds.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.interaction_matches import HOLDS
from calciroute.tables.products import read_substances
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (Column("substance", required=True), Column("holds", required=True), Column("note"))


@cache
def read_product_holds() -> Mapping[str, frozenset[str]]:
    """Read the table.

    Returns
    -------
    mapping of str to frozenset of str
        By id of ``substances.csv``; a substance that no rule looks at is missing.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_product_holds()["calcium"]
    frozenset({'Ca'})
    """
    rows = checked_rows(data_text("product_holds.csv"), COLUMNS, ("substance",), (_known,))
    return {row.text("substance"): frozenset(words_of(row.text("holds"))) for row in rows}


def _known(row: Row) -> Iterable[Problem]:
    known = {substance.id for substance in read_substances().values()}
    if row.text("substance") not in known:
        yield Problem(row.where, f"'{row.text('substance')}' is not in substances.csv", "an id from there")
    for word in words_of(row.text("holds")):
        if word not in HOLDS:
            yield Problem(row.where, f"'{word}' is nothing that a rule looks at", ", ".join(sorted(HOLDS)))
