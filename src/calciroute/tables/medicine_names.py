"""Names of medicines in many languages, each with the class that decides what its name does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import data_text

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


@dataclass(frozen=True)
class MedicineName:
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
    return tuple(
        MedicineName(
            name=row.text("name"),
            kind=row.text("kind"),
            ingredient=row.text("ingredient"),
            medicine_class=row.text("class"),
            language=row.text("region_or_language"),
            source=row.text("source"),
            verified=row.text("verified"),
            note=row.text("note"),
            where=row.where,
        )
        for row in read_table(data_text("medicine_names.csv"), COLUMNS)
    )
