"""The ways in which a number with a unit can be read, and which of them people have."""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.people.lab_written import Limit, WrittenValue
from calciroute.tables.lab_units import LabUnit
from calciroute.tables.people_fields import read_people_fields


@dataclass(frozen=True)
class Way:
    """One way to read a number.

    Parameters
    ----------
    number : float
        As printed, in `unit`.
    unit : LabUnit
        Of the report.
    value : float
        In the unit of the field; in `unit` where the two do not convert.
    chosen : bool
        Whether another way was left out because nobody has that value.
    by_thousands : bool
        Whether the way left is the one with a mark of thousands.
    """

    number: float
    unit: LabUnit
    value: float
    chosen: bool = False
    by_thousands: bool = False


def ways_to_read(name: str, unit: LabUnit, written: WrittenValue) -> list[Way]:
    """Ways to read a single number that give a value which people have.

    Parameters
    ----------
    name : str
        Test.
    unit : LabUnit
        Unit to read it in.
    written : WrittenValue
        With one number.

    Returns
    -------
    list of Way
        Empty when none is plausible; two when a mark may be a decimal or a thousands mark.
    """
    numbers = written.numbers[0]
    if unit.factor is None:
        ways = [Way(number, unit, number) for number in numbers if number >= 0.0]
    else:
        all_ways = [Way(number, unit, unit.to_field(number)) for number in numbers]
        ways = [way for way in all_ways if is_plausible(name, way.value, written.limit)]
    if len(ways) == 1 and len(numbers) > 1:
        by_thousands = ways[0].number == max(numbers)
        return [Way(ways[0].number, unit, ways[0].value, chosen=True, by_thousands=by_thousands)]
    return ways


def is_plausible(name: str, value: float, limit: Limit = "") -> bool:
    """Whether people have a value.

    Parameters
    ----------
    name : str
        Test.
    value : float
        In the unit of its field.
    limit : {"", "<", ">"}, optional
        The limit of an assay may lie below what people have.

    Returns
    -------
    bool
    """
    field = read_people_fields("person_fields.csv")["labs"][name]
    lower = field.lower or 0.0
    upper = float("inf") if field.upper is None else field.upper
    if limit:
        return 0.0 < value <= upper or (limit == ">" and value == 0.0)
    return lower <= value <= upper
