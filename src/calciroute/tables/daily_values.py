"""What 100 % of a daily value is, by market and year of a label: ``daily_values.csv``; ``salts.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, ordered, sourced
from calciroute.tables.texts import data_text

MARKETS = frozenset({"US", "EU"})
COLUMNS = (
    Column("market", required=True, allowed=MARKETS),
    Column("substance", required=True),
    Column("from_year", "number"),
    Column("to_year", "number"),
    Column("value", "number", required=True),
    Column("unit", required=True, allowed=frozenset({"ug", "mg"})),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)
SALT_COLUMNS = (
    Column("salt", required=True),
    Column("mineral", required=True),
    Column("share", "number"),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class DailyValue:
    """100 % of a daily value.

    Parameters
    ----------
    market : str
        US or EU.
    substance : str
        K and D stand for all their forms.
    from_year, to_year : float or None
        Years in which labels may use it; None is open.
    value : float
        In `unit`.
    unit : str
        ug or mg.
    source : str
        Key of ``references.bib``.
    """

    market: str
    substance: str
    from_year: float | None
    to_year: float | None
    value: float
    unit: str
    source: str


@cache
def read_daily_values(source: Traversable | None = None) -> tuple[DailyValue, ...]:
    """Read the daily values.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of DailyValue
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [row.value for row in read_daily_values() if row.substance == "K"]
    [80.0, 120.0, 75.0]
    """
    rows = checked_rows(
        source or data_text("daily_values.csv"),
        COLUMNS,
        ("market", "substance", "from_year"),
        (sourced, ordered("from_year", "to_year")),
    )
    return tuple(
        DailyValue(
            row.text("market"), row.text("substance"), row.number("from_year"), row.number("to_year"),
            row.number("value") or 0.0, row.text("unit"), row.text("source"),
        )
        for row in rows
    )  # fmt: skip


def daily_values_of(substance: str, market: str | None, year: int | None) -> tuple[DailyValue, ...]:
    """The daily values that a label may mean; more than one has to be asked about.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``.
    market : str or None
        US, EU or not known.
    year : int or None
        Of the label.

    Returns
    -------
    tuple of DailyValue
        Empty where the table has none.

    Examples
    --------
    >>> [row.value for row in daily_values_of("MK7", "US", 2024)]
    [120.0]
    >>> len(daily_values_of("MK7", "US", None)), len(daily_values_of("MK7", None, None))
    (2, 3)
    """
    family = {"K1": "K", "K2": "K", "MK4": "K", "MK7": "K", "MK8": "K", "MK9": "K", "D3": "D", "D2": "D"}
    name = family.get(substance, {"natural E": "E", "synthetic E": "E"}.get(substance, substance))
    return tuple(
        row
        for row in read_daily_values()
        if row.substance == name
        and market in (None, row.market)
        and (year is None or row.from_year is None or row.from_year <= year)
        and (year is None or row.to_year is None or year <= row.to_year)
    )


@cache
def read_salts(source: Traversable | None = None) -> Mapping[str, tuple[str, float | None]]:
    """Read the salts of minerals.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to tuple of str and float or None
        Mineral and its share by mass; None where the share is not given.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_salts()["calcium carbonate"]
    ('calcium', 0.4)
    """
    rows = checked_rows(source or data_text("salts.csv"), SALT_COLUMNS, ("salt",), (sourced,))
    return MappingProxyType({row.text("salt"): (row.text("mineral"), row.number("share")) for row in rows})
