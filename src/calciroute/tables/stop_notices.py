"""The stop notice in other languages: ``stop_notices.csv``; no speaker read a row without ``verified``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("language", required=True),
    Column("regions", required=True),
    Column("stop", required=True),
    Column("emergency", required=True),
    Column("source", required=True),
    Column("verified"),
)


@dataclass(frozen=True)
class StopNoticeText:
    """The notice in one language.

    Parameters
    ----------
    language : str
        Its English name.
    regions : tuple of str
        Words of ``region_or_language`` of ``medicine_names.csv`` that lead to it.
    stop, emergency : str
        The two texts.
    verified : str
        Who read it; empty while no speaker has.
    """

    language: str
    regions: tuple[str, ...]
    stop: str
    emergency: str
    verified: str


@cache
def read_stop_notices() -> tuple[StopNoticeText, ...]:
    """Read the notices.

    Returns
    -------
    tuple of StopNoticeText
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [notice.language for notice in read_stop_notices() if "Japan" in notice.regions]
    ['Japanese']
    """
    rows = checked_rows(data_text("stop_notices.csv"), COLUMNS, ("language",))
    return tuple(
        StopNoticeText(
            language=row.text("language"),
            regions=words_of(row.text("regions")),
            stop=row.text("stop"),
            emergency=row.text("emergency"),
            verified=row.text("verified"),
        )
        for row in rows
    )
