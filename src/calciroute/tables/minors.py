"""Bands for people who are no adults: their files are read for the notice alone (``bands_of_minors.csv``)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.people_fields import Sections, read_people_fields
from calciroute.tables.rules import checked_rows, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("field", required=True),
    Column("lower", "number", required=True),
    Column("unit", required=True),
    Column("source"),
    Column("locator"),
    Column("basis", required=True, allowed=frozenset({"measured", "fitted", "borrowed", "assumed"})),
    Column("verified", required=True),
    Column("note"),
)
_TABLE = "person_fields.csv"


@cache
def minor_band_rows() -> tuple[Row, ...]:
    """Rows of the table.

    Returns
    -------
    tuple of Row

    Raises
    ------
    TableError
        With every problem of the table.
    """
    return checked_rows(data_text("bands_of_minors.csv"), COLUMNS, ("field",), (sourced, unit_known("unit")))


@cache
def fields_of_minors() -> Sections:
    """The fields of a person file with the lower ends of children.

    Returns
    -------
    dict of section to dict of field name to PeopleField

    Examples
    --------
    >>> fields_of_minors()["person"]["age_years"].band
    '0 to 105 years'
    """
    fields = read_people_fields(_TABLE)
    lower = {row.text("field"): row.number("lower") for row in minor_band_rows()}
    person = {
        name: replace(field, lower=lower.get(name, field.lower)) for name, field in fields["person"].items()
    }
    return {**fields, "person": person}
