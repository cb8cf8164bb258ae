"""The body averaged over the day: years of daily vitamin K in a hundredth of the time, for many persons.

An explicit mode. Linear blocks of ``whole_body.toml`` are exact as mean and ripple, what bends is averaged
over instants of the day, and some lanes are run with every dose beside it to see how far they are apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.batch import STANDARD, Batch, Tolerances, run_batch
from calciroute.body.machine import equations_of, program_of
from calciroute.body.outputs import read_outputs
from calciroute.body.plans import averaging_plan
from calciroute.body.units import declared_units
from calciroute.engine.averaged_program import AveragedProgram, compile_averaged
from calciroute.engine.averaged_solve import AveragedCourses, solve_averaged
from calciroute.engine.averaging import Averaging
from calciroute.engine.lanes import Lanes
from calciroute.engine.program import Program
from calciroute.engine.sentinels import Check, Sentinels
from calciroute.engine.trains import Trains
from calciroute.errors import SolveError
from calciroute.sbml.cache import cache_folder

__all__ = ["PERIOD_MEAN", "AveragedSolution", "Check", "Trains", "averaged_ids", "solve_averaged_lanes"]

Array = npt.NDArray[np.float64]
PERIOD_MEAN = "period mean"
_YEAR_H = 365.0 * 24.0
_PROGRAMS: dict[str, AveragedProgram] = {}


@dataclass(frozen=True)
class AveragedSolution:
    """What came out.

    Parameters
    ----------
    outputs : tuple of str
        Ids in the order of the last axis.
    values : float array (lane, time, output)
        NaN from the time on at which a lane failed.
    labels : tuple of str
        Per time: what a value there is, ``start`` at time 0 and ``period mean`` after it.
    period_h : float
        Over which the mean is taken, half of it before and half after the time, hours.
    status : tuple of str
        Per lane: empty when it ran to the end, else words.
    check : Check or None
        How far some lanes are from runs with every dose; None when none was asked for.
    """

    outputs: tuple[str, ...]
    values: Array
    labels: tuple[str, ...]
    period_h: float
    status: tuple[str, ...]
    check: Check | None


def averaged_ids(body: Body) -> tuple[str, ...]:
    """What an averaged run can read: the outcomes of the catalogue that are no troughs, and all states.

    Parameters
    ----------
    body : Body
        From `assemble`.

    Returns
    -------
    tuple of str
        Ids.

    Raises
    ------
    SolveError
        For a body without the states that may be averaged.
    """
    return _program(body).outputs


def solve_averaged_lanes(
    body: Body,
    lanes: Lanes,
    times_h: Sequence[float] | Array,
    outputs: Sequence[str],
    *,
    trains: Trains | None = None,
    sentinels: int = 4,
    tolerances: Tolerances = STANDARD,
    progress: Callable[[int], None] | None = None,
) -> AveragedSolution:
    """Solve a batch of lanes averaged over the day.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        As for `calciroute.body.solver.solve_lanes`; doses that repeat daily are found among its doses.
    times_h : sequence of float
        Output times, ascending, hours >= 0.
    outputs : sequence of str
        Ids among `averaged_ids`.
    trains : Trains, optional
        Doses that repeat daily and are not written out.
    sentinels : int, optional
        How many lanes are run with every dose for a year as a check; 0 for no check.
    tolerances : Tolerances, optional
        Error bounds.
    progress : callable, optional
        Called with the number of finished lanes now and then.

    Returns
    -------
    AveragedSolution
        Period means, a status per lane and the check.

    Raises
    ------
    SolveError
        For an unknown id, a body without the states that may be averaged, or doses that cannot be: such as
        those to other states than the plan names, or at irregular times. Run these with every dose.

    Warns
    -----
    RuntimeWarning
        When a sentinel is further from its run with every dose than a thousandth.
    """
    averaged = _program(body)
    times = np.asarray(times_h, dtype=float)
    checks: list[Check | None] = []

    def solved(batch: Batch) -> AveragedCourses:
        found = solve_averaged(
            averaged, batch.lanes, times, trains=None if trains is None else trains.of(batch.places),
            sentinels=Sentinels(_every_dose(body), _YEAR_H, sentinels) if sentinels > 0 else None,
            outputs=outputs, tolerances=tolerances.for_engine(), threads=batch.threads, block=batch.block,
            progress=progress,
        )  # fmt: skip
        checks.append(found.check)
        return found

    values, status = run_batch(lanes, len(times), len(outputs), solved)
    labels = tuple(PERIOD_MEAN if time > 0.0 else "start" for time in times)
    check = checks[0] if checks else None
    return AveragedSolution(tuple(outputs), values, labels, averaged.averaging.period, status, check)


def _program(body: Body) -> AveragedProgram:
    """The averaged form of a body, made once per process."""
    if body.model_hash not in _PROGRAMS:
        plan = averaging_plan()
        system, key = equations_of(body)
        known = declared_units(body)
        for name in plan.states:
            if name not in known:
                raise SolveError(f"this body has no {name}: nothing in it may be averaged")
        _PROGRAMS[body.model_hash] = compile_averaged(
            system,
            Averaging(plan.states, plan.period_h, plan.doses_to, plan.instants),
            outputs=_readable(body),
            cache=cache_folder() / "machine_code",
            key=key,
        )
    return _PROGRAMS[body.model_hash]


def _readable(body: Body) -> list[str]:
    states = [name for name in program_of(body).states if ":" not in name]
    return list(dict.fromkeys([*states, *_outcomes(body)]))


def _outcomes(body: Body) -> list[str]:
    known = declared_units(body)
    return list(
        dict.fromkeys(row.id for row in read_outputs().values() if row.kind != "trough" and row.id in known)
    )


def _every_dose(body: Body) -> Program:
    """With the integral of each outcome, so that its mean over a day is exact."""
    return program_of(body, _outcomes(body))
