"""Control of lanes and their steps: how a lane begins and ends, how far it steps, whether a step stands."""

from __future__ import annotations

import math

import numpy as np

from calciroute.engine.calls import call_kernel
from calciroute.engine.compiled import compiled
from calciroute.engine.job import (
    AFTER_DOSE,
    ARRIVED,
    CROSSINGS,
    IDLE,
    LANDED,
    NEXT_DOSE,
    NEXT_TIME,
    NO_NUMBER,
    NOW,
    PHASE,
    PROPOSAL,
    REJECTED,
    STEP_TOO_SMALL,
    STEPPING,
    STEPS,
    STOP,
    SUBJECT,
    TARGET,
    TOO_MANY_STEPS,
    USED,
    Array,
    Found,
    Job,
    Kernel,
    Rows,
    Whole,
)
from calciroute.engine.layout import WIDTH

_SAFETY, _LEAST_FACTOR, _LARGEST_FACTOR = 0.9, 0.2, 6.0
_MOST_REPEATS = 60  # of one step: after so many cuts no step is short enough
_ROUNDING = 4.0 * 2.220446049250313e-16


@compiled
def begin_lane(
    column: int, lane: int, memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole
) -> None:
    """Put a lane into a column, at time 0."""
    total = rows.parameters
    for row in range(total):
        memory[rows.given_parameter + row, column] = job.defaults[row]
    for row in range(rows.states):
        memory[rows.given_state + row, column] = job.defaults[total + row]
    for index in range(len(job.given_rows)):
        row = job.given_rows[index]
        if row < total:
            memory[rows.given_parameter + row, column] = job.given[lane, index]
        else:
            memory[rows.given_state + row - total, column] = job.given[lane, index]
    # The kernel finds the start of all columns; this one takes its own.
    call_kernel(kernel.start, memory)
    for row in range(total):
        source = rows.first_parameter if job.formulas[row] != 0 else rows.given_parameter
        memory[rows.parameter + row, column] = memory[source + row, column]
    for row in range(rows.states):
        memory[rows.state + row, column] = memory[rows.first_state + row, column]
    call_kernel(kernel.constants, memory)
    for row in range(rows.states):
        size = abs(memory[rows.state + row, column])
        if not size > job.trace:
            size = 1.0
        memory[rows.absolute + row, column] = np.inf if job.unweighted[row] != 0 else job.absolute * size
    memory[rows.relative, column] = job.relative
    memory[rows.portion, column] = job.absolute
    notes[column, NOW] = 0.0
    notes[column, PROPOSAL] = 0.0
    for row in range(rows.states):
        memory[rows.landed + row, column] = 0.0
    counts[column, LANDED] = 0
    notes[column, STOP] = np.inf
    counts[column, SUBJECT] = lane
    counts[column, PHASE] = ARRIVED
    counts[column, NEXT_DOSE] = job.first_dose[lane]
    counts[column, NEXT_TIME] = 0
    counts[column, REJECTED] = 0
    counts[column, STEPS] = 0
    counts[column, AFTER_DOSE] = 0
    counts[column, CROSSINGS] = 0
    _first_truth(column, memory, rows, kernel)


@compiled
def _first_truth(column: int, memory: Array, rows: Rows, kernel: Kernel) -> None:
    """Comparisons at the start, as they are; one may stand inside another, so until none changes."""
    for row in range(rows.conditions):
        memory[rows.held + row, column] = 0.0
    for _ in range(rows.conditions + 1):
        call_kernel(kernel.here, memory)
        call_kernel(kernel.truth, memory)
        changed = False
        for row in range(rows.conditions):
            if memory[rows.held + row, column] != memory[rows.truth + row, column]:
                memory[rows.held + row, column] = memory[rows.truth + row, column]
                changed = True
        if not changed:
            break


@compiled
def has_turned(column: int, memory: Array, rows: Rows) -> bool:
    """Whether a comparison of a column differs, beyond rounding, from what was held."""
    for row in range(rows.conditions):
        if memory[rows.truth + row, column] != memory[rows.held + row, column] and (
            memory[rows.gap + row, column] > 0.0 or memory[rows.instant + row, column] < np.inf
        ):
            return True
    return False


@compiled
def next_target(column: int, memory: Array, rows: Rows, job: Job, notes: Array, counts: Whole) -> float:
    """Where a lane has to land next: a dose, the turn of a comparison in time, a stop, the end."""
    lane = counts[column, SUBJECT]
    now = notes[column, NOW]
    table = lane if len(job.times) > 1 else 0
    target: float = job.times[table, job.times.shape[1] - 1]
    dose = counts[column, NEXT_DOSE]
    if dose < job.first_dose[lane + 1] and job.dose_time[dose] < target:
        target = job.dose_time[dose]
    if notes[column, STOP] < target:
        target = notes[column, STOP]
    for row in range(rows.conditions):
        instant = memory[rows.instant + row, column]
        if now < instant < target:
            target = instant
    return target


@compiled
def _first_step(column: int, memory: Array, rows: Rows, kernel: Kernel, gap: float) -> float:
    """A first step: a hundredth of the time in which the states would change by their own size."""
    call_kernel(kernel.slope, memory)
    size: float = 0.0
    slope: float = 0.0
    for row in range(rows.states):
        state = abs(memory[rows.state + row, column])
        bound = memory[rows.absolute + row, column] + memory[rows.relative, column] * state
        if bound < np.inf and bound > 0.0:
            size += (state / bound) ** 2
            slope += (memory[rows.rate + row, column] / bound) ** 2
    if not (slope > 0.0 and slope < np.inf):
        return gap * 1e-3
    step = 0.01 * math.sqrt(size / slope)
    # States that start empty say nothing of their size: then the step within the tolerance.
    step = max(step, 0.5 / math.sqrt(slope))
    if step > gap:
        return gap
    return step


@compiled
def choose_steps(memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole) -> bool:
    """Choose the step of every column; false when none has one to take."""
    any_steps = False
    for column in range(WIDTH):
        memory[rows.mask, column] = 0.0
        memory[rows.step, column] = 1.0
        if counts[column, PHASE] != STEPPING:
            continue
        any_steps = True
        gap = notes[column, TARGET] - notes[column, NOW]
        if notes[column, PROPOSAL] <= 0.0:
            notes[column, PROPOSAL] = _first_step(column, memory, rows, kernel, gap)
        step = min(notes[column, PROPOSAL], job.largest_step)
        # Land on the target; when it is near, share the distance between two steps.
        if step >= gap * (1.0 - 1e-9):
            step = gap
        elif 2.0 * step > gap:
            step = 0.5 * gap
        notes[column, USED] = step
        memory[rows.step, column] = step
    if job.shared and any_steps:
        shortest = np.inf
        for column in range(WIDTH):
            if counts[column, PHASE] == STEPPING:
                shortest = min(shortest, notes[column, USED])
        for column in range(WIDTH):
            if counts[column, PHASE] == STEPPING:
                notes[column, USED] = shortest
                memory[rows.step, column] = shortest
    return any_steps


@compiled
def fail_lane(
    column: int, status: int, memory: Array, rows: Rows, notes: Array, counts: Whole, found: Found
) -> None:
    """A lane that cannot go on: say when and which state is worst; the others do not notice."""
    lane = counts[column, SUBJECT]
    found.status[lane] = status
    found.where[lane, 0] = notes[column, NOW]
    worst, largest = 0, -1.0
    for row in range(rows.states):
        estimate = memory[rows.stage + 5 * rows.states + row, column]
        state = abs(memory[rows.state + row, column])
        bound = memory[rows.absolute + row, column] + memory[rows.relative, column] * state
        share = abs(estimate) / bound
        if share != share or math.isinf(share):
            share = 1e300
        if bound < np.inf and share > largest:
            worst, largest = row, share
    found.where[lane, 1] = worst
    leave_column(column, memory, rows, counts)


@compiled
def leave_column(column: int, memory: Array, rows: Rows, counts: Whole) -> None:
    """Empty a column: its lane is done."""
    counts[column, SUBJECT] = -1
    counts[column, PHASE] = IDLE
    memory[rows.mask, column] = 0.0


@compiled
def judge_steps(memory: Array, rows: Rows, job: Job, notes: Array, counts: Whole, found: Found) -> None:
    """Accept or repeat each column's step, and propose the next; accepted columns are set in the mask."""
    worst = 0.0
    if job.shared:
        for column in range(WIDTH):
            if counts[column, PHASE] == STEPPING:
                error = memory[rows.error, column]
                worst = max(worst, error) if error == error else np.inf
    for column in range(WIDTH):
        if counts[column, PHASE] != STEPPING:
            continue
        lane = counts[column, SUBJECT]
        error = worst if job.shared else memory[rows.error, column]
        step = notes[column, USED]
        if not error < 1e10:  # infinite and no number as well
            error = 1e10
        # The error of a step grows as its length to the fourth.
        factor = _LARGEST_FACTOR
        if error > 0.0:
            factor = min(_LARGEST_FACTOR, max(_LEAST_FACTOR, _SAFETY / math.sqrt(math.sqrt(error))))
        if error <= 1.0:
            if counts[column, REJECTED] > 0:
                factor = min(factor, 1.0)
            longer = step * factor
            # A step cut short to land says little: what was proposed before still stands.
            shortened = step < notes[column, PROPOSAL] * (1.0 - 1e-9) and counts[column, REJECTED] == 0
            proposal = max(longer, notes[column, PROPOSAL]) if shortened else longer
            if counts[column, AFTER_DOSE] == 1:
                # What would have been right here is where the step after the next such dose begins; a step
                # that a neighbour of the group cut short says nothing about it.
                memory[rows.landed + counts[column, LANDED], column] = proposal if job.shared else longer
                counts[column, AFTER_DOSE] = 0
            notes[column, PROPOSAL] = proposal
            counts[column, REJECTED] = 0
            counts[column, STEPS] += 1
            found.steps[lane, 0] += 1
            memory[rows.mask, column] = 1.0
            if counts[column, STEPS] >= job.most_steps:
                fail_lane(column, TOO_MANY_STEPS, memory, rows, notes, counts, found)
        else:
            notes[column, PROPOSAL] = step * factor
            counts[column, REJECTED] += 1
            found.steps[lane, 1] += 1
            short = notes[column, PROPOSAL] <= _ROUNDING * abs(notes[column, NOW])
            if counts[column, REJECTED] > _MOST_REPEATS or short or notes[column, PROPOSAL] < 1e-300:
                own = memory[rows.error, column]
                if job.shared and own <= 1.0:
                    # A neighbour of the group is at fault: it leaves, and the others go on.
                    counts[column, REJECTED] = 0
                else:
                    status = STEP_TOO_SMALL if own < 1e10 else NO_NUMBER
                    fail_lane(column, status, memory, rows, notes, counts, found)
