"""Units in which laboratories print a test, with the factor to the unit of its field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.lab_tests import read_lab_tests
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.rules import checked_rows
from calciroute.tables.texts import data_text
from calciroute.units.expression import UnitError, convert, parse_unit

BASES = frozenset({"definition", "molar_mass", "equation", "kept"})
# A factor is printed with four digits.
_ROUNDING = 1e-3
COLUMNS = (
    Column("lab", required=True),
    Column("unit", required=True),
    Column("factor", "number"),
    Column("offset", "number"),
    Column("basis", required=True, allowed=BASES),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class LabUnit:
    """One unit of one test.

    Parameters
    ----------
    unit : str
        As it is shown.
    factor : float or None
        How many of the field's unit one of this unit is; None where the two do not convert.
    offset : float
        Added after the factor; 0 but for scales that start elsewhere.
    basis : {"definition", "molar_mass", "equation", "kept"}
        Where the factor comes from.
    source, locator, verified, note : str
        Key in ``references.bib``, the place there, where it was seen, remarks.
    where : str
        ``file:line`` of the row.
    """

    unit: str
    factor: float | None
    offset: float
    basis: str
    source: str
    locator: str
    verified: str
    note: str
    where: str

    def to_field(self, value: float) -> float:
        """A value of this unit in the unit of the field."""
        if self.factor is None:
            raise ValueError(f"{self.unit} does not convert: {self.note}")
        return value * self.factor + self.offset

    def from_field(self, value: float) -> float:
        """A value of the field in this unit."""
        if self.factor is None:
            raise ValueError(f"{self.unit} does not convert: {self.note}")
        return (value - self.offset) / self.factor


def _converts(row: Row) -> Iterable[Problem]:
    """A unit converts, or says why it does not."""
    kept = row.text("basis") == "kept"
    if kept == (row.number("factor") is not None) or (kept and not row.text("note")):
        yield Problem(
            row.where, f"basis is {row.text('basis')}", "a factor, or basis kept and a note that says why"
        )


def _factor_holds(row: Row) -> Iterable[Problem]:
    """A factor agrees with the prefixes of the two units and the molar mass."""
    factor, test = row.number("factor"), read_lab_tests().get(row.text("lab"))
    if test is None:
        yield Problem(row.where, f"test '{row.text('lab')}' is not in lab_tests.csv", "one of its tests")
        return
    own = read_people_fields("person_fields.csv")["labs"][test.test].unit
    if factor is None or row.text("basis") == "equation":
        return
    expected = _by_dimension(row.text("unit"), own, test.molar_mass)
    if expected is not None and abs(factor / expected - 1.0) > _ROUNDING:
        found = f"factor {factor:g} from {row.text('unit')} to {own}"
        yield Problem(row.where, found, f"{expected:.4g} by prefix and molar mass")


def _by_dimension(unit: str, own: str, molar_mass: float | None) -> float | None:
    """Factor between two units of the closed words; None where one of them is no such unit."""
    try:
        if parse_unit(unit).dimension == parse_unit(own).dimension:
            return convert(1.0, unit, own)
        grams = convert(1.0, unit, "g/L")
        return None if molar_mass is None else convert(grams / molar_mass, "mol/L", own)
    except UnitError:
        pass
    try:
        moles = convert(1.0, unit, "mol/L")
        return None if molar_mass is None else convert(moles * molar_mass, "g/L", own)
    except UnitError:
        return None


def _sourced_factor(row: Row) -> Iterable[Problem]:
    """A factor that rests on more than a prefix names its source or says that it is remembered."""
    rests = row.text("basis") in {"molar_mass", "equation"}
    if rests and not row.text("source") and row.text("verified") != "memory":
        yield Problem(row.where, "no source, and verified is not 'memory'", "a key of references.bib")


@cache
def read_lab_unit_rows(source: Traversable | None = None) -> tuple[Row, ...]:
    """Rows of ``lab_units.csv``, checked.

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
    """
    rules = (_converts, _factor_holds, _sourced_factor)
    return checked_rows(source or data_text("lab_units.csv"), COLUMNS, ("lab", "unit"), rules)


@cache
def read_lab_units() -> dict[str, dict[str, LabUnit]]:
    """Units in which a test may be written.

    Returns
    -------
    dict of test to dict of unit to LabUnit
        The unit of the field first.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_lab_units()["25OHD"]["ng/mL"].factor
    2.496
    >>> round(read_lab_units()["HbA1c"]["mmol/mol"].to_field(48.0), 2)
    6.54
    """
    units: dict[str, dict[str, LabUnit]] = {}
    for row in read_lab_unit_rows():
        units.setdefault(row.text("lab"), {})[row.text("unit")] = LabUnit(
            unit=row.text("unit"),
            factor=row.number("factor"),
            offset=row.number("offset") or 0.0,
            basis=row.text("basis"),
            source=row.text("source"),
            locator=row.text("locator"),
            verified=row.text("verified"),
            note=row.text("note"),
            where=row.where,
        )
    return units
