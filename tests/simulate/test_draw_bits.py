"""Draw i is draw i: its bits hang on no number of draws, arms or cores, and not on what runs beside it."""

import datetime

import numpy as np
import pytest

from calciroute.people.lab_reading import LabReading
from calciroute.simulate import job, run_person
from simulate.people import MK7, plan, woman

TODAY = """
[[supplement]]
product = "MK-7 90 mcg softgel"
times = "daily 08:00 with a meal that has fat"
adherence = 0.8
since = "6 months"
"""


def scanned():
    """Two scans: each draw is narrowed by them, for itself."""
    readings = tuple(
        LabReading(name="coronary_calcium", written=f"{score} AU", value=score, unit="AU", date=day)
        for score, day in ((25.0, datetime.date(2023, 3, 1)), (45.0, datetime.date(2026, 2, 20)))
    )
    return woman().model_copy(update={"lab_readings": readings, "as_of": datetime.date(2026, 3, 1)})


def run(draws, plans=("mk7",), person=None, **more):
    who = woman(TODAY) if person is None else person
    found = [plan(MK7.replace("180", str(90 * place)), name) for place, name in enumerate(plans, start=2)]
    return run_person(who, found, years=0.1, draws=draws, seed=11, variants=(), **more).dataset


def assert_same_bits(one, other, draws, arms):
    drawn = [name for name in one.data_vars if "draw" in one[name].dims]
    assert len(drawn) > 50
    for name in drawn:
        for arm in arms:
            first, second = (dataset[name].sel(arm=arm, draw=slice(0, draws - 1)) for dataset in (one, other))
            assert first.sizes["draw"] == draws
            assert first.values.tobytes() == second.values.tobytes(), (name, arm)


@pytest.fixture(scope="module")
def eight():
    return run(8)


def test_whatever_the_number_of_draws(eight):
    for draws in (1, 3, 5):
        assert_same_bits(run(draws), eight, draws, ("as_now", "mk7"))


def test_draws_do_differ_from_each_other_and_with_the_seed(eight):
    marker = eight["dp_ucMGP"].sel(arm="mk7").values[:, -1]
    assert len(set(marker.tolist())) == 8
    other = run_person(woman(TODAY), [plan()], years=0.1, draws=2, seed=12, variants=()).dataset
    assert (other["dp_ucMGP"].sel(arm="mk7").values[:, -1] != marker[:2]).all()


def test_whatever_the_number_of_arms(eight):
    three = run(4, ("mk7", "more", "most"))
    assert list(three.arm.values) == ["as_now", "mk7", "more", "most"]
    assert_same_bits(three, eight, 4, ("as_now", "mk7"))


def test_whether_or_not_the_arm_stop_runs_beside(eight):
    with_stop = run(4, stop=True)
    assert "stop" in with_stop.arm.values
    assert_same_bits(with_stop, eight, 4, ("as_now", "mk7"))


@pytest.mark.parametrize("at_once", [2, 6, 1000])
def test_whatever_is_solved_at_once(eight, monkeypatch, at_once):
    monkeypatch.setattr(job, "_LANES_AT_ONCE", at_once)
    assert_same_bits(run(8), eight, 8, ("as_now", "mk7"))


@pytest.mark.parametrize("cores", [1, 3])
def test_whatever_the_number_of_cores(eight, monkeypatch, cores):
    for place in ("values", "batch", "rest"):
        monkeypatch.setattr(f"calciroute.body.{place}.usable_cores", lambda: cores)
    assert_same_bits(run(5), eight, 5, ("as_now", "mk7"))


def test_with_numbers_set_by_hand():
    settings = {"h_liver": 1.4, "CL_MK7": "0.9 L/h"}
    three, seven = (run(draws, settings=settings) for draws in (3, 7))
    assert_same_bits(three, seven, 3, ("as_now", "mk7"))


def test_with_two_dated_scans():
    three, seven = (run(draws, person=scanned()) for draws in (3, 7))
    assert_same_bits(three, seven, 3, ("as_now", "mk7"))
    score = seven["CAC_agatston"].sel(arm="as_now").values
    alone = run(7, person=woman())["CAC_agatston"].sel(arm="as_now").values
    assert np.abs(score - alone).max() > 1e-6, "the scans say something"
