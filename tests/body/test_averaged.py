"""The body averaged over the day against itself with every dose."""

import warnings

import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.body.averaged import PERIOD_MEAN, averaged_ids, solve_averaged_lanes
from calciroute.body.plans import averaging_plan
from calciroute.body.solver import Tolerances, solve_lanes
from calciroute.body.start import start_state
from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.trains import Trains, every_dose
from calciroute.errors import SolveError

DAY, YEAR = 24.0, 24.0 * 365
TOLERANCES = Tolerances(1e-6, 1e-8)
OUTPUTS = (
    "serum_MK7_mass", "serum_MK4_mass", "plasma_dp_ucMGP", "percent_ucOC", "serum_PIVKA2",
    "MGP_carboxylation", "CAC_agatston", "cfPWV", "BMD_lumbar_DXA", "Ca_serum", "factor_VII",
)  # fmt: skip


@pytest.fixture(scope="module")
def body():
    return assemble()


@pytest.fixture(scope="module")
def lanes(body):
    """Two persons at rest, of quick and of slow clearance."""
    return Lanes(2, {"CL_person_MK7": np.array([2.0, 0.7])}, start_state(body, {}))


def daily(count=400):
    """MK-7 in the morning from the second day on and MK-4 twice a day, nmol."""
    return Trains(
        np.array([0, 0, 0, 1, 1, 1]), np.array([0, 1, 1, 0, 1, 1]), np.array([32.0, 9.0, 21.0] * 2),
        np.array([277.0, 225.0, 225.0] * 2), np.full(6, count), ("MK7_gut", "MK4_gut"),
    )  # fmt: skip


def test_a_year_of_daily_vitamin_k_agrees_with_every_dose(body, lanes):
    times = np.array([60 * DAY, YEAR])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = solve_averaged_lanes(
            body, lanes, [0.0, *times], OUTPUTS, trains=daily(), tolerances=TOLERANCES
        )
    written = Lanes(2, lanes.parameters, lanes.start, every_dose(daily(), DAY, YEAR + DAY))
    every = solve_lanes(
        body, written, times + DAY / 2, OUTPUTS, means=OUTPUTS, tolerances=TOLERANCES
    )  # means reach back
    assert found.status == ("", "")
    assert found.values[:, 1:] == pytest.approx(every.means, rel=3e-4)
    assert found.labels == ("start", PERIOD_MEAN, PERIOD_MEAN)
    assert found.period_h == DAY
    # MK-7 was really taken: its level tells the two persons apart, and both from the start.
    level = found.values[:, :, 0]
    assert np.all(level[:, -1] > 3 * level[:, 0])
    assert level[1, -1] > 2 * level[0, -1]
    check = found.check
    assert set(check.outputs) == set(OUTPUTS)
    assert check.difference.max() < 1e-3
    assert check.words == ""


def test_a_lane_without_numbers_has_words_and_harms_nobody(body, lanes):
    broken = Lanes(2, {"CL_person_MK7": np.array([np.nan, 0.7])}, lanes.start)
    found = solve_averaged_lanes(body, broken, [YEAR], OUTPUTS, trains=daily(), sentinels=0)
    alone = solve_averaged_lanes(
        body,
        Lanes(1, {"CL_person_MK7": 0.7}, lanes.start),
        [YEAR],
        OUTPUTS,
        trains=daily().of([1]),
        sentinels=0,
    )
    assert "CL_person_MK7 is nan" in found.status[0]
    assert found.status[1] == ""
    assert np.isnan(found.values[0]).all()
    assert found.values[1].tobytes() == alone.values[0].tobytes()
    assert found.check is None


def test_a_medicine_with_doses_of_its_own_is_refused(body, lanes):
    taken = Doses(
        np.zeros(40, dtype=int), 12.0 + DAY * np.arange(40), np.zeros(40, dtype=int), np.full(40, 10.0),
        ("warfarin_gut",),
    )  # fmt: skip
    one = Lanes(1, {}, lanes.start, taken)
    with pytest.raises(SolveError, match="the dose to warfarin_gut at 12 in lane 0 acts within the period"):
        solve_averaged_lanes(body, one, [YEAR], OUTPUTS)


def test_an_id_that_cannot_be_read_is_refused(body):
    assert "serum_MK7_mass" in averaged_ids(body)
    with pytest.raises(SolveError, match="serum_MK7_mas cannot be read"):
        solve_averaged_lanes(body, Lanes(1), [DAY], ["serum_MK7_mas"])


def test_another_body_without_these_states_is_refused():
    with pytest.raises(SolveError, match="nothing in it may be averaged"):
        averaged_ids(assemble("published_smooth"))


def test_the_plan_names_every_state_of_its_blocks_once():
    plan = averaging_plan()
    assert len(set(plan.states)) == len(plan.states)
    assert set(plan.doses_to) <= set(plan.states)
