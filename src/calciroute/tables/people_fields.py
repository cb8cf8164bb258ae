"""What a person or plan file may hold, one row a field: ``person_fields.csv``, ``plan_fields.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import data_text

FIELD_TABLES = ("person_fields.csv", "plan_fields.csv", "diary_fields.csv")
KINDS = frozenset({"number", "amount", "choice", "flag", "text", "texts", "table", "tables", "date", "since"})
COLUMNS = (
    Column("section", required=True),
    Column("field", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("unit"),
    Column("lower", "number"),
    Column("upper", "number"),
    Column("choices"),
    Column("meaning", required=True),
    Column("example", required=True),
    Column("outside"),
    Column("note"),
)


@dataclass(frozen=True)
class PeopleField:
    """One field that a person may fill.

    Parameters
    ----------
    section, field : str
        Where it stands: ``[section]``, ``field = ...``.
    kind : str
        One of `KINDS`: a bare number in the unit of its name, an amount with its unit in quotes, ...
    unit : str
        Unit that the value is kept in; empty for words.
    lower, upper : float or None
        Band outside which a value is refused.
    choices : tuple of str
        Closed words of a choice.
    meaning, example : str
        For messages, as TOML.
    outside : str
        What to try when the value is outside the band.
    """

    section: str
    field: str
    kind: str
    unit: str
    lower: float | None
    upper: float | None
    choices: tuple[str, ...]
    meaning: str
    example: str
    outside: str

    @property
    def band(self) -> str:
        """The band in words, such as ``18 to 105 y``."""
        unit = "" if self.unit in {"", "1"} else f" {shown_unit(self.unit)}"
        if self.lower is None or self.upper is None:
            return ""
        return f"{self.lower:g} to {self.upper:g}{unit}"

    @property
    def pattern(self) -> str:
        """The field as it may be written, such as ``age_years = 62``."""
        name = self.field if self.field[0].isalpha() else f'"{self.field}"'
        return f"{name} = {self.example}"


Sections = dict[str, dict[str, PeopleField]]


def shown_unit(unit: str) -> str:
    """A unit as people read it: ``mcg`` for ug, years for y."""
    words = {"y": "years", "d": "days", "1/week": "a week"}
    words |= {"ug": "mcg", "ug/d": "mcg a day", "mg/d": "mg a day"}
    return words.get(unit, unit)


@cache
def read_people_fields(name: str) -> Sections:
    """Read a table of fields.

    Parameters
    ----------
    name : str
        File in the data folder.

    Returns
    -------
    dict of section to dict of field name to PeopleField

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_people_fields("person_fields.csv")["person"]["age_years"].band
    '18 to 105 years'
    """
    sections: Sections = {}
    for row in read_table(data_text(name), COLUMNS, key=("section", "field")):
        field = PeopleField(
            section=row.text("section"),
            field=row.text("field"),
            kind=row.text("kind"),
            unit=row.text("unit"),
            lower=row.number("lower"),
            upper=row.number("upper"),
            choices=tuple(word for word in row.text("choices").split(";") if word),
            meaning=row.text("meaning"),
            example=row.text("example"),
            outside=row.text("outside"),
        )
        sections.setdefault(field.section, {})[field.field] = field
    return sections


def adult_from_years() -> float:
    """Age from which a person file is read at all, years.

    Returns
    -------
    float
        The lower end of the field ``age_years``.

    Examples
    --------
    >>> adult_from_years()
    18.0
    """
    lower = read_people_fields("person_fields.csv")["person"]["age_years"].lower
    assert lower is not None, "person_fields.csv: age_years needs a lower end"
    return lower
