"""Random persons of the validation: the same whatever the count, inside the stated bands, able to start."""

import sys
from pathlib import Path

import numpy as np

from calciroute.body.assembly import assemble
from calciroute.body.machine import program_of
from calciroute.body.solver import solve_lanes
from calciroute.body.units import declared_units
from calciroute.tables.domain import read_domain
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.expression import convert

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "validation")]

from drawn_persons import draw_person, start  # noqa: E402

DAYS = 20


def test_a_person_does_not_depend_on_the_others():
    body = assemble()
    alone = draw_person(body, 7, 3, DAYS)
    among = [draw_person(body, 7, number, DAYS) for number in range(5)]
    assert alone == among[3]
    assert alone != among[2]
    assert alone != draw_person(body, 8, 3, DAYS)


def test_numbers_that_differ_between_people_are_drawn_inside_their_bounds():
    body, units = assemble(), declared_units(assemble())
    persons = [draw_person(body, 1, number, DAYS) for number in range(40)]

    def drawn(name, unit):
        return np.array([person.inputs[name] for person in persons]) / convert(1.0, unit, units[name])

    for row in body.numbers.values():
        if not row.person_cv:
            continue
        values = drawn(row.id, row.unit)
        assert len(set(values)) > 1 or row.value == 0.0, row.id
        if row.id in {"FMP_age", "calcidiol_start", "INR_without_antagonist", "eGFR_start"}:
            continue  # a person's own value replaces it, in the band of the person file
        assert row.lower is None or values.min() >= row.lower - 1e-12, row.id
        assert row.upper is None or values.max() <= row.upper + 1e-12, row.id
    age = read_people_fields("person_fields.csv")["person"]["age_years"]
    ages = drawn("age_start", "y")
    assert age.lower <= ages.min() < 40.0 < 80.0 < ages.max() <= age.upper
    filtration = read_domain()["eGFR_start"]
    eGFR = drawn("eGFR_start", filtration.unit)
    assert filtration.lower - 1e-9 <= eGFR.min() < eGFR.max() <= filtration.upper + 1e-9


def test_every_kind_of_regimen_occurs_and_runs():
    body = assemble()
    persons = [draw_person(body, 1, number, DAYS) for number in range(24)]
    targets = {dose.target for person in persons for dose in person.regimen.doses}
    assert {"K1_gut", "MK4_gut", "MK7_gut", "MK89_gut", "warfarin_gut", "Ca_gut_bolus"} <= targets
    assert {
        "vitamin_D_supplement",
        "amiodarone_daily_mg",
        "takes_statin",
        "walking",
        "sodium_change",
    } <= targets
    assert any(person.regimen.INR is not None for person in persons)
    lanes, words = start(body, persons)
    found = solve_lanes(body, lanes, [24.0 * DAYS], program_of(body).states)
    good = [place for place, told in enumerate(words) if not told]
    assert len(good) >= 20
    assert not any(found.status)
    assert np.isfinite(found.values[good]).all()
