"""Lanes watched at the end of every step, where no rule of the dense output has touched a state.

Between two ends that are not negative, the engine puts a small dip of its polynomial to 0. What the method
itself does to a state is seen at the ends: the control loop is left after every step of a group of lanes and
its memory is read. The numbers are those of an ordinary run, bit for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.blocks import aligned, empty_found
from calciroute.engine.job import FLOAT_NOTES, IDLE, PHASE, SUBJECT, WHOLE_NOTES, Found
from calciroute.engine.lanes import Lanes
from calciroute.engine.layout import WIDTH
from calciroute.engine.loop import control_loop
from calciroute.engine.loop_slots import pack
from calciroute.engine.program import Program
from calciroute.engine.tables import Tolerances, make_job

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Watched:
    """What was seen.

    Parameters
    ----------
    lowest, highest : float array (lane, state)
        Over the ends of all accepted steps; NaN where a state once was none.
    turns : int array (lane,)
        How often a comparison in the equations turned after the first step.
    found : Found
        As of an ordinary run.
    """

    lowest: Array
    highest: Array
    turns: npt.NDArray[np.int64]
    found: Found


def watch(
    program: Program,
    lanes: Lanes,
    times: Array,
    outputs: Sequence[str],
    tolerances: Tolerances,
    *,
    threads: int = 1,
    block: int = 512,
) -> Watched:
    """Solve lanes and look at every step. The model has no events."""
    assert not program.description.events
    job = make_job(program, lanes, np.ascontiguousarray(np.atleast_2d(times)), tuple(outputs), tolerances)
    found = empty_found(lanes.count, len(times), len(outputs))
    states = len(program.states)
    lowest, highest = np.full((lanes.count, states), np.inf), np.full((lanes.count, states), -np.inf)
    turns = np.zeros(lanes.count, dtype=np.int64)
    rows = program.description.rows()
    run = control_loop(program.cache).run

    def follow(first: int) -> None:
        memory = aligned(program.description.layout.total)
        notes = np.zeros((WIDTH, FLOAT_NOTES))
        counts = np.zeros((WIDTH, WHOLE_NOTES), dtype=np.int64)
        counts[:, SUBJECT], counts[:, PHASE] = -1, IDLE
        queue = np.array([first, min(first + block, lanes.count)], dtype=np.int64)
        slots = pack(queue, memory, rows, program.kernel, job, notes, counts, found)
        state, subject = memory[rows.state : rows.state + states], counts[:, SUBJECT]
        low, high = np.empty_like(state), np.empty_like(state)
        held = memory[rows.held : rows.held + rows.conditions]
        held_before = held.copy()
        before = subject.copy()
        going = True
        while going:
            going = run(slots, 1, rest=False) != 0
            if subject.tobytes() != before.tobytes():
                # A lane is never in a column in the very step in which the one before it left.
                for column in np.flatnonzero(subject != before):
                    if before[column] >= 0:
                        lowest[before[column]], highest[before[column]] = low[:, column], high[:, column]
                    low[:, column], high[:, column] = np.inf, -np.inf
                    held_before[:, column] = held[:, column]
                before = subject.copy()
            if held.tobytes() != held_before.tobytes():
                for column in np.flatnonzero(subject >= 0):
                    turned = held[:, column] != held_before[:, column]
                    turns[subject[column]] += np.count_nonzero(turned)
                held_before[:] = held
            np.minimum(low, state, out=low)
            np.maximum(high, state, out=high)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(follow, range(0, lanes.count, block)))
    return Watched(lowest, highest, turns, found)
