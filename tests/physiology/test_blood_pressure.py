"""Blood pressure: order of the formulas, split of a habit's effect, kidneys, ageing, stiffness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from physiology.artery_body import after, value

OUTPUTS = ["MAP", "PP", "SBP", "DBP", "cfPWV"]


@pytest.mark.holds("MAP", "PP", "SBP", "DBP", "MAP_0", "PP_0")
def test_pressures_of_the_mean_adult_of_40() -> None:
    mean, pulse, systolic, diastolic, speed = after(0, OUTPUTS, {"age_start": 40.0})
    assert mean == pytest.approx(93, abs=1e-6)
    assert pulse == pytest.approx(50 * (0.7 + 0.3 * (speed / 8) ** 2))
    assert systolic - diastolic == pytest.approx(pulse)
    assert diastolic + pulse / 3 == pytest.approx(mean)


@pytest.mark.holds("SBP", "DBP", "PP", "MAP", "PWV_without_habits")
@given(effect=st.floats(-20, 20), age=st.floats(25, 90), speed=st.floats(6, 14), phi=st.floats(-0.15, 0.05))
def test_a_habit_moves_systolic_by_its_effect_and_diastolic_by_half(
    effect: float, age: float, speed: float, phi: float
) -> None:
    from calciroute.body import course as body_course
    from physiology.artery_body import artery_body

    person = {"age_start": age, "cfPWV_is_measured": 1.0, "cfPWV_measured": speed}
    without = body_course.at_start(artery_body(), person, OUTPUTS)
    state = {name: without[name] for name in ("CAC_x", "AVC_x", "PWV_structural", "eGFR")}
    habit = state | {"SBP_lifestyle": effect, "PWV_functional": phi}
    with_habit = body_course.at_start(artery_body(), person, OUTPUTS, habit)
    assert with_habit["SBP"] - without["SBP"] == pytest.approx(effect, abs=1e-9)
    assert with_habit["DBP"] - without["DBP"] == pytest.approx(effect / 2, abs=1e-9)
    if phi == 0:  # pressure alone moves the wave by 0.59 % per mmHg
        assert with_habit["cfPWV"] / without["cfPWV"] == pytest.approx(
            2.718281828 ** (0.0088 * effect * 2 / 3)
        )


@pytest.mark.holds("MAP_rise", "MAP_per_eGFR", "eGFR_shortfall_start", "MAP_person", "MAP_start")
def test_mean_pressure_rises_with_age_and_with_failing_kidneys() -> None:
    assert after(10, ["MAP"], {"age_start": 50.0})[0] - value("MAP", {"age_start": 50.0}) == pytest.approx(
        1.5
    )
    failing = {"age_start": 60.0, "eGFR_start": 25.0}
    assert value("MAP", failing) - value("MAP", {"age_start": 60.0}) == pytest.approx(0.15 * 35, abs=1e-3)
    measured = failing | {"BP_is_measured": 1.0, "SBP_measured": 140.0, "DBP_measured": 80.0}
    assert value("MAP", measured) == pytest.approx(100)
    losing = measured | {"eGFR_decline": 2.0}
    assert after(5, ["MAP"], losing)[0] == pytest.approx(100 + 0.15 * 5 + 0.15 * 10, abs=1e-3)


@pytest.mark.holds("eGFR_shortfall")
def test_kidney_terms_read_the_true_filtration() -> None:
    clamped = {"age_start": 60.0, "eGFR_start": 20.0, "eGFR_offset": -12.0}
    assert value("eGFR_shortfall", clamped) == pytest.approx(52)
    assert value("eGFR_shortfall_start", clamped) == pytest.approx(52)


@pytest.mark.holds("PP", "w_PP")
def test_stiffness_raises_systolic_pressure_later() -> None:
    # One SD of wave speed (1.6 m/s) goes with +1.5 (0.5 to 2.6) mmHg of further rise in 7 years in a cohort.
    def rise(speed: float) -> float:
        person = {
            "age_start": 60.0, "cfPWV_is_measured": 1.0, "cfPWV_measured": speed,
            "BP_is_measured": 1.0, "SBP_measured": 125.0, "DBP_measured": 77.0,
        }  # fmt: skip
        return float(after(7, ["SBP"], person)[0] - 125.0)

    assert rise(10.0) > 0
    stiff, soft = rise(10.9), rise(9.3)
    assert abs(stiff - soft) < 2.6


@pytest.mark.holds("MAP_person_factor", "PP_person_factor")
def test_people_differ_in_mean_and_pulse_pressure() -> None:
    person = {"age_start": 40.0}
    assert value("MAP", person | {"MAP_person_factor": 1.1}) == pytest.approx(1.1 * 93, abs=1e-6)
    wider = value("PP", person | {"PP_person_factor": 1.2})
    assert wider == pytest.approx(1.2 * value("PP", person))
