"""A few natural histories, quick; all hundred printed values stand in validation/natural_histories.py."""

import numpy as np
import pytest

from physiology.calcium_body import HOURS_PER_YEAR, MG_OF_CALCIUM, at_rest, from_rest, meals
from physiology.printed import printed_rows

PRINTED = {
    (row["history"], row["quantity"]): row["printed"] for row in printed_rows("natural_histories_calcium")
}
FROZEN = {"ageing": 0.0}


def assert_near(history: str, quantity: str, value: float) -> None:
    """To the last printed digit or the one beside it."""
    printed = PRINTED[history, quantity]
    digit = 10.0 ** -len(printed.partition(".")[2])
    assert abs(value - float(printed)) <= 1.5 * digit, (history, quantity, value, printed)


def percent(values: np.ndarray, last: int, first: int) -> float:
    return float(100.0 * (values[last] / values[first] - 1.0))


@pytest.mark.holds("estrogen_fall_width", "BMD_lumbar", "BMD_femoral_neck", "CTX_relative", "BSAP_relative")
def test_a_woman_through_her_menopause() -> None:
    ages = (41.0, 46.0, 50.0, 53.0, 55.0, 56.0, 65.0)
    at = {age: row for row, age in enumerate(ages)}
    outputs = ("BMD_lumbar_relative", "BMD_femoral_neck_relative", "CTX_relative", "BSAP_relative", "C_Ca")
    values = from_rest(
        outputs,
        [(age - 41.0) * HOURS_PER_YEAR for age in ages],
        before={"female": 1.0, "FMP_age": 51.0, "age_start": 41.0},
    )
    lumbar, neck, CTX, BSAP, calcium = values.T
    name = "woman FMP 51"
    assert_near(name, "lumbar density from FMP-1 to FMP+2", percent(lumbar, at[53.0], at[50.0]))
    assert_near(name, "lumbar density from FMP-5 to FMP+5", percent(lumbar, at[56.0], at[46.0]))
    assert_near(name, "femoral neck density from FMP-1 to FMP+2", percent(neck, at[53.0], at[50.0]))
    assert_near(name, "femoral neck density from FMP-5 to FMP+5", percent(neck, at[56.0], at[46.0]))
    assert_near(name, "lumbar density from 55 to 65", percent(lumbar, at[65.0], at[55.0]))
    assert_near(name, "CTX at FMP+5", percent(CTX, at[56.0], at[41.0]))
    assert_near(name, "BSAP at FMP+5", percent(BSAP, at[56.0], at[41.0]))
    assert_near(name, "serum calcium at FMP+5", calcium[at[56.0]] / 1e6)


@pytest.mark.holds("gland_capacity", "k_gland_growth")
def test_a_gland_three_times_as_large() -> None:
    outputs = ("C_Ca", "PTH_serum_mass", "CTX_relative", "BMD_lumbar")
    times = [year * HOURS_PER_YEAR for year in (0.0, 1.0, 2.0)]
    held = {**FROZEN, "k_gland_growth": 0.0}
    calcium, PTH, CTX, lumbar = from_rest(outputs, times, held, start={"gland_capacity": 3.0}).T
    assert_near("gland x3", "serum calcium at 1 y", calcium[1] / 1e6)
    assert_near("gland x3", "PTH at 1 y", PTH[1])
    assert_near("gland x3", "CTX at 1 y", percent(CTX, 1, 0))
    assert_near("gland x3", "CTX at 2 y", percent(CTX, 2, 0))
    assert_near("gland x3", "lumbar density at 1 y", percent(lumbar, 1, 0))


@pytest.mark.holds("vitamin_D_supplement", "half_life_calcidiol", "Ca_absorption_fraction")
def test_vitamin_d_of_2000_IU_a_day() -> None:
    outputs = ("calcidiol", "PTH_serum", "calcitriol_serum", "Ca_absorption_fraction")
    times = [year * HOURS_PER_YEAR for year in (0.0, 1.0, 3.0)]
    now = {**FROZEN, "vitamin_D_supplement": 50.0}
    calcidiol, PTH, calcitriol, share = from_rest(outputs, times, now, before={"calcidiol_start": 40.0}).T
    name = "25(OH)D 40 with 2000 IU a day"
    assert_near(name, "25(OH)D reached", calcidiol[1])
    assert_near(name, "PTH at 1 y", percent(PTH, 1, 0))
    assert_near(name, "PTH at 3 y", percent(PTH, 2, 0))
    assert_near(name, "calcitriol at 1 y", percent(calcitriol, 1, 0))
    assert_near(name, "true calcium absorption at 1 y", 100.0 * (share[1] - share[0]))


@pytest.mark.holds("calcidiol_max_lean", "K_vitamin_D", "f_obese_calcidiol")
def test_vitamin_d_hyperbola_meets_its_trial() -> None:
    """39 nmol/L at no dose, about 112 at 4000 IU, 17.8 less with a BMI above 30."""
    target = ("calcidiol_target",)
    at_4000 = at_rest({"calcidiol_start": 39.0, "vitamin_D_supplement": 100.0}, target)["calcidiol_target"]
    assert at_4000 == pytest.approx(112.0, abs=0.6)
    obese = at_rest(
        {"calcidiol_start": 39.0 - 6.24, "vitamin_D_supplement": 100.0, "BMI_above_30": 1.0}, target
    )["calcidiol_target"]
    assert obese - at_4000 == pytest.approx(-17.8, abs=0.3)


@pytest.mark.holds("calcium_meal_1", "Ca_load_ref")
def test_500_mg_more_calcium_in_meals() -> None:
    reference = at_rest({}, ("Ca_intake_flow",))["Ca_intake_flow"]
    times = [year * HOURS_PER_YEAR for year in (0.0, 2.0, 5.0)]
    more = {**FROZEN, **meals(reference + 500.0)}
    lumbar, neck = from_rest(("BMD_lumbar", "BMD_femoral_neck"), times, more).T
    name = "calcium +500 mg a day in meals"
    assert_near(name, "lumbar density at 2 y", percent(lumbar, 1, 0))
    assert_near(name, "femoral neck density at 5 y", percent(neck, 2, 0))


@pytest.mark.holds("ka_Ca_bolus", "Ca_bolus_load", "FA_bolus", "Ca_gut_bolus")
def test_500_mg_of_calcium_fasting() -> None:
    load = {"Ca_bolus_load": 500.0 * MG_OF_CALCIUM}
    fasting = at_rest(load, ("FA_bolus", "Ca_bolus_absorbable"))
    times = [0.0, 3.1, 8.0, 12.0]
    start = {"Ca_gut_bolus": fasting["Ca_bolus_absorbable"]}
    calcium = from_rest(("C_Ca",), times, FROZEN, start=start)[:, 0] / 1e6
    name = "500 mg calcium fasting"
    assert_near(name, "absorbed fraction", fasting["FA_bolus"])
    assert_near(name, "largest rise of serum calcium", calcium[1] - calcium[0])
    assert_near(name, "rise of serum calcium at 8 h", calcium[2] - calcium[0])
    assert_near(name, "rise of serum calcium at 12 h", calcium[3] - calcium[0])
