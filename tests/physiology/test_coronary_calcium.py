"""Coronary and valve calcium: start of a population and of a person, growth and its drivers, flow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, qmc

from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from physiology.artery_body import after, artery_body, of_variant, value

SCORE_100 = {"age_start": 65.0, "CAC_is_measured": 1.0, "CAC_measured": 100.0}
F0 = 0.76


def population(female: float, **more: float) -> np.ndarray:
    """Scores of people of 45 to 74, as the text starts them."""
    age, growth, onset = qmc.Sobol(3, seed=1).random_base2(11).T
    people = {
        "female": female,
        "age_start": 45.0 + 30.0 * age,  # up to the last day at 74
        "growth_is_drawn": 1.0,
        "CAC_growth_score": norm.ppf(growth),
        "CAC_onset_score": norm.ppf(onset),
    }
    lanes = Lanes(len(age), people | more)
    x = np.maximum(values_at_start(artery_body(), lanes, ["CAC_x_rest"])[:, 0], 0.0)
    return (1 + 0.2216 * x) ** (1 / 0.2216) - 1


@pytest.mark.holds("CAC_x_rest", "k_CAC_past", "CAC_onset_age")
def test_population_start_gives_the_percentiles_of_men() -> None:
    found = np.percentile(population(0.0), [25, 50, 75, 90])
    assert found == pytest.approx([2.9, 37, 186, 586], rel=0.06)  # the page
    assert found == pytest.approx([2.3, 41, 193, 557], rel=0.30)  # Heinz Nixdorf cohort


@pytest.mark.holds("CAC_x_rest", "k_CAC_past", "CAC_onset_age")
def test_population_start_gives_the_percentiles_of_women() -> None:
    found = np.percentile(population(1.0), [50, 75, 90])
    assert found == pytest.approx([1.0, 23.7, 139], rel=0.08, abs=0.15)
    assert found == pytest.approx([1.0, 24.5, 139.8], rel=0.10, abs=0.15)


@pytest.mark.holds("k_CAC", "k_CAC_past")
def test_growth_from_now_on_would_break_the_percentiles() -> None:
    found = np.percentile(population(0.0, k_CAC_past_men=0.50, cv_k_CAC_past_men=0.5), [25, 50, 75, 90])
    assert found == pytest.approx([4, 65, 530, 3064], rel=0.12)


@pytest.mark.holds("CAC_onset_age")
@pytest.mark.parametrize(("female", "shares"), [(1.0, (0.027, 0.065, 0.115)), (0.0, (0.061, 0.105, 0.155))])
def test_first_calcium_appears_at_the_yearly_rates_of_cohorts(
    female: float, shares: tuple[float, ...]
) -> None:
    mean = value("CAC_onset_mean", {"female": female})
    sd = value("CAC_onset_sd", {"female": female})
    for age, share in zip((47, 62, 77), shares, strict=True):
        z = (age - mean) / sd
        assert norm.pdf(z) / norm.sf(z) / sd == pytest.approx(share, abs=0.0006)


@pytest.mark.holds("CAC_x_rest")
@pytest.mark.parametrize("score", [0.5, 1.0, 45.0, 100.0, 2500.0])
def test_a_measured_score_is_the_score_at_the_start(score: float) -> None:
    person = SCORE_100 | {"CAC_measured": score, "AVC_is_measured": 1.0, "AVC_measured": score}
    assert after(0, ["CAC_agatston", "AVC_agatston"], person) == pytest.approx([score, score], rel=1e-12)


@pytest.mark.holds("CAC_later_onset_age", "CAC_odds_today", "CAC_later_slope", "CAC_later_root")
@pytest.mark.parametrize("female", [0.0, 1.0])
@pytest.mark.parametrize("age", [35.0, 50.0, 65.0, 80.0, 95.0])
def test_a_measured_zero_is_an_onset_still_to_come(female: float, age: float) -> None:
    person = {"age_start": age, "female": female, "CAC_is_measured": 1.0}
    mean, sd = value("CAC_onset_mean", person), value("CAC_onset_sd", person)
    for score in (-1.5, 0.0, 1.0):
        onset = value("CAC_later_onset_age", person | {"CAC_onset_score": score})
        exact = mean + sd * norm.isf(norm.sf((age - mean) / sd) * norm.sf(score))
        assert onset > age
        assert onset == pytest.approx(exact, abs=0.05 * sd)  # the odds form of a normal share
    assert value("CAC_x_rest", person) < 0
    assert after(0, ["CAC_agatston"], person)[0] == 0


@pytest.mark.holds(
    "AVC_x_rest",
    "AVC_onset_age",
    "AVC_later_onset_age",
    "AVC_later_slope",
    "AVC_later_root",
    "AVC_odds_today",
)
def test_valve_starts_as_the_coronaries_do() -> None:
    man = {"age_start": 80.0}
    assert value("AVC_x_rest", man) == pytest.approx(0.60 * (80 - 73.9))
    later = value("AVC_later_onset_age", man | {"AVC_is_measured": 1.0})
    assert later == pytest.approx(73.9 + 10.6 * norm.isf(norm.sf(6.1 / 10.6) / 2), abs=0.1)
    ages = np.linspace(45, 84, 40)
    weight = norm.pdf(ages, 62, 10)
    seen = [np.average(norm.cdf((ages - mean) / 10.6), weights=weight) for mean in (73.9, 83.9)]
    assert np.mean(seen) == pytest.approx(0.134, abs=0.01)


@pytest.mark.holds("calcification_by_MGP", "CAC_x", "CAC_agatston", "beta_calcification", "k_CAC")
@pytest.mark.parametrize(
    ("share", "score", "factor"),
    [
        (0.76, 228, 1),
        (0.27, 340, 1.554),
        (0.85, 215, 0.922),
        (0.88, 211, 0.898),
        (0.92, 206, 0.866),
        (1.0, 197, 0.806),
    ],
)
def test_score_100_after_five_years_by_carboxylated_MGP(share: float, score: float, factor: float) -> None:
    found, link = after(5, ["CAC_agatston", "calcification_by_MGP"], SCORE_100 | {"MGP_carboxylation": share})
    assert found == pytest.approx(score, abs=0.51)
    assert link == pytest.approx(factor, abs=0.00051)


@pytest.mark.holds("slope_calcification")
@pytest.mark.parametrize(
    ("share", "factor"), [(0.27, 1.554), (0.76, 1), (0.85, 0.898), (0.88, 0.864), (0.92, 0.819), (1.0, 0.728)]
)
def test_linear_variant_is_the_table_of_the_page(share: float, factor: float) -> None:
    found = after(0, ["calcification_by_MGP"], {"MGP_carboxylation": share}, variant="mgp_linear")[0]
    assert found == pytest.approx(factor, abs=0.0011)


@pytest.mark.holds("CAC_x_rate", "CAC_drive", "f_CAC_diabetes")
def test_growth_factors_multiply() -> None:
    fast = SCORE_100 | {"k_CAC": 0.633}
    assert after(5, ["CAC_agatston"], fast)[0] == pytest.approx(278, abs=1)
    assert after(5, ["CAC_agatston"], fast | {"diabetes": 1.0})[0] == pytest.approx(362, abs=1)
    factors = {
        "smoking_now": (1.0, 1.15), "takes_statin": (1.0, 1.0), "Pi_relative": (1.25, 1.25),
        "diabetes": (1.0, 1.3),
    }  # fmt: skip
    for name, (given_value, factor) in factors.items():
        assert value("CAC_drive", {name: given_value}) == pytest.approx(factor)
    together = value("CAC_drive", {name: given_value for name, (given_value, _) in factors.items()})
    assert together == pytest.approx(1.15 * 1.25 * 1.3)
    assert value("AVC_x_rate", {"diabetes": 1.0}) == pytest.approx(0.60)
    assert value("AVC_x_rate", {"smoking_now": 1.0}) == pytest.approx(0.69)


@pytest.mark.holds("eGFR_shortfall", "f_calcification_kidney")
def test_failing_kidneys_hasten_calcium_below_60() -> None:
    assert value("CAC_drive", {"eGFR_start": 30.0}) == pytest.approx(1.15, abs=1e-4)
    assert value("CAC_drive", {"eGFR_start": 100.0}) == pytest.approx(1, abs=1e-8)
    assert value("eGFR_shortfall", {"eGFR_start": 60.0}) == pytest.approx(2 * np.log(2))


@pytest.mark.holds("inflammation_SD", "inflammation_raw", "IL6_log_sd", "CRP_log_sd", "f_CAC_inflammation")
def test_inflammation_is_read_in_standard_deviations_of_the_sex() -> None:
    man = {"IL6_is_measured": 1.0}
    assert value("inflammation_SD", {}) == 0
    assert value("inflammation_SD", man | {"IL6_measured": 1100.0}) == pytest.approx(3)  # held
    quartile = value("inflammation_SD", man | {"IL6_measured": 1.7})
    assert quartile == pytest.approx(np.log(1.7 / 1.1) * 2 * norm.ppf(0.75) / np.log(1.7 / 0.7))
    woman = {"female": 1.0, "CRP_is_measured": 1.0}
    high = value("inflammation_SD", woman | {"CRP_measured": 5.4})
    assert high == pytest.approx(np.log(5.4 / 2.4) * 2 * norm.ppf(0.75) / np.log(6))
    assert value("CAC_drive", woman | {"CRP_measured": 5.4}) == pytest.approx(1.05**high)
    assert value("inflammation_SD", woman | {"CRP_measured": 0.0}) == pytest.approx(-3)  # below detection


@pytest.mark.holds("f_CAC_bolus", "width_CAC_onset", "takes_calcium_bolus")
def test_calcium_bolus_acts_before_onset_and_in_its_variant_only() -> None:
    unseen = {"age_start": 40.0, "female": 1.0, "takes_calcium_bolus": 1.0}
    with_bolus = of_variant("calcium_bolus_onset")
    assert with_bolus == {"f_CAC_bolus": 1.22}
    assert after(0, ["CAC_drive"], unseen)[0] == pytest.approx(1, abs=1e-9)
    assert after(0, ["CAC_drive"], unseen | with_bolus)[0] == pytest.approx(1.22, abs=1e-6)
    assert after(0, ["CAC_drive"], SCORE_100 | unseen | with_bolus)[0] == pytest.approx(1, abs=1e-6)
    assert after(5, ["CAC_agatston"], SCORE_100 | with_bolus | {"takes_calcium_bolus": 1.0})[
        0
    ] == pytest.approx(228, abs=0.51)


@pytest.mark.holds("f_CAC_magnesium", "takes_magnesium_in_CKD")
def test_magnesium_is_off_unless_a_scenario_sets_it() -> None:
    taken = {"takes_magnesium_in_CKD": 1.0}
    assert value("CAC_drive", taken) == pytest.approx(1, abs=1e-9)
    assert value("CAC_drive", taken | {"f_CAC_magnesium": 0.8}) == pytest.approx(0.8)


@pytest.mark.holds("Ca_artery_flow", "Ca_valve_flow", "Ca_share_of_HA", "HA_per_AU", "CAC_growth")
def test_calcium_of_the_artery_is_thousandths_of_a_milligram_a_day() -> None:
    assert value("Ca_share_of_HA", {}) == pytest.approx(0.39895, abs=1e-4)
    growth, flow = after(0, ["CAC_growth", "Ca_artery_flow"], SCORE_100 | {"k_CAC": 0.633})
    assert flow / growth * 365.25 == pytest.approx(0.2 * value("Ca_share_of_HA", {}))  # mg per Agatston unit
    assert flow * 23 / growth == pytest.approx(0.005, abs=0.0003)  # 23 AU a year
    grown = after(0.01, ["CAC_agatston"], SCORE_100)[0] - 100
    assert grown / 0.01 == pytest.approx(after(0.005, ["CAC_growth"], SCORE_100)[0], rel=1e-5)
    assert after(0, ["Ca_artery_flow", "Ca_valve_flow"], {"age_start": 30.0}) == pytest.approx([0, 0])


@pytest.mark.holds("CAC_x")
def test_calcium_unseen_becomes_calcium_seen_without_a_jump() -> None:
    person = {"age_start": 42.0}  # seven months before the mean man's onset
    x, score = after(5, ["CAC_x", "CAC_agatston"], person)
    assert x == pytest.approx(0.338 * (42 - 42.7) + 0.5 * 5)
    assert score == pytest.approx((1 + 0.2216 * x) ** (1 / 0.2216) - 1)


@pytest.mark.holds("calcification_by_MGP", "calcification_factor")
@given(
    low=st.floats(0.05, 0.98), step=st.floats(0.001, 0.5), score=st.floats(0, 2000),
    phosphate=st.floats(0.7, 1.6), eGFR=st.floats(5, 130),
)  # fmt: skip
def test_more_carboxylated_MGP_never_raises_calcium(
    low: float, step: float, score: float, phosphate: float, eGFR: float
) -> None:
    person = SCORE_100 | {"CAC_measured": score, "Pi_relative": phosphate, "eGFR_start": eGFR}
    outputs = ["CAC_agatston", "AVC_agatston", "PWV_structural"]
    less = after(3, outputs, person | {"MGP_carboxylation": low})
    more = after(3, outputs, person | {"MGP_carboxylation": min(low + step, 1.0)})
    assert np.all(more <= less)
    still = of_variant("no_causal_effect")
    assert after(3, outputs, person | still | {"MGP_carboxylation": low}) == pytest.approx(
        after(3, outputs, person | still | {"MGP_carboxylation": 1.0}), rel=1e-9
    )
