"""The one call that solves the body. Behind it stands libRoadRunner; nothing above knows that.

A lane is one person in one arm under one draw. Doses are stop points: the solver is halted at each, the
amount is added to the state or input, and it is restarted, so no root is ever searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Dose, Lane, Lanes, Starts, doses_of, in_columns, lane_at
from calciroute.body.runner import Runner, runner_for
from calciroute.body.values import default_parameters

__all__ = ["STANDARD", "Dose", "Lane", "Solution", "Tolerances", "final_states", "solve", "solve_lanes"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Tolerances:
    """Error bounds of a solve.

    Parameters
    ----------
    relative : float, optional
        Of each state, > 0.
    absolute : float, optional
        As a share of each state's typical size, > 0. It bounds how far an emptied gut may fall below zero:
        1e-9 gave -4e-9 of the size, 1e-14 stays within 1e-12 and costs no time.
    """

    relative: float = 1e-6
    absolute: float = 1e-14


STANDARD = Tolerances()


@dataclass(frozen=True)
class Solution:
    """What came out.

    Parameters
    ----------
    outputs : tuple of str
        Ids in the order of the last axis.
    values : float array (lane, time, output)
        NaN from the time on at which a lane failed.
    means : float array (lane, time, output)
        Mean over the 24 h before each time, for the ids asked as means; else empty.
    status : tuple of str
        Per lane: empty when it ran to the end, else words.
    """

    outputs: tuple[str, ...]
    values: Array
    means: Array
    status: tuple[str, ...]


def solve(
    body: Body,
    lanes: Sequence[Lane],
    times_h: Sequence[float] | Array,
    outputs: Sequence[str],
    *,
    means: Sequence[str] = (),
    tolerances: Tolerances = STANDARD,
    progress: Callable[[int], None] | None = None,
) -> Solution:
    """Solve lanes that were written one by one.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : sequence of Lane
        Independent of each other: a lane gives the same bits alone and in any batch.
    times_h : sequence of float
        Output times, ascending, >= 0; values are those just before a dose at the same time.
    outputs : sequence of str
        Ids of states, inputs or equations.
    means : sequence of str, optional
        Ids whose mean over the last 24 h before each output time is wanted.
    tolerances : Tolerances, optional
        Error bounds.
    progress : callable, optional
        Called with the number of finished lanes now and then.

    Returns
    -------
    Solution
        Values, means and a status per lane.

    Raises
    ------
    KeyError
        For an unknown id.
    """
    batch = Lanes(
        len(lanes),
        in_columns([lane.parameters for lane in lanes], default_parameters(body).__getitem__),
        in_columns([lane.start for lane in lanes], lambda _: np.nan),
        doses_of(lanes),
    )
    return solve_lanes(body, batch, times_h, outputs, means=means, tolerances=tolerances, progress=progress)


def solve_lanes(
    body: Body,
    lanes: Lanes,
    times_h: Sequence[float] | Array,
    outputs: Sequence[str],
    *,
    means: Sequence[str] = (),
    tolerances: Tolerances = STANDARD,
    progress: Callable[[int], None] | None = None,
) -> Solution:
    """Solve a batch of lanes.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        Independent of each other: a lane gives the same bits alone and in any batch.
    times_h, outputs, means, tolerances, progress
        As in `solve`.

    Returns
    -------
    Solution
        Values, means and a status per lane.

    Raises
    ------
    KeyError
        For an unknown id.
    """
    runner = runner_for(body)
    times = np.asarray(times_h, dtype=float)
    values = np.full((lanes.count, len(times), len(outputs)), np.nan)
    averages = np.full((lanes.count, len(times), len(means)), np.nan)
    status: list[str] = []
    for index in range(lanes.count):
        status.append(
            _solve_lane(
                runner,
                lane_at(lanes, index),
                times,
                (list(outputs), list(means)),
                (values[index], averages[index]),
                tolerances,
            )
        )
        if progress is not None:
            progress(index + 1)
    return Solution(tuple(outputs), values, averages, tuple(status))


def final_states(
    body: Body,
    lanes: Lanes,
    hours: Array,
    names: Sequence[str],
    *,
    tolerances: Tolerances = STANDARD,
) -> Starts:
    """States at the end of runs of different length.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        Independent of each other.
    hours : float array (lane,)
        Length of each run, > 0.
    names : sequence of str
        Ids of states.
    tolerances : Tolerances, optional
        Error bounds.

    Returns
    -------
    Starts
        NaN and words in lanes that did not run to their end.
    """
    found = {name: np.full(lanes.count, np.nan) for name in names}
    status = []
    for index in range(lanes.count):
        end = solve(body, [lane_at(lanes, index)], [float(hours[index])], names, tolerances=tolerances)
        status.append(end.status[0])
        for name, value in zip(names, end.values[0, 0], strict=True):
            found[name][index] = value
    return Starts(found, tuple(status))


def _solve_lane(
    runner: Runner,
    lane: Lane,
    times: Array,
    wanted: tuple[list[str], list[str]],
    into: tuple[Array, Array],
    tolerances: Tolerances,
) -> str:
    runner.set_up(lane.parameters, lane.start, tolerances.relative, tolerances.absolute)
    read = runner.reader(wanted[0])
    read_mean = runner.reader(wanted[1])
    into_values, into_means = into
    samples = _MeanWindow(len(wanted[1]))
    now = 0.0
    try:
        for stop, doses, row in _stops(lane.doses, times, bool(wanted[1])):
            if stop > now:
                runner.advance(now, stop)
                now = stop
            if wanted[1]:
                samples.add(now, read_mean())
            if row is not None:
                into_values[row] = read()
                if wanted[1]:
                    into_means[row] = samples.mean(now)
            for dose in doses:
                runner.add(dose.target, dose.amount)
            if doses:
                runner.restart(now)
    except RuntimeError as stopped:
        return f"stopped after day {now / 24:.4g}: {runner.words(stopped)}"
    return ""


def _stops(doses: Sequence[Dose], times: Array, fine: bool) -> Iterator[tuple[float, list[Dose], int | None]]:
    """Stop points in order: each dose time and output time once, with what happens there."""
    by_time: dict[float, list[Dose]] = {}
    for dose in doses:
        by_time.setdefault(dose.time_h, []).append(dose)
    rows = {float(time): index for index, time in enumerate(times)}
    points = set(by_time) | set(rows)
    if fine:
        # Means need a few points a day before each output time; a day without doses is smooth enough for 25.
        points |= {t for time in times for t in np.linspace(time - 24.0, time, 25) if t >= 0.0}
    last = float(times[-1])
    for time in sorted(point for point in points if point <= last):
        yield time, by_time.get(time, []), rows.get(time)


class _MeanWindow:
    """Samples of the last 24 h, integrated by the trapezoid rule."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.times: list[float] = []
        self.rows: list[Array] = []

    def add(self, time: float, row: Array) -> None:
        self.times.append(time)
        self.rows.append(row)
        while len(self.times) > 2 and self.times[1] <= time - 24.0:
            self.times.pop(0)
            self.rows.pop(0)

    def mean(self, now: float) -> Array:
        inside = [i for i, time in enumerate(self.times) if time >= now - 24.0 - 1e-9]
        times = np.array([self.times[i] for i in inside])
        rows = np.array([self.rows[i] for i in inside])
        if len(times) < 2:
            return rows[-1] if len(rows) else np.full(self.width, np.nan)
        return np.asarray(np.trapezoid(rows, times, axis=0) / (times[-1] - times[0]))
