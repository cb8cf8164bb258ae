"""Directions that hold whatever the numbers: more calcium, vitamin D, PTH, filtration, estrogen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physiology.calcium_body import HOURS_PER_YEAR, MG_OF_CALCIUM, at_rest, from_rest, meals

mg_per_day = st.floats(300.0, 2900.0)
calcidiol = st.floats(15.0, 240.0)
eGFR = st.floats(20.0, 115.0)


@pytest.mark.holds("Ca_absorption_true", "FA_meal_1")
@given(mg_per_day, st.floats(1.0, 100.0), calcidiol, eGFR)
def test_more_calcium_eaten_never_lowers_what_is_absorbed(
    mg: float, more: float, level: float, kidney: float
) -> None:
    person = {"calcidiol_start": level, "eGFR_start": kidney}
    less = at_rest({**person, **meals(mg)}, ("Ca_absorption_true", "Ca_urine"))
    extra = at_rest({**person, **meals(mg + more)}, ("Ca_absorption_true", "Ca_urine"))
    assert extra["Ca_absorption_true"] > less["Ca_absorption_true"]
    assert extra["Ca_urine"] >= less["Ca_urine"]


@pytest.mark.holds("hydroxylase_calcidiol", "gland_growth")
@given(calcidiol, st.floats(0.5, 10.0), eGFR)
def test_more_25OHD_raises_calcitriol_and_lowers_PTH(level: float, more: float, kidney: float) -> None:
    outputs = ("calcitriol_serum", "PTH_serum")
    low = at_rest({"calcidiol_start": level, "eGFR_start": kidney}, outputs)
    high = at_rest({"calcidiol_start": level + more, "eGFR_start": kidney}, outputs)
    assert high["calcitriol_serum"] > low["calcitriol_serum"]
    assert high["PTH_serum"] < low["PTH_serum"]


@pytest.mark.holds("FGF23", "gain_gland_GFR")
@given(eGFR, st.floats(0.5, 5.0))
def test_lost_filtration_raises_PTH_and_FGF23_and_lowers_calcitriol(kidney: float, more: float) -> None:
    outputs = ("calcitriol_serum", "PTH_serum", "FGF23")
    worse, better = at_rest({"eGFR_start": kidney}, outputs), at_rest({"eGFR_start": kidney + more}, outputs)
    assert worse["PTH_serum"] > better["PTH_serum"]
    assert worse["FGF23"] > better["FGF23"]
    assert worse["calcitriol_serum"] < better["calcitriol_serum"]


@pytest.mark.holds("calcidiol_target", "calcidiol_max")
@given(st.floats(15.0, 250.0), st.floats(0.0, 100.0), st.floats(0.0, 50.0), st.sampled_from([0.0, 1.0]))
def test_25OHD_starts_at_rest_and_follows_the_supplement(
    level: float, dose: float, taken: float, obese: float
) -> None:
    person = {"calcidiol_start": level, "vitamin_D_supplement_at_start": taken, "BMI_above_30": obese}
    outputs = ("calcidiol_target", "calcidiol_max", "vitamin_D_sum")
    same = at_rest({**person, "vitamin_D_supplement": taken}, outputs)
    if same["vitamin_D_sum"] > 0:
        assert same["calcidiol_target"] == pytest.approx(level, rel=1e-12)
    more = at_rest({**person, "vitamin_D_supplement": taken + dose}, outputs)
    assert same["calcidiol_target"] <= more["calcidiol_target"] < more["calcidiol_max"]


@pytest.mark.holds("Ca_ref")
@pytest.mark.parametrize("scale", [0.96, 1.04])
def test_the_calcium_set_point_moves_serum_calcium_alone(scale: float) -> None:
    outputs = ("C_Ca", "C_PTH", "Ca_urine", "Ca_to_bone", "Ca_ref")
    base = at_rest({}, outputs)
    moved = at_rest({"Ca_ref": base["Ca_ref"] * scale}, outputs)
    assert moved["C_Ca"] / base["C_Ca"] == pytest.approx(scale, rel=1e-5)
    for name in ("C_PTH", "Ca_urine", "Ca_to_bone"):
        assert moved[name] == pytest.approx(base[name], rel=2e-4)


@pytest.mark.holds("estrogen_relative", "estrogen_own", "estrogen_therapy")
def test_estrogen_of_men_and_women() -> None:
    def level(**inputs: float) -> float:
        return at_rest(inputs, ("estrogen_relative",))["estrogen_relative"]

    assert level(female=0.0, age_start=80.0) == 1.0
    assert level(female=1.0, age_start=30.0) == pytest.approx(1.0, abs=1e-12)
    assert level(female=1.0, age_start=80.0) == pytest.approx(0.2, abs=1e-12)
    # In the middle of the fall, 0.7 years before the final menstrual period.
    assert level(female=1.0, age_start=50.3, FMP_age=51.0) == pytest.approx(0.6, abs=1e-9)
    therapy = {
        "takes_estrogen_therapy": 1.0,
        "estrogen_therapy_start_age": 55.0,
        "estrogen_therapy_stop_age": 65.0,
    }
    assert level(female=1.0, age_start=60.0, **therapy) == pytest.approx(1.0, abs=1e-4)
    assert level(female=1.0, age_start=75.0, **therapy) == pytest.approx(0.2, abs=1e-4)
    half = {**therapy, "estrogen_therapy_level": 0.5}
    assert level(female=1.0, age_start=60.0, **half) == pytest.approx(0.5, abs=1e-4)
    assert level(female=0.0, age_start=60.0, **therapy) == 1.0


@pytest.mark.holds("estrogen_therapy")
def test_estrogen_begun_after_menopause_turns_bone_loss_round() -> None:
    woman = {"female": 1.0, "FMP_age": 51.0, "age_start": 44.0}
    times = [years * HOURS_PER_YEAR for years in (10.0, 20.0)]
    without = from_rest(("BMD_lumbar",), times, before=woman)[:, 0]
    therapy = {"takes_estrogen_therapy": 1.0, "estrogen_therapy_start_age": 57.0}
    with_it = from_rest(("BMD_lumbar",), times, before={**woman, **therapy})[:, 0]
    assert with_it[0] == pytest.approx(without[0], abs=2e-3)
    assert without[1] < without[0]
    assert with_it[1] > with_it[0]


@pytest.mark.holds("bone_quality", "bone_strength", "g_OC_quality")
def test_quality_follows_carboxylated_osteocalcin_and_density_does_not() -> None:
    outputs = ("bone_quality", "bone_strength", "BMD_femoral_neck")
    base = at_rest({}, outputs)
    low = at_rest({"OC_carboxylation_relative": 0.4}, outputs)
    assert low["bone_quality"] == pytest.approx(0.4**0.1, rel=1e-9)
    assert low["BMD_femoral_neck"] == pytest.approx(base["BMD_femoral_neck"], rel=1e-9)
    assert low["bone_strength"] == pytest.approx(base["bone_strength"] * 0.4**0.1, rel=1e-9)
    off = at_rest({"OC_carboxylation_relative": 0.4, "g_OC_quality": 0.0}, outputs)
    assert off["bone_quality"] == pytest.approx(1.0, rel=1e-12)


@pytest.mark.holds("HAp", "BMD_lumbar")
def test_an_accrual_factor_raises_density() -> None:
    gain = at_rest({"bone_accrual_by_OC": 1.01})
    assert gain["BMD_lumbar"] == pytest.approx(1.01, rel=1e-3)
    assert gain["HAp"] == pytest.approx(1.01, rel=1e-3)


@pytest.mark.holds("age_drift_femoral_neck", "age_drift_lumbar")
def test_age_drift_of_men_and_women() -> None:
    def drift(age: float, female: float) -> tuple[float, float]:
        found = at_rest({"age_start": age, "female": female}, ("age_drift_femoral_neck", "age_drift_lumbar"))
        return found["age_drift_femoral_neck"], found["age_drift_lumbar"]

    printed = {60.0: 0.974, 65.0: 0.947, 70.0: 0.917, 75.0: 0.886, 80.0: 0.854, 85.0: 0.820}
    for age, value in printed.items():
        assert drift(age, 0.0)[0] == pytest.approx(value, abs=5.2e-4)
    assert drift(80.0, 1.0)[1] == 1.0
    assert drift(75.0, 1.0)[0] == pytest.approx(np.exp(-0.003 * 10.0), abs=1e-5)


@pytest.mark.holds("K_Ca_load", "Ca_load_ref")
def test_absorbed_fraction_falls_with_the_load() -> None:
    assert at_rest(meals(300.0), ("FA_meal_1",))["FA_meal_1"] == pytest.approx(0.34, abs=0.01)
    assert at_rest(meals(1900.0), ("FA_meal_1",))["FA_meal_1"] == pytest.approx(0.21, abs=0.01)
    one = at_rest({"calcium_dose_1": 500.0 * MG_OF_CALCIUM}, ("FA_dose_1", "FA_meal_1"))
    assert one["FA_dose_1"] < one["FA_meal_1"]
