"""Solving lanes in time, and words for what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.blocks import BLOCK, Work, empty_found, run_blocks
from calciroute.engine.job import CHANCE, CHATTER, EVENT_FAULT, NO_NUMBER, STEP_TOO_SMALL, TOO_MANY_STEPS
from calciroute.engine.lanes import Lanes
from calciroute.engine.layout import WIDTH
from calciroute.engine.program import Program
from calciroute.engine.tables import STANDARD, Tolerances, make_job
from calciroute.errors import SolveError

__all__ = ["STANDARD", "Courses", "Tolerances", "solve"]

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_WORDS = {
    NO_NUMBER: "the rates are no numbers",
    STEP_TOO_SMALL: "no step is small enough",
    TOO_MANY_STEPS: "too many steps",
    CHATTER: "a condition turns to and fro without the time moving on",
    EVENT_FAULT: "events cannot be put in order",
    CHANCE: "events are due at one instant, and their order matters and is not given",
}


@dataclass(frozen=True)
class Courses:
    """What came out.

    Parameters
    ----------
    outputs : tuple of str
        Ids in the order of the last axis.
    times : float array (time,) or (lane, time)
        As asked.
    values : float array (lane, time, output)
        NaN from the time on at which a lane failed.
    status : int array (lane,)
        0 for a lane that ran to its end.
    words : tuple of str
        Per lane: empty, or what went wrong, when and in which state.
    steps : int array (lane, 2)
        Steps taken and repeated.
    """

    outputs: tuple[str, ...]
    times: Array
    values: Array
    status: Whole
    words: tuple[str, ...]
    steps: Whole


def solve(
    program: Program,
    lanes: Lanes,
    times: Sequence[float] | Array,
    *,
    outputs: Sequence[str] | None = None,
    tolerances: Tolerances = STANDARD,
    threads: int = 1,
    block: int = BLOCK,
    shared_steps: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Courses:
    """Solve lanes.

    Parameters
    ----------
    program : Program
        From `compile_program`.
    lanes : Lanes
        Independent of each other: a lane gives the same bits alone, in any block and on any thread.
    times : float array (time,) or (lane, time)
        Output times, ascending, >= 0; a lane ends at its last. A value is the one just before a dose at the
        same time, and just after an event.
    outputs : sequence of str, optional
        Ids to read; all that the program can read by default.
    tolerances : Tolerances, optional
        Error bounds.
    threads : int, optional
        How many work at once.
    block : int, optional
        Lanes that a thread takes at a time.
    shared_steps : bool, optional
        Whether each eight neighbours take the same steps, so that small differences between them are smooth;
        they then need the same dose times.
    progress : callable, optional
        Called with the number of lanes done after each block.

    Returns
    -------
    Courses
        Values, status and words.

    Raises
    ------
    SolveError
        Before the run: an unknown id, a number that is not finite, times out of order. A lane that fails
        during the run is no exception: it has a status.

    Examples
    --------
    >>> from calciroute.engine.program import compile_program
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State, System
    >>> decay = System({"k": 0.1}, {"A": State(1.0, Call("negate", (Call("times", ("k", "A")),)))})
    >>> program = compile_program(decay)
    >>> courses = solve(program, Lanes(2, {"k": np.array([0.1, 0.2])}), [0.0, 10.0], outputs=["A"])
    >>> courses.values[:, 1, 0].round(5)
    array([0.36788, 0.13534])
    """
    wanted = tuple(program.outputs if outputs is None else outputs)
    table = _time_table(times, lanes.count)
    job = make_job(program, lanes, table, wanted, tolerances, shared=shared_steps)
    found = empty_found(lanes.count, table.shape[1], len(wanted))
    size = max(WIDTH, block - block % WIDTH) if shared_steps else max(1, block)
    run_blocks(Work(program, program.code_for(lanes.count), job, found), lanes.count, size, threads, progress)
    words = tuple(_words(program, int(status), found.where[lane]) for lane, status in enumerate(found.status))
    shown = table[0] if np.ndim(times) == 1 else table
    return Courses(wanted, shown, found.values, found.status, words, found.steps)


def _time_table(times: Sequence[float] | Array, count: int) -> Array:
    table = np.ascontiguousarray(np.atleast_2d(np.asarray(times, dtype=float)))
    if table.shape[1] == 0:
        raise SolveError("no output times are given")
    if table.shape[0] not in {1, count}:
        raise SolveError(f"there are output times for {table.shape[0]} of {count} lanes")
    if not np.all(np.isfinite(table)) or np.any(np.diff(table, axis=1) < 0.0) or np.any(table[:, 0] < 0.0):
        raise SolveError("output times have to be finite, ascending and not before 0")
    return table


def _words(program: Program, status: int, where: Array) -> str:
    if status == 0:
        return ""
    if status < 0:
        return "stopped before its end"
    time, row = float(where[0]), int(where[1])
    state = program.states[row] if program.states else ""
    return f"{_WORDS[status]} after time {time:.6g}; the state that is worst is {state}"
