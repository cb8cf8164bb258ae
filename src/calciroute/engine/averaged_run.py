"""One run of averaged lanes; a lane in trouble gets the first doses of its trains one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from calciroute.engine.averaged_doses import AveragedLanes, averaged_lanes
from calciroute.engine.averaged_program import AveragedProgram
from calciroute.engine.blocks import BLOCK
from calciroute.engine.lanes import Lanes, some_lanes
from calciroute.engine.solve import Courses, solve
from calciroute.engine.tables import Tolerances
from calciroute.engine.trains import Trains
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]

# Far from the settled mean, mean and ripple of different instants can add up to less than nothing.
_ONE_BY_ONE = 14


def run_averaged(
    averaged: AveragedProgram,
    lanes: Lanes,
    times: Sequence[float] | Array,
    until: float,
    trains: Trains | None,
    *,
    outputs: Sequence[str],
    tolerances: Tolerances,
    threads: int,
    block: int = BLOCK,
    progress: Callable[[int], None] | None = None,
) -> tuple[Courses, AveragedLanes]:
    """Run averaged lanes.

    Parameters
    ----------
    averaged, lanes, times, trains, outputs, tolerances, threads, block, progress
        As in `calciroute.engine.averaged_solve.solve_averaged`.
    until : float
        Last time at which a dose counts.

    Returns
    -------
    tuple of Courses and AveragedLanes
        Period means, and the lanes as they were averaged at first.
    """
    made = averaged_lanes(averaged, lanes, until, trains, threads)
    found = solve(
        averaged.program, made.lanes, times, outputs=outputs, tolerances=tolerances, threads=threads,
        block=block, progress=progress,
    )  # fmt: skip
    failed = np.flatnonzero(found.status != 0)
    if not len(failed):
        return found, made
    few = some_lanes(lanes, failed)
    few_trains = None if trains is None else trains.of(failed)
    try:
        again = averaged_lanes(averaged, few, until, few_trains, threads, one_by_one=_ONE_BY_ONE)
    except SolveError:  # the lanes are as they were: what failed stays failed
        return found, made
    table = np.asarray(times, dtype=float)
    second = solve(
        averaged.program, again.lanes, table[failed] if table.ndim == 2 and len(table) > 1 else table,
        outputs=outputs, tolerances=tolerances, threads=threads, block=block,
    )  # fmt: skip
    words = list(found.words)
    for place, lane in enumerate(failed):
        if second.status[place] == 0:
            found.values[lane], found.steps[lane] = second.values[place], second.steps[place]
            found.status[lane], words[lane] = 0, ""
    return replace(found, words=tuple(words)), made
