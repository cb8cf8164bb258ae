"""The control loop: which lane steps how far, when it lands, what is recorded. It knows no model.

Each column of a group has its own time, step and doses. A column whose lane has ended takes the next lane of
the block at once, so that all columns work until the block runs dry. Nothing passes from column to column:
a lane gives the same bits in any company. All arithmetic on states is in the kernels; here are decisions.

The same source runs compiled and, for the oracle in tests, as plain Python.
"""

from __future__ import annotations

import math

import numpy as np

from calciroute.engine.calls import call_kernel
from calciroute.engine.compiled import compiled
from calciroute.engine.job import (
    AFTER_DOSE,
    ARRIVED,
    CHATTER,
    CROSSING,
    CROSSINGS,
    END,
    FINE,
    FIRST_STEP,
    HIGH,
    IDLE,
    LOW,
    NEXT_DOSE,
    NEXT_TIME,
    NO_NUMBER,
    NOW,
    PAUSED,
    PHASE,
    PROPOSAL,
    RECORDED,
    REJECTED,
    SETTLED,
    STEP_TOO_SMALL,
    STEPPING,
    STEPS,
    STOP,
    SUBJECT,
    TARGET,
    TOO_MANY_STEPS,
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

_SAFETY, _LEAST_FACTOR, _LARGEST_FACTOR = 0.9, 0.2, 6.0
_MOST_REPEATS = 60  # of one step: after so many cuts no step is short enough
_MOST_CROSSINGS = 1000  # comparisons that turn without the time moving on
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
    notes[column, FIRST_STEP] = 0.0
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
def _turned(column: int, memory: Array, rows: Rows) -> bool:
    """Whether a comparison of a column differs, beyond rounding, from what was held."""
    for row in range(rows.conditions):
        if memory[rows.truth + row, column] != memory[rows.held + row, column] and (
            memory[rows.gap + row, column] > 0.0 or memory[rows.instant + row, column] < np.inf
        ):
            return True
    return False


@compiled
def _target(column: int, memory: Array, rows: Rows, job: Job, notes: Array, counts: Whole) -> float:
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
def _choose(memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole) -> bool:
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
def _fail(
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
def _judge(memory: Array, rows: Rows, job: Job, notes: Array, counts: Whole, found: Found) -> None:
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
            if counts[column, AFTER_DOSE] == 1:
                # What would have been right here is where the step after the next dose begins.
                notes[column, FIRST_STEP] = longer
                counts[column, AFTER_DOSE] = 0
            notes[column, PROPOSAL] = max(longer, notes[column, PROPOSAL]) if shortened else longer
            counts[column, REJECTED] = 0
            counts[column, STEPS] += 1
            found.steps[lane, 0] += 1
            memory[rows.mask, column] = 1.0
            if counts[column, STEPS] >= job.most_steps:
                _fail(column, TOO_MANY_STEPS, memory, rows, notes, counts, found)
        else:
            notes[column, PROPOSAL] = step * factor
            counts[column, REJECTED] += 1
            found.steps[lane, 1] += 1
            short = notes[column, PROPOSAL] <= _ROUNDING * abs(notes[column, NOW])
            if counts[column, REJECTED] > _MOST_REPEATS or short or notes[column, PROPOSAL] < 1e-300:
                status = NO_NUMBER if error >= 1e10 else STEP_TOO_SMALL
                _fail(column, status, memory, rows, notes, counts, found)


@compiled
def _record_inside(
    memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole, found: Found,
    through: bool,
) -> None:  # fmt: skip
    """Record output times inside the steps of the mask; the end counts when `through` is set."""
    while True:
        any_wanted = False
        for column in range(WIDTH):
            counts[column, WANTED] = 0
            if memory[rows.mask, column] == 0.0:
                continue
            lane = counts[column, SUBJECT]
            table = lane if len(job.times) > 1 else 0
            index = counts[column, NEXT_TIME]
            if index < job.times.shape[1] and (
                job.times[table, index] < notes[column, END]
                or (through and job.times[table, index] == notes[column, END])
            ):
                share = (job.times[table, index] - notes[column, NOW]) / notes[column, USED]
                memory[rows.share, column] = min(share, 1.0)
                counts[column, WANTED] = 1
                any_wanted = True
        if not any_wanted:
            return
        call_kernel(kernel.inside, memory)
        if rows.clock >= 0:
            # The time itself, not what the polynomial makes of it: floor(time) would show the last bit.
            for column in range(WIDTH):
                if counts[column, WANTED] == 1:
                    table = counts[column, SUBJECT] if len(job.times) > 1 else 0
                    memory[rows.inside + rows.clock, column] = job.times[table, counts[column, NEXT_TIME]]
        call_kernel(kernel.read, memory)
        store_outputs(memory, rows, job, counts, found)


@compiled
def store_outputs(memory: Array, rows: Rows, job: Job, counts: Whole, found: Found) -> None:
    """Keep what kernel ``read`` has just found, in the columns that want it."""
    for column in range(WIDTH):
        if counts[column, WANTED] == 1:
            lane, index = counts[column, SUBJECT], counts[column, NEXT_TIME]
            for output in range(len(job.columns)):
                found.values[lane, index, output] = memory[rows.read + job.columns[output], column]
            counts[column, NEXT_TIME] += 1


@compiled
def _locate(memory: Array, rows: Rows, kernel: Kernel, notes: Array, counts: Whole) -> None:
    """Find where in an accepted step a comparison turned first; those columns end there.

    The step itself was taken as if nothing turned, so its inside is smooth up to that place.
    """
    for column in range(WIDTH):
        memory[rows.share, column] = 1.0
    call_kernel(kernel.inside, memory)
    call_kernel(kernel.truth, memory)
    any_crossing = False
    for column in range(WIDTH):
        notes[column, LOW], notes[column, HIGH] = 0.0, 1.0
        counts[column, CROSSING] = 0
        if memory[rows.mask, column] != 0.0 and _turned(column, memory, rows):
            counts[column, CROSSING] = 1
            any_crossing = True
    if not any_crossing:
        return
    for _ in range(60):
        done = True
        for column in range(WIDTH):
            if counts[column, CROSSING] == 1 and notes[column, HIGH] - notes[column, LOW] > 1e-15:
                memory[rows.share, column] = 0.5 * (notes[column, LOW] + notes[column, HIGH])
                done = False
        if done:
            break
        call_kernel(kernel.inside, memory)
        call_kernel(kernel.truth, memory)
        for column in range(WIDTH):
            if counts[column, CROSSING] == 1 and notes[column, HIGH] - notes[column, LOW] > 1e-15:
                if _turned(column, memory, rows):
                    notes[column, HIGH] = memory[rows.share, column]
                else:
                    notes[column, LOW] = memory[rows.share, column]
    for column in range(WIDTH):
        if counts[column, CROSSING] == 1 and notes[column, HIGH] < 1.0:
            notes[column, END] = notes[column, NOW] + notes[column, HIGH] * notes[column, USED]
            if notes[column, HIGH] > 1e-9:
                counts[column, CROSSINGS] = 0
        if counts[column, CROSSING] == 1:
            counts[column, CROSSINGS] += 1


@compiled
def _end_steps(
    memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole, found: Found
) -> None:
    """Take over the accepted steps: record what lies inside, move on, note who has arrived."""
    for column in range(WIDTH):
        if memory[rows.mask, column] != 0.0:
            notes[column, END] = notes[column, NOW] + notes[column, USED]
            if notes[column, USED] >= (notes[column, TARGET] - notes[column, NOW]) * (1.0 - 1e-9):
                notes[column, END] = notes[column, TARGET]
            if rows.clock >= 0:
                memory[rows.next + rows.clock, column] = notes[column, END]
    if rows.conditions > 0:
        _locate(memory, rows, kernel, notes, counts)
        _record_inside(memory, rows, kernel, job, notes, counts, found, False)
        for column in range(WIDTH):
            memory[rows.share, column] = notes[column, HIGH]
        call_kernel(kernel.inside, memory)
        call_kernel(kernel.move_inside, memory)
        for column in range(WIDTH):
            # The time at which it was seen to turn, to the last bit: a sum may round to just before.
            if rows.clock >= 0 and counts[column, CROSSING] == 1 and memory[rows.mask, column] != 0.0:
                notes[column, END] = memory[rows.inside + rows.clock, column]
    else:
        _record_inside(memory, rows, kernel, job, notes, counts, found, True)
        call_kernel(kernel.move, memory)
    for column in range(WIDTH):
        if memory[rows.mask, column] != 0.0:
            notes[column, NOW] = notes[column, END]
            if rows.clock >= 0:
                memory[rows.state + rows.clock, column] = notes[column, END]
            if (rows.conditions > 0 and counts[column, CROSSING] == 1) or notes[column, END] >= notes[
                column, TARGET
            ]:
                counts[column, PHASE] = ARRIVED
            if counts[column, CROSSINGS] > _MOST_CROSSINGS:
                _fail(column, CHATTER, memory, rows, notes, counts, found)


@compiled
def _settle_truth(memory: Array, rows: Rows, kernel: Kernel, notes: Array, counts: Whole) -> bool:
    """Comparisons of columns that have arrived: take over what turned, or pause for events (then true)."""
    paused = False
    for _ in range(rows.conditions + 2):
        call_kernel(kernel.here, memory)
        call_kernel(kernel.truth, memory)
        again = False
        for column in range(WIDTH):
            if counts[column, PHASE] != ARRIVED:
                continue
            due = notes[column, STOP] <= notes[column, NOW]
            if _turned(column, memory, rows) or due:
                if rows.events > 0:
                    counts[column, PHASE] = PAUSED
                    paused = True
                    continue
                for row in range(rows.conditions):
                    if memory[rows.truth + row, column] != memory[rows.held + row, column] and (
                        memory[rows.gap + row, column] > 0.0 or memory[rows.instant + row, column] < np.inf
                    ):
                        memory[rows.held + row, column] = memory[rows.truth + row, column]
                again = True
            else:
                counts[column, PHASE] = SETTLED
        if not again:
            break
    for column in range(WIDTH):
        if counts[column, PHASE] == ARRIVED:
            counts[column, PHASE] = SETTLED
    return paused


@compiled
def _record_here(
    memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole, found: Found
) -> None:
    """Record output times that are now, in columns that have settled."""
    while True:
        any_wanted = False
        for column in range(WIDTH):
            counts[column, WANTED] = 0
            if counts[column, PHASE] == SETTLED:
                lane, index = counts[column, SUBJECT], counts[column, NEXT_TIME]
                table = lane if len(job.times) > 1 else 0
                if index < job.times.shape[1] and job.times[table, index] <= notes[column, NOW]:
                    counts[column, WANTED] = 1
                    any_wanted = True
                else:
                    counts[column, PHASE] = RECORDED
        if not any_wanted:
            return
        call_kernel(kernel.here, memory)
        call_kernel(kernel.read, memory)
        store_outputs(memory, rows, job, counts, found)


@compiled
def _give_doses(
    column: int, memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole
) -> bool:
    """Add every dose that is due; true when there was one."""
    lane = counts[column, SUBJECT]
    given, changed = False, False
    while counts[column, NEXT_DOSE] < job.first_dose[lane + 1]:
        dose = counts[column, NEXT_DOSE]
        if job.dose_time[dose] > notes[column, NOW]:
            break
        row = job.dose_row[dose]
        if row < rows.parameters:
            memory[rows.parameter + row, column] += job.dose_amount[dose]
            changed = True
        else:
            memory[rows.state + row - rows.parameters, column] += job.dose_amount[dose]
        counts[column, NEXT_DOSE] += 1
        given = True
    if changed:
        call_kernel(kernel.constants, memory)
    return given


@compiled
def _depart(
    memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole, found: Found
) -> bool:
    """Doses, the end of lanes, and the next target; true when a column has to settle again."""
    again = False
    for column in range(WIDTH):
        if counts[column, PHASE] != RECORDED:
            continue
        lane = counts[column, SUBJECT]
        if counts[column, NEXT_TIME] >= job.times.shape[1]:
            found.status[lane] = FINE
            leave_column(column, memory, rows, counts)
            continue
        if _give_doses(column, memory, rows, kernel, job, notes, counts):
            # The first step after a dose is the one that was right after the last.
            notes[column, PROPOSAL] = notes[column, FIRST_STEP]
            counts[column, AFTER_DOSE] = 1
            if rows.conditions > 0:
                counts[column, PHASE] = ARRIVED
                again = True
                continue
        notes[column, TARGET] = _target(column, memory, rows, job, notes, counts)
        counts[column, PHASE] = STEPPING
    return again


@compiled
def fill_columns(
    queue: Whole, memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole
) -> bool:
    """Give idle columns the next lanes of the block; true when a column is at work."""
    busy = False
    if job.shared:
        for column in range(WIDTH):
            busy = busy or counts[column, PHASE] != IDLE
        if busy:
            return True
    for column in range(WIDTH):
        if counts[column, PHASE] == IDLE and queue[0] < queue[1]:
            lane = queue[0]
            queue[0] += 1
            begin_lane(column, lane, memory, rows, kernel, job, notes, counts)
            if rows.events > 0:
                counts[column, PHASE] = PAUSED
        busy = busy or counts[column, PHASE] != IDLE
    return busy


@compiled
def run_block(
    queue: Whole, memory: Array, rows: Rows, kernel: Kernel, job: Job, notes: Array, counts: Whole,
    found: Found, most_rounds: int,
) -> int:  # fmt: skip
    """Solve lanes until the block is done, events wait, or a while has passed.

    Parameters
    ----------
    queue : int array (2,)
        Next lane, and the one after the last.
    memory : float array (row, column)
        Of the group.
    rows : Rows
        Where things stand in it.
    kernel : Kernel
        Addresses.
    job : Job
        Tables.
    notes, counts : arrays (column, note)
        The state of the control loop itself, so that it can be left and entered again.
    found : Found
        Filled.
    most_rounds : int
        After so many steps of the group it comes back.

    Returns
    -------
    int
        0 when the block is done, 1 when columns are `PAUSED` for events, 2 after `most_rounds`.
    """
    for _ in range(most_rounds):
        if not fill_columns(queue, memory, rows, kernel, job, notes, counts):
            return 0
        while True:
            if rows.conditions > 0 or rows.events > 0:
                for column in range(WIDTH):
                    if counts[column, PHASE] == PAUSED:
                        return 1
                if _settle_truth(memory, rows, kernel, notes, counts):
                    return 1
            else:
                for column in range(WIDTH):
                    if counts[column, PHASE] == ARRIVED:
                        counts[column, PHASE] = SETTLED
            _record_here(memory, rows, kernel, job, notes, counts, found)
            if not _depart(memory, rows, kernel, job, notes, counts, found):
                break
        if not _choose(memory, rows, kernel, job, notes, counts):
            continue
        call_kernel(kernel.step, memory)
        _judge(memory, rows, job, notes, counts, found)
        _end_steps(memory, rows, kernel, job, notes, counts, found)
    return 2
