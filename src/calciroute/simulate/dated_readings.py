"""Readings of one field at several dates, in order, counted in years from the start of the run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calciroute.body.outputs import read_outputs
from calciroute.people.dxa import T_SCORE
from calciroute.people.lab_reading import LabReading
from calciroute.people.not_for_arms import not_for_arms
from calciroute.people.person_model import Person
from calciroute.tables.people_fields import read_people_fields

DAYS_PER_YEAR = 365.25
_MEASURES = {
    "coronary_calcium": "CAC_agatston",
    "aortic_valve_calcium": "aortic_valve_calcification",
    "BMD_femoral_neck": "BMD_femoral_neck",
    "BMD_lumbar": "BMD_lumbar_spine",
}


@dataclass(frozen=True)
class DatedReadings:
    """What was measured of one field, when.

    Parameters
    ----------
    name : str
        Field of ``[labs]``.
    readings : tuple of LabReading
        By date, each with one.
    today : date
        Start of the run.
    """

    name: str
    readings: tuple[LabReading, ...]
    today: datetime.date

    @property
    def dates(self) -> tuple[datetime.date, ...]:
        """Dates of the readings."""
        return tuple(one.date for one in self.readings if one.date is not None)

    @property
    def years(self) -> tuple[float, ...]:
        """Dates in years from the start of the run, 0 or less."""
        return tuple((date - self.today).days / DAYS_PER_YEAR for date in self.dates)


def start_day(person: Person) -> datetime.date | None:
    """The day on which a run starts.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    date or None
        The day that the record describes or the last dated reading, whichever is later; None without either.
    """
    days = [one.date for one in person.lab_readings if one.date is not None]
    if person.as_of is not None:
        days.append(person.as_of)
    return max(days, default=None)


def dated_readings(person: Person, name: str) -> DatedReadings | None:
    """Readings of a field that can speak of change.

    Parameters
    ----------
    person : Person
        As read.
    name : str
        Field of ``[labs]``.

    Returns
    -------
    DatedReadings or None
        None unless there are readings of two different days, at least one of them no limit; None also where
        the outcome that they measure says nothing about this person.
    """
    if reason_for_field(person, name):
        return None
    readings = sorted(
        (one for one in person.lab_readings if one.name == name and one.date is not None and _counts(one)),
        key=lambda one: one.date or datetime.date.min,
    )
    today = start_day(person)
    if today is None or len({one.date for one in readings}) < 2:
        return None
    if all(one.limit for one in readings):
        return None
    return DatedReadings(name, tuple(readings), today)


def reason_for_field(person: Person, name: str) -> str:
    """Why the outcome that a field measures says nothing about a person.

    Parameters
    ----------
    person : Person
        As read.
    name : str
        Field of ``[labs]``.

    Returns
    -------
    str
        Empty when it may.

    Examples
    --------
    >>> stented = Person(sex="male", age_years=66.0, conditions={"coronary_stent": True})
    >>> reason_for_field(stented, "coronary_calcium")
    'the metal of a stent reads as calcium on a scan, and the model holds no stented artery'
    """
    outcome = _MEASURES.get(name)
    if outcome is None:
        return ""
    return not_for_arms(person, {}).reason(outcome, read_outputs()[outcome].group)


def _counts(reading: LabReading) -> bool:
    # A volume score is kept in its own unit: it is no Agatston score, and nothing converts one to the other.
    own = read_people_fields("person_fields.csv")["labs"][reading.name].unit
    return reading.unit in (own, T_SCORE)
