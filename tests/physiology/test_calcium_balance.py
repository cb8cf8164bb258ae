"""What goes in comes out: calcium and phosphate over ten years, drift at rest, no state below zero."""

import numpy as np
import pytest

from calciroute.body.course import course
from calciroute.body.solver import Dose, Tolerances
from calciroute.body.values import state_names
from physiology.calcium_body import (
    COLLECTORS,
    HOURS_PER_YEAR,
    MAN,
    MG_OF_CALCIUM,
    at_rest,
    calcium_body,
    from_rest,
    meals,
    whole_plan,
)

TEN_YEARS = [year * HOURS_PER_YEAR for year in range(11)]
CALCIUM = ("Ca_plasma", "Ca_bone_fast", "Ca_bone_deep", "Ca_absorbed_total", "Ca_urine_total")
PHOSPHATE = (
    "Pi_plasma",
    "Pi_gut",
    "Pi_cell",
    "Ca_bone_fast",
    "Ca_bone_deep",
    "Pi_eaten_total",
    "Pi_urine_total",
)
PHOSPHATE_PER_CALCIUM = 0.464
BALANCE = 1e-9
DEFAULT = Tolerances()  # a balance that holds only in a tight run would not hold in a user's

# Ten years of one person each: what changes at time 0, and what is given on the way.
LIVES = {
    "rest": ({}, {}),
    "menopause": ({"female": 1.0, "age_start": 45.0}, {}),
    "less calcium": ({}, meals(400.0)),
    "calcium supplement and vitamin D": (
        {"calcidiol_start": 30.0},
        {"calcium_dose_1": 500.0 * MG_OF_CALCIUM, "vitamin_D_supplement": 25.0},
    ),
    "failing kidney": ({"eGFR_start": 70.0}, {"eGFR_decline": 4.0}),
    "more phosphorus": ({}, {"diet_phosphorus": 20e6 / 24.0}),
}


def run(outputs: tuple[str, ...], life: str) -> np.ndarray:
    before, now = LIVES[life]
    held = {**MAN, **before}
    estrogen_one = {**held, "female": 0.0}
    start = {name: value for name, value in at_rest(estrogen_one).items() if name not in COLLECTORS}
    return course(calcium_body(), outputs, TEN_YEARS, before=held, now=now, start=start, tolerances=DEFAULT)


@pytest.mark.holds("Ca_absorbed_total", "Ca_urine_total", "Ca_resorption", "Ca_deposition", "Ca_excretion")
@pytest.mark.parametrize("life", list(LIVES))
def test_calcium_is_conserved_over_ten_years(life: str) -> None:
    plasma, fast, deep, absorbed, urine = run(CALCIUM, life).T
    total = plasma + fast + deep - absorbed + urine
    throughput = absorbed[-1]
    assert throughput > 0
    assert np.max(np.abs(total - total[0])) < BALANCE * throughput


@pytest.mark.holds(
    "Pi_eaten_total", "Pi_urine_total", "Pi_resorption", "Pi_deposition", "Pi_excretion", "Pi_per_Ca_bone"
)
@pytest.mark.parametrize("life", list(LIVES))
def test_phosphate_is_conserved_over_ten_years(life: str) -> None:
    plasma, gut, cell, fast, deep, eaten, urine = run(PHOSPHATE, life).T
    total = plasma + gut + cell + PHOSPHATE_PER_CALCIUM * (fast + deep) - eaten + urine
    assert np.max(np.abs(total - total[0])) < BALANCE * eaten[-1]


@pytest.mark.holds("Ca_gut_bolus", "Ca_bolus_absorbable")
def test_a_bolus_is_in_the_balance() -> None:
    load = {"Ca_bolus_load": 500.0 * MG_OF_CALCIUM}
    absorbable = at_rest(load, ("Ca_bolus_absorbable",))["Ca_bolus_absorbable"]
    outputs = ("Ca_gut_bolus", *CALCIUM)
    values = from_rest(
        outputs,
        [0.0, 30.0],
        {"ageing": 0.0},
        doses=[Dose(6.0, "Ca_gut_bolus", absorbable)],
        tolerances=DEFAULT,
    )
    gut, plasma, fast, deep, absorbed, urine = values.T
    assert gut[1] == pytest.approx(absorbable * np.exp(-0.4 * 24.0), rel=1e-3)
    total = plasma + fast + deep - absorbed + urine
    assert abs(total[1] - total[0]) < BALANCE * absorbable


@pytest.mark.holds(
    "Ca_intake_flow",
    "Ca_absorbed_flow",
    "Ca_stool_flow",
    "Ca_urine_flow",
    "Ca_to_bone_flow",
    "Ca_from_bone_flow",
)
def test_flows_add_up() -> None:
    names = (
        "Ca_intake_flow",
        "Ca_absorbed_flow",
        "Ca_stool_flow",
        "Ca_urine_flow",
        "Ca_to_bone_flow",
        "Ca_from_bone_flow",
    )
    rest = at_rest({}, names)
    intake, absorbed, stool, urine, to_bone, from_bone = (rest[name] for name in names)
    assert intake == pytest.approx(24.055 * 40.078, rel=1e-9)
    assert intake == pytest.approx(absorbed + stool, rel=1e-12)
    assert absorbed + from_bone == pytest.approx(urine + to_bone, rel=1e-10)  # nothing is stored at rest
    assert urine == pytest.approx(144.1, abs=0.1)


def test_the_regulated_core_does_not_drift_at_rest() -> None:
    plan = whole_plan()
    values = from_rest(plan.states, TEN_YEARS, plan.hold, tolerances=Tolerances(1e-8, 1e-11))
    drift = np.max(np.abs(values / values[0] - 1.0))
    assert drift < 1e-6


@pytest.mark.parametrize("life", list(LIVES))
def test_no_state_falls_below_zero(life: str) -> None:
    states = tuple(state_names(calcium_body()))
    values = run(states, life)
    scale = np.max(np.abs(values), axis=0)
    scale[scale == 0.0] = 1.0
    lowest = np.min(values / scale, axis=0)
    # Net absorption may run below zero: the gut gives calcium off.
    kept = [place for place, name in enumerate(states) if name != "Ca_absorbed_total"]
    assert np.min(lowest[kept]) >= -1e-12
