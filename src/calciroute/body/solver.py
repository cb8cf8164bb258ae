"""The one call that solves the body: lanes of persons, arms and draws through the engine, on all cores.

A lane is one person in one arm under one draw. Doses are stop points: the solver lands on each, the amount is
added to the state or input, and it goes on, so no root is ever searched for. A mean over a day is the
difference of an integral that is solved along.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.batch import STANDARD, Batch, Tolerances, run_batch
from calciroute.body.lanes import Dose, Lane, Starts, doses_of, in_columns
from calciroute.body.machine import program_of
from calciroute.engine import solve as engine
from calciroute.engine.lanes import Lanes

__all__ = ["STANDARD", "Dose", "Lane", "Solution", "Tolerances", "final_states", "solve", "solve_lanes"]

Array = npt.NDArray[np.float64]
_DAY_H = 24.0


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
    SolveError
        For an unknown id.
    """
    batch = Lanes(
        len(lanes),
        in_columns([lane.parameters for lane in lanes], program_of(body).defaults.__getitem__),
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
    SolveError
        For an unknown id.
    """
    means = tuple(dict.fromkeys(means))
    times = np.asarray(times_h, dtype=float)
    # Not np.unique: it imports all of masked arrays, a tenth of a short run.
    grid = np.array(sorted({*times.tolist(), *(np.maximum(times - _DAY_H, 0.0).tolist() if means else ())}))
    asked = list(dict.fromkeys([*outputs, *means]))
    sums = [f"integral:{name}" for name in means]
    whole, status = _run(body, lanes, grid, [*asked, *sums], means, tolerances, progress)
    rows = np.searchsorted(grid, times)
    at_times = whole[:, rows]
    values = at_times[:, :, [asked.index(name) for name in outputs]]
    if not means:
        return Solution(tuple(outputs), values, np.empty((lanes.count, len(times), 0)), status)
    begin = np.searchsorted(grid, np.maximum(times - _DAY_H, 0.0))
    length = (times - grid[begin])[None, :, None]
    gathered = whole[:, rows, len(asked) :] - whole[:, begin, len(asked) :]
    at_once = at_times[:, :, [asked.index(name) for name in means]]
    with np.errstate(invalid="ignore"):
        averages = np.where(length > 0.0, gathered / np.where(length > 0.0, length, 1.0), at_once)
    return Solution(tuple(outputs), values, averages, status)


def _run(
    body: Body,
    lanes: Lanes,
    times: Array,
    outputs: Sequence[str],
    means: Sequence[str],
    tolerances: Tolerances,
    progress: Callable[[int], None] | None = None,
) -> tuple[Array, tuple[str, ...]]:
    """Values (lane, time, output) and words of all lanes; those that cannot run at all are left out."""

    def solved(batch: Batch) -> engine.Courses:
        return engine.solve(
            program_of(body, means), batch.lanes, times if times.ndim == 1 else times[batch.places],
            outputs=outputs, tolerances=tolerances.for_engine(), threads=batch.threads, block=batch.block,
            progress=progress,
        )  # fmt: skip

    return run_batch(lanes, times.shape[-1], len(outputs), solved)


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
    values, status = _run(body, lanes, hours[:, None], names, (), tolerances)
    return Starts({name: values[:, 0, place] for place, name in enumerate(names)}, status)
