"""A person of the product, as `simulate` makes the lane, through the averaged mode."""

import numpy as np
import pytest

from calciroute.body.averaged import solve_averaged_lanes
from calciroute.body.lanes import doses_of
from calciroute.body.solver import solve
from calciroute.engine.lanes import Lanes
from calciroute.intake.plan import read_plan
from calciroute.people.examples import write_examples
from calciroute.people.person import read_person
from calciroute.simulate.central import central_lane

OUTPUTS = ["plasma_dp_ucMGP", "percent_ucOC", "serum_MK7_mass", "CAC_agatston", "calcidiol"]
PLAN = """
[[supplement]]
product = "MK-7 180 mcg softgel"
times = "daily 08:00 with a meal that has fat"
start_day = 30

[[supplement]]
product = "vitamin D3 20 mcg capsule"
times = "daily 08:00 with a meal that has fat"
start_day = 100
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    person, plan, _ = write_examples(tmp_path_factory.mktemp("given") / "example")
    plan.write_text(PLAN, "utf-8")
    return central_lane(read_person(person), read_plan(plan), years=1.0)


def test_a_plan_that_begins_later_agrees_with_every_dose(made):
    body, lane = made
    times = np.array([24.0 * 20, 24.0 * 200, 24.0 * 360])
    found = solve_averaged_lanes(
        body, Lanes(1, lane.parameters, lane.start, doses_of([lane])), times, OUTPUTS
    )
    every = solve(body, [lane], times + 12.0, OUTPUTS, means=OUTPUTS)
    assert found.status == ("",)
    assert found.values == pytest.approx(every.means, rel=1e-3)
    level = found.values[0, :, 2]
    assert level[1] > 3 * level[0]
    assert found.check.difference.max() < 1e-3
