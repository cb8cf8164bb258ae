"""Solving lanes whose doses repeat: a linear block averaged over the period, and sentinels that check it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.averaged_program import AveragedProgram
from calciroute.engine.averaged_run import run_averaged
from calciroute.engine.blocks import BLOCK
from calciroute.engine.lanes import Lanes
from calciroute.engine.sentinels import Check, Sentinels, check_sentinels
from calciroute.engine.solve import Courses
from calciroute.engine.tables import STANDARD, Tolerances
from calciroute.engine.trains import Trains
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class AveragedCourses(Courses):
    """What came out: every value at a time above 0 is a mean over a period about that time.

    Parameters
    ----------
    check : Check, optional
        How far some lanes are from a run with every dose.
    """

    check: Check | None = None


def solve_averaged(
    averaged: AveragedProgram,
    lanes: Lanes,
    times: Sequence[float] | Array,
    *,
    trains: Trains | None = None,
    sentinels: Sentinels | None = None,
    outputs: Sequence[str] | None = None,
    tolerances: Tolerances = STANDARD,
    threads: int = 1,
    block: int = BLOCK,
    progress: Callable[[int], None] | None = None,
) -> AveragedCourses:
    """Solve lanes with their doses averaged over the period.

    Parameters
    ----------
    averaged : AveragedProgram
        From `calciroute.engine.averaged_program.compile_averaged`.
    lanes : Lanes
        As for the system itself, doses included. A lane gives the same bits in any company.
    times : float array (time,) or (lane, time)
        As in `calciroute.engine.solve.solve`. At time 0 values are those of the start.
    trains : Trains, optional
        Doses that repeat, beside those of the lanes: a million lanes need not write out every dose.
    sentinels : Sentinels, optional
        Program with every dose, and how many lanes are run through it as a check.
    outputs, tolerances, threads, block, progress
        As in `calciroute.engine.solve.solve`.

    Returns
    -------
    AveragedCourses
        Period means, status, words and the check.

    Raises
    ------
    SolveError
        Before the run, as in `calciroute.engine.solve.solve`; and for a dose outside the block, one that
        changes an input during the run, doses that do not repeat, or a block in which they gather.

    Warns
    -----
    RuntimeWarning
        When a sentinel is further from its run with every dose than the check allows.

    Examples
    --------
    >>> from calciroute.engine.averaged_program import compile_averaged
    >>> from calciroute.engine.averaging import Averaging
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State, System
    >>> decay = System({"k": 0.1}, {"A": State(0.0, Call("negate", (Call("times", ("k", "A")),)))})
    >>> averaged = compile_averaged(decay, Averaging(("A",), 24.0, ("A",), 4))
    >>> one = np.array([0])
    >>> daily = Trains(one, one, np.array([8.0]), np.array([2.4]), np.array([99]), ("A",))
    >>> courses = solve_averaged(averaged, Lanes(1), [0.0, 2000.0], trains=daily, outputs=["A"])
    >>> courses.values[0, :, 0].round(5)  # 2.4 in 24 at a loss of 0.1
    array([0., 1.])
    """
    wanted = tuple(averaged.outputs if outputs is None else outputs)
    for name in wanted:
        if name not in averaged.outputs:
            raise SolveError(f"{name} cannot be read from this program")
    until = float(np.max(np.asarray(times, dtype=float), initial=0.0))
    found, made = run_averaged(
        averaged, lanes, times, until, trains, outputs=wanted, tolerances=tolerances, threads=threads,
        block=block, progress=progress,
    )  # fmt: skip
    check = None
    if sentinels is not None:
        check = check_sentinels(
            averaged, sentinels, lanes, trains, until, made.ripple, wanted, tolerances, threads, found.status
        )
    return AveragedCourses(
        found.outputs, found.times, found.values, found.status, found.words, found.steps, check
    )
