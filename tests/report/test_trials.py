"""Trials beside a result: the right ones, placed honestly, counted by design."""

import math

import numpy as np
import pytest

from calciroute.evidence.trial_point import TrialPoint
from calciroute.people.person import parse_person
from calciroute.report.trial_marks import place_trials
from calciroute.report.trials_beside import (
    arm_words,
    caution_words,
    estimate_words,
    population_of,
    trials_beside,
)
from report.synthetic import PERSON

DAYS = np.array([0.0, 84.0, 365.0, 1095.0])
WITHOUT = np.array([450.0, 452.0, 456.0, 470.0])
LIMITS = (0.0, 500.0)


def point(kind="percent_vs_placebo", estimate=-50.0, **changes):
    fields = {
        "study_id": "study2000", "citation": "Study 2000", "outcome": "dp_ucMGP", "unit": "%", "arm": "a",
        "vitamer": "MK-7", "dose_ug": 180.0, "days": 365.0, "n": 20.0, "kind": kind,
        "estimate": estimate, "low": None, "high": None, "population": "general", "grey": False,
        "distance": 0.0, "verified": "page",
        "note": "", "where": "",
    }  # fmt: skip
    return TrialPoint(**(fields | changes))


def placed(one, unit="pmol/L"):
    return place_trials([one], unit, DAYS, WITHOUT, 450.0, LIMITS)


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (point(), 228.0),
        (point("percent_from_baseline", -50.0), 225.0),
        (point("difference_vs_placebo", -100.0, unit="pmol/L"), 356.0),
        (point("change_from_baseline", -100.0, unit="pmol/L"), 350.0),
        (point("change_from_baseline", -100.0, unit="ng/L"), None),
        (point("change_from_baseline", -0.1, unit="nmol/L"), 350.0),
        (point("ratio_vs_placebo", 0.7, unit="1"), None),
    ],
)
def test_each_kind_of_comparison_starts_from_its_own_base(one, value):
    marks, beyond = placed(one)
    if value is None:
        assert not marks
        assert beyond[0].startswith("study2000")
    else:
        assert marks[0].value == pytest.approx(value)


def test_what_would_flatten_the_courses_or_lies_beyond_the_run_is_named_and_not_drawn():
    assert not placed(point(estimate=900.0))[0]
    marks, beyond = placed(point(days=3000.0))
    assert not marks
    assert "at 3000 days" in beyond[0]


def test_an_interval_is_placed_with_its_point():
    marks, _ = placed(point(low=-60.0, high=-40.0))
    assert (marks[0].low, marks[0].high) == pytest.approx((182.4, 273.6))
    assert math.isnan(placed(point())[0][0].low)


def test_other_people_are_named_at_the_point():
    assert placed(point(population="dialysis"))[0][0].label == "study2000\ndialysis"


def test_words_of_a_trial():
    assert (
        estimate_words(point(low=-60.0, high=-40.0)).replace("\u00a0", " ")
        == "−50 % (−60 to −40) against placebo"
    )
    words = arm_words(point(n=None, population="ckd")).replace("\u00a0", " ")
    assert words == "180 mcg of MK-7 a day, one year, n not known, kidney disease"
    assert "from memory" in caution_words(point(verified="memory"))
    assert "only similar" in caution_words(point(grey=True))


def test_forms_of_vitamin_k_are_asked_for_one_by_one():
    both = trials_beside("dp_ucMGP", {"MK-7": 180.0, "K1": 500.0}, 1095.0, "general")
    assert {one.vitamer for one in both.points} == {"MK-7", "K1"}


def test_an_outcome_without_trials_has_none_and_says_so():
    nothing = trials_beside("supply_artery", {"MK-7": 180.0}, 1095.0, "general")
    assert not nothing.points
    assert nothing.certainty == "no trial found"
    assert "no vitamin K" in trials_beside("dp_ucMGP", {}, 1095.0, "general").certainty


def test_number_and_design():
    assert (
        trials_beside("CAC_agatston", {"MK-7": 180.0}, 1095.0, "general").certainty == "3 trials, randomised"
    )


def test_null_trials_without_a_size_are_shown_too():
    names = [
        trial.study_id
        for trial in trials_beside("BMD_lumbar_spine", {"MK-7": 180.0}, 1095.0, "general").unsized
    ]
    assert "zhang2020" in names


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("", "general"),
        ('[labs]\neGFR = "45 mL/min"\n', "ckd"),
        ("[conditions]\ndialysis = true\n", "dialysis"),
        ("[conditions]\nkidney_transplant = true\n", "transplant"),
        ('[medicines]\ntaken = ["warfarin 5 mg"]\n', "vka"),
    ],
)
def test_trials_are_asked_for_people_like_this(text, population):
    assert population_of(parse_person(PERSON + text)) == population
