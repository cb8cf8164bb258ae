"""Vitamers in plasma: single doses, repeated doses, half-lives, and nothing lost or made on the way."""

import numpy as np
import pytest

from physiology.printed import assert_printed
from physiology.vitamin_k_body import DAY, NO_DIET, at_rest, course, dose, vitamin_k_body


@pytest.mark.holds("MK7_absorbed", "MK7_elimination", "MK7_storage", "MK7_release")
def test_single_dose_of_MK7():
    values = course(["C_MK7"], [6.0, 24.0], before=NO_DIET, doses=[dose("MK7", 180, 0, 1)])[:, 0]
    assert_printed("MK-7 180 ug softgel without diet", {"C_MK7 6 h": values[0], "C_MK7 24 h": values[1]})


@pytest.mark.holds("K1_absorbed", "K1_elimination", "K1_storage", "K1_release")
def test_single_dose_of_K1():
    values = course(["C_K1"], [6.0, 24.0], before=NO_DIET, doses=[dose("K1", 500, 0, 1)])[:, 0]
    assert_printed("K1 500 ug supplement without diet", {"C_K1 6 h": values[0], "C_K1 24 h": values[1]})


@pytest.mark.holds("MK4_absorbed", "MK4_elimination", "F_low_dose_MK4")
def test_single_dose_of_MK4_peaks():
    times = np.arange(0, 8, 0.01)
    level = course(["serum_MK4_mass"], times, before=NO_DIET, now={"MK4_dose_size": 15000.0},
                   doses=[dose("MK4", 15000, 0, 2.2)])[:, 0]  # fmt: skip
    assert_printed("MK-4 15 mg without diet", {"peak": level.max(), "peak time": times[level.argmax()]})


def test_daily_MK7_before_dose_85():
    names = ["C_MK7", "cofactor_liver", "cofactor_bone", "cofactor_artery", "cOC", "ucOC", "dp_ucMGP", "INR"]
    doses = [dose("MK7", 180, DAY * day, 1) for day in range(84)]
    values = course(names, [84 * DAY], doses=doses)[0]
    assert_printed("MK-7 180 ug before dose 85", dict(zip(names, values, strict=True)))


@pytest.mark.parametrize(
    ("vitamer", "half_life_h"), [("MK7", 68.0), ("MK89", 60.0), ("K1", 29.5), ("MK4", 1.81)]
)
def test_terminal_half_life(vitamer, half_life_h):
    late = [10 * half_life_h, 11 * half_life_h]
    # What was given is gone from the gut long before.
    level = course([f"{vitamer}_plasma"], late, before=NO_DIET, doses=[dose(vitamer, 1000, 0, 0)],
                   now={f"ka_dose_{vitamer}": 5.0})[:, 0]  # fmt: skip
    assert half_life_h * np.log(2) / np.log(level[0] / level[1]) == pytest.approx(half_life_h, rel=0.03)


def test_two_phases_of_K1():
    """Half-lives from the rates of change of plasma and slow pool: 1.0 and 29.5 h."""
    step = 1e-4
    columns = []
    for amounts in ({"K1_plasma": 1.0, "K1_slow": 0.0}, {"K1_plasma": 0.0, "K1_slow": 1.0}):
        now, soon = course(
            ["K1_plasma", "K1_slow"], [0.0, step], before=NO_DIET, start=at_rest(NO_DIET) | amounts
        )
        columns.append((soon - now) / step)
    fast, slow = sorted(np.log(2) / -np.linalg.eigvals(np.array(columns).T))
    assert fast == pytest.approx(1.0, abs=0.05)
    assert slow == pytest.approx(29.5, abs=0.05)


COLLECTORS = """
model collectors
  $K1_absorbed_steady has nmol_per_hour; $K1_infusion has nmol_per_hour; $CL_K1 has L_per_hour; $C_K1 has nM;
  $MK4_absorbed_steady has nmol_per_hour; $CL_MK4 has L_per_hour; $C_MK4 has nM;
  $MK7_absorbed_steady has nmol_per_hour; $CL_MK7 has L_per_hour; $C_MK7 has nM;
  $MK89_absorbed_steady has nmol_per_hour; $CL_MK89 has L_per_hour; $C_MK89 has nM;
  K1_out has nmol;    K1_out = 0;    K1_out' = CL_K1*C_K1 - K1_infusion - K1_absorbed_steady;
  MK4_out has nmol;   MK4_out = 0;   MK4_out' = CL_MK4*C_MK4 - MK4_absorbed_steady;
  MK7_out has nmol;   MK7_out = 0;   MK7_out' = CL_MK7*C_MK7 - MK7_absorbed_steady;
  MK89_out has nmol;  MK89_out = 0;  MK89_out' = CL_MK89*C_MK89 - MK89_absorbed_steady;
end
"""


@pytest.mark.holds("K1_absorbed", "MK4_absorbed", "MK7_absorbed", "MK89_absorbed", "F_medicines")
def test_each_vitamer_is_conserved_over_ten_years():
    """Start + F dose + flux + infusion = F gut + plasma + slow + eliminated, to 1e-9 of what came in."""
    vitamers = ["K1", "MK4", "MK7", "MK89"]
    sizes = {"K1": 500.0, "MK4": 1500.0, "MK7": 180.0, "MK89": 50.0}
    inputs = {
        "diet_MK4": 20.0,
        "K1_infusion": 0.3,
        "MK4_dose_size": 1500.0,
        "takes_orlistat": 1.0,
        "F_dose_K1": 0.35,
    }
    doses = [dose(v, sizes[v], 240 * DAY * n, 1) for n in range(15) for v in vitamers]
    names = [
        f"{v}_{place}"
        for v in vitamers
        for place in ("gut", "plasma", "slow", "out")
        if (v, place) != ("MK4", "slow")
    ]
    times = [0.0, 3600 * DAY + 3.0, 3650 * DAY]
    rows = course(names, times, before=inputs, doses=doses, extra=COLLECTORS)
    outputs = ["F_low_dose_MK4", "F_medicines", *(f"{v}_absorbed_steady" for v in vitamers)]
    constants = at_rest(inputs, outputs)
    for v in vitamers:
        share = (
            constants["F_medicines"]
            * {"K1": 0.35, "MK4": constants["F_low_dose_MK4"], "MK7": 1.0, "MK89": 0.8}[v]
        )
        held = {name: rows[:, names.index(name)] for name in names if name.split("_")[0] == v}
        total = share * held[f"{v}_gut"] + held[f"{v}_plasma"] + held.get(f"{v}_slow", 0.0) + held[f"{v}_out"]
        given = share * sum(d.amount for d in doses if d.target == f"{v}_gut")
        came_in = given + constants[f"{v}_absorbed_steady"] * times[-1]
        assert abs(total[-1] - total[0] - given) <= 1e-9 * came_in, v


def test_no_state_falls_below_zero():
    doses = [dose(v, 1000, DAY * day, 1) for day in range(5) for v in ("K1", "MK4", "MK7", "MK89")]
    names = sorted(at_rest({}))
    values = course(
        names, np.linspace(0, 60 * DAY, 400), before=NO_DIET, doses=doses, now={"warfarin_daily_mg": 8.0}
    )
    assert values.min() >= -1e-12


def test_level_rises_with_dose_and_reported_K1_with_triglycerides():
    levels = [at_rest({"supplement_MK7": ug}, ["C_MK7"])["C_MK7"] for ug in (0, 1, 45, 180, 1000)]
    assert np.all(np.diff(levels) > 0)
    high = at_rest({"triglycerides": 4 * 1.2e6}, ["C_K1", "serum_K1", "serum_MK7", "C_MK7"])
    assert high["serum_K1"] == pytest.approx(2 * high["C_K1"])
    assert high["serum_MK7"] == pytest.approx(high["C_MK7"])


def test_serum_by_mass_is_serum_by_amount_times_molar_mass():
    level = at_rest({}, ["serum_MK7", "serum_MK7_mass"])
    assert level["serum_MK7_mass"] / level["serum_MK7"] == pytest.approx(
        vitamin_k_body().numbers["MW_MK7"].value / 1000
    )
