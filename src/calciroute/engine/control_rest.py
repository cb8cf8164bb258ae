"""The search for states of rest, lane beside lane: steps of the logarithms that grow without bound.

At first a step is short and the search walks as time would; at last it is Newton's method. A step that asks
for too much, or ends where a rate is no number, is cut and tried again.
"""

from __future__ import annotations

import math

from calciroute.engine.calls import call_kernel
from calciroute.engine.compiled import compiled
from calciroute.engine.control import fill_columns, store_outputs
from calciroute.engine.control_steps import leave_column
from calciroute.engine.job import (
    FINE,
    IDLE,
    NO_REST,
    PHASE,
    PROPOSAL,
    REJECTED,
    STEPPING,
    STEPS,
    SUBJECT,
    TARGET,
    USED,
    WANTED,
    Array,
    Found,
    Job,
    Kernel,
    Rows,
    Whole,
)
from calciroute.engine.layout import WIDTH

_LAST_STEP, _SHORTEST_STEP = 1e15, 1e-6
_GROWTH = 4.0
_LARGEST_CHANGE = 0.5  # of a logarithm in one step: a state may grow by 65 % or fall by 40 %
_MOST_STEPS = 400
_SEEK, _POLISH = 0, 1


@compiled
def _largest(column: int, memory: Array, rows: Rows, job: Job, section: int) -> float:
    """Largest size among the resting states in a section; infinite when one is no number."""
    largest = 0.0
    for index in range(len(job.resting)):
        value = abs(memory[section + job.resting[index], column])
        if not value < math.inf:
            return math.inf
        largest = max(largest, value)
    return largest


@compiled
def _apply(column: int, memory: Array, rows: Rows, job: Job) -> None:
    """Keep the state in section next, and change it by the step of the logarithms."""
    for index in range(len(job.resting)):
        row = job.resting[index]
        memory[rows.next + row, column] = memory[rows.state + row, column]
        memory[rows.state + row, column] *= math.exp(memory[rows.stage + row, column])


@compiled
def _back(column: int, memory: Array, rows: Rows, job: Job) -> None:
    for index in range(len(job.resting)):
        row = job.resting[index]
        memory[rows.state + row, column] = memory[rows.next + row, column]


@compiled
def _give_up(column: int, memory: Array, rows: Rows, job: Job, counts: Whole, found: Found) -> None:
    """No rest: note which state moves most, and by how much of itself."""
    lane = counts[column, SUBJECT]
    largest = -1.0
    for index in range(len(job.resting)):
        row = job.resting[index]
        value = abs(memory[rows.rate + row, column])
        if not value < math.inf:
            value = math.inf
        if value > largest:
            largest = value
            found.where[lane, 0] = memory[rows.rate + row, column]
            found.where[lane, 1] = row
    found.status[lane] = NO_REST
    leave_column(column, memory, rows, counts)


@compiled
def _judge_rest(
    column: int, memory: Array, rows: Rows, job: Job, notes: Array, counts: Whole, found: Found
) -> bool:
    """What follows from the step that the kernel has just proposed; true when the lane is at rest."""
    rate = _largest(column, memory, rows, job, rows.rate)
    if counts[column, REJECTED] == _POLISH:
        # One more step after the bound was met: Newton's last takes the error far below it, or is undone.
        if not rate <= notes[column, TARGET]:
            _back(column, memory, rows, job)
        return True
    if not rate < math.inf:
        if counts[column, STEPS] == 0:
            _give_up(column, memory, rows, job, counts, found)
            return False
        _back(column, memory, rows, job)
        notes[column, PROPOSAL] = notes[column, USED] / _GROWTH**2
    else:
        change = _largest(column, memory, rows, job, rows.stage)
        newton = counts[column, STEPS] > 0 and notes[column, USED] >= _LAST_STEP
        if newton and rate < job.rest_rate and change < _LARGEST_CHANGE:
            notes[column, TARGET] = rate
            counts[column, REJECTED] = _POLISH
            _apply(column, memory, rows, job)
            return False
        if change < _LARGEST_CHANGE:
            _apply(column, memory, rows, job)
            notes[column, USED] = notes[column, PROPOSAL]
            notes[column, PROPOSAL] = min(notes[column, PROPOSAL] * _GROWTH, _LAST_STEP)
            found.steps[counts[column, SUBJECT], 0] += 1
        else:
            notes[column, PROPOSAL] /= _GROWTH**2
            found.steps[counts[column, SUBJECT], 1] += 1
    counts[column, STEPS] += 1
    if counts[column, STEPS] > _MOST_STEPS or notes[column, PROPOSAL] < _SHORTEST_STEP:
        _give_up(column, memory, rows, job, counts, found)
    return False


@compiled
def rest_block(
    queue: Whole, memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole,
    found: Found, most_rounds: int,
) -> int:  # fmt: skip
    """Bring the lanes of a block to rest; otherwise as `calciroute.engine.control.run_block`."""
    for _ in range(most_rounds):
        if not fill_columns(queue, memory, rows, kernel, job, notes, counts):
            return 0
        for column in range(WIDTH):
            counts[column, WANTED] = 0
            if counts[column, PHASE] != IDLE and counts[column, PHASE] != STEPPING:
                counts[column, PHASE] = STEPPING
                notes[column, PROPOSAL] = 1.0
                notes[column, USED] = 0.0
                counts[column, REJECTED] = _SEEK
            memory[rows.step, column] = notes[column, PROPOSAL] if counts[column, PHASE] == STEPPING else 1.0
        call_kernel(kernel.settle, memory)
        any_done = False
        for column in range(WIDTH):
            if counts[column, PHASE] == STEPPING and _judge_rest(
                column, memory, rows, job, notes, counts, found
            ):
                counts[column, WANTED] = 1
                any_done = True
        if any_done:
            call_kernel(kernel.here, memory)
            call_kernel(kernel.read, memory)
            store_outputs(memory, rows, job, counts, found)
            for column in range(WIDTH):
                if counts[column, WANTED] == 1:
                    found.status[counts[column, SUBJECT]] = FINE
                    leave_column(column, memory, rows, counts)
    return 2
