"""Persons with dated readings, for tests."""

import datetime

from calciroute.people.lab_reading import LabReading
from calciroute.people.person_model import Person


def reading(value, date, name="coronary_calcium", unit="AU", limit="", maker=""):
    return LabReading(
        name=name,
        written=f"{limit}{value:g} {unit}",
        value=value,
        unit=unit,
        limit=limit,
        date=datetime.date.fromisoformat(date),
        maker=maker,
    )


def density(value, date, name="BMD_femoral_neck", **more):
    return reading(value, date, name, "g/cm2", **more)


def person(*readings, as_of=None, **more):
    """A woman of 62 on the day of the last reading."""
    last = {one.name: one.value for one in readings if not one.limit}
    return Person(
        sex="female",
        age_years=62.0,
        final_menstrual_period_age_years=51.0,
        as_of=None if as_of is None else datetime.date.fromisoformat(as_of),
        labs=last,
        lab_readings=readings,
        source="dated.toml",
        **more,
    )


TWO = (reading(45.0, "2023-03-01"), reading(80.0, "2026-02-20"))
