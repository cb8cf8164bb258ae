"""The tables behind person files, plans and diaries point at things that exist."""

from __future__ import annotations

from calciroute.tables.lab_units import read_lab_units
from calciroute.tables.levers import read_levers
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.parameters import read_parameters
from calciroute.tables.people_fields import FIELD_TABLES, read_people_fields
from calciroute.tables.person_rules import read_medicine_doses
from calciroute.tables.products import read_product_forms
from calciroute.tables.texts import physiology_text

VITAMERS = {"K1", "MK4", "MK7", "MK89"}


def test_every_lever_moves_an_input_of_the_model() -> None:
    inputs = {
        name
        for file in ("lifestyle", "calcification_drive")
        for name in read_parameters(physiology_text(f"{file}.csv"))
    }
    assert {lever.input for lever in read_levers().values()} <= inputs


def test_every_lever_has_trials_behind_it() -> None:
    rows = {row.text("id") for row in read_lifestyle()}
    for lever in read_levers().values():
        assert lever.lifestyle_rows
        assert set(lever.lifestyle_rows) <= rows


def test_every_form_has_its_absorption_rows() -> None:
    rows = read_parameters(physiology_text("intake_absorption.csv"))
    for form in read_product_forms().values():
        for vitamer in form.sources:
            for kind, unit in (("F_matrix", "1"), ("ka", "1/h"), ("lag", "h")):
                assert rows[form.number(kind, vitamer)].unit == unit


def test_doses_are_of_named_ingredients() -> None:
    assert set(read_medicine_doses()) <= {row.ingredient for row in read_medicine_names()}


def test_every_band_has_two_ends_and_every_field_a_meaning() -> None:
    for name in FIELD_TABLES:
        for fields in read_people_fields(name).values():
            for field in fields.values():
                assert field.meaning
                assert (field.kind in {"number", "amount"}) == bool(field.band)
                assert (field.kind == "choice") == bool(field.choices)


def test_factors_of_labs_are_above_zero() -> None:
    factors = [unit.factor for units in read_lab_units().values() for unit in units.values()]
    assert all(factor > 0 for factor in factors if factor is not None)
