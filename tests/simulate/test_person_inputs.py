"""A person's own values reach the model; what lies outside its domain is named."""

import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.errors import InputError
from calciroute.people.person import parse_person
from calciroute.simulate import run_person
from calciroute.simulate.person_inputs import person_inputs
from simulate.people import WOMAN


def with_labs(lines):
    return parse_person(WOMAN.replace("[medicines]", f"{lines}\n[medicines]"))


def central(simulation, outcome):
    return simulation.dataset[f"{outcome}_central"].sel(variant="main", arm="as_now").values


@pytest.mark.parametrize(
    ("lines", "outcome", "value"),
    [
        ('dp_ucMGP = "600 pmol/L"', "dp_ucMGP", 600.0),
        ('PTH = "5 pmol/L"', "PTH", 47.0),
        ('calcium = "2.40 mmol/L"', "serum_calcium", 2.40),
        ('phosphate = "1.1 mmol/L"', "serum_phosphate", 1.1),
        ('BMD_femoral_neck = "0.70 g/cm2"', "BMD_femoral_neck", 0.70),
        ('BMD_lumbar = "0.90 g/cm2"', "BMD_lumbar_spine", 0.90),
        ('cfPWV = "10.5 m/s"', "cfPWV", 10.5),
        ('SBP = "141 mmHg"\nDBP = "84 mmHg"', "SBP", 141.0),
        ('SBP = "141 mmHg"\nDBP = "84 mmHg"', "DBP", 84.0),
        ('aortic_valve_calcium = "30 AU"', "aortic_valve_calcification", 30.0),
        ('MK7_plasma = "0.6 nmol/L"', "serum_mk7", 0.6 * 0.649),
    ],
)
def test_the_run_begins_at_the_measured_value(lines, outcome, value):
    simulation = run_person(with_labs(lines), years=0.03, draws=0, variants=())
    assert central(simulation, outcome)[0] == pytest.approx(value, rel=2e-3)


def test_a_value_outside_the_domain_is_set_to_the_bound_and_named():
    inputs = person_inputs(with_labs('eGFR = "12 mL/min"'), assemble())
    assert inputs.values["eGFR_start"] == 20.0
    assert inputs.values["eGFR_offset"] == -8.0
    assert any("eGFR 12" in note for note in inputs.notes)


def test_a_parathyroid_hormone_that_the_inputs_cannot_explain_is_refused():
    with pytest.raises(InputError, match="illness"):
        run_person(with_labs('PTH = "30 pmol/L"'), years=0.03, draws=0, variants=())


def test_a_value_that_the_centre_allows_stops_no_draw():
    near_the_bound = with_labs('PTH = "10 pmol/L"')
    simulation = run_person(near_the_bound, years=0.03, draws=6, variants=())
    assert simulation.failures == ()
    np.testing.assert_allclose(simulation.dataset["PTH"].sel(time=0.0), 10 / 0.1064, rtol=2e-3)


def test_the_decline_of_filtration_ends_at_the_end_of_the_domain():
    simulation = run_person(with_labs('eGFR = "22 mL/min"'), years=6, draws=0, variants=())
    marker = central(simulation, "dp_ucMGP")
    assert np.isfinite(marker).all()
    # 22 mL/min falls by 2.5 a year and stops at 15 after 2.8 years: from then on the marker stands still.
    assert marker[-1] == pytest.approx(central(simulation, "dp_ucMGP")[-20], rel=1e-6)
    assert marker[-1] > 1.05 * marker[0]


def test_one_pressure_alone_is_left_out_and_said():
    inputs = person_inputs(with_labs('SBP = "141 mmHg"'), assemble())
    assert "BP_is_measured" not in inputs.values
    assert any("labs.SBP is left out" in note for note in inputs.notes)


def test_nothing_of_a_bare_person_is_missing():
    bare = parse_person('[person]\nsex = "male"\nage_years = 55\n')
    simulation = run_person(bare, years=0.03, draws=0, variants=())
    assert all(np.isfinite(values.values).all() for values in simulation.dataset.data_vars.values())
    assert {"labs.25OHD", "labs.coronary_calcium", "person.weight_kg"} <= {
        one.field for one in simulation.assumptions
    }
