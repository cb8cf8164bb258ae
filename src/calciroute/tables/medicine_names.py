"""Names of medicines in many languages, each with the class that decides what its name does."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import data_text, shown_path

NAME_KINDS = frozenset({"ingredient", "brand", "class", "abbreviation"})
COLUMNS = (
    Column("name", required=True),
    Column("kind", required=True, allowed=NAME_KINDS),
    Column("ingredient"),
    Column("class", required=True),
    Column("region_or_language"),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)


class MedicineName(NamedTuple):
    """One name.

    Parameters
    ----------
    name : str
        As printed.
    kind : str
        ingredient, brand, class or abbreviation.
    ingredient : str
        What is in it; empty for a class word that covers several.
    medicine_class : str
        Such as ``vitamin_k_antagonist``; ``no_gate`` means that no rule applies, never that it is safe.
    language, source, verified, note : str
        Where it is used, where it was seen, remarks.
    where : str
        ``file:line`` of the row.
    """

    name: str
    kind: str
    ingredient: str
    medicine_class: str
    language: str
    source: str
    verified: str
    note: str
    where: str


@cache
def read_medicine_names() -> tuple[MedicineName, ...]:
    """Read the table of medicine names.

    Returns
    -------
    tuple of MedicineName
        In file order; one name may have several rows.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> {row.medicine_class for row in read_medicine_names() if row.ingredient == "warfarin"}
    {'vitamin_k_antagonist'}
    """
    source = data_text("medicine_names.csv")
    return _read_quickly(source) or tuple(
        MedicineName._make([*(row.text(column.name) for column in COLUMNS), row.where])
        for row in read_table(source, COLUMNS)
    )


def _read_quickly(source: Traversable) -> tuple[MedicineName, ...]:
    """The rows of a sound table; empty for one with a fault, which ``read_table`` then tells in full."""
    where = shown_path(source)
    # Every command that asks about medicines waits for this: more than ten thousand rows, read without a
    # check of each cell where a check of each column says the same.
    try:
        lines = list(csv.reader(io.StringIO(source.read_text("utf-8")), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        return ()
    if not lines or lines[0] != [column.name for column in COLUMNS] or set(map(len, lines)) != {len(COLUMNS)}:
        return ()
    names, kinds, _, classes, _, _, verified, _ = zip(*lines[1:], strict=True)
    if not (all(names) and all(classes) and all(verified) and NAME_KINDS.issuperset(kinds)):
        return ()
    if any(cell != cell.strip() for column in (names, classes, verified) for cell in column):
        return ()
    return tuple(
        [MedicineName._make([*line, f"{where}:{number}"]) for number, line in enumerate(lines[1:], start=2)]
    )
