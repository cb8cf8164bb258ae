"""The control loop: which lane steps how far, when it lands, what is recorded. It knows no model.

Each column of a group has its own time, step and doses. A column whose lane has ended takes the next lane of
the block at once, so that all columns work until the block runs dry. Nothing passes from column to column:
a lane gives the same bits in any company. All arithmetic on states is in the kernels; here are decisions.

The same source runs compiled and, for the oracle in tests, as plain Python.
"""

from __future__ import annotations

import numpy as np

from calciroute.engine.calls import call_kernel
from calciroute.engine.compiled import compiled
from calciroute.engine.control_steps import (
    begin_lane,
    choose_steps,
    fail_lane,
    has_turned,
    judge_steps,
    leave_column,
    next_target,
)
from calciroute.engine.job import (
    AFTER_DOSE,
    ARRIVED,
    CHATTER,
    CROSSING,
    CROSSINGS,
    END,
    FINE,
    HIGH,
    IDLE,
    LANDED,
    LOW,
    NEXT_DOSE,
    NEXT_TIME,
    NOW,
    PAUSED,
    PHASE,
    PROPOSAL,
    RECORDED,
    SETTLED,
    STEPPING,
    STOP,
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

_MOST_CROSSINGS = 1000  # comparisons that turn without the time moving on


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
def _locate(memory: Array, rows: Rows, kernel: Kernel, notes: Array, counts: Whole) -> bool:
    """Find where in an accepted step a comparison turned first; those columns end there. False: none did."""
    # The step itself was taken as if nothing turned, so its inside is smooth up to that place.
    call_kernel(kernel.there, memory)
    call_kernel(kernel.truth, memory)
    any_crossing = False
    for column in range(WIDTH):
        notes[column, LOW], notes[column, HIGH] = 0.0, 1.0
        counts[column, CROSSING] = 0
        if memory[rows.mask, column] != 0.0 and has_turned(column, memory, rows):
            counts[column, CROSSING] = 1
            any_crossing = True
    if not any_crossing:
        return False
    for column in range(WIDTH):
        memory[rows.share, column] = 1.0
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
                if has_turned(column, memory, rows):
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
    return True


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
    crossing = False
    if rows.conditions > 0:
        crossing = _locate(memory, rows, kernel, notes, counts)
    # With comparisons an output at the end waits until they have settled there.
    _record_inside(memory, rows, kernel, job, notes, counts, found, rows.conditions == 0)
    if crossing:
        for column in range(WIDTH):
            memory[rows.share, column] = notes[column, HIGH]
        call_kernel(kernel.inside, memory)
        call_kernel(kernel.move_inside, memory)
        for column in range(WIDTH):
            # The time at which it was seen to turn, to the last bit: a sum may round to just before.
            if rows.clock >= 0 and counts[column, CROSSING] == 1 and memory[rows.mask, column] != 0.0:
                notes[column, END] = memory[rows.inside + rows.clock, column]
    else:
        call_kernel(kernel.move, memory)
    for column in range(WIDTH):
        if memory[rows.mask, column] != 0.0:
            notes[column, NOW] = notes[column, END]
            if rows.clock >= 0:
                memory[rows.state + rows.clock, column] = notes[column, END]
            if (crossing and counts[column, CROSSING] == 1) or notes[column, END] >= notes[column, TARGET]:
                counts[column, PHASE] = ARRIVED
            if counts[column, CROSSINGS] > _MOST_CROSSINGS:
                fail_lane(column, CHATTER, memory, rows, notes, counts, found)


@compiled
def _settle_truth(memory: Array, rows: Rows, kernel: Kernel, notes: Array, counts: Whole) -> bool:
    """Comparisons of columns that have arrived: take over what turned, or pause for events (then true)."""
    paused = False
    for _ in range(rows.conditions + 2):
        any_arrived = False
        for column in range(WIDTH):
            any_arrived = any_arrived or counts[column, PHASE] == ARRIVED
        if not any_arrived:
            break
        call_kernel(kernel.here, memory)
        call_kernel(kernel.truth, memory)
        again = False
        for column in range(WIDTH):
            if counts[column, PHASE] != ARRIVED:
                continue
            due = notes[column, STOP] <= notes[column, NOW]
            if has_turned(column, memory, rows) or due:
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
            counts[column, LANDED] = row - rows.parameters
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
            # The first step after a dose is the one that was right after the last into the same state.
            notes[column, PROPOSAL] = memory[rows.landed + counts[column, LANDED], column]
            counts[column, AFTER_DOSE] = 1
            if rows.conditions > 0:
                counts[column, PHASE] = ARRIVED
                again = True
                continue
        notes[column, TARGET] = next_target(column, memory, rows, job, notes, counts)
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
        if not choose_steps(memory, rows, kernel, job, notes, counts):
            continue
        call_kernel(kernel.step, memory)
        judge_steps(memory, rows, job, notes, counts, found)
        _end_steps(memory, rows, kernel, job, notes, counts, found)
    return 2
