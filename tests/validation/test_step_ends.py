"""Lanes watched at every step: the same bits as an ordinary run, and a state below zero is seen."""

import sys
from pathlib import Path

import numpy as np

from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.engine.tables import Tolerances
from calciroute.equations.expression import Call
from calciroute.equations.system import State, System

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "validation")]

from random_persons import shares  # noqa: E402
from step_ends import watch  # noqa: E402

BOUNDS = Tolerances(1e-6, 1e-9, 1e-5)
TIMES = np.array([0.0, 3.0, 10.0])


def program():
    """A decay, and a fall that does not stop at 0."""
    decay = State(1.0, Call("negate", (Call("times", ("k", "A")),)))
    return compile_program(
        System({"k": 0.1, "v": 0.0}, {"A": decay, "B": State(0.5, Call("negate", ("v",)))})
    )


def lanes(count):
    k = np.linspace(0.1, 2.0, count)
    v = np.where(np.arange(count) == 4, 0.1, 0.0)
    doses = Doses(np.arange(count), np.full(count, 5.0), np.zeros(count, int), np.full(count, 3.0), ("A",))
    return Lanes(count, {"k": k, "v": v}, {}, doses)


def test_watching_changes_no_bit():
    one, many = program(), lanes(37)
    usual = solve(one, many, TIMES, outputs=["A", "B"], tolerances=BOUNDS)
    for threads, block in ((1, 512), (2, 5)):
        seen = watch(one, many, TIMES, ["A", "B"], BOUNDS, threads=threads, block=block)
        assert seen.found.values.tobytes() == usual.values.tobytes()
        assert seen.found.steps.tolist() == usual.steps.tolist()


def test_the_lowest_and_the_highest_of_each_lane_are_its_own():
    one, many = program(), lanes(37)
    usual = solve(one, many, TIMES, outputs=["A", "B"], tolerances=BOUNDS)
    seen = watch(one, many, TIMES, ["A", "B"], BOUNDS)
    places = [one.states.index(name) for name in ("A", "B")]
    lowest, highest = seen.lowest[:, places], seen.highest[:, places]
    k = np.linspace(0.1, 2.0, 37)
    before_dose = np.exp(-5.0 * k)
    assert np.allclose(lowest[:, 0], np.minimum(before_dose, usual.values[:, 2, 0]), rtol=1e-4)
    assert np.all(highest[:, 0] <= np.maximum(1.0, before_dose + 3.0))
    fallen = np.arange(37) == 4
    assert np.allclose(lowest[fallen, 1], -0.5)
    assert np.allclose(lowest[~fallen, 1], 0.5)


def test_turns_of_a_comparison_are_counted_lane_by_lane():
    falling = State(1.0, Call("negate", ("k",)))
    below = Call("piecewise", ("one", Call("lt", ("A", "half")), "zero"))
    rest = {"half": 0.5, "one": 1.0, "zero": 0.0}
    one = compile_program(System({"k": 0.1, **rest}, {"A": falling, "T": State(0.0, below)}))
    seen = watch(one, Lanes(9, {"k": np.linspace(0.01, 0.09, 9)}), TIMES, ["T"], BOUNDS)
    assert seen.turns.tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]


def test_a_share_of_nothing_is_nothing():
    assert shares(np.array([0.0, -1.0, -1.0]), np.array([0.0, 0.0, 4.0])).tolist() == [0.0, -1.0, -0.25]
