"""Reference intakes: ``reference_intakes.csv``, what bodies advise and what people were seen to eat."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, ordered, sourced
from calciroute.tables.texts import data_text

# A body looked and set no value (no upper level, say); an empty cell is a gap.
NO_VALUE = "none"
RECORDS = frozenset({"drv", "observed_intake"})
SEXES = frozenset({"all", "F", "M"})
COLUMNS = (
    Column("id", required=True),
    Column("record_type", required=True, allowed=RECORDS),
    Column("nutrient", required=True),
    Column("body", required=True),
    Column("population", required=True),
    Column("age_min_y", "number"),
    Column("age_max_y", "number"),
    Column("sex", required=True, allowed=SEXES),
    Column("life_stage"),
    Column("value_type", required=True),
    Column("value"),
    Column("value_low", "number"),
    Column("value_high", "number"),
    Column("unit", required=True),
    Column("basis"),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)


@cache
def read_reference_intakes(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the reference intakes.

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
    >>> [row.text("value") for row in read_reference_intakes() if row.text("id") == "R037"]
    ['none']
    """
    return checked_rows(
        source or data_text("reference_intakes.csv"),
        COLUMNS,
        ("id",),
        (
            sourced,
            ordered("age_min_y", "age_max_y"),
            ordered("value_low", "value_high"),
            _number_or_none,
        ),
    )


def _number_or_none(row: Row) -> Iterable[Problem]:
    value = row.text("value")
    if value in {"", NO_VALUE}:
        return
    try:
        float(value)
    except ValueError:
        yield Problem(
            row.where, f"value '{value}'", f"a number, '{NO_VALUE}' where a body set no value, or nothing"
        )


def value_of(row: Row) -> float | None:
    """The value of a row; None for a gap, and where a body set none.

    Parameters
    ----------
    row : Row
        Of this table, whose column holds numbers and the word ``none``.

    Returns
    -------
    float or None
        In the unit of the row.

    Examples
    --------
    >>> [value_of(row) for row in read_reference_intakes() if row.text("id") == "R019"]
    [70.0]
    """
    text = row.text("value")
    return None if text in ("", NO_VALUE) else float(text)
