"""Hazards: population outputs, centred, never fed back."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from physiology.artery_body import after, artery_body, value

WOMAN_65 = {"age_start": 65.0, "female": 1.0}


@pytest.mark.holds(
    "hip_fracture_population", "h_hip_women", "h_hip_men", "slope_hip_age", "age_hip_women", "age_hip_men"
)
def test_population_rate_by_age_and_sex() -> None:
    man_65 = WOMAN_65 | {"female": 0.0}
    assert value("hip_fracture_population", WOMAN_65) == pytest.approx(0.0015, rel=0.03)
    assert value("hip_fracture_population", man_65) == pytest.approx(0.0011, rel=0.05)
    assert value("hip_fracture_population", WOMAN_65 | {"age_start": 89.0}) == pytest.approx(0.0271, rel=0.01)
    assert value("hip_fracture_population", man_65 | {"age_start": 89.0}) == pytest.approx(0.0189, rel=0.01)
    later = value("hip_fracture_population", WOMAN_65 | {"age_start": 70.8})
    assert later / value("hip_fracture_population", WOMAN_65) == pytest.approx(2, rel=0.01)


@pytest.mark.holds("ln_GR_hip", "GR_hip_50", "GR_hip_65", "GR_hip_85", "ramp_50_65", "ramp_65_85")
@pytest.mark.parametrize(
    ("age", "female", "ratio"),
    [
        (40, 1, 3.68),
        (50, 0, 3.68),
        (65, 1, 2.88),
        (65, 0, 2.94),
        (85, 1, 1.93),
        (95, 0, 1.93),
        (75, 1, np.sqrt(2.88 * 1.93)),
    ],
)
def test_gradient_of_risk_by_age(age: float, female: float, ratio: float) -> None:
    assert value("ln_GR_hip", {"age_start": age, "female": female}) == pytest.approx(np.log(ratio))


@pytest.mark.holds("hip_fracture_ratio", "osteoporotic_fracture_ratio")
@pytest.mark.parametrize("output", ["hip_fracture_ratio", "osteoporotic_fracture_ratio"])
def test_mean_over_people_is_the_population_rate(output: str) -> None:
    mean = value("BMD_FN_mean", WOMAN_65)

    def at(z: float) -> float:
        return value(output, WOMAN_65 | {"BMD_femoral_neck_DXA": mean + 0.12 * z})

    z = np.linspace(-6, 6, 121)
    weighted = np.array([at(each) for each in z]) * norm.pdf(z)
    assert np.sum(weighted) * (z[1] - z[0]) == pytest.approx(1, abs=1e-3)
    assert at(-1) / at(0) == pytest.approx(
        {"hip_fracture_ratio": 2.88, "osteoporotic_fracture_ratio": 1.38}[output]
    )


@pytest.mark.holds("slope_hip_ucOC", "ucOC_z", "ucOC_log_sd")
def test_osteocalcin_is_centred_and_off_in_point_runs() -> None:
    high = {"ucOC": 3.352 * np.exp(0.58)}
    assert value("ucOC_z", WOMAN_65 | high) == pytest.approx(1)
    assert value("hip_fracture_ratio", WOMAN_65 | high) == value("hip_fracture_ratio", WOMAN_65)

    def at(z: float) -> float:
        return float(np.exp(0.3 * z - 0.3**2 / 2) * norm.pdf(z))

    assert quad(at, -8, 8)[0] == pytest.approx(1, abs=1e-9)
    drawn = WOMAN_65 | {"slope_hip_ucOC": 0.3}
    gain = value("hip_fracture_ratio", drawn | high) / value("hip_fracture_ratio", WOMAN_65)
    assert gain == pytest.approx(np.exp(0.3 - 0.3**2 / 2))


@pytest.mark.holds("BMD_FN_mean", "FN_mean_women", "FN_mean_men")
def test_mean_bone_density_is_the_table_of_the_page() -> None:
    women = {
        40: 1, 46: 1, 51: 0.987, 53.5: 0.945, 56: 0.903, 60: 0.862, 65: 0.827, 70: 0.796, 75: 0.771,
        80: 0.752, 85: 0.736, 95: 0.736,
    }  # fmt: skip
    for age, share in women.items():
        person = WOMAN_65 | {"age_start": float(age)}
        assert value("BMD_FN_mean", person) == pytest.approx(0.858 * share, abs=1e-6)
    men = {60: 0.974, 65: 0.947, 70: 0.917, 75: 0.886, 80: 0.854, 85: 0.820}
    for age, share in men.items():
        assert value("BMD_FN_mean", {"age_start": float(age)}) == pytest.approx(0.934 * share, abs=0.0006)


@pytest.mark.holds("events_ratio_stiffness", "CHD_ratio_calcium")
def test_events_ratios_are_per_metre_a_second_and_per_100_units_a_year() -> None:
    person = {"age_start": 60.0, "CAC_is_measured": 1.0, "CAC_measured": 400.0}
    names = ["events_ratio_stiffness", "CHD_ratio_calcium", "cfPWV", "cfPWV_start", "CAC_growth"]
    stiff, coronary, speed, before, growth = after(10, names, person)
    assert stiff == pytest.approx(1.14 ** (speed - before))
    assert coronary == pytest.approx(1.2 ** (growth / 100))
    assert after(0, names[:2], {"age_start": 30.0}) == pytest.approx([1, 1])


@pytest.mark.holds("hip_fracture_hazard")
def test_hazards_feed_nothing_back() -> None:
    import libsbml

    model = libsbml.readSBMLFromString(artery_body().sbml).getModel()
    ends = (
        "hip_fracture_hazard",
        "osteoporotic_fracture_ratio",
        "events_ratio_stiffness",
        "CHD_ratio_calcium",
    )
    for rule in model.getListOfRules():
        formula = libsbml.formulaToL3String(rule.getMath())
        assert not any(end in formula for end in ends), rule.getVariable()
