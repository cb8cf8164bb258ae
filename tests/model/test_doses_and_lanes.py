"""Lanes and doses through the engine against closed forms of the small tablet model, gut -> plasma -> out."""

from __future__ import annotations

import numpy as np
import pytest

import calciroute
from calciroute.errors import InputError
from model.small_models import GOOD, OSCILLATOR, parameter, rate_rule, sbml

KA, CL, V = 1.0, 0.5, 5.0
KE = CL / V
TIMES = np.linspace(0.0, 48.0, 97)
CLOSE = {"rtol": 1e-8, "atol": 1e-9}


@pytest.fixture(scope="module")
def tablet():
    return calciroute.load_model(GOOD)


def oral(time, amount=1.0, ka=KA, ke=KE):
    """Concentration after a tablet at time 0."""
    since = np.maximum(time, 0.0)
    return amount * ka / (V * (ka - ke)) * (np.exp(-ke * since) - np.exp(-ka * since))


def infusion(time, rate, duration, ke=KE):
    """Concentration of an infusion into plasma that begins at time 0."""
    since = np.maximum(time, 0.0)
    during = np.minimum(since, duration)
    return rate / (V * ke) * (1.0 - np.exp(-ke * during)) * np.exp(-ke * (since - during))


def run(model, **options):
    options.setdefault("times", TIMES)
    return model.run(tolerance=1e-11, workers=1, **options)


def test_a_tablet_into_a_species_that_is_an_amount(tablet):
    made = run(tablet, doses=[{"time": 0.0, "state": "gut", "amount": 100.0}])
    np.testing.assert_allclose(made["plasma"][0], oral(TIMES, 100.0), **CLOSE)


def test_a_dose_on_a_concentration_is_an_amount(tablet):
    made = run(tablet, doses=[{"time": 0.0, "state": "plasma", "amount": 100.0}])
    np.testing.assert_allclose(made["plasma"][0, 1:], 100.0 / V * np.exp(-KE * TIMES[1:]), **CLOSE)
    assert made["plasma"][0, 0] == 0.0, "at the time of a dose stands what was before it"


def test_repeats_for_every_lane_and_one_dose_more_for_one(tablet):
    doses = {
        "lane": [None, "b"],
        "time_h": [2.0, 5.0],
        "state": ["gut", "gut"],
        "amount": [10.0, 7.0],
        "interval_h": [8.0, None],
        "count": [4, None],
    }
    made = run(tablet, parameters={"lane": ["a", "b"], "ka": [1.0, 2.0]}, doses=doses)
    every = [2.0, 10.0, 18.0, 26.0]
    a = sum(oral(TIMES - at, 10.0) for at in every)
    b = sum(oral(TIMES - at, 10.0, ka=2.0) for at in every) + oral(TIMES - 5.0, 7.0, ka=2.0)
    np.testing.assert_allclose(made["plasma"].sel(lane="a"), a, **CLOSE)
    np.testing.assert_allclose(made["plasma"].sel(lane="b"), b, **CLOSE)


@pytest.mark.parametrize(
    "given",
    [{"amount": 60.0, "duration": 6.0}, {"rate": 10.0, "duration": 6.0}, {"amount": 60.0, "rate": 10.0}],
)
def test_an_infusion_by_any_two_of_amount_duration_and_rate(tablet, given):
    made = run(tablet, doses=[{"time": 3.0, "state": "plasma", **given}])
    np.testing.assert_allclose(made["plasma"][0], infusion(TIMES - 3.0, 10.0, 6.0), **CLOSE)


def test_infusions_that_overlap_and_one_that_runs_past_the_end(tablet):
    doses = [
        {"time": 0.0, "state": "plasma", "amount": 12.0, "duration": 12.0, "interval": 8.0, "count": 3},
        {"time": 40.0, "state": "plasma", "amount": 100.0, "duration": 100.0},
    ]
    made = run(tablet, doses=doses)
    parts = [infusion(TIMES - at, 1.0, 12.0) for at in (0.0, 8.0, 16.0)]
    np.testing.assert_allclose(made["plasma"][0], sum(parts) + infusion(TIMES - 40.0, 1.0, 100.0), **CLOSE)


def test_infusions_end_to_end_are_one_long_infusion(tablet):
    whole = run(tablet, doses=[{"time": 0.1, "state": "plasma", "amount": 30.0, "duration": 30.0}])
    parts = {"time": 0.1, "state": "plasma", "amount": 0.3, "duration": 0.3, "interval": 0.3, "count": 100}
    pieces = run(tablet, doses=[parts])
    np.testing.assert_allclose(pieces["plasma"], whole["plasma"], **CLOSE)


def test_a_dose_on_a_parameter_is_a_step_of_it(tablet):
    doses = [{"time": 0.0, "state": "plasma", "amount": 10.0}, {"time": 10.0, "state": "CL", "amount": 0.5}]
    made = run(tablet, doses=doses)
    slow = 2.0 * np.exp(-KE * np.minimum(TIMES, 10.0)) * np.exp(-2.0 * KE * np.maximum(TIMES - 10.0, 0.0))
    np.testing.assert_allclose(made["plasma"][0, 1:], slow[1:], **CLOSE)


def test_a_blank_is_the_value_of_the_model_and_a_start_is_as_the_file_writes_it(tablet, tmp_path):
    table = tmp_path / "lanes.csv"
    table.write_text("lane,CL,plasma,body\nown,,,\nset,1,2,\nwide,,2,10\n")
    made = run(tablet, parameters=table)
    assert list(made["lane"].values) == ["own", "set", "wide"]
    np.testing.assert_allclose(made["plasma"].sel(lane="own"), 0.0 * TIMES)
    np.testing.assert_allclose(made["plasma"].sel(lane="set"), 2.0 * np.exp(-TIMES / V), **CLOSE)
    np.testing.assert_allclose(made["plasma"].sel(lane="wide"), 2.0 * np.exp(-0.05 * TIMES), **CLOSE)


def test_hours_are_turned_into_the_unit_of_the_model():
    model = calciroute.load_model(OSCILLATOR)
    assert model.units.time == "min"
    times = [0.0, 59.0, 61.0]
    hours = model.run(doses=[{"time_h": 1.0, "state": "C", "amount": 0.1}], times=times, outputs=["amount:C"])
    minutes = model.run(
        doses=[{"time": 60.0, "state": "C", "amount": 0.1}], times=times, outputs=["amount:C"]
    )
    assert hours["amount:C"].values.tolist() == minutes["amount:C"].values.tolist()
    plain = model.run(times=times, outputs=["amount:C"])
    assert plain["amount:C"][0, 1] == hours["amount:C"][0, 1]
    assert plain["amount:C"][0, 2] != hours["amount:C"][0, 2]


def test_a_blank_in_a_column_of_a_formula_keeps_the_formula(tmp_path):
    start = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><cn>2</cn><ci>a</ci></apply></math>'
    )
    inside = (
        f"<listOfParameters>{parameter('a', 1)}{parameter('k', 9)}"
        f"{parameter('x', 0, constant=False)}</listOfParameters><listOfInitialAssignments>"
        f'<initialAssignment symbol="k">{start}</initialAssignment></listOfInitialAssignments>'
        f"<listOfRules>{rate_rule('x', '<ci>k</ci>')}</listOfRules>"
    )
    file = tmp_path / "formula.xml"
    file.write_text(sbml(inside))
    made = calciroute.load_model(file).run(
        parameters={"a": [None, 3.0, 3.0], "k": [None, None, 5.0]}, times=[0.0, 1.0], workers=1
    )
    np.testing.assert_allclose(made["x"][:, 1], [2.0, 6.0, 5.0], rtol=1e-9)


def test_one_lane_alone_and_in_a_table_have_the_same_bits(tablet):
    doses = [
        {"time": 0.0, "state": "gut", "amount": 100.0},
        {"time": 1.0, "state": "plasma", "rate": 3.0, "duration": 5.0},
    ]
    rng = np.random.default_rng(7)
    values = rng.lognormal(0.0, 0.5, 200)
    together = run(tablet, parameters={"ka": values}, doses=doses)
    for place in (0, 17, 199):
        alone = run(tablet, parameters={"ka": [values[place]]}, doses=doses)
        assert alone["plasma"].values[0].tolist() == together["plasma"].values[place].tolist()


def test_doses_after_the_end_are_named(tablet):
    made = run(tablet, doses=[{"time": 100.0, "state": "gut", "amount": 1.0}])
    assert made.attrs["notes"] == "1 row of doses begins after the end and nothing of it was given"
    assert float(made["plasma"].max()) == 0.0


def test_a_result_that_no_memory_holds_is_refused_before_the_run(tablet):
    with pytest.raises(InputError, match=r"200,000 lanes, 1,000,001 times and 2 outputs make 3200.0 GB"):
        tablet.run(parameters={"ka": np.ones(200_000)}, until=1.0, steps=1_000_000)


def test_every_id_can_be_read_with_its_unit(tablet):
    made = run(tablet, outputs=["all"], doses=[{"time": 0.0, "state": "gut", "amount": 100.0}])
    assert {"gut", "plasma", "absorption", "elimination", "ka", "body"} <= set(made.data_vars)
    assert made["plasma"].attrs["units"] == "umol/L"
    assert made["gut"].attrs["units"] == "umol"
    assert made["elimination"].attrs["units"] == "umol/h"
    assert made["time"].attrs["units"] == "h"
    np.testing.assert_allclose(made["elimination"], CL * made["plasma"], rtol=1e-12)


def test_the_dataset_says_what_it_was_made_from(tablet):
    made = run(tablet)
    assert made.attrs["purpose"] == calciroute.PURPOSE
    assert made.attrs["model"] == "tablet"
    assert len(made.attrs["model_hash"]) == 64
    assert made.attrs["relative_tolerance"] == 1e-11
    assert "seed" not in made.attrs, "nothing is drawn"
    assert made["plasma"].dims == ("lane", "time")
    assert made["status"].values.tolist() == [0]
