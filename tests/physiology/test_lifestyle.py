"""Habits: size and speed of each, the ceiling on their sum, pairs that count once, the wave speed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physiology.artery_body import WEEK, after, course, of_variant, value

MAN = {"age_start": 60.0, "BP_is_measured": 1.0, "SBP_measured": 135.0, "DBP_measured": 80.0}
LESS_SODIUM = {"sodium_change": -75.0}
TARGET = "SBP_lifestyle_target"
LEVERS = {
    "sodium_change": st.floats(-200, 200), "aerobic_training": st.floats(0, 1), "walking": st.floats(0, 1),
    "yoga": st.floats(0, 1), "slow_breathing": st.floats(0, 1), "weight_change": st.floats(-40, 40),
    "magnesium_change": st.floats(0, 800),
}  # fmt: skip


@pytest.mark.holds(
    "SBP_by_sodium", "SBP_by_exercise", "SBP_by_mind_body", "SBP_by_weight", "SBP_by_magnesium"
)
@pytest.mark.parametrize(
    ("habit", "effect"),
    [
        (LESS_SODIUM, -4.18), ({"sodium_change": 75.0}, 4.18), ({"aerobic_training": 1.0}, -3.5),
        ({"walking": 1.0}, -4.11), ({"walking": 0.5}, -2.055), ({"yoga": 1.0}, -2.5),
        ({"slow_breathing": 1.0}, -2.0),
        ({"weight_change": -6.4}, -6.4), ({"weight_change": 3.0}, 3.0), ({"magnesium_change": 368.0}, -2.0),
        ({}, 0.0),
    ],
)  # fmt: skip
def test_one_habit_keeps_its_size(habit: dict[str, float], effect: float) -> None:
    assert value(TARGET, MAN | habit) == pytest.approx(effect, abs=1e-12)


@pytest.mark.holds("SBP_lifestyle", "SBP", "DBP")
def test_sodium_moves_systolic_by_its_effect_and_diastolic_by_half() -> None:
    pressures = ["SBP", "DBP", "PWV_structural"]
    same, less = (after(1, pressures, MAN, now) for now in ({}, LESS_SODIUM))
    assert less[0] - same[0] == pytest.approx(
        -4.18, abs=0.02
    )  # a year of lower pressure spares the wall a little
    assert less[1] - same[1] == pytest.approx(-2.09, abs=0.01)
    assert less[2] < same[2]


@pytest.mark.holds("tau_lifestyle", "SBP_lifestyle")
def test_habits_act_and_fade_with_one_time_constant() -> None:
    weeks = np.array([0.0, 2.0, 4.0, 8.0, 12.0])
    found = course(["SBP_lifestyle"], weeks * WEEK, MAN, LESS_SODIUM)[:, 0]
    assert found == pytest.approx(-4.18 * (1 - np.exp(-weeks / 4)), abs=1e-6)


@pytest.mark.holds(
    "SBP_lifestyle_target",
    "SBP_cap",
    "f_cap_one",
    "fall_sodium",
    "fall_exercise",
    "fall_mind_body",
    "fall_weight",
    "fall_magnesium",
    "SBP_rises",
)
@given(st.fixed_dictionaries(LEVERS))
def test_no_sum_of_habits_passes_the_ceiling(levers: dict[str, float]) -> None:
    target = value(TARGET, MAN | levers)
    assert target >= -20
    rises = max(levers["sodium_change"], 0) * 4.18 / 75 + max(levers["weight_change"], 0)
    assert target <= rises + 1e-9
    more = dict(
        levers, sodium_change=levers["sodium_change"] - 30.0, weight_change=levers["weight_change"] - 5.0
    )
    assert value(TARGET, MAN | more) <= target + 1e-9


@pytest.mark.holds("SBP_cap", "f_cap_one")
def test_the_ceiling_is_reached_slowly_and_never_turns_over() -> None:
    assert value(TARGET, MAN | {"weight_change": -40.0}) == pytest.approx(-15)
    three = {"sodium_change": -75.0, "aerobic_training": 1.0, "weight_change": -6.4}
    assert value(TARGET, MAN | three) == pytest.approx(
        -20 * (1 - (1 - 4.18 / 20) * (1 - 3.5 / 20) * (1 - 6.4 / 20))
    )
    huge = {"sodium_change": -900.0, "weight_change": -60.0, "magnesium_change": 9000.0}
    for ceiling in (12.0, 20.0, 30.0):
        found = value(TARGET, MAN | huge | {"SBP_cap": ceiling})
        assert found == pytest.approx(-ceiling * (1 - 0.25**3))
    both = {"sodium_change": 75.0, "weight_change": -6.4}
    assert value(TARGET, MAN | both) == pytest.approx(4.18 - 6.4)


@pytest.mark.holds("SBP_by_exercise", "SBP_by_mind_body")
@given(first=st.floats(0, 1), second=st.floats(0, 1))
def test_of_two_habits_that_are_one_the_larger_counts(first: float, second: float) -> None:
    walks, trains = value(TARGET, MAN | {"walking": first}), value(TARGET, MAN | {"aerobic_training": second})
    both = value(TARGET, MAN | {"walking": first, "aerobic_training": second})
    assert both == pytest.approx(min(walks, trains), abs=1e-9)
    poses, breath = value(TARGET, MAN | {"yoga": first}), value(TARGET, MAN | {"slow_breathing": second})
    both = value(TARGET, MAN | {"yoga": first, "slow_breathing": second})
    assert both == pytest.approx(min(poses, breath), abs=1e-9)


@pytest.mark.holds("SBP_by_mind_body")
def test_a_draw_in_which_breathing_raises_pressure_is_kept() -> None:
    assert value(TARGET, MAN | {"slow_breathing": 1.0, "SBP_breathing": 1.0}) == pytest.approx(1)


@pytest.mark.holds(
    "PWV_by_habits",
    "PWV_functional_target",
    "phi_sodium",
    "phi_training",
    "phi_smoking",
    "phi_weight",
    "phi_magnesium",
)
@pytest.mark.parametrize(
    ("habit", "total"),
    [
        ({"sodium_change": -89.3}, -0.0284), ({"aerobic_training": 1.0}, -0.067),
        ({"weight_change": -6.4}, -0.064),
        ({"smoking_now": 1.0}, 0.032), ({"walking": 1.0}, -0.0241), ({"magnesium_change": 368.0}, -0.0118),
    ],
)  # fmt: skip
def test_wave_speed_moves_by_what_trials_found_and_not_twice(habit: dict[str, float], total: float) -> None:
    speed = [course(["cfPWV"], [52 * WEEK], MAN, now)[0, 0] for now in ({}, habit)]
    assert speed[1] / speed[0] - 1 == pytest.approx(total, abs=0.0022)


@pytest.mark.holds("PWV_functional_floor", "PWV_functional_target")
def test_direct_effects_on_the_wave_stop_at_a_floor() -> None:
    assert value("PWV_functional_target", MAN | {"weight_change": -60.0}) == pytest.approx(-0.15)


@pytest.mark.holds("PWV_functional_rest", "smoking_at_start")
def test_a_smoker_starts_as_a_smoker_and_loses_it_on_quitting() -> None:
    smoker = MAN | {
        "smoking_now": 1.0,
        "smoking_at_start": 1.0,
        "cfPWV_is_measured": 1.0,
        "cfPWV_measured": 9.4,
    }
    assert course(["cfPWV"], [0, 1], smoker)[:, 0] == pytest.approx([9.4, 9.4], abs=1e-3)
    quit_now = course(["PWV_functional", "CAC_drive"], [0, 40 * WEEK], smoker, {"smoking_now": 0.0})
    assert quit_now[:, 0] == pytest.approx([0.032, 0], abs=1e-5)
    assert quit_now[1, 1] == pytest.approx(1, abs=1e-9)


@pytest.mark.holds("BP_baseline_scaling", "SBP_scale", "SBP_excess")
@pytest.mark.parametrize(("systolic", "scale"), [(100, 0.3), (110.5, 0.3), (121, 0.6), (135, 1), (170, 1.5)])
def test_baseline_scaling_is_a_variant(systolic: float, scale: float) -> None:
    person = MAN | LESS_SODIUM | {"SBP_measured": systolic, "DBP_measured": 65.0}
    assert value(TARGET, person) == pytest.approx(-4.18)
    assert value(TARGET, person | of_variant("bp_baseline_scaling")) == pytest.approx(-4.18 * scale)
