"""Lanes and doses of a table through the engine, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.program import Program, compile_program
from calciroute.engine.solve import Tolerances, solve
from calciroute.equations.inflow import with_inflows
from calciroute.equations.system import System
from calciroute.model.dose_schedule import DosePlan
from calciroute.model.lane_table import LaneTable

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
    """

    values: Array
    status: Places
    words: tuple[str, ...]


def solve_lanes(
    system: System,
    lanes: LaneTable,
    plan: DosePlan,
    times: Array,
    outputs: Sequence[str],
    tolerances: Tolerances,
    threads: int,
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
    tolerances : Tolerances
        Of the engine.
    threads : int
        Cores to use; the numbers are the same on any.
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
        progress("compile", 0, 1)
    program = compile_program(with_inflows(system, plan.inflows), outputs=list(outputs))
    count = len(lanes.names)
    values = np.full((count, len(times), len(outputs)), np.nan)
    status = np.zeros(count, dtype=np.int64)
    words = [""] * count
    done = 0
    for places in _blocks(system, lanes, plan):
        if progress is not None:
            progress("lanes", done, count)
        courses = solve(
            program,
            _block(program, system, lanes, plan, places),
            times,
            outputs=list(outputs),
            tolerances=tolerances,
            threads=threads,
        )
        values[places] = courses.values
        status[places] = courses.status
        for place, told in zip(places, courses.words, strict=True):
            words[place] = told
        done += len(places)
    if progress is not None:
        progress("lanes", count, count)
    return LaneCourses(values, status, tuple(words))


def _blocks(system: System, lanes: LaneTable, plan: DosePlan) -> Iterator[Places]:
    """Places of lanes that run together: those that leave the same formulas of the model alone."""
    size = max(1, min(_LANES_AT_ONCE, _DOSES_AT_ONCE // max(1, plan.largest())))
    blanks = [np.isnan(values) for name, values in _formulas(system, lanes).items()]
    everyone = np.arange(len(lanes.names), dtype=np.int64)
    if not blanks:
        groups = [everyone]
    else:
        _, kind = np.unique(np.stack(blanks, axis=1), axis=0, return_inverse=True)
        groups = [everyone[kind.ravel() == one] for one in range(int(kind.max()) + 1)]
    for group in groups:
        yield from (group[first : first + size] for first in range(0, len(group), size))


def _formulas(system: System, lanes: LaneTable) -> Mapping[str, Array]:
    """Columns with blanks whose parameter is a formula: there is no number to fill in."""
    return {
        name: values
        for name, values in lanes.parameters.items()
        if not isinstance(system.parameters[name], float | int) and np.isnan(values).any()
    }


def _block(program: Program, system: System, lanes: LaneTable, plan: DosePlan, places: Places) -> Lanes:
    parameters: dict[str, Array] = {}
    for name, values in lanes.parameters.items():
        chosen = values[places]
        blank = np.isnan(chosen)
        own = system.parameters[name]
        if isinstance(own, float | int):
            parameters[name] = np.where(blank, float(own), chosen)
        elif not blank.any():
            parameters[name] = chosen
    start = {name: values[places] for name, values in lanes.start.items()}
    doses = None
    if plan.targets:
        lane, time, target, amount = plan.of([lanes.names[place] for place in places])
        doses = Doses(lane, time, target, amount, plan.targets)
    return Lanes(len(places), parameters, start, doses)
