"""The program is shared: nothing of an earlier run shows in a later one."""

import numpy as np

from calciroute.body.assembly import assemble
from calciroute.body.solver import Dose, Lane, solve
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes

PERSON = {"age_start": 70.0, "INR_target": 2.8}


def test_what_follows_from_constants_does_not_read_an_earlier_run():
    body, names = assemble(), ["age", "CL_S_warfarin", "warfarin_dose_for_INR"]
    first = values_at_start(body, Lanes(1, PERSON), names)
    assert solve(body, [Lane(PERSON)], [8766.0], ["age"]).values[0, 0, 0] > first[0, 0]
    np.testing.assert_array_equal(values_at_start(body, Lanes(1, PERSON), names), first)


def test_a_trace_in_the_diet_does_not_stop_the_solver_when_a_dose_arrives():
    doses = [Dose(0.5, "K1_gut", 1000.0)]
    solution = solve(assemble(), [Lane({"diet_K1": 1e-300}, {}, doses)], [24.0], ["K1_plasma"])
    assert solution.status == ("",)
    assert solution.values[0, 0, 0] > 0.0
