"""Solving lanes: blocks, threads, and words for what failed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from calciroute.engine.events import EventDesk
from calciroute.engine.job import (
    CHATTER,
    EVENT_FAULT,
    FLOAT_NOTES,
    IDLE,
    NO_NUMBER,
    PHASE,
    STEP_TOO_SMALL,
    SUBJECT,
    TOO_MANY_STEPS,
    WHOLE_NOTES,
    Found,
    Job,
)
from calciroute.engine.lanes import DoseTable, GivenTable, Lanes, dose_table, given_table
from calciroute.engine.layout import WIDTH
from calciroute.engine.loop import control_loop, pack
from calciroute.engine.program import Program
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_BLOCK = 64  # lanes that one thread takes at a time
_ROUNDS = 20_000  # steps of a group before the loop comes back to see whether it should stop
_WORDS = {
    NO_NUMBER: "the rates are no numbers",
    STEP_TOO_SMALL: "no step is small enough",
    TOO_MANY_STEPS: "too many steps",
    CHATTER: "a condition turns to and fro without the time moving on",
    EVENT_FAULT: "events cannot be put in order",
}


@dataclass(frozen=True)
class Tolerances:
    """Error bounds of a solve.

    Parameters
    ----------
    relative : float, optional
        Of each state, > 0.
    absolute : float, optional
        As a share of each state's size, > 0. The size is what the state starts from.
    trace : float, optional
        A start below it counts as a size of 1, as a start of 0 does.
    largest_step : float, optional
        In the unit of time of the system.
    most_steps : int, optional
        Of one lane.
    """

    relative: float = 1e-6
    absolute: float = 1e-12
    trace: float = 0.0
    largest_step: float = float("inf")
    most_steps: int = 50_000_000


STANDARD = Tolerances()


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
    block: int = _BLOCK,
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
    given, doses = given_table(program, lanes), dose_table(program, lanes)
    columns = _columns(program, wanted)
    found = Found(
        np.full((lanes.count, table.shape[1], len(wanted)), np.nan),
        np.full(lanes.count, -1, dtype=np.int64),
        np.zeros((lanes.count, 2)),
        np.zeros((lanes.count, 2), dtype=np.int64),
    )
    job = _job(program, given, doses, table, columns, tolerances, shared=shared_steps)
    size = max(WIDTH, block - block % WIDTH) if shared_steps else max(1, block)
    blocks = [(first, min(first + size, lanes.count)) for first in range(0, lanes.count, size)]
    stop = threading.Event()
    work = _Work(program, job, found, stop)
    done = 0
    if threads <= 1 or len(blocks) <= 1:
        for first, last in blocks:
            work.run(first, last)
            done += last - first
            if progress is not None:
                progress(done)
    else:
        _in_threads(work, blocks, threads, progress)
    words = tuple(_words(program, int(status), found.where[lane]) for lane, status in enumerate(found.status))
    shown = table[0] if np.ndim(times) == 1 else table
    return Courses(wanted, shown, found.values, found.status, words, found.steps)


def _in_threads(
    work: _Work, blocks: list[tuple[int, int]], threads: int, progress: Callable[[int], None] | None
) -> None:
    done = 0
    pool = ThreadPoolExecutor(threads)
    try:
        waiting = {pool.submit(work.run, first, last): last - first for first, last in blocks}
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                done += waiting.pop(future)
                future.result()
            if progress is not None:
                progress(done)
    finally:
        # Ctrl-C: blocks under way leave at their next look.
        work.stop.set()
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class _Work:
    """One block after the other, each with memory of its own."""

    program: Program
    job: Job
    found: Found
    stop: threading.Event

    def run(self, first: int, last: int) -> None:
        description = self.program.description
        memory = aligned(description.layout.total)
        notes = np.zeros((WIDTH, FLOAT_NOTES))
        counts = np.zeros((WIDTH, WHOLE_NOTES), dtype=np.int64)
        counts[:, SUBJECT], counts[:, PHASE] = -1, IDLE
        queue = np.array([first, last], dtype=np.int64)
        rows = description.rows()
        desk = EventDesk(self.program, memory, notes, counts, self.found) if description.events else None
        everything = (
            queue, memory, rows, self.program.kernel, self.job, notes, counts, self.found, _ROUNDS,
        )  # fmt: skip
        go_on: Callable[[], int]
        if self.program.backend == "machine":
            loop, numbers = control_loop(self.program.cache), np.zeros(4)
            told = pack(*everything, numbers)

            def go_on() -> int:
                return loop.run(told)
        else:
            go_on = partial(plain_loop(), *everything)
        while not self.stop.is_set():
            state = go_on()
            if state == 0:
                return
            if state == 1:
                assert desk is not None
                desk.attend()


def plain_loop() -> Callable[..., int]:
    """The control loop as plain Python, for the oracle."""
    from calciroute.engine import control
    from calciroute.engine.compiled import plain

    assert control
    return plain("run_block")


def aligned(rows: int) -> Array:
    """Memory of a group of lanes on a border of 64 bytes, as vector instructions want it.

    Parameters
    ----------
    rows : int
        How many.

    Returns
    -------
    float array (row, lane)
        Zeros.

    Examples
    --------
    >>> aligned(3).ctypes.data % 64
    0
    """
    raw = np.zeros(rows * WIDTH + WIDTH)
    shift = (-raw.ctypes.data % 64) // 8
    return raw[shift : shift + rows * WIDTH].reshape(rows, WIDTH)


def _job(
    program: Program,
    given: GivenTable,
    doses: DoseTable,
    table: Array,
    columns: Whole,
    tolerances: Tolerances,
    *,
    shared: bool,
) -> Job:
    return Job(
        given.defaults,
        given.rows,
        given.values,
        table,
        doses.first,
        doses.time,
        doses.amount,
        doses.row,
        columns,
        np.array(program.description.unweighted, dtype=np.int64),
        float(tolerances.relative),
        float(tolerances.absolute),
        float(tolerances.trace),
        float(tolerances.largest_step),
        int(tolerances.most_steps),
        bool(shared),
    )


def _time_table(times: Sequence[float] | Array, count: int) -> Array:
    table = np.ascontiguousarray(np.atleast_2d(np.asarray(times, dtype=float)))
    if table.shape[1] == 0:
        raise SolveError("no output times are given")
    if table.shape[0] not in {1, count}:
        raise SolveError(f"there are output times for {table.shape[0]} of {count} lanes")
    if not np.all(np.isfinite(table)) or np.any(np.diff(table, axis=1) < 0.0) or np.any(table[:, 0] < 0.0):
        raise SolveError("output times have to be finite, ascending and not before 0")
    return table


def _columns(program: Program, wanted: Sequence[str]) -> Whole:
    places = program.output_places
    for name in wanted:
        if name not in places:
            raise SolveError(f"{name} cannot be read from this program")
    return np.array([places[name] for name in wanted], dtype=np.int64)


def _words(program: Program, status: int, where: Array) -> str:
    if status == 0:
        return ""
    if status < 0:
        return "stopped before its end"
    time, row = float(where[0]), int(where[1])
    state = program.states[row] if program.states else ""
    return f"{_WORDS[status]} after time {time:.6g}; the state that is worst is {state}"
