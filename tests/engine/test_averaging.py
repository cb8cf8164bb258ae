"""Averaging over a period: exact where it says so, close to every dose elsewhere, refused by name."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from calciroute.engine.averaged_program import compile_averaged
from calciroute.engine.averaged_solve import solve_averaged
from calciroute.engine.averaging import Averaging
from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.quadrature import instants
from calciroute.engine.sentinels import Sentinels
from calciroute.engine.solve import Tolerances, solve
from calciroute.engine.trains import Trains, every_dose
from calciroute.errors import SolveError
from calciroute.sbml.cache import cache_folder
from engine.formula import event, written
from engine.ready import ready

DAY = 24.0
TIGHT = Tolerances(1e-9, 1e-12)
BLOCK = ("gut", "plasma", "slow", "supply")
STATES = {
    "gut": (0, "-ka * gut"),
    "plasma": (0, "food + F * ka * gut - k * plasma - k12 * plasma + k21 * slow"),
    "slow": (0, "k12 * plasma - k21 * slow"),
    "supply": (0, "0.05 * (plasma - supply)"),
    "effect": (1, "kin * supply * supply / (supply * supply + K * K) - kout * effect"),
    "far": (0, "0.01 * (effect - far) + push"),
}
NUMBERS = {
    "ka": 0.8, "k": 0.15, "k12": 0.05, "k21": 0.01, "F": 0.6, "food": 0.01,
    "kin": 0.04, "K": 0.3, "kout": 0.02, "push": 0.0,
}  # fmt: skip
SYSTEM = written(NUMBERS, STATES, {"seen": "plasma / (K + plasma)", "double": "2 * plasma"})
OUTPUTS = (*STATES, "seen", "double")


def averaged(nodes=8, system=SYSTEM, block=BLOCK, dosed=("gut",), **options):
    """The system averaged over the day."""
    return compile_averaged(
        system, Averaging(block, DAY, dosed, nodes), cache=cache_folder() / "machine_code", **options
    )


def trains(*rows, targets=("gut",)):
    """Trains of rows (lane, first, amount, count)."""
    lane, first, amount, count = (np.array(column) for column in zip(*rows, strict=True))
    return Trains(
        lane.astype(int), np.zeros(len(lane), dtype=int), first.astype(float), amount.astype(float),
        count.astype(int), targets,
    )  # fmt: skip


def period_means(lanes, doses, times, outputs=OUTPUTS, system=SYSTEM):
    """Mean over the day about each time, from a run with every dose."""
    program = ready(system, collectors=outputs)
    times = np.asarray(times)
    edges = np.concatenate([times - DAY / 2, times + DAY / 2])
    order = np.argsort(edges)
    sums = [f"integral:{name}" for name in outputs]
    run = solve(program, replace(lanes, doses=doses), edges[order], outputs=sums, tolerances=TIGHT)
    values = np.empty_like(run.values)
    values[:, order] = run.values
    return (values[:, len(times) :] - values[:, : len(times)]) / DAY


def test_mean_of_one_linear_state_is_exact_from_the_first_dose():
    k, dose, first = 0.03, 5.0, 7.25
    system = written({"k": k}, {"A": (0, "-k * A")})
    times = first + DAY * np.arange(1, 30)
    program = averaged(system=system, block=("A",), dosed=("A",))
    run = solve_averaged(
        program,
        Lanes(1),
        times,
        trains=trains((0, first, dose, 99), targets=("A",)),
        outputs=["A"],
        tolerances=TIGHT,
    )
    kept = np.exp(-k * DAY)
    settled = dose * kept / (1 - kept)
    just_before = settled * (1 - kept ** np.arange(1, 30))
    ripple = settled - dose / (k * DAY)
    assert run.values[0, :, 0] + ripple == pytest.approx(just_before, rel=1e-8)


def test_means_after_a_late_begin_and_an_early_end_are_those_of_every_dose():
    lanes = Lanes(2, {"ka": np.array([0.8, 0.3]), "kout": np.array([0.02, 0.1])})
    given = trains((0, 100.5, 3.0, 400), (1, 50.0, 2.0, 300), (1, 59.0, 4.0, 500))
    until = 24.0 * 450
    times = np.array([50.0, 2000.0, 4000.0, 6000.0, 24.0 * 340, 24.0 * 430, 24.0 * 440, until])
    run = solve_averaged(averaged(32), lanes, times, trains=given, outputs=OUTPUTS, tolerances=TIGHT)
    expected = period_means(lanes, every_dose(given, DAY, until + DAY), times[1:])
    # The mean over a day of a decay is above its middle by (rate * day)^2 / 24.
    assert run.values[:, 1:] == pytest.approx(expected, rel=3e-4)


@pytest.mark.parametrize("hours", [(6.0,), (1.0, 2.2), (3.0, 9.0, 9.5, 21.0)])
def test_instants_lie_between_doses_and_are_exact_for_what_grows_straight_in_between(hours):
    one = np.zeros(len(hours), dtype=int)
    given = Trains(one, one, np.array(hours), np.ones(len(hours)), one + 9, ("gut",))
    places, weights = instants(given, 2, DAY, 8)
    edges = np.array([hours[-1] - DAY, *hours])
    since = places[0] - edges[np.searchsorted(hours, places[0])]
    gaps = np.diff(np.array([*hours, hours[0] + DAY]))
    assert weights.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert np.all(weights > 0.0)
    assert (weights[0] * since).sum() == pytest.approx((gaps**2).sum() / (2 * DAY), rel=1e-8)


def test_before_its_train_begins_a_lane_runs_as_ever():
    given = trains((0, 100.5, 3.0, 400))
    run = solve_averaged(averaged(), Lanes(1), [60.0, 900.0], trains=given, outputs=OUTPUTS, tolerances=TIGHT)
    plain = solve(ready(SYSTEM), Lanes(1), [60.0], outputs=OUTPUTS, tolerances=TIGHT)
    assert run.values[0, 0] == pytest.approx(plain.values[0, 0], rel=1e-8)


def test_what_bends_needs_more_than_the_mean_concentration():
    lanes, given, times = Lanes(1, {"K": 1.5}), trains((0, 8.0, 20.0, 999)), np.array([24.0 * 300])
    expected = period_means(lanes, every_dose(given, DAY, 24.0 * 301), times, ("effect", "seen"))

    def error(nodes):
        run = solve_averaged(
            averaged(nodes), lanes, times, trains=given, outputs=["effect", "seen"], tolerances=TIGHT
        )
        return np.max(np.abs(run.values - expected) / expected)

    assert error(1) > 1e-2
    assert error(32) < 1e-6


def test_doses_of_lanes_are_found_to_repeat_and_single_ones_are_followed():
    given = trains((0, 8.0, 3.0, 200))
    doses = every_dose(given, DAY, 4800.0)
    doses = Doses(
        np.append(doses.lane, [0, 0]), np.append(doses.time, [1000.0, 1500.0]),
        np.append(doses.target, [0, 0]), np.append(doses.amount, [30.0, 10.0]), ("gut",),
    )  # fmt: skip
    times = np.array([2500.0, 4000.0])
    lanes = Lanes(1, doses=doses)
    run = solve_averaged(averaged(32), lanes, times, outputs=OUTPUTS, tolerances=TIGHT)
    assert run.values == pytest.approx(period_means(lanes, doses, times), rel=1e-4)


def test_an_input_that_ripples_do_not_read_may_change():
    given = trains((0, 8.0, 3.0, 300))
    change = Doses(np.array([0]), np.array([2400.0]), np.array([0]), np.array([0.001]), ("push",))
    lanes, times = Lanes(1, doses=change), np.array([2000.0, 4000.0])
    run = solve_averaged(averaged(), lanes, times, trains=given, outputs=["far"], tolerances=TIGHT)
    every = every_dose(given, DAY, 4100.0)
    both = Doses(
        np.append(every.lane, 0), np.append(every.time, 2400.0), np.append(every.target, 1),
        np.append(every.amount, 0.001), ("gut", "push"),
    )  # fmt: skip
    assert run.values == pytest.approx(period_means(lanes, both, times, ("far",)), rel=1e-4)


def test_a_lane_that_begins_empty_gets_its_first_doses_one_by_one():
    """The mean begins below the course by half a ripple: at other instants of the day it is below nothing."""
    root = "0.04 * power(supply, 0.5) - kout * effect"
    system = written(NUMBERS, {**STATES, "slow": (0, "k12 * plasma - k21 * slow"), "effect": (1, root)})
    lanes, times = Lanes(1, {"k": 0.5, "food": 0.0}), np.array([24.0 * 60])
    given = trains((0, 8.0, 3.0, 99))
    run = solve_averaged(
        averaged(32, system), lanes, times, trains=given, outputs=["effect"], tolerances=TIGHT
    )
    assert run.status[0] == 0
    every = every_dose(given, DAY, times[-1] + DAY)
    assert run.values == pytest.approx(period_means(lanes, every, times, ("effect",), system), rel=1e-4)


def test_without_doses_it_is_the_system_itself():
    times = [10.0, 500.0]
    run = solve_averaged(averaged(), Lanes(1), times, outputs=OUTPUTS, tolerances=TIGHT)
    plain = solve(ready(SYSTEM), Lanes(1), times, outputs=OUTPUTS, tolerances=TIGHT)
    assert run.values == pytest.approx(plain.values, rel=1e-8)


def test_a_lane_gives_the_same_bits_in_any_company():
    rng = np.random.default_rng(3)
    numbers = {name: NUMBERS[name] * rng.uniform(0.3, 3.0, 21) for name in ("ka", "k", "k12", "K", "kout")}
    rows = [(lane, 6.0 + lane % 5, 1.0 + lane, 50 + 7 * lane) for lane in range(21)]
    program, times = averaged(), np.array([24.0, 1200.0, 5000.0])

    def values(chosen, **options):
        given = trains(*[(place, *rows[lane][1:]) for place, lane in enumerate(chosen)])
        lanes = Lanes(len(chosen), {name: column[chosen] for name, column in numbers.items()})
        return solve_averaged(program, lanes, times, trains=given, outputs=OUTPUTS, **options).values

    together = values(list(range(21)))
    alone = np.concatenate([values([lane]) for lane in range(21)])
    assert together.tobytes() == alone.tobytes()
    assert values(list(range(21)), block=5, threads=2).tobytes() == together.tobytes()
    assert values(list(range(20, -1, -1)))[::-1].tobytes() == together.tobytes()


def test_machine_code_and_the_oracle_agree():
    given, times = trains((0, 8.0, 3.0, 20)), [24.0, 600.0]
    machine = solve_averaged(averaged(), Lanes(1), times, trains=given, outputs=OUTPUTS, tolerances=TIGHT)
    oracle = solve_averaged(
        averaged(backend="python"), Lanes(1), times, trains=given, outputs=OUTPUTS, tolerances=TIGHT
    )
    assert machine.values == pytest.approx(oracle.values, rel=1e-7)


def test_a_lane_without_numbers_fails_alone():
    system = written({**NUMBERS, "size": 1.0}, {**STATES, "gut": (0, "-ka / size * gut")})
    program = averaged(system=system)
    lanes = Lanes(2, {"size": np.array([0.0, 1.0])})
    given = trains((0, 8.0, 3.0, 99), (1, 8.0, 3.0, 99))
    run = solve_averaged(program, lanes, [1000.0], trains=given, outputs=["effect"])
    assert run.status[0] != 0
    assert "numbers" in run.words[0]
    assert run.status[1] == 0
    assert np.isfinite(run.values[1]).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"plasma": (0, "ka * gut - k * plasma * plasma")},
            "plasma cannot be averaged: its rate is no straight",
        ),
        ({"slow": (0, "plasma * effect - slow")}, "slow cannot be averaged: its rate reads effect"),
        ({"gut": (0, "-ka * gut * (2 + sin(time))")}, "gut cannot be averaged: its rate reads the time"),
    ],
)
def test_a_block_that_is_not_linear_is_refused(change, words):
    with pytest.raises(SolveError, match=words):
        averaged(system=written(NUMBERS, {**STATES, **change}))


def test_events_are_refused():
    system = written(NUMBERS, STATES, (), [event("stop", "effect > 2", {"gut": "0"})])
    with pytest.raises(SolveError, match="event stop can stop the doses"):
        averaged(system=system)


def test_a_target_outside_the_block_is_refused():
    with pytest.raises(SolveError, match="doses go to effect, which is not in the block"):
        averaged(dosed=("effect",))


def _doses(target, times, amounts=1.0):
    times = np.asarray(times, dtype=float)
    zero = np.zeros(len(times), dtype=int)
    return Doses(zero, times, zero, np.broadcast_to(amounts, times.shape).astype(float), (target,))


@pytest.mark.parametrize(
    ("doses", "words"),
    [
        (_doses("effect", 24.0 * np.arange(40)), "the dose to effect at 0 in lane 0 acts within the period"),
        (_doses("gut", 17.0 * np.arange(50)), "lane 0 has 5. doses that do not go on every 24"),
        (_doses("F", [100.0]), "the dose to F at 100 in lane 0 changes during the run how doses to gut"),
        (
            _doses("gut", np.concatenate([24.0 * np.arange(40) + hour for hour in range(9)])),
            "lane 0 takes doses at 9 times of the period: 8 instants",
        ),
    ],
)
def test_doses_that_cannot_be_averaged_are_refused(doses, words):
    with pytest.raises(SolveError, match=words):
        solve_averaged(averaged(), Lanes(1, doses=doses), [1000.0])


def test_a_block_in_which_doses_gather_is_refused():
    system = written(NUMBERS, {**STATES, "slow": (0, "k12 * plasma")})
    with pytest.raises(SolveError, match="doses to gut gather without end in lane 0"):
        solve_averaged(averaged(system=system), Lanes(1), [1000.0], trains=trains((0, 8.0, 3.0, 99)))


@pytest.mark.parametrize("row", [(1, 8.0, 1.0, 9), (0, -1.0, 1.0, 9), (0, 8.0, np.nan, 9), (0, 8.0, 1.0, 0)])
def test_a_train_without_sense_is_refused(row):
    with pytest.raises(SolveError, match="a train of doses has"):
        solve_averaged(averaged(), Lanes(1), [100.0], trains=trains(row))


def _checked(nodes, numbers):
    sentinels = Sentinels(ready(SYSTEM, collectors=("effect", "seen")), 24.0 * 365)
    count = 12
    lanes = Lanes(count, {**numbers, "k": np.linspace(0.05, 0.4, count)})
    given = trains(*[(lane, 8.0, 20.0, 999) for lane in range(count)])
    return solve_averaged(
        averaged(nodes), lanes, [24.0 * 365, 24.0 * 730], trains=given, outputs=["effect", "seen", "far"],
        tolerances=Tolerances(1e-5, 1e-8), sentinels=sentinels,
    ).check  # fmt: skip


def test_sentinels_that_agree_are_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check = _checked(16, {"K": 1.5, "kout": 0.005})
    assert check.outputs == ("effect", "seen")
    assert len(check.lanes) == 4
    assert np.all(check.difference < 1e-3)
    assert check.words == ""


def test_sentinels_that_differ_say_so():
    with pytest.warns(RuntimeWarning, match="averaged values are not within 0.001"):
        check = _checked(1, {"K": 1.5})
    assert check.difference.max() > 1e-2
    assert 11 in check.lanes  # the quickest loss ripples most
