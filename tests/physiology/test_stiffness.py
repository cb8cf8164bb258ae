"""Stiffness: the age curve, its start from a measured wave speed, pressure, MGP, diabetes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physiology.artery_body import after, of_variant, value

MAN_65 = {"age_start": 65.0}
TEN_YEARS_FROM_60 = {"age_start": 60.0}


@pytest.mark.holds("PWV_structural_rest", "w0_PWV", "w2_PWV", "PWV_person_factor")
@pytest.mark.parametrize(("age", "speed"), [(40, 6.9), (60, 8.5), (80, 10.9)])
def test_age_curve_of_people_with_optimal_pressure(age: float, speed: float) -> None:
    assert value("PWV_structural_rest", {"age_start": age}) == pytest.approx(speed, abs=0.051)
    assert value("PWV_structural_rest", {"age_start": age, "PWV_person_factor": 1.15}) == pytest.approx(
        1.15 * speed, abs=0.06
    )


@pytest.mark.holds("cfPWV", "PWV_structural")
def test_wave_speed_of_a_man_from_65_to_70() -> None:
    start, end = after(0, ["cfPWV"], MAN_65)[0], after(5, ["cfPWV"], MAN_65)[0]
    assert start == pytest.approx(9.4, abs=0.051)
    assert end == pytest.approx(10.1, abs=0.051)


@pytest.mark.holds("stiffening_by_MGP", "beta_stiffness")
@pytest.mark.parametrize(
    ("share", "default", "steep"), [(0.52, 0.10, 0.31), (0.27, 0.20, 0.72), (1.0, -0.09, -0.25)]
)
def test_MGP_over_ten_years_from_60(share: float, default: float, steep: float) -> None:
    for beta, printed in ((0.3, default), (0.9, steep)):
        numbers = TEN_YEARS_FROM_60 | {"beta_stiffness": beta}
        reference, other = (
            after(10, ["cfPWV"], numbers | {"MGP_carboxylation": f})[0] for f in (0.76, share)
        )
        assert other - reference == pytest.approx(printed, abs=0.0151)


@pytest.mark.holds("slope_stiffness")
@pytest.mark.parametrize(("share", "printed"), [(0.52, 0.20), (0.27, 0.41), (1.0, -0.20)])
def test_linear_variant_over_ten_years_from_60(share: float, printed: float) -> None:
    reference, other = (
        after(10, ["cfPWV"], TEN_YEARS_FROM_60 | {"MGP_carboxylation": f}, variant="mgp_linear")[0]
        for f in (0.76, share)
    )
    assert other - reference == pytest.approx(printed, abs=0.0151)


@pytest.mark.holds("PWV_structural_rest", "PWV_pressure_start", "cfPWV_start", "PWV_start")
@given(
    speed=st.floats(5, 18), age=st.floats(20, 95), sbp=st.floats(90, 190), share=st.floats(0.3, 0.7),
    smoker=st.sampled_from([0.0, 1.0]), eGFR=st.floats(10, 120), index=st.sampled_from([0.0, 1.0]),
)  # fmt: skip
def test_a_measured_wave_speed_and_pressure_are_the_start(
    speed: float, age: float, sbp: float, share: float, smoker: float, eGFR: float, index: float
) -> None:
    person = {
        "age_start": age, "cfPWV_is_measured": 1.0, "cfPWV_measured": speed, "eGFR_start": eGFR,
        "BP_is_measured": 1.0, "SBP_measured": sbp, "DBP_measured": share * sbp,
        "smoking_now": smoker, "smoking_at_start": smoker, "medial_calcification": index,
    }  # fmt: skip
    found = after(0, ["cfPWV", "cfPWV_start", "SBP", "DBP", "SBP_start"], person)
    assert found == pytest.approx([speed, speed, sbp, share * sbp, sbp], rel=1e-9)


@pytest.mark.holds("f_PWV_SBP", "f_PWV_diabetes", "b_PWV_MAP")
def test_what_stiffens_the_wall_faster() -> None:
    def rise(**person: float) -> float:
        start = after(0, ["PWV_structural"], MAN_65 | person)[0]
        return float(after(1, ["PWV_structural"], MAN_65 | person)[0] - start)

    quiet = {"BP_is_measured": 1.0, "SBP_measured": 125.0, "DBP_measured": 80.0}
    plain = rise(**quiet)
    assert plain == pytest.approx(2 * 0.83e-3 * 65.5, rel=0.01)
    assert rise(**(quiet | {"SBP_measured": 145.0, "DBP_measured": 90.0})) / plain == pytest.approx(
        1.25, abs=0.01
    )
    assert rise(diabetes=1.0, **quiet) / plain == pytest.approx(1.35, abs=0.005)
    assert rise(ageing=0.0) == pytest.approx(0, abs=1e-9)
    one_mmHg_more = value("cfPWV", MAN_65 | {"MAP_0": 94.0}) / value("cfPWV", MAN_65)
    assert one_mmHg_more == pytest.approx(np.exp(0.0088))


@pytest.mark.holds("PWV_per_medial_calcification", "PWV_wall")
def test_medial_calcification_is_a_hook_and_off() -> None:
    assert value("PWV_wall", MAN_65) == value("PWV_structural", MAN_65)
    assert value("PWV_wall", MAN_65 | {"medial_calcification": 1.0}) == pytest.approx(
        value("PWV_structural", MAN_65) + 0.3
    )


@pytest.mark.holds("PWV_structural", "PP")
def test_stiffness_and_pressure_feed_each_other_slowly() -> None:
    still = after(10, ["PWV_structural"], MAN_65 | {"f_PWV_SBP": 0.0})[0]
    both = after(10, ["PWV_structural"], MAN_65)[0]
    stiffer = {"cfPWV_is_measured": 1.0, "cfPWV_measured": 10.4}
    gain = after(10, ["PWV_structural"], MAN_65 | stiffer)[0] - both
    start = value("PWV_structural", MAN_65 | stiffer) - value("PWV_structural", MAN_65)
    assert 0 < both - still < 0.6
    assert 0 < gain / start - 1 < 0.1  # under a tenth per decade


@pytest.mark.holds("stiffening_by_MGP")
def test_without_a_causal_link_MGP_changes_no_stiffness() -> None:
    off = MAN_65 | of_variant("no_causal_effect")
    low, high = (after(5, ["cfPWV"], off | {"MGP_carboxylation": f})[0] for f in (0.2, 1.0))
    assert low == pytest.approx(high, rel=1e-9)
