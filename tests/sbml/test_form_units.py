"""What a product's form chooses has the unit of the input that it fills, or of time."""

import libsbml
import pytest

from calciroute.body.assembly import assemble
from calciroute.sbml.form_units import check_form_units


@pytest.fixture
def model():
    document = libsbml.readSBMLFromString(assemble().sbml)
    yield document.getModel()
    del document


def test_all_forms_agree(model):
    assert check_form_units(model) == []


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (
            "ka_MK7_natto",
            "per_day",
            "'ka_MK7_natto' has per_day. Expected: per_hour, the unit of ka_dose_MK7",
        ),
        ("lag_K1_oil", "day", "'lag_K1_oil' has day. Expected: the unit of time"),
        ("F_matrix_K1_liposomal", "hour", "'F_matrix_K1_liposomal' has hour. Expected: dimensionless"),
    ],
)
def test_another_unit_is_named(model, number, unit, words):
    model.getParameter(number).setUnits(unit)
    found = check_form_units(model)
    assert [problem.where for problem in found] == [number]
    assert words in str(found[0])


def test_an_input_in_another_unit_is_seen_at_each_number_that_fills_it(model):
    model.getParameter("ka_dose_K1").setUnits("per_day")
    assert {problem.where for problem in check_form_units(model)} == {
        "ka_K1_oil", "ka_K1_vegetable", "ka_K1_liposomal",
    }  # fmt: skip
