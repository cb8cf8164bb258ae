"""A lane depends on itself alone: same bits in any company, and a lane that fails harms nobody."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.solve import Tolerances, solve
from calciroute.errors import SolveError
from engine.formula import event, written
from engine.ready import ready

TESTS, SOURCE = Path(__file__).resolve().parents[1], Path(__file__).resolve().parents[2] / "src"
# Stiff, with a quick power, a jump in the rates, an event, and a clock.
SYSTEM = written(
    {"ka": 1.0, "k": 0.1, "Vmax": 3.0, "Km": 2.0, "slope": 2.4},
    {
        "gut": (0, "-ka * gut"),
        "central": (0, "ka * gut - Vmax * central / (Km + central) + night"),
        "effect": ("1 / k", "1 + central ** slope / (5 + central ** slope) - k * effect"),
        "quick": (0, "1000 * (tanh(effect) - quick)"),
        "seen": (0, 0),
    },
    {"night": "0.2 if remainder(time, 24) < 8 else 0", "ratio": "central / (1 + effect)"},
    [event("seen", "central > 4", {"seen": "seen + 1"})],
)
TIMES = np.linspace(0.0, 60.0, 13)
OUTPUTS = ("gut", "central", "effect", "quick", "seen", "ratio")


def some_lanes(count, seed=1):
    """Lanes that all differ, with doses of their own; lane n is the same in any count."""
    rows = [np.random.default_rng([seed, lane]).uniform(0.5, 2.0, 8) for lane in range(count)]
    table = np.array(rows)
    doses = [
        (lane, 24.0 * day + 12.0 * rows[lane][5], 10.0 * rows[lane][6])
        for lane in range(count)
        for day in (0, 1)
    ]
    lane, time, amount = (np.array(column) for column in zip(*doses, strict=True))
    return Lanes(
        count,
        {"ka": table[:, 0], "k": 0.1 * table[:, 1], "Vmax": table[:, 2], "slope": 2.0 + table[:, 3]},
        {"central": table[:, 4]},
        Doses(lane, time, np.zeros(len(lane), dtype=int), amount, ("gut",)),
    )


def only(lanes, chosen):
    """Some of the lanes, in this order."""
    chosen = np.asarray(chosen)
    doses = lanes.doses
    place = {int(lane): row for row, lane in enumerate(chosen)}
    kept = np.isin(doses.lane, chosen)
    return Lanes(
        len(chosen),
        {name: column[chosen] for name, column in lanes.parameters.items()},
        {name: column[chosen] for name, column in lanes.start.items()},
        Doses(
            np.array([place[int(lane)] for lane in doses.lane[kept]], dtype=int),
            doses.time[kept], doses.target[kept], doses.amount[kept], doses.targets,
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def program():
    return ready(SYSTEM)


def bits(program, lanes, **options):
    run = solve(program, lanes, TIMES, outputs=OUTPUTS, **options)
    assert not any(run.words)
    return run.values


@pytest.fixture(scope="module")
def together(program):
    return bits(program, some_lanes(60))


def test_the_lanes_differ_and_the_event_happens(together):
    assert len(np.unique(together[:, -1, 1])) == 60
    assert 0.0 < np.mean(together[:, -1, 4] > 0.0) < 1.0


@given(st.lists(st.integers(0, 59), min_size=1, max_size=20, unique=True))
@settings(max_examples=15)
def test_any_company_in_any_order_gives_the_same_bits(program, together, chosen):
    assert np.array_equal(bits(program, only(some_lanes(60), chosen)), together[chosen])


@pytest.mark.parametrize(
    "options", [{"block": 1}, {"block": 7}, {"block": 1000}, {"threads": 2}, {"threads": 2, "block": 5}]
)
def test_blocks_and_threads_give_the_same_bits(program, together, options):
    assert np.array_equal(bits(program, some_lanes(60), **options), together)


def test_more_lanes_behind_give_the_same_bits(program, together):
    assert np.array_equal(bits(program, some_lanes(400))[:60], together)


def test_another_process_gives_the_same_bits(together):
    code = (
        "from engine.test_lanes import *; "
        "print(hashlib.sha256(bits(ready(SYSTEM), some_lanes(60)).tobytes()).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), str(TESTS)))},
    )  # fmt: skip
    assert ran.stdout.strip() == hashlib.sha256(together.tobytes()).hexdigest()


def test_the_order_of_doses_in_the_table_does_not_matter(program, together):
    lanes = some_lanes(60)
    order = np.random.default_rng(3).permutation(len(lanes.doses.lane))
    table = lanes.doses
    columns = (column[order] for column in (table.lane, table.time, table.target, table.amount))
    doses = Doses(*columns, table.targets)
    assert np.array_equal(bits(program, Lanes(60, lanes.parameters, lanes.start, doses)), together)


def test_both_backends_agree(program):
    # Few lanes and hours: the oracle walks each step in Python.
    lanes, until = some_lanes(3), TIMES[:4]
    found = [
        solve(one, lanes, until, outputs=OUTPUTS, tolerances=Tolerances(1e-7, 1e-10)).values
        for one in (program, ready(SYSTEM, backend="python"))
    ]
    assert found[0] == pytest.approx(found[1], rel=1e-6, abs=1e-8)


# ---- lanes that fail


BLOWN = written(
    {"begin": 1.0, "grow": 1.0, "floor_of_log": 1.0},
    {
        "y": ("begin", "grow * y ** 2"),
        "x": ("ln(floor_of_log)", "-x"),
        "calm": (5, "-0.3 * calm"),
    },
)


@pytest.fixture(scope="module")
def blown():
    return ready(BLOWN)


def run_blown(blown, grow, low):
    lanes = Lanes(len(grow), {"grow": np.array(grow), "floor_of_log": np.array(low)})
    return solve(blown, lanes, [0.0, 0.5, 2.0], outputs=("y", "x", "calm"))


@pytest.mark.parametrize(
    ("grow", "low", "reason"),
    [
        (1.0, 1.0, "a state that runs off to infinity at time 1"),
        (-1.0, -2.0, "a start that is no number"),
        (-1.0, 0.0, "a start that is infinite"),
        (1e300, 1.0, "a rate beyond all numbers"),
    ],
)
@pytest.mark.parametrize("place", [0, 3, 9, 15])
def test_a_lane_that_fails_says_so_and_leaves_the_others_as_they_were(blown, grow, low, reason, place):
    count = 16
    calm = [-1.0 - 0.1 * lane for lane in range(count)]
    alone = run_blown(blown, calm, [2.0] * count)
    assert not any(alone.words)
    lows = [2.0] * count
    growths = list(calm)
    growths[place], lows[place] = grow, low
    run = run_blown(blown, growths, lows)
    others = [lane for lane in range(count) if lane != place]
    assert np.array_equal(run.values[others], alone.values[others])
    assert not any(run.words[lane] for lane in others)
    assert not np.any(run.status[others])
    assert run.status[place] != 0, reason
    assert len(run.words[place].split()) > 3
    assert np.all(np.isnan(run.values[place, -1]))


def test_values_before_the_failure_are_kept_and_right(blown):
    run = run_blown(blown, [1.0], [1.0])
    assert run.values[0, 1] == pytest.approx([2.0, 0.0, 5.0 * np.exp(-0.15)], rel=1e-4)
    assert "y" in run.words[0]


def test_eight_lanes_that_fail_at_once(blown):
    run = run_blown(blown, [1.0] * 8 + [-1.0] * 8, [1.0] * 16)
    assert np.all(run.status[:8] != 0)
    assert not np.any(run.status[8:])


def test_all_lanes_may_fail(blown):
    run = run_blown(blown, [1.0] * 3, [-1.0] * 3)
    assert all(run.words)


def test_a_step_limit_is_told_in_words(program):
    run = solve(program, some_lanes(9), TIMES, outputs=OUTPUTS, tolerances=Tolerances(most_steps=20))
    assert all("too many steps" in words for words in run.words)


# ---- what is refused before a run


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["number", "column"])
def test_a_parameter_that_is_no_finite_number_is_refused(program, bad, where):
    value = bad if where == "number" else np.array([1.0, bad, 1.0])
    with pytest.raises(SolveError, match="ka"):
        solve(program, Lanes(3, {"ka": value}), TIMES)


@pytest.mark.parametrize("bad", [np.inf, -np.inf])
def test_an_infinite_start_is_refused(program, bad):
    with pytest.raises(SolveError, match="central"):
        solve(program, Lanes(2, {}, {"central": np.array([1.0, bad])}), TIMES)


def one_dose(lane=0, time=1.0, amount=1.0, target="gut"):
    return Doses(np.array([lane]), np.array([time]), np.array([0]), np.array([amount]), (target,))


@pytest.mark.parametrize(
    ("doses", "words"),
    [
        (one_dose(target="nobody"), "nobody"),
        (one_dose(lane=2), "lane 2"),
        (one_dose(lane=-1), "lane"),
        (one_dose(time=-1.0), "before 0"),
        (one_dose(time=np.nan), "no finite number"),
        (one_dose(amount=np.inf), "no finite number"),
    ],
)
def test_a_dose_that_cannot_be_is_refused(program, doses, words):
    with pytest.raises(SolveError, match=words):
        solve(program, Lanes(2, doses=doses), TIMES)


@pytest.mark.parametrize("times", [[], [1.0, 0.5], [-1.0, 2.0], [0.0, np.nan], [0.0, np.inf]])
def test_times_that_cannot_be_are_refused(program, times):
    with pytest.raises(SolveError, match="times"):
        solve(program, Lanes(1), times)


def test_unknown_ids_and_wrong_lengths_are_refused(program):
    with pytest.raises(SolveError, match=r"Vmaks.*Vmax"):
        solve(program, Lanes(1, {"Vmaks": 1.0}), TIMES)
    with pytest.raises(SolveError, match="lanes"):
        solve(program, Lanes(3, {"ka": np.ones(2)}), TIMES)
    with pytest.raises(SolveError, match="nothing_like_it"):
        solve(program, Lanes(1), TIMES, outputs=("nothing_like_it",))


def test_no_lanes_at_all(program):
    assert solve(program, Lanes(0), TIMES, outputs=OUTPUTS).values.shape == (0, 13, 6)
