"""Rest of a small model: what is solved, what is held, and what is said when there is none."""

import numpy as np
import pytest

from calciroute.body.assembly import Body
from calciroute.body.plans import RestPlan, rest_plan
from calciroute.body.rest import find_rest, find_rests
from calciroute.body.variant import read_variant
from calciroute.engine.lanes import Lanes
from calciroute.errors import SolveError
from calciroute.sbml.cache import content_hash
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.part import Part

TEXT = """\
model pools
  fast has dimensionless;    fast is "settles in an hour";
  slow has dimensionless;    slow is "settles in a century";
  held has dimensionless;    held is "moves, but is no part of the search";
  inflow has dimensionless;  inflow is "input";
  k_fast has per_hour;       k_fast is "rate";
  k_slow has per_hour;       k_slow is "rate";
  k_fast = 1;
  k_slow = 1e-6;
  inflow = 2;
  fast' = k_fast*(inflow*slow^0.5 - fast);
  slow' = k_slow*(fast - 3*slow);
  held' = k_fast*held;
  fast = 1;
  slow = 5;
  held = 1;
end
"""
PLAN = RestPlan(("fast", "slow"), {})


@pytest.fixture(scope="module")
def pools() -> Body:
    import libsbml

    sbml = libsbml.writeSBMLToString(merge_parts([Part("pools", TEXT, "pools.ant", {})], "pools"))
    return Body(read_variant("calciroute"), sbml, {}, content_hash(sbml))


@pytest.mark.parametrize("inflow", [0.01, 2.0, 300.0])
def test_both_pools_come_to_their_closed_form(pools: Body, inflow: float) -> None:
    found = find_rest(pools, {"inflow": inflow}, plan=PLAN)
    slow = (inflow / 3.0) ** 2
    assert found == pytest.approx({"fast": 3.0 * slow, "slow": slow}, rel=1e-9)


def test_states_outside_the_plan_are_held(pools: Body) -> None:
    found = find_rest(pools, start={"slow": 9.0}, plan=RestPlan(("fast",), {}))
    assert found == pytest.approx({"fast": 6.0}, rel=1e-9)


def test_a_lane_without_rest_says_so_and_the_others_find_theirs(pools: Body) -> None:
    lanes = Lanes(3, {"inflow": np.array([2.0, -1.0, 0.01])})
    found = find_rests(pools, lanes, PLAN)
    assert found.status[0] == found.status[2] == ""
    assert "no state of rest" in found.status[1]
    alone = find_rest(pools, {"inflow": 0.01}, plan=PLAN)
    assert {name: column[2] for name, column in found.states.items()} == alone
    assert np.isnan(found.states["slow"][1])


def test_inputs_of_the_plan_are_held_during_the_search(pools: Body) -> None:
    found = find_rest(pools, {"inflow": 2.0}, plan=RestPlan(PLAN.states, {"inflow": 6.0}))
    assert found["slow"] == pytest.approx(4.0, rel=1e-9)


def test_a_model_that_only_grows_has_no_rest(pools: Body) -> None:
    with pytest.raises(SolveError, match="held changes by"):
        find_rest(pools, plan=RestPlan(("fast", "slow", "held"), {}))


def test_the_shipped_plan_names_each_state_once() -> None:
    states = rest_plan().states
    assert len(set(states)) == len(states) == 24
    assert np.all([name[0].isalpha() for name in states])
