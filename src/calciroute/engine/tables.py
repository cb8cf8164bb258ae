"""From what lanes are given to the tables of the control loop, with the error bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.job import Job
from calciroute.engine.lanes import Lanes, dose_table, given_table
from calciroute.engine.program import Program
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Tolerances:
    """Error bounds of a solve.

    Parameters
    ----------
    relative : float, optional
        Of each state, > 0.
    absolute : float, optional
        As a share of each state's size, > 0. The size is the largest that the state
        has had, from its start on.
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


def make_job(
    program: Program,
    lanes: Lanes,
    times: Array,
    wanted: Sequence[str],
    tolerances: Tolerances,
    *,
    shared: bool = False,
    rest_rate: float = 0.0,
) -> Job:
    """Tables of a run.

    Parameters
    ----------
    program : Program
        What runs.
    lanes : Lanes
        What they are given.
    times : float array (lane or 1, time)
        Output times.
    wanted : sequence of str
        Ids to read.
    tolerances : Tolerances
        Error bounds.
    shared : bool, optional
        Whether eight neighbours take the same steps.
    rest_rate : float, optional
        Largest rate of a state at rest, as a share of it.

    Returns
    -------
    Job
        For the control loop.
    """
    given, doses = given_table(program, lanes), dose_table(program, lanes)
    description = program.description
    return Job(
        defaults=given.defaults,
        formulas=np.array(description.formulas, dtype=np.int64),
        given_rows=given.rows,
        given=given.values,
        times=times,
        first_dose=doses.first,
        dose_time=doses.time,
        dose_amount=doses.amount,
        dose_row=doses.row,
        columns=_columns(program, wanted),
        unweighted=np.array(description.unweighted, dtype=np.int64),
        resting=np.array(description.resting, dtype=np.int64),
        relative=float(tolerances.relative),
        absolute=float(tolerances.absolute),
        trace=float(tolerances.trace),
        largest_step=float(tolerances.largest_step),
        most_steps=int(tolerances.most_steps),
        shared=bool(shared),
        rest_rate=float(rest_rate),
    )


def _columns(program: Program, wanted: Sequence[str]) -> Whole:
    places = program.output_places
    for name in wanted:
        if name not in places:
            raise SolveError(f"{name} cannot be read from this program")
    return np.array([places[name] for name in wanted], dtype=np.int64)
