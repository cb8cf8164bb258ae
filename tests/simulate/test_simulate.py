"""One person end to end: arms share their start, draws share their numbers, safety of meaning."""

import numpy as np
import pytest

from calciroute.errors import InputError
from calciroute.simulate import run_person
from simulate.people import MK7, plan, woman


@pytest.fixture(scope="module")
def short():
    return run_person(woman(), [plan()], years=0.25, draws=2, seed=5)


def central(simulation, outcome, arm, variant="main"):
    return simulation.dataset[f"{outcome}_central"].sel(arm=arm, variant=variant).values


def test_arms_start_from_the_same_state(short):
    for name, values in short.dataset.data_vars.items():
        first = values.isel(time=0)
        np.testing.assert_array_equal(
            first.sel(arm="as_now").values, first.sel(arm="mk7").values, err_msg=name
        )


@pytest.mark.holds("dp_ucMGP", "uc_c_OC_ratio")
def test_mk7_moves_the_markers_within_three_months_and_not_without(short):
    with_plan, without = (central(short, "dp_ucMGP", arm) for arm in ("mk7", "as_now"))
    assert with_plan[12] / without[12] == pytest.approx(0.68, abs=0.03)
    assert without[-1] / without[0] == pytest.approx(1.0, abs=1e-6)


def test_measured_values_are_where_the_run_begins(short):
    assert central(short, "CAC_agatston", "as_now")[0] == pytest.approx(45.0, rel=1e-6)
    assert central(short, "calcidiol", "as_now")[0] == pytest.approx(55.0, rel=1e-9)


def test_without_a_causal_effect_the_artery_sees_no_difference(short):
    for outcome in ("CAC_agatston", "cfPWV"):
        with_plan, without = (central(short, outcome, arm, "no_causal_effect") for arm in ("mk7", "as_now"))
        np.testing.assert_allclose(with_plan, without, rtol=1e-6)
    assert central(short, "dp_ucMGP", "mk7", "no_causal_effect")[-1] < 400


def test_a_draw_is_the_same_alone_and_among_others(short):
    one = run_person(woman(), [plan()], years=0.25, draws=1, seed=5, variants=())
    for outcome in ("dp_ucMGP", "CAC_agatston", "BMD_lumbar_spine"):
        np.testing.assert_array_equal(one.dataset[outcome].values[:, 0], short.dataset[outcome].values[:, 0])


def test_every_default_is_listed(short):
    fields = {one.field for one in short.assumptions}
    assert {"labs.eGFR", "diet.K1", "diet.calcium", "labs.cfPWV"} <= fields
    assert not {"labs.25OHD", "labs.coronary_calcium", "person.age_years"} & fields


def test_calcium_that_goes_in_is_accounted_for(short):
    flows = {name: central(short, name, "as_now")[0] for name in
             ("Ca_intake_flow", "Ca_absorbed_flow", "Ca_stool_flow", "Ca_urine_flow")}  # fmt: skip
    assert flows["Ca_absorbed_flow"] + flows["Ca_stool_flow"] == pytest.approx(
        flows["Ca_intake_flow"], rel=1e-9
    )
    assert 0 < central(short, "Ca_artery_flow", "as_now")[0] < 0.1


def test_missed_doses_are_shared_and_repeatable():
    text = MK7.replace("1.0", "0.5")
    runs = [run_person(woman(), [plan(text)], years=0.1, draws=0, seed=3, variants=()) for _ in range(2)]
    other = run_person(woman(), [plan(text)], years=0.1, draws=0, seed=4, variants=())
    first, second = (central(run, "serum_mk7", "mk7") for run in runs)
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, central(other, "serum_mk7", "mk7"))


def test_wrong_arguments_come_together():
    with pytest.raises(InputError) as caught:
        run_person(woman(), [], years=-1, draws=-2, seed=-3)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"CL_MK": "1 L/h"}, "no number 'CL_MK'"),
        ({"CL_MK7": "1"}, "has no unit"),
        ({"CL_MK7": "1 mg"}, "different things"),
    ],
)
def test_a_setting_needs_a_known_name_and_unit(settings, words):
    with pytest.raises(InputError, match=words):
        run_person(woman(), [], years=0.1, draws=0, settings=settings, variants=())


def test_a_setting_wins_over_what_a_product_sets():
    def marker(settings):
        simulation = run_person(woman(), [plan()], years=0.1, draws=0, variants=(), settings=settings)
        return simulation.dataset["dp_ucMGP_central"].sel(arm="mk7").values[0, -1]

    assert marker({"F_dose_MK7": "0.01"}) > 1.1 * marker({})


def test_a_setting_replaces_a_number():
    slow = run_person(woman(), [plan()], years=0.1, draws=0, settings={"CL_MK7": "0.7 L/h"}, variants=())
    usual = run_person(woman(), [plan()], years=0.1, draws=0, variants=())
    assert central(slow, "serum_mk7", "mk7")[-1] > 1.2 * central(usual, "serum_mk7", "mk7")[-1]


CALCIUM = """
[[supplement]]
contents = { calcium = "500 mg" }
form = "tablet"
times = "daily 21:00 fasting"
adherence = 1.0
"""


@pytest.mark.holds("Ca_gut_bolus", "Ca_bolus_absorption")
def test_a_dose_of_calcium_outside_meals_shows_its_day():
    person = woman()
    simulation = run_person(person, [plan(CALCIUM, "calcium")], years=0.1, draws=0, variants=())
    note = next(note for note in simulation.notes if "500 mg of calcium" in note)
    assert "by 0.09 mmol/L, most after 3 hours" in note or "by 0.10 mmol/L, most after 3 hours" in note
    eaten = simulation.dataset["Ca_intake_flow_central"].sel(variant="main").isel(time=-1)
    assert float(eaten.sel(arm="calcium") - eaten.sel(arm="as_now")) == pytest.approx(500.0, rel=1e-3)


def test_with_a_meal_the_same_calcium_has_no_day_of_its_own():
    text = CALCIUM.replace("fasting", "with a meal")
    simulation = run_person(woman(), [plan(text, "calcium")], years=0.1, draws=0, variants=())
    assert not any("mg of calcium" in note for note in simulation.notes)


def test_a_condition_without_a_term_is_listed():
    person = woman("[conditions]\nosteoporosis = true\ndiabetes = true\n")
    fields = {
        one.field: one.value for one in run_person(person, years=0.05, draws=0, variants=()).assumptions
    }
    assert fields["conditions.osteoporosis"] == "without effect"
    assert "conditions.diabetes" not in fields
