"""Supplements of today: rest, run-in and stopping; what is measured holds at day 0."""

import numpy as np
import pytest

from calciroute.body import plans as body_plans
from calciroute.errors import InputError
from calciroute.people.person import parse_person
from calciroute.simulate import past as past_module
from calciroute.simulate import run_in as run_in_module
from calciroute.simulate import run_person
from simulate.people import MK7, WOMAN, plan, woman

VITAMIN_K = (
    "serum_mk7", "serum_mk7_trough", "dp_ucMGP", "MGP_carboxylation", "percent_ucOC", "uc_c_OC_ratio", "ucOC",
    "cOC", "supply_liver", "supply_bone", "supply_artery", "INR", "PIVKA_II",
)  # fmt: skip


def taken(since, product=MK7):
    return product if since is None else product + f'since = "{since}"\n'


def run(more, years=0.25, draws=0, **options):
    return run_person(woman(more), years=years, draws=draws, variants=(), **options)


def central(simulation, outcome, arm="as_now"):
    return simulation.dataset[f"{outcome}_central"].sel(arm=arm, variant="main").values


@pytest.fixture(scope="module")
def long_user():
    return run(taken("2 years"), stop=True, draws=2)


def test_a_user_of_two_years_stays_where_she_is(long_user):
    for outcome in VITAMIN_K:
        values = central(long_user, outcome)
        assert np.abs(values / values[0] - 1.0).max() < 0.01, outcome


def test_day_0_is_the_hour_before_a_dose_and_its_mean_that_of_the_day_before(long_user):
    trough, mean = (central(long_user, name) for name in ("serum_mk7_trough", "serum_mk7"))
    assert trough[0] < 0.9 * mean[0]
    assert mean[0] == pytest.approx(mean[1], rel=1e-4)
    assert trough[0] == pytest.approx(trough[1], rel=1e-4)


def test_dp_ucMGP_rises_within_weeks_of_stopping_and_not_before(long_user):
    stopped, now = (central(long_user, "dp_ucMGP", arm) for arm in ("stop", "as_now"))
    assert stopped[0] == now[0]
    assert np.all(np.diff(stopped[:8]) > 0.0)
    assert stopped[4] / now[4] > 1.05
    drawn = long_user.dataset["dp_ucMGP"]
    assert (drawn.sel(arm="stop").values[:, 4] > drawn.sel(arm="as_now").values[:, 4]).all()
    assert central(long_user, "serum_mk7", "stop")[-1] < 0.05 * central(long_user, "serum_mk7")[-1]


@pytest.mark.parametrize("more", [{}, {"bone_gain": "0"}])
def test_without_slopes_of_MGP_the_artery_sees_no_difference_while_the_marker_does(more):
    flat = {"beta_calcification": "0", "beta_stiffness": "0", **more}
    simulation = run(taken("2 years"), stop=True, draws=2, settings=flat)
    stopped, now = (central(simulation, "CAC_agatston", arm) for arm in ("stop", "as_now"))
    np.testing.assert_allclose(stopped, now, rtol=1e-9)
    drawn = simulation.dataset["CAC_agatston"]
    # In draws bone may gain a little from osteocalcin, and phosphate with it: 4e-4 Agatston units in 3 years.
    np.testing.assert_allclose(
        drawn.sel(arm="stop").values, drawn.sel(arm="as_now").values, rtol=1e-9 if more else 1e-5
    )
    marker = simulation.dataset["dp_ucMGP"]
    assert (marker.sel(arm="stop").values[:, -1] > 1.1 * marker.sel(arm="as_now").values[:, -1]).all()


@pytest.mark.parametrize("outcome", ["dp_ucMGP", "serum_mk7", "percent_ucOC", "supply_artery", "PIVKA_II"])
def test_a_user_of_three_weeks_stands_between_none_and_long(outcome, long_user):
    none, short = (
        central(run("", years=0.02), outcome)[0],
        central(run(taken("3 weeks"), years=0.02), outcome)[0],
    )
    ends = sorted((none, central(long_user, outcome)[0]))
    assert ends[0] < short < ends[1]


def test_someone_who_begins_today_starts_like_a_non_user():
    begins, none = run(taken("0 days"), years=0.02), run("", years=0.02)
    for outcome in VITAMIN_K:
        assert central(begins, outcome)[0] == pytest.approx(central(none, outcome)[0], rel=1e-5), outcome


def test_two_years_run_in_dose_by_dose_end_where_rest_is(monkeypatch, long_user):
    plan_of = body_plans.run_in_plan()
    patient = body_plans.RunInPlan(**{**vars(plan_of), "at_rest_from_days": 10_000.0})
    for module in (past_module, run_in_module):
        monkeypatch.setattr(module, "run_in_plan", lambda: patient)
    run_through = run(taken("2 years"), years=0.02)
    for outcome in VITAMIN_K:
        rest = central(long_user, outcome)[0]
        # What two years leave of the slowest pool, half-life 83.5 d, is a four-hundredth of the way.
        assert central(run_through, outcome)[0] == pytest.approx(rest, rel=0.01), outcome


def test_a_person_gives_the_same_bits_again_and_a_draw_alone_the_same_as_among_others():
    first, again = (run(taken("3 weeks"), years=0.05, draws=2, stop=True) for _ in range(2))
    alone = run(taken("3 weeks"), years=0.05, draws=1, stop=True)
    for name in first.dataset.data_vars:
        np.testing.assert_array_equal(first.dataset[name].values, again.dataset[name].values)
    np.testing.assert_array_equal(first.dataset["dp_ucMGP"].values[:, :1], alone.dataset["dp_ucMGP"].values)


def test_arms_share_the_start_and_the_missed_doses():
    product = MK7.replace("1.0", "0.6")
    simulation = run_person(
        woman(taken("2 years", product)), [plan(MK7.replace("MK-7 180", "D3 25"), "D3")],
        years=0.1, draws=1, variants=(), stop=True,
    )  # fmt: skip
    for values in simulation.dataset.data_vars.values():
        first = values.isel(time=0)
        for arm in ("D3", "stop"):
            np.testing.assert_array_equal(first.sel(arm="as_now").values, first.sel(arm=arm).values)
    level = simulation.dataset["serum_mk7"]
    np.testing.assert_allclose(level.sel(arm="as_now").values, level.sel(arm="D3").values, rtol=1e-9)


def test_products_of_different_age_are_each_taken_for_as_long_as_they_were():
    old, new = taken("3 years"), taken("2 weeks", MK7.replace("MK-7 180", "K1 100"))
    both = central(run(old + new, years=0.02), "dp_ucMGP")[0]
    alone = central(run(old, years=0.02), "dp_ucMGP")[0]
    long = central(run(old + taken("3 years", MK7.replace("MK-7 180", "K1 100")), years=0.02), "dp_ucMGP")[0]
    assert long < both < alone


def test_a_dose_swallowed_the_evening_before_reaches_the_gut_on_day_0():
    late = MK7.replace("daily 08:00", "daily 00:10, 23:50")
    level = central(run(late, years=0.02), "serum_mk7_trough")
    assert level[0] == pytest.approx(level[1], rel=2e-3)


VITAMIN_D = '[[supplement]]\nproduct = "D3 {} mcg softgel"\nadherence = 1.0\nsince = "{}"\n'


@pytest.mark.parametrize("since", ["3 weeks", "6 months", "2 years"])
def test_a_measured_level_is_that_of_day_0_however_long_it_was_taken(since):
    level = central(run(VITAMIN_D.format(20, since), years=0.05, stop=True), "calcidiol")
    assert level[0] == pytest.approx(55.0, rel=1e-9)


def test_a_young_dose_of_vitamin_D_goes_on_raising_the_level_and_its_end_lowers_it():
    simulation = run(VITAMIN_D.format(20, "3 weeks"), years=0.5, stop=True)
    now, stopped = (central(simulation, "calcidiol", arm)[-1] for arm in ("as_now", "stop"))
    assert stopped < 50.0
    assert now > 57.0
    assert central(run(VITAMIN_D.format(20, "2 years"), years=0.5), "calcidiol")[-1] == pytest.approx(55.0)


def test_a_level_below_what_the_dose_leads_to_does_not_fall_out_of_the_domain():
    simulation = run(VITAMIN_D.format(100, "2 years"), years=1.0, stop=True)
    assert central(simulation, "calcidiol")[-1] == pytest.approx(55.0, rel=1e-6)
    assert 15.0 <= central(simulation, "calcidiol", "stop")[-1] < 16.0


def test_an_unmeasured_level_lies_above_the_mean_by_what_the_dose_adds():
    nobody_measured = woman(VITAMIN_D.format(20, "2 years")).model_copy(update={"labs": {}})
    unmeasured = run_person(nobody_measured, years=0.5, draws=0, variants=(), stop=True)
    now, stopped = (central(unmeasured, "calcidiol", arm) for arm in ("as_now", "stop"))
    assert now[0] == pytest.approx(now[-1], rel=1e-6)
    assert now[0] > 65.0
    assert stopped[-1] == pytest.approx(60.0, rel=0.01)


@pytest.mark.parametrize("medicine", ["warfarin", "warfarin 5 mg", "acenocoumarol"])
def test_an_INR_is_that_of_day_0_also_where_the_vitamin_K_is_young(medicine):
    more = f'INR = 2.4\n[medicines]\ntaken = ["{medicine}"]\n'
    text = WOMAN.replace('[medicines]\ntaken = ["atorvastatin 20 mg"]\n', "") + more + taken("2 weeks")
    simulation = run_person(parse_person(text), years=0.1, draws=2, variants=(), stop=True)
    np.testing.assert_allclose(simulation.dataset["INR"].values[:, :, 0], 2.4, rtol=1e-6)
    assert central(simulation, "INR", "stop")[-1] > central(simulation, "INR")[-1]


def test_a_marker_that_was_measured_is_met_after_the_run_in():
    text = taken("3 weeks")
    simulation = run_person(
        woman().model_copy(update={"labs": {"dp_ucMGP": 520.0}, "supplements": woman(text).supplements}),
        years=0.05, draws=0, variants=(),
    )  # fmt: skip
    assert central(simulation, "dp_ucMGP")[0] == pytest.approx(520.0, rel=1e-9)


def test_stopping_magnesium_ends_its_part_of_todays_pressure():
    magnesium = '[[supplement]]\nproduct = "magnesium 300 mg tablet"\nadherence = 1.0\nsince = "2 years"\n'
    simulation = run(magnesium, stop=True)
    assert central(simulation, "SBP", "stop")[-1] > central(simulation, "SBP")[-1] + 0.3


@pytest.mark.parametrize(
    ("arms", "stop", "words"),
    [
        ([f"p{number}" for number in range(5)], False, "5 plans; one too many is p4.toml"),
        ([], True, "takes no supplement today: there is nothing to stop"),
        (["a", "a"], False, "two plans are named 'a'"),
    ],
)
def test_arms_that_cannot_be_are_refused_with_words(arms, stop, words):
    with pytest.raises(InputError, match=words):
        run_person(woman(), [plan(name=name) for name in arms], years=0.1, draws=0, stop=stop)


@pytest.mark.parametrize("name", ["stop", "as_now"])
def test_a_plan_file_cannot_take_the_name_of_an_arm_of_the_program(name):
    with pytest.raises(InputError, match=f"'{name}' cannot name an arm"):
        plan(name=name)
