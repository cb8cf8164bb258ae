"""The one call that solves: closed forms, doses at awkward times, lanes independent of their neighbours."""

import math

import libsbml
import numpy as np
import pytest

from calciroute.body.assembly import Body
from calciroute.body.solver import Dose, Lane, Tolerances, solve
from calciroute.body.variant import read_variant
from calciroute.errors import SolveError
from calciroute.sbml.cache import content_hash
from calciroute.sbml.merge import merge_parts
from sbml.small_parts import growth, plasma

TIGHT = Tolerances(1e-12, 1e-15)
K = 0.5  # per hour: CL 1 L/h over V 2 L


@pytest.fixture(scope="module")
def body():
    parts = [plasma(), growth()]
    sbml = libsbml.writeSBMLToString(merge_parts(parts, "whole"))
    numbers = {name: row for part in parts for name, row in part.numbers.items()}
    return Body(read_variant("calciroute"), sbml, numbers, content_hash(sbml))


def amounts(body, doses, times, **lane):
    solution = solve(body, [Lane(doses=doses, **lane)], times, ["drug_plasma"], tolerances=TIGHT)
    assert solution.status == ("",)
    return solution.values[0, :, 0]


def expected(doses, time, start=3.0):
    given = [amount * math.exp(-K * (time - at)) for at, amount in doses if at < time]
    return start * math.exp(-K * time) + sum(given)


@pytest.mark.parametrize(
    "given",
    [
        [],
        [(0.0, 10.0)],
        [(2.0, 10.0)],
        [(2.0, 10.0), (2.0, 5.0)],
        [(6.0, 10.0)],
        [(0.5 * index, 1.0) for index in range(12)],
    ],
    ids=["none", "at 0", "at an output time", "two at once", "at the end", "repeated"],
)
def test_doses_follow_the_closed_form(body, given):
    times = [0.0, 1.0, 2.0, 3.5, 6.0]
    found = amounts(body, [Dose(at, "drug_plasma", amount) for at, amount in given], times)
    np.testing.assert_allclose(found, [expected(given, time) for time in times], rtol=1e-8)


def test_a_dose_raises_an_input_from_its_time_on(body):
    found = amounts(body, [Dose(2.0, "CL_drug", 1.0)], [2.0, 4.0])
    np.testing.assert_allclose(found, [3.0 * math.exp(-1.0), 3.0 * math.exp(-1.0 - 2.0)], rtol=1e-8)


def test_parameters_and_start_of_a_lane_are_its_own(body):
    lanes = [Lane(), Lane({"V_drug": 4.0}, {"drug_plasma": 8.0}), Lane()]
    solution = solve(body, lanes, [2.0], ["drug_plasma", "C_drug"], tolerances=TIGHT)
    np.testing.assert_allclose(solution.values[1, 0], [8.0 * math.exp(-0.5), 2.0 * math.exp(-0.5)], rtol=1e-8)
    np.testing.assert_array_equal(solution.values[0], solution.values[2])


def test_a_lane_gives_the_same_bits_alone_and_among_others(body):
    doses = [Dose(1.0, "drug_plasma", index) for index in range(5)]
    lanes = [Lane({"CL_drug": 1.0 + 0.1 * index}, doses=[dose]) for index, dose in enumerate(doses)]
    together = solve(body, lanes, [0.5, 3.0], ["drug_plasma", "plaque"]).values
    for index, lane in enumerate(lanes):
        alone = solve(body, [lane], [0.5, 3.0], ["drug_plasma", "plaque"]).values
        np.testing.assert_array_equal(alone[0], together[index])


def test_the_mean_of_a_day_is_the_integral_over_it(body):
    times, names = [0.0, 24.0, 48.0], ["drug_plasma"]
    solution = solve(body, [Lane()], times, names, means=names, tolerances=TIGHT)
    whole = 3.0 * math.exp(-K * 24.0) * (1.0 - math.exp(-K * 24.0)) / K / 24.0
    assert solution.means[0, 2, 0] == pytest.approx(whole, rel=1e-9)


def test_a_lane_that_fails_says_when_and_the_others_go_on(body):
    broken = Lane({"C_limit": -1.0, "width_limit": 0.0})
    solution = solve(body, [Lane(), broken], [10.0], ["plaque"])
    assert solution.status[0] == ""
    assert np.isfinite(solution.values[0]).all()
    assert "after day 0;" in solution.status[1]
    assert np.isnan(solution.values[1]).all()


def test_an_unknown_id_is_an_error(body):
    with pytest.raises(SolveError, match="CL_drg"):
        solve(body, [Lane({"CL_drg": 1.0})], [1.0], ["drug_plasma"])
