"""A year with doses: nothing is lost or made, no state falls below zero, and rest stays rest."""

import numpy as np
import pytest

from balance import RESERVOIRS, SUM, daily, lowest, mineral_gaps
from calciroute.body.assembly import assemble
from calciroute.body.plans import rest_plan
from calciroute.body.solver import STANDARD, Lane, solve
from calciroute.body.start import start_state
from calciroute.body.values import state_names

YEAR_H = 24.0 * 365
WOMAN = {"age_start": 62.0, "female": 1.0, "FMP_age": 51.0, "MK4_dose_size": 45.0}
MAN = {"age_start": 40.0, "female": 0.0, "ageing": 0.0, "eGFR_decline": 0.0}


@pytest.fixture(scope="module")
def body():
    return assemble()


@pytest.fixture(scope="module")
def dosed(body):
    """A woman with three vitamers, and the same on warfarin: values (lane, time, state)."""
    start = start_state(body, WOMAN)
    vitamers = daily("MK7_gut", 277.0, 8.0, 60) + daily("K1_gut", 1000.0, 9.0, 60, 3)
    vitamers += daily("MK4_gut", 100.0, 12.0, 60, 2)
    lanes = [
        Lane(WOMAN, start, vitamers),
        Lane(WOMAN, start, vitamers + daily("warfarin_gut", 5.0, 20.0, 60)),
    ]
    solution = solve(body, lanes, np.linspace(0.0, YEAR_H, 74), state_names(body), tolerances=STANDARD)
    assert solution.status == ("", "")
    return solution


@pytest.mark.holds("Ca_plasma", "Ca_bone_fast", "Ca_bone_deep", "Pi_plasma", "Pi_gut", "Pi_cell")
def test_calcium_and_phosphate_balance(body, dosed):
    ratio = body.numbers["Pi_per_Ca_bone"].value
    for lane in dosed.values:
        gaps = mineral_gaps(dict(zip(dosed.outputs, lane.T, strict=True)), ratio)
        assert max(gaps.values()) < 1e-9, gaps


def test_no_state_falls_below_zero(dosed):
    share, name = lowest(dosed.values, dosed.outputs)
    assert share >= -1e-12, name


def test_rest_stays_rest(body):
    start = start_state(body, MAN)
    solution = solve(body, [Lane(MAN, start)], [0.0, YEAR_H], state_names(body))
    first, last = solution.values[0]
    moved = {
        name: abs(b / a - 1.0)
        for name, a, b in zip(solution.outputs, first, last, strict=True)
        if a != 0.0 and name not in RESERVOIRS and not name.endswith(SUM)
    }
    assert set(rest_plan().states) <= set(moved)
    assert max(moved.values()) < 1e-7, max(moved, key=moved.get)
