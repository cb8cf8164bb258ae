"""What becomes of the readings of a person: which the model uses, and why the others are kept only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_text import is_from_creatinine
from calciroute.tables.lab_tests import read_lab_tests
from calciroute.tables.people_fields import read_people_fields


@dataclass(frozen=True)
class UsedReading:
    """A reading and what becomes of it.

    Parameters
    ----------
    reading : LabReading
        As read.
    used : bool
        Whether the model uses its value.
    why : str
        Why it does not; empty where it does.
    """

    reading: LabReading
    used: bool
    why: str


def sort_readings(readings: Sequence[LabReading]) -> tuple[UsedReading, ...]:
    """Tell which readings the model uses.

    Parameters
    ----------
    readings : sequence of LabReading
        Of one person.

    Returns
    -------
    tuple of UsedReading
        In the same order; of each field one at most is used, the latest that is a value in its unit.

    Examples
    --------
    >>> limit = LabReading(name="CRP", written="<0.6 mg/L", value=0.6, unit="mg/L", limit="<")
    >>> sort_readings([limit])[0].why
    'a limit is no value'
    """
    reasons = [_why_not(reading) for reading in readings]
    given = any(
        not why and reading.name == "eGFR" and not is_from_creatinine(reading)
        for reading, why in zip(readings, reasons, strict=True)
    )
    chosen: dict[str, int] = {}
    for place, (reading, why) in enumerate(zip(readings, reasons, strict=True)):
        if why or (given and is_from_creatinine(reading)):
            continue
        best = chosen.get(reading.name)
        if best is None or _day(reading) >= _day(readings[best]):
            chosen[reading.name] = place
    sorted_ones = []
    for place, (reading, why) in enumerate(zip(readings, reasons, strict=True)):
        used = chosen.get(reading.name) == place
        if not used and not why:
            given_wins = given and is_from_creatinine(reading)
            why = "the eGFR that is given is used" if given_wins else "a later one is used"
        sorted_ones.append(UsedReading(reading, used, "" if used else why))
    return tuple(sorted_ones)


def used_values(readings: Iterable[LabReading]) -> dict[str, float]:
    """The one value of each test that the model uses.

    Parameters
    ----------
    readings : iterable of LabReading
        Of one person.

    Returns
    -------
    dict of str to float
        In the unit of the field.

    Examples
    --------
    >>> used_values([LabReading(name="INR", written="2.4", value=2.4, unit="INR")])
    {'INR': 2.4}
    """
    return {one.reading.name: one.reading.value for one in sort_readings(tuple(readings)) if one.used}


def _why_not(reading: LabReading) -> str:
    test = read_lab_tests()[reading.name]
    if test.use == "eGFR":
        return test.reason
    if test.use != "model":
        return test.reason
    if reading.limit:
        return "a limit is no value"
    own = read_people_fields("person_fields.csv")["labs"][reading.name].unit
    if reading.unit != own:
        return f"{reading.unit} does not convert to {own}"
    return ""


def _day(reading: LabReading) -> datetime.date:
    return reading.date or datetime.date.min
