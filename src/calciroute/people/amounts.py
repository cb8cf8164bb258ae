"""Lab values and daily amounts of a person file: text with a unit in, a number out."""

from __future__ import annotations

import re

from calciroute.errors import Problem
from calciroute.tables.lab_units import read_lab_units
from calciroute.tables.people_fields import PeopleField
from calciroute.tables.people_fields import shown_unit as shown_field_unit
from calciroute.units.expression import convert
from calciroute.units.quantity import QuantityError, parse_number, parse_quantity, shown_unit

_MASSES = frozenset({"ug", "mg", "g"})
_A_DAY = re.compile(r"\s*(?:/\s*(?:d|day)|a day|per day|daily)\s*$", re.IGNORECASE)
# Vitamin D alone may be written in IU: 40 IU are 1 ug by definition of the unit.
_IU_PER_UG = {"D3": 40.0}


def read_amount(field: PeopleField, value: object, place: str) -> float | Problem:
    """Read one lab value or daily amount.

    Parameters
    ----------
    field : PeopleField
        Row of ``person_fields.csv`` with the kind ``amount``.
    value : object
        A text such as ``"55 nmol/L"``; a bare number is taken for the INR alone.
    place : str
        ``file:line`` for messages.

    Returns
    -------
    float or Problem
        In ``field.unit``, or what is wrong.

    Examples
    --------
    >>> from calciroute.tables.people_fields import read_people_fields
    >>> labs = read_people_fields("person_fields.csv")["labs"]
    >>> round(read_amount(labs["25OHD"], "22 ng/mL", "me.toml:4"), 1)
    54.9
    >>> print(read_amount(labs["INR"], "high", "me.toml:4"))
    me.toml:4: INR 'high' is not a number: write digits ... Expected: a value in INR. Try: INR = 2.4.
    """
    factors = _factors(field)
    expected = f"a value in {_listed(list(factors))}"
    if field.section == "diet":
        expected = f"an amount a day in {_listed(list(factors))}"
    text = str(value)
    if field.unit != "INR" and not isinstance(value, str):
        return Problem(place, f"{field.field} {text} has no unit", expected, field.pattern)
    try:
        if field.unit == "INR":
            return parse_number(re.sub(r"\s*INR\s*$", "", text))
        quantity = parse_quantity(
            _A_DAY.sub("", text) if field.section == "diet" else text, frozenset(factors)
        )
    except QuantityError as wrong:
        # The reader of units ends with what it allows; here the field says it in its own words.
        found = re.split(r"\.? (?:Allowed|Near)", str(wrong))[0].rstrip(".")
        return Problem(place, f"{field.field} {found}", expected, field.pattern)
    return quantity.value * factors[quantity.unit]


def _factors(field: PeopleField) -> dict[str, float]:
    labs = read_lab_units()
    if field.field in labs and field.section == "labs":
        return {one.unit: one.factor for one in labs[field.field].values() if one.factor is not None}
    kept = field.unit.split("/", 1)[0]
    factors = {unit: convert(1.0, unit, kept) for unit in sorted(_MASSES, key=lambda unit: unit != kept)}
    if field.field in _IU_PER_UG:
        factors["IU"] = 1.0 / _IU_PER_UG[field.field]
    return factors


def _listed(units: list[str]) -> str:
    shown = [shown_field_unit(shown_unit(unit)) for unit in units]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
