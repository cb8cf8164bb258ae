"""The runner is shared: nothing of an earlier run shows in a later one."""

from calciroute.body.assembly import assemble
from calciroute.body.runner import runner_for
from calciroute.body.solver import Dose, Lane, solve

PERSON = {"age_start": 70.0, "INR_target": 2.8}


def test_what_follows_from_constants_does_not_read_an_earlier_run():
    runner = runner_for(assemble())
    runner.set_values(PERSON)
    first = [runner.value(name) for name in ("age", "CL_S_warfarin", "warfarin_dose_for_INR")]
    runner.set_up(PERSON, {}, 1e-6, 1e-9)
    runner.advance(0.0, 8766.0)
    assert runner.value("age") > first[0]
    runner.set_values(PERSON)
    again = [runner.value(name) for name in ("age", "CL_S_warfarin", "warfarin_dose_for_INR")]
    assert again == first


def test_a_trace_in_the_diet_does_not_stop_the_solver_when_a_dose_arrives():
    doses = [Dose(0.5, "K1_gut", 1000.0)]
    solution = solve(assemble(), [Lane({"diet_K1": 1e-300}, {}, doses)], [24.0], ["K1_plasma"])
    assert solution.status == ("",)
    assert solution.values[0, 0, 0] > 0.0
