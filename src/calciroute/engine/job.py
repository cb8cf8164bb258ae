"""What the control loop works on: tables of lanes, times and doses, and the notes it keeps on each lane."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# What became of a lane.
FINE, NO_NUMBER, STEP_TOO_SMALL, TOO_MANY_STEPS, CHATTER, EVENT_FAULT, NO_REST, CHANCE = range(8)

# Notes on the lane in a column, floats and whole numbers.
NOW, PROPOSAL, USED, STOP, TARGET, END, LOW, HIGH = range(8)
SUBJECT, PHASE, NEXT_DOSE, NEXT_TIME, REJECTED, STEPS, AFTER_DOSE, LANDED, CROSSINGS, WANTED, CROSSING = (
    range(11)
)
FLOAT_NOTES, WHOLE_NOTES = 8, 11

# Where a lane stands between steps.
STEPPING, ARRIVED, SETTLED, RECORDED, PAUSED, IDLE = range(6)


class Rows(NamedTuple):
    """First row of each section, and counts."""

    step: int
    share: int
    mask: int
    relative: int
    portion: int
    error: int
    state: int
    parameter: int
    held: int
    absolute: int
    next: int
    inside: int
    rate: int
    stage: int
    read: int
    truth: int
    gap: int
    instant: int
    given_parameter: int
    given_state: int
    first_parameter: int
    first_state: int
    landed: int
    states: int
    parameters: int
    conditions: int
    clock: int
    events: int


class Kernel(NamedTuple):
    """Addresses of the entries."""

    start: int
    constants: int
    step: int
    inside: int
    here: int
    there: int
    move: int
    move_inside: int
    read: int
    truth: int
    slope: int
    settle: int


class Job(NamedTuple):
    """Tables of a block of lanes.

    Parameters
    ----------
    defaults : float array (row,)
        Parameters, then states: what a lane takes that was given nothing; NaN for "by the formula".
    formulas : int array (row,)
        1 for rows that a formula says where nothing is given.
    given_rows : int array (column,)
        Rows, counted as in `defaults`, that differ between lanes.
    given : float array (lane, column)
        Their values.
    times : float array (lane or 1, time)
        Output times.
    first_dose : int array (lane + 1,)
        Where the doses of a lane begin in the dose tables.
    dose_time, dose_amount : float array (dose,)
        Sorted by lane, then time.
    dose_row : int array (dose,)
        Row as in `defaults`.
    columns : int array (output,)
        Rows of section ``read`` that are wanted.
    unweighted : int array (state,)
        1 for states whose error does not count.
    resting : int array (state at rest,)
        Rows of the states that are brought to rest.
    relative, absolute, trace : float
        Tolerances; a start below `trace` counts as a size of 1.
    largest_step : float
        Of a step.
    most_steps : int
        Of a lane.
    shared : bool
        Whether the lanes of a group take the same steps.
    rest_rate : float
        Largest rate of a state at rest, as a share of it.
    """

    defaults: Array
    formulas: Whole
    given_rows: Whole
    given: Array
    times: Array
    first_dose: Whole
    dose_time: Array
    dose_amount: Array
    dose_row: Whole
    columns: Whole
    unweighted: Whole
    resting: Whole
    relative: float
    absolute: float
    trace: float
    largest_step: float
    most_steps: int
    shared: bool
    rest_rate: float


class Found(NamedTuple):
    """What came out.

    Parameters
    ----------
    values : float array (lane, time, output)
        NaN where a lane did not arrive.
    status : int array (lane,)
        `FINE` or another.
    where : float array (lane, 2)
        Time and state row at which a lane failed.
    steps : int array (lane, 2)
        Steps taken and repeated.
    """

    values: Array
    status: Whole
    where: Array
    steps: Whole
