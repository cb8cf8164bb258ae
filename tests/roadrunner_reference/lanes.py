"""Lanes of the body through libRoadRunner, one after the other: `solve` as `calciroute.body.solver.solve`."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Dose, Lane
from calciroute.body.solver import STANDARD, Solution, Tolerances
from roadrunner_reference.runner import Runner, runner_for

Array = npt.NDArray[np.float64]


def solve(
    body: Body,
    lanes: Sequence[Lane],
    times_h: Sequence[float] | Array,
    outputs: Sequence[str],
    *,
    tolerances: Tolerances = STANDARD,
) -> Solution:
    """Values (lane, time, output) just before a dose at the same time; NaN and words where a lane stopped."""
    runner = runner_for(body)
    times = np.asarray(times_h, dtype=float)
    values = np.full((len(lanes), len(times), len(outputs)), np.nan)
    status = tuple(
        _solve_lane(runner, lane, times, outputs, values[index], tolerances)
        for index, lane in enumerate(lanes)
    )
    return Solution(tuple(outputs), values, np.empty((len(lanes), len(times), 0)), status)


def _solve_lane(
    runner: Runner,
    lane: Lane,
    times: Array,
    outputs: Sequence[str],
    into: Array,
    tolerances: Tolerances,
) -> str:
    runner.set_up(lane.parameters, lane.start, tolerances.relative, tolerances.absolute)
    read = runner.reader(outputs)
    now = 0.0
    try:
        for stop, doses, row in _stops(lane.doses, times):
            if stop > now:
                runner.advance(now, stop)
                now = stop
            if row is not None:
                into[row] = read()
            for dose in doses:
                runner.add(dose.target, dose.amount)
            if doses:
                runner.restart(now)
    except RuntimeError as stopped:
        return f"stopped after day {now / 24:.4g}: {runner.words(stopped)}"
    return ""


def _stops(doses: Sequence[Dose], times: Array) -> Iterator[tuple[float, list[Dose], int | None]]:
    """Stop points in order: each dose time and output time once, with what happens there."""
    by_time: dict[float, list[Dose]] = {}
    for dose in doses:
        by_time.setdefault(dose.time_h, []).append(dose)
    rows = {float(time): index for index, time in enumerate(times)}
    last = float(times[-1])
    for time in sorted(point for point in set(by_time) | set(rows) if point <= last):
        yield time, by_time.get(time, []), rows.get(time)
