"""Blocks of lanes, one after the other or on several threads, each with memory of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt

from calciroute.engine.codes import Code
from calciroute.engine.events import EventDesk
from calciroute.engine.job import FLOAT_NOTES, IDLE, PHASE, SUBJECT, WHOLE_NOTES, Found, Job
from calciroute.engine.layout import WIDTH
from calciroute.engine.loop import control_loop
from calciroute.engine.loop_slots import pack
from calciroute.engine.program import Program

Array = npt.NDArray[np.float64]

BLOCK = 64  # lanes that one thread takes at a time
_ROUNDS = 20_000  # steps of a group before the loop comes back to see whether it should stop


def empty_found(lanes: int, times: int, outputs: int) -> Found:
    """Room for what comes out.

    Parameters
    ----------
    lanes, times, outputs : int
        How many.

    Returns
    -------
    Found
        Values NaN, status -1: not done.
    """
    return Found(
        np.full((lanes, times, outputs), np.nan),
        np.full(lanes, -1, dtype=np.int64),
        np.zeros((lanes, 2)),
        np.zeros((lanes, 2), dtype=np.int64),
    )


@dataclass(frozen=True)
class Work:
    """What is done to each block.

    Parameters
    ----------
    program : Program
        What runs.
    code : Code
        Its kernels for so many lanes.
    job : Job
        Tables.
    found : Found
        Filled.
    rest : bool, optional
        Whether lanes are brought to rest instead of being followed in time.
    stop : Event, optional
        Set to make blocks under way leave at their next look.
    """

    program: Program
    code: Code
    job: Job
    found: Found
    rest: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, first: int, last: int) -> None:
        """Solve the lanes of a block.

        Parameters
        ----------
        first, last : int
            First lane, and the one after the last.
        """
        description = self.program.description
        memory = aligned(description.layout.total)
        notes = np.zeros((WIDTH, FLOAT_NOTES))
        counts = np.zeros((WIDTH, WHOLE_NOTES), dtype=np.int64)
        counts[:, SUBJECT], counts[:, PHASE] = -1, IDLE
        queue = np.array([first, last], dtype=np.int64)
        rows = description.rows()
        desk = (
            EventDesk(self.program, self.code, memory, notes, counts, self.found)
            if description.events
            else None
        )
        tables = (queue, memory, rows, self.code.kernel, self.job, notes, counts, self.found)
        go_on: Callable[[], int]
        if self.program.backend == "machine":
            go_on = partial(control_loop(self.program.cache).run, pack(*tables), _ROUNDS, rest=self.rest)
        else:
            go_on = partial(plain_loop(rest=self.rest), *tables, _ROUNDS)
        while not self.stop.is_set():
            state = go_on()
            if state == 0:
                return
            if state == 1:
                assert desk is not None
                desk.attend()


def run_blocks(
    work: Work, lanes: int, size: int, threads: int, progress: Callable[[int], None] | None
) -> None:
    """Work through all lanes.

    Parameters
    ----------
    work : Work
        What is done.
    lanes, size : int
        How many, and how many to a block.
    threads : int
        How many blocks at once.
    progress : callable, optional
        Called with the number of lanes done after each block.
    """
    blocks = [(first, min(first + size, lanes)) for first in range(0, lanes, size)]
    done = 0
    if threads <= 1 or len(blocks) <= 1:
        for first, last in blocks:
            work.run(first, last)
            done += last - first
            if progress is not None:
                progress(done)
        return
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
    raw = np.zeros(rows * WIDTH + 8)
    shift = (-raw.ctypes.data % 64) // 8
    return raw[shift : shift + rows * WIDTH].reshape(rows, WIDTH)


def plain_loop(*, rest: bool = False) -> Callable[..., int]:
    """The control loop as plain Python, for the oracle.

    Parameters
    ----------
    rest : bool, optional
        Whether the one that brings lanes to rest is meant.

    Returns
    -------
    callable
        As `calciroute.engine.control.run_block`.
    """
    # Imported here: a run in machine code needs none of it.
    from calciroute.engine.control import run_block
    from calciroute.engine.control_rest import rest_block

    return rest_block if rest else run_block
