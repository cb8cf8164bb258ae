"""The nearest trials."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.errors import InputError
from calciroute.evidence.nearest import nearest_trials
from calciroute.evidence.trials import trial_points
from calciroute.evidence.unsized import unsized_trials
from calciroute.tables.studies import read_studies


@pytest.mark.holds("nearest_trials")
def test_the_same_question_has_distance_zero_and_is_not_grey():
    point = nearest_trials("dp_ucMGP", "MK-7", 180, 84)[0]
    assert (point.study_id, point.dose_ug, point.days, point.distance, point.grey) == (
        "dalmeijer2012",
        180,
        84,
        0,
        False,
    )
    assert (point.kind, point.estimate, point.unit) == ("percent_from_baseline", -31, "%")


def test_distance_is_log_dose_plus_log_time_plus_one_for_another_population():
    points = {p.study_id: p for p in nearest_trials("dp_ucMGP", "MK-7", 90, 84, limit=99) if p.dose_ug == 360}
    assert points["dalmeijer2012"].distance == pytest.approx(math.log(4))
    assert points["eelderink2023"].distance == pytest.approx(math.log(4) + 1)  # transplant


def test_asking_for_the_population_takes_the_one_away():
    near = nearest_trials("dp_ucMGP", "MK-7", 360, 84, population="transplant")[0]
    assert (near.study_id, near.distance) == ("eelderink2023", 0)


def test_a_factor_of_exactly_three_is_not_grey_and_more_is():
    def grey(dose, days):
        found = nearest_trials("dp_ucMGP", "MK-7", dose, days, limit=99)
        return next(p.grey for p in found if p.study_id == "dalmeijer2012" and p.dose_ug == 180)

    assert not grey(60, 84)
    assert not grey(540, 28)
    assert grey(59.9, 84)
    assert grey(180, 84 * 3.001)


def test_three_at_most_unless_more_are_asked_for():
    assert len(nearest_trials("dp_ucMGP", "MK-7", 180, 365)) == 3
    assert len(nearest_trials("dp_ucMGP", "MK-7", 180, 365, limit=99)) > 8


def test_a_finding_that_stands_in_both_tables_comes_once():
    points = nearest_trials("dp_ucMGP", "MK-7", 180, 84, limit=99)
    places = [(p.study_id, float(f"{p.dose_ug:.3g}"), p.days) for p in points]
    assert len(places) == len(set(places))
    assert [p.kind for p in points if p.study_id == "levyschousboe2021"] == ["difference_vs_placebo"]


def test_aliases_and_spellings_are_understood():
    assert nearest_trials("CAC", "MK7", 154.3, 548, "dialysis")[0].study_id == "haroon2023"


def test_a_form_is_never_answered_with_another_form():
    assert {p.vitamer for p in nearest_trials("ucOC", "MK-4", 1500, 365, limit=99)} == {"MK-4"}
    assert nearest_trials("dp_ucMGP", "MK-9", 100, 365) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (("dp_ucMGQ", "MK-7", 180, 84), "outcome 'dp_ucMGQ' is not known"),
        (("dp_ucMGP", "MK-17", 180, 84), "vitamer 'MK-17' is not known"),
        (("dp_ucMGP", "MK-7", 0, 84), "dose_ug is 0"),
        (("dp_ucMGP", "MK-7", math.nan, -1), "days is -1"),
        (("dp_ucMGP", "MK-7", 180, 84, "dialyses"), "Try: 'dialysis'"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(question, words):
    with pytest.raises(InputError, match=words):
        nearest_trials(*question)


def test_no_point_belongs_to_a_withheld_study_or_to_animals():
    studies = read_studies()
    assert not [p for p in trial_points() if studies[p.study_id].results_withheld]
    assert not [p for p in trial_points() if studies[p.study_id].design == "animal"]


def test_every_interval_holds_its_estimate():
    for point in trial_points():
        if point.low is not None and point.high is not None:
            assert point.low <= point.estimate <= point.high, point


@given(st.floats(1, 50_000), st.floats(1, 4000), st.sampled_from(["general", "dialysis", "vka"]))
def test_order_never_falls_and_distance_is_never_below_zero(dose, days, population):
    distances = [p.distance for p in nearest_trials("ucOC", "MK-7", dose, days, population, limit=99)]
    assert distances == sorted(distances)
    assert all(distance >= 0 for distance in distances)


def test_trials_without_a_size_are_named_and_never_zero():
    trials = unsized_trials("BMD_femoral_neck", "MK-7")
    assert [trial.study_id for trial in trials] == ["knapen2013", "zhang2020"]
    assert "loss smaller than placebo" in trials[0].finding
    assert nearest_trials("BMD_femoral_neck", "MK-7", 180, 1095) == []
