"""What becomes of the readings of a person: which is today's value of its field, and why others are not.

A reading that is not today's value may still speak of change: dated scans narrow the growth.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calciroute.people.dxa import T_SCORE
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
        Whether the model starts from its value.
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
    chosen = _chosen(readings)
    alone = {"SBP": "DBP", "DBP": "SBP"}
    told = []
    for place, reading in enumerate(readings):
        why = _why_not(reading)
        if not why and chosen.get(reading.name) != place:
            is_other = is_from_creatinine(reading) and _eGFR_is_given(readings)
            why = "the eGFR that is given is used" if is_other else "a later one is today's value"
        elif not why and reading.name in alone and alone[reading.name] not in chosen:
            why = "a pressure counts with both its values"
        told.append(UsedReading(reading, not why, why))
    return tuple(told)


def used_values(readings: Iterable[LabReading]) -> dict[str, float]:
    """The one value of each test that a person goes into the model with.

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
    all_readings = tuple(readings)
    return {name: all_readings[place].value for name, place in _chosen(all_readings).items()}


def last_limit(readings: Sequence[LabReading], name: str) -> LabReading | None:
    """The last reading of a field where it is a limit.

    It is no value for the model; a rule that holds for all that it leaves open may still speak.

    Parameters
    ----------
    readings : sequence of LabReading
        Of one person.
    name : str
        Field.

    Returns
    -------
    LabReading or None
        None where the last reading is a value, or there is none.

    Examples
    --------
    >>> low = LabReading(name="eGFR", written="<15", value=15.0, unit="mL/min", limit="<")
    >>> last_limit([low], "eGFR").value
    15.0
    """
    own = read_people_fields("person_fields.csv")["labs"]
    of_field = [one for one in readings if one.name == name and one.unit == own[name].unit]
    last = max(of_field, key=_day, default=None)
    return last if last is not None and last.limit else None


def _chosen(readings: Sequence[LabReading]) -> dict[str, int]:
    """Place of the reading of each field that counts: the latest, and of two kinds of eGFR the given one."""
    given = _eGFR_is_given(readings)
    chosen: dict[str, int] = {}
    for place, reading in enumerate(readings):
        if _why_not(reading) or (given and is_from_creatinine(reading)):
            continue
        best = chosen.get(reading.name)
        if best is None or _day(reading) >= _day(readings[best]):
            chosen[reading.name] = place
    return chosen


def _eGFR_is_given(readings: Sequence[LabReading]) -> bool:
    return any(
        reading.name == "eGFR" and not _why_not(reading) and not is_from_creatinine(reading)
        for reading in readings
    )


def _why_not(reading: LabReading) -> str:
    test = read_lab_tests()[reading.name]
    if test.use != "model":
        return test.reason
    if reading.limit:
        return "a limit is no value"
    if reading.unit == T_SCORE:
        return "nothing here turns it into g/cm2: changes in percent of today only"
    own = read_people_fields("person_fields.csv")["labs"][reading.name].unit
    return "" if reading.unit == own else f"{reading.unit} does not convert to {own}"


def _day(reading: LabReading) -> datetime.date:
    return reading.date or datetime.date.min
