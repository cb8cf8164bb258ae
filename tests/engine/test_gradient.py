"""Derivatives from spare lanes: closed forms and central differences; doses, kinks, failing neighbours."""

import numpy as np
import pytest

from calciroute.engine.gradient import gradients, spread_lanes
from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.layout import WIDTH
from calciroute.engine.solve import Tolerances, solve
from calciroute.errors import SolveError
from engine.formula import event, written
from engine.ready import ready

TIGHT = Tolerances(1e-10, 1e-13)
USUAL = Tolerances(1e-4, 1e-6)
ORAL = written(
    {
        "ka": 1.0,
        "k": 0.1,
        "V": 5.0,
        "Vmax": 3.0,
        "Km": 2.0,
        "a": 1.1,
        "b": 0.7,
        "c": 0.3,
        "d": 2.0,
        "zero": 0.0,
    },
    {
        "gut": (0, "-ka * gut"),
        "central": (0, "ka * gut - k * central - Vmax * central / (Km + central)"),
        "effect": (1, "a * central / V - b * effect ** 1.5 + zero"),
        "quick": (0, "500 * (exp(-c * effect) * d - quick)"),
    },
)
TIMES = np.array([6.0, 24.0, 36.0, 50.0])
BY = ("ka", "k", "V", "Vmax", "Km", "a", "b", "c", "d", "zero", "effect")
OUTPUTS = ("central", "effect", "quick")


def dosed(count):
    """Lanes that differ in two numbers, each with a dose a day at an hour of its own."""
    lane, day = np.repeat(np.arange(count), 2), np.tile([0.0, 1.0], count)
    doses = Doses(
        lane, 24.0 * day + 0.3 * lane, np.zeros(2 * count, dtype=int), np.full(2 * count, 10.0), ("gut",)
    )
    return Lanes(
        count, {"k": 0.1 + 0.01 * np.arange(count), "V": 5.0}, {"effect": np.full(count, 0.8)}, doses
    )


def share_of_error(slopes, expected, values):
    """Error of a derivative as a share of it; where it is next to nothing, of what the output reaches."""
    reached = np.max(np.abs(values), axis=(0, 1))
    return np.abs(slopes - expected) / (np.abs(expected) + 1e-2 * reached[:, None])


@pytest.fixture(scope="module")
def oral():
    return ready(ORAL)


def central_difference(program, lanes, name, times, outputs, share=1e-4):
    """By steps of their own, at a tight bound."""
    moved = []
    given = lanes.parameters if name in program.parameters else lanes.start
    value = np.broadcast_to(given.get(name, program.defaults.get(name, 0.0)), lanes.count)
    change = share * np.where(value == 0.0, 1.0, value)
    for sign in (1.0, -1.0):
        changed = {**given, name: value + sign * change}
        tables = (changed, lanes.start) if name in program.parameters else (lanes.parameters, changed)
        moved.append(
            solve(program, Lanes(lanes.count, *tables, lanes.doses), times, outputs=outputs, tolerances=TIGHT)
        )
    return (moved[0].values - moved[1].values) / (2.0 * change)[:, None, None]


def test_against_central_differences_at_a_usual_bound(oral):
    lanes = dosed(5)
    found = gradients(oral, lanes, TIMES, BY, outputs=OUTPUTS, tolerances=USUAL)
    assert not any(found.words)
    assert found.slopes.shape == (5, 4, 3, len(BY))
    expected = np.stack([central_difference(oral, lanes, one, TIMES, OUTPUTS) for one in BY], axis=-1)
    error = share_of_error(found.slopes, expected, found.values)
    assert np.median(error) < 1e-4
    assert np.max(error) < 2e-2


def test_tight_bounds_give_exact_derivatives(oral):
    """Decay by itself: d exp(-k t)/dk = -t exp(-k t)."""
    decay = ready(written({"k": 0.3}, {"A": (2, "-k * A")}))
    found = gradients(decay, Lanes(1), [1.0, 5.0], ["k", "A"], tolerances=TIGHT, shift=1e-7)
    time = np.array([1.0, 5.0])
    place = found.outputs.index("A")
    assert found.values[0, :, place] == pytest.approx(2 * np.exp(-0.3 * time), rel=1e-9)
    assert found.slopes[0, :, place, 0] == pytest.approx(-2 * time * np.exp(-0.3 * time), rel=1e-6)
    assert found.slopes[0, :, place, 1] == pytest.approx(np.exp(-0.3 * time), rel=1e-6)


def test_steps_of_a_group_are_the_same(oral):
    spread = spread_lanes(oral, dosed(3), BY)
    run = solve(oral, spread.lanes, TIMES, outputs=OUTPUTS, tolerances=USUAL, shared_steps=True)
    for first in range(0, spread.lanes.count, WIDTH):
        assert len(np.unique(run.steps[first : first + WIDTH], axis=0)) == 1


def test_steps_of_their_own_would_be_worse(oral):
    """Why steps are shared: without, the difference shows the choice of steps."""
    lanes, by = dosed(4), BY[: WIDTH - 1]
    spread = spread_lanes(oral, lanes, by)
    expected = np.stack([central_difference(oral, lanes, one, TIMES, OUTPUTS) for one in by], axis=-1)
    errors = []
    for shared in (True, False):
        run = solve(oral, spread.lanes, TIMES, outputs=OUTPUTS, tolerances=USUAL, shared_steps=shared)
        rows = run.values.reshape(4, WIDTH, 4, 3)
        change = np.moveaxis(rows[:, 1:] - rows[:, :1], 1, -1)
        slopes = change / spread.shift.reshape(4, WIDTH)[:, None, None, 1:]
        errors.append(np.max(share_of_error(slopes, expected, rows[:, 0])))
    assert errors[1] > 3.0 * errors[0], errors


def test_a_base_lane_gives_the_same_with_any_lanes_beside_it(oral):
    lanes = dosed(5)
    whole = gradients(oral, lanes, TIMES, BY[:4], outputs=OUTPUTS, threads=2)
    doses = lanes.doses
    mine = doses.lane == 3
    one = Lanes(
        1, {"k": lanes.parameters["k"][3:4], "V": 5.0}, {"effect": lanes.start["effect"][3:4]},
        Doses(doses.lane[mine] * 0, doses.time[mine], doses.target[mine], doses.amount[mine], doses.targets),
    )  # fmt: skip
    alone = gradients(oral, one, TIMES, BY[:4], outputs=OUTPUTS)
    assert np.array_equal(alone.slopes[0], whole.slopes[3])


def test_an_event_moves_with_the_number_that_moves_it():
    """x grows as k t until it is set back at 1: at t in the second stretch it is k t - 1, and dx/dk = t."""
    saw = ready(written({"k": 1.0}, {"x": (0, "k"), "n": (0, 0)}, {}, [event("back", "x > 1", {"x": "0"})]))
    found = gradients(saw, Lanes(1, {"k": 0.9}), [2.0], ["k"], outputs=["x"], tolerances=TIGHT)
    assert found.values[0, 0, 0] == pytest.approx(0.8, abs=1e-9)
    assert found.slopes[0, 0, 0, 0] == pytest.approx(2.0, rel=1e-4)


def test_a_kink_and_doses_after_it():
    """Lanes reach the kink at different instants and must come together again at each dose."""
    kinked = ready(
        written(
            {"k": 0.4, "top": 3.0, "slow": 0.05},
            {"A": (0, "-(k if A > top else slow) * A"), "area": (0, "A")},
        )
    )
    days = np.arange(6.0)
    doses = Doses(np.zeros(6, int), 12.0 * days, np.zeros(6, int), np.full(6, 5.0), ("A",))
    lanes = Lanes(1, {}, {}, doses)
    by = ("k", "top", "slow")
    times = [30.0, 80.0]
    found = gradients(kinked, lanes, times, by, outputs=("A", "area"), tolerances=Tolerances(1e-6, 1e-8))
    expected = np.stack(
        [central_difference(kinked, lanes, one, times, ("A", "area"), 1e-5) for one in by], axis=-1
    )
    assert found.slopes == pytest.approx(expected, rel=1e-3, abs=1e-3)
    one = solve(kinked, lanes, times, tolerances=Tolerances(1e-6, 1e-8))
    assert found.steps[0] < 3 * one.steps[0].sum()


def test_a_failing_neighbour_says_so_and_the_others_go_on():
    """y' = y^2 from y0 ends at 1/y0; only the lane in which y0 is moved up ends before the last output."""
    blown = ready(written({"calm": 0.3}, {"y": (1, "y ** 2"), "x": (2, "-calm * x")}))
    end = 1.0 - 2e-3
    found = gradients(
        blown, Lanes(1, {}, {"y": 1.0}), [0.5, end], ["calm", "y"], outputs=["x"], shift=1e-2,
        tolerances=Tolerances(1e-6, 1e-9),
    )  # fmt: skip
    assert "y moved" in found.words[0]
    assert found.values[0, :, 0] == pytest.approx(2.0 * np.exp(-0.3 * np.array([0.5, end])), rel=1e-5)
    assert found.slopes[0, 1, 0, 0] == pytest.approx(-2.0 * end * np.exp(-0.3 * end), rel=1e-2)
    assert np.isnan(found.slopes[0, 1, 0, 1])


def test_starts_that_follow_from_numbers_are_asked_for_in_moved_lanes(oral):
    """Effect starts where it would be at rest without drug: by then b and zero have moved it."""

    def rest(lanes):
        effect = (np.broadcast_to(lanes.parameters["zero"], lanes.count) / lanes.parameters["b"]) ** (2 / 3)
        return Lanes(lanes.count, lanes.parameters, {"effect": effect}, lanes.doses)

    found = gradients(oral, Lanes(1, {"zero": 0.2}), [9.0], ["zero", "b"], outputs=["effect"], start=rest)
    value = (0.2 / 0.7) ** (2 / 3)
    assert found.values[0, 0, 0] == pytest.approx(value, rel=1e-6)
    assert found.slopes[0, 0, 0] == pytest.approx([value / 0.3, -value / 1.05], rel=1e-4)


def test_nothing_to_move_and_no_lanes(oral):
    assert gradients(oral, Lanes(2), TIMES, [], outputs=OUTPUTS).slopes.shape == (2, 4, 3, 0)
    assert gradients(oral, Lanes(0), TIMES, ["k"], outputs=OUTPUTS).slopes.shape == (0, 4, 3, 1)


@pytest.mark.parametrize(
    ("by", "shift", "words"), [(["kk"], 1e-5, "kk"), (["k"], 0.0, "share"), (["k"], -1.0, "share")]
)
def test_what_cannot_be_moved_is_refused(oral, by, shift, words):
    with pytest.raises(SolveError, match=words):
        gradients(oral, Lanes(1), TIMES, by, shift=shift)


def test_a_number_that_a_formula_says_has_to_be_given():
    program = ready(written({"k": 0.5, "half": "k / 2"}, {"A": (1, "-half * A")}))
    with pytest.raises(SolveError, match=r"half follows from a formula"):
        gradients(program, Lanes(1), [1.0], ["half"])
    found = gradients(program, Lanes(1, {"half": 0.25}), [1.0], ["half"], outputs=["A"])
    assert found.slopes[0, 0, 0, 0] == pytest.approx(-np.exp(-0.25), rel=1e-4)
