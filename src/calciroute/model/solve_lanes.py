"""Lanes and doses of a table through the engine, block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calciroute.engine.averaging import Averaging
from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.program import Program, compile_program
from calciroute.engine.solve import Courses, Tolerances, solve
from calciroute.equations.fingerprint import system_hash
from calciroute.equations.inflow import with_inflows
from calciroute.equations.system import System
from calciroute.errors import InputError, Problem, SolveError
from calciroute.model.averaged_lanes import averaged_model
from calciroute.model.dose_schedule import DosePlan
from calciroute.model.lane_table import LaneTable
from calciroute.sbml.cache import cache_folder

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Progress = Callable[[str, int, int], None]
# Doses are written out for one block at a time: a year of days for a million lanes would be 12 GB.
_DOSES_AT_ONCE = 2_000_000
_LANES_AT_ONCE = 65_536


@dataclass(frozen=True)
class LaneCourses:
    """What all lanes did.

    Parameters
    ----------
    values : float array (lane, time, output)
        NaN where a lane did not arrive.
    status : int array (lane,)
        0 where a lane reached the end.
    words : tuple of str
        What happened, for each lane; empty where nothing did.
    differences : dict of str to float, optional
        Of an averaged run: by output, the largest difference of a lane from its run with every dose.
    """

    values: Array
    status: Places
    words: tuple[str, ...]
    differences: Mapping[str, float] = field(default_factory=dict)


def solve_lanes(
    system: System,
    lanes: LaneTable,
    plan: DosePlan,
    times: Array,
    outputs: Sequence[str],
    *,
    source: str,
    tolerances: Tolerances,
    threads: int,
    averaged: Averaging | None = None,
    progress: Progress | None = None,
) -> LaneCourses:
    """Run every lane.

    Parameters
    ----------
    system : System
        From an SBML file.
    lanes : LaneTable
        What each lane sets.
    plan : DosePlan
        Doses of all lanes.
    times : float array (time,)
        Output times.
    outputs : sequence of str
        Ids.
    source : str
        The file of the model, for messages.
    tolerances : Tolerances
        Of the engine.
    threads : int
        Cores to use; the numbers are the same on any.
    averaged : Averaging, optional
        A linear block whose doses repeat: lanes run as means over the period.
    progress : callable, optional
        Takes stage, done and total.

    Returns
    -------
    LaneCourses
        Lanes in the order of the table.

    Raises
    ------
    InputError
        For what the engine cannot compile.
    """
    if progress is not None:
        progress("load", 0, 1)
    moved = with_inflows(system, plan.inflows)
    try:
        means = None if averaged is None else averaged_model(moved, averaged, outputs)
        program = _program(moved, outputs) if means is None else means.program.program
    except SolveError as refused:
        raise InputError([Problem(source, str(refused), "a model that the solver can follow")]) from refused
    count = len(lanes.names)
    values = np.full((count, len(times), len(outputs)), np.nan)
    status = np.zeros(count, dtype=np.int64)
    words: list[str] = []
    size = max(1, min(_LANES_AT_ONCE, _DOSES_AT_ONCE // max(1, plan.largest())))
    for first in range(0, count, size):
        part = slice(first, min(first + size, count))
        try:
            block, told = _block(system, lanes, plan, part), _told(progress, first, count)
            if means is not None:
                courses: Courses = means.run(block, times, outputs, tolerances, threads, told)
            else:
                courses = solve(
                    program, block, times, outputs=list(outputs), tolerances=tolerances, threads=threads,
                    progress=told,
                )  # fmt: skip
        except SolveError as refused:  # before the run: a lane that fails on the way is no exception
            raise InputError([Problem(source, str(refused))]) from refused
        values[part] = courses.values
        status[part] = courses.status
        words += courses.words
    return LaneCourses(values, status, tuple(words), {} if means is None else means.differences)


def _program(system: System, outputs: Sequence[str]) -> Program:
    return compile_program(
        system, outputs=list(outputs), cache=cache_folder() / "machine_code", key=system_hash(system)
    )


def _block(system: System, lanes: LaneTable, plan: DosePlan, part: slice) -> Lanes:
    names = lanes.names[part]
    doses = None
    if plan.targets:
        lane, time, target, amount = plan.of(names)
        doses = Doses(lane, time, target, amount, plan.targets)
    parameters = {}
    for name, values in lanes.parameters.items():
        own = system.parameters[name]
        # To the engine a NaN means the formula of the model; a number of the model is filled in here.
        filled = (
            np.where(np.isnan(values[part]), own, values[part])
            if isinstance(own, float | int)
            else values[part]
        )
        parameters[name] = filled
    return Lanes(len(names), parameters, {name: values[part] for name, values in lanes.start.items()}, doses)


def _told(progress: Progress | None, before: int, count: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    return lambda done: progress("lanes of the table", before + done, count)
