"""How many entries of a journal it takes before anything is said of them: ``journal_rules.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("measure", required=True),
    Column("title", required=True),
    Column("unit"),
    Column("window_days", "number"),
    Column("least_entries", "number", required=True),
    Column("least_days", "number", required=True),
    Column("factor", "number"),
    Column("chance_outcome"),
    Column("source"),
    Column("locator"),
    Column("basis", required=True, allowed=frozenset({"measured", "fitted", "borrowed", "assumed"})),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class JournalRule:
    """What a window of entries needs.

    Parameters
    ----------
    measure : str
        ``adherence``, ``lab``, or the name of a reading.
    title, unit : str
        For people.
    window_days : int
        Length of the first window, which stays, and of the last one; 0 where single values are compared.
    least_entries, least_days : int
        Fewer entries, or entries of fewer days, are not enough.
    factor : float
        Times the standard error of a difference; 0 where none is worked out.
    chance_outcome : str
        Outcome in ``repeatability.csv``, or empty.
    basis, source, note : str
        Where the numbers are from, and why.
    """

    measure: str
    title: str
    unit: str
    window_days: int
    least_entries: int
    least_days: int
    factor: float
    chance_outcome: str
    basis: str
    source: str
    note: str


@cache
def read_journal_rules() -> dict[str, JournalRule]:
    """Read the table.

    Returns
    -------
    dict of str to JournalRule
        By measure.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_journal_rules()["SBP"].least_entries
    12
    """
    rows = checked_rows(data_text("journal_rules.csv"), COLUMNS, ("measure",), (sourced, unit_known("unit")))
    return {
        row.text("measure"): JournalRule(
            row.text("measure"),
            row.text("title"),
            row.text("unit"),
            int(row.number("window_days") or 0),
            int(row.number("least_entries") or 0),
            int(row.number("least_days") or 0),
            row.number("factor") or 0.0,
            row.text("chance_outcome"),
            row.text("basis"),
            row.text("source"),
            row.text("note"),
        )
        for row in rows
    }
