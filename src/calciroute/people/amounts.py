"""Daily amounts of a person file: text with a unit in, a number out; laboratory values have `lab_text`."""

from __future__ import annotations

import re

from calciroute.errors import Problem
from calciroute.tables.people_fields import PeopleField
from calciroute.tables.people_fields import shown_unit as shown_field_unit
from calciroute.units.expression import convert
from calciroute.units.quantity import QuantityError, parse_quantity, shown_unit

_MASSES = frozenset({"ug", "mg", "g"})
_A_DAY = re.compile(r"\s*(?:/\s*(?:d|day)|a day|per day|daily)\s*$", re.IGNORECASE)
# Vitamin D alone may be written in IU: 40 IU are 1 ug by definition of the unit.
_IU_PER_UG = {"D3": 40.0}


def read_amount(field: PeopleField, value: object, place: str) -> float | Problem:
    """Read one daily amount.

    Parameters
    ----------
    field : PeopleField
        Row of ``person_fields.csv`` in the section ``diet`` with the kind ``amount``.
    value : object
        A text such as ``"100 mcg"``.
    place : str
        ``file:line`` for messages.

    Returns
    -------
    float or Problem
        In ``field.unit``, or what is wrong.

    Examples
    --------
    >>> from calciroute.tables.people_fields import read_people_fields
    >>> diet = read_people_fields("person_fields.csv")["diet"]
    >>> read_amount(diet["K1"], "0,1 mg a day", "me.toml:4")
    100.0
    >>> print(read_amount(diet["K1"], 100, "me.toml:4"))
    me.toml:4: K1 100 has no unit. Expected: an amount a day in mcg, g or mg. Try: K1 = "100 mcg".
    """
    factors = _factors(field)
    expected = f"an amount a day in {_listed(list(factors))}"
    if not isinstance(value, str):
        return Problem(place, f"{field.field} {value} has no unit", expected, field.pattern)
    try:
        quantity = parse_quantity(_A_DAY.sub("", value), frozenset(factors))
    except QuantityError as wrong:
        # The reader of units ends with what it allows; here the field says it in its own words.
        found = re.split(r"\.? (?:Allowed|Near)", str(wrong))[0].rstrip(".")
        return Problem(place, f"{field.field} {found}", expected, field.pattern)
    return quantity.value * factors[quantity.unit]


def _factors(field: PeopleField) -> dict[str, float]:
    kept = field.unit.split("/", 1)[0]
    factors = {
        unit: convert(1.0, unit, kept) for unit in sorted(_MASSES, key=lambda unit: (unit != kept, unit))
    }
    if field.field in _IU_PER_UG:
        factors["IU"] = 1.0 / _IU_PER_UG[field.field]
    return factors


def _listed(units: list[str]) -> str:
    shown = [shown_field_unit(shown_unit(unit)) for unit in units]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
