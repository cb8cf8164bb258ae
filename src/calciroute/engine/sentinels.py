"""The check of an averaged run: some lanes again with every dose, and how far they are apart."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from calciroute.engine.averaged_program import AveragedProgram
from calciroute.engine.averaged_run import run_averaged
from calciroute.engine.lanes import Doses, Lanes, joined_doses, some_lanes
from calciroute.engine.program import Program
from calciroute.engine.solve import solve
from calciroute.engine.tables import Tolerances
from calciroute.engine.trains import Trains, every_dose
from calciroute.engine.written import INTEGRAL

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# Values are compared against this share of the largest one of all sentinels, where they are smaller.
_FLOOR = 1e-3


@dataclass(frozen=True)
class Sentinels:
    """What is run again with every dose.

    Parameters
    ----------
    program : Program
        Of the system itself, with ``integral:ID`` for what is compared.
    length : float
        How long, in the unit of time of the system; not beyond the run.
    count : int, optional
        How many lanes: half of them those that ripple most, half spread over all.
    bound : float, optional
        Relative difference beyond which the check says so.
    times : int, optional
        At how many times they are compared, evenly over the length.
    """

    program: Program
    length: float
    count: int = 4
    bound: float = 1e-3
    times: int = 12


@dataclass(frozen=True)
class Check:
    """How far averaged lanes are from runs with every dose.

    Parameters
    ----------
    lanes : int array (sentinel,)
        Which were compared.
    outputs : tuple of str
        Ids that were compared; what the program with every dose has no integral of is not.
    difference : float array (output,)
        Largest difference from the mean over the period about a time, as a share of it or, where it is next
        to nothing, of a thousandth of the largest one; NaN when no sentinel ran to its end. A time within
        half a period of which something begins or ends is left out.
    bound : float
        What was allowed.
    words : str
        Empty, or which output is beyond the bound and by how much.
    """

    lanes: Whole
    outputs: tuple[str, ...]
    difference: Array
    bound: float
    words: str


def check_sentinels(
    averaged: AveragedProgram,
    sentinels: Sentinels,
    lanes: Lanes,
    trains: Trains | None,
    until: float,
    ripple: Array,
    outputs: Sequence[str],
    tolerances: Tolerances,
    threads: int,
    status: Whole,
) -> Check:
    """Run some lanes with every dose and compare.

    Parameters
    ----------
    averaged : AveragedProgram
        What is checked.
    sentinels : Sentinels
        Program and bound.
    lanes, trains, outputs, tolerances, threads
        Of the averaged run.
    until : float
        Its last time.
    ripple : float array (lane,)
        How much each lane ripples.
    status : int array (lane,)
        0 for lanes that ran to their end; others are no sentinels.

    Returns
    -------
    Check
        With a warning when the bound is passed.
    """
    period = averaged.averaging.period
    known = set(sentinels.program.outputs)
    compared = tuple(name for name in outputs if INTEGRAL + name in known)
    last = min(sentinels.length, until - 0.5 * period)
    chosen = _chosen(ripple, status, sentinels.count)
    if not compared or not len(chosen) or last <= 0.5 * period:
        return Check(chosen, compared, np.full(len(compared), np.nan), sentinels.bound, "nothing to compare")
    times = 0.5 * period + (last - 0.5 * period) * np.arange(1, sentinels.times + 1) / sentinels.times
    few, few_trains = some_lanes(lanes, chosen), None if trains is None else trains.of(chosen)
    means, made = run_averaged(
        averaged, few, times, until, few_trains, outputs=compared, tolerances=tolerances, threads=threads
    )
    edges = np.concatenate([times - 0.5 * period, times + 0.5 * period])
    order = np.argsort(edges, kind="stable")
    written = few
    if few_trains is not None:
        more = every_dose(few_trains, period, last + 0.5 * period)
        written = replace(few, doses=joined_doses([more] if few.doses is None else [few.doses, more]))
    every = solve(
        sentinels.program, written, edges[order], outputs=[INTEGRAL + name for name in compared],
        tolerances=replace(tolerances, relative=0.1 * tolerances.relative), threads=threads,
    )  # fmt: skip
    sums = np.empty_like(every.values)
    sums[:, order] = every.values
    expected = (sums[:, len(times) :] - sums[:, : len(times)]) / period
    ran = (means.status == 0) & (every.status == 0)
    calm = ran[:, None] & ~_changes(made.lanes.doses, len(chosen), times, period)
    difference = np.full(len(compared), np.nan)
    if calm.any():
        difference = _difference(means.values[calm], expected[calm])
    return Check(chosen, compared, difference, sentinels.bound, _words(compared, difference, sentinels.bound))


def _changes(doses: Doses | None, lanes: int, times: Array, period: float) -> npt.NDArray[np.bool_]:
    """Where (lane, time) something begins or ends in the period about a time: no mean is claimed there."""
    found = np.zeros((lanes, len(times)), dtype=bool)
    if doses is not None:
        dose, place = np.nonzero(np.abs(np.asarray(doses.time)[:, None] - times) < 0.5 * period)
        found[np.asarray(doses.lane)[dose], place] = True
    return found


def _difference(found: Array, expected: Array) -> Array:
    """Largest one of each output, from values (lane and time, output)."""
    size = np.maximum(np.abs(expected), _FLOOR * np.abs(expected).max(axis=0))
    gap = np.abs(found - expected)
    return np.asarray(np.max(np.where(gap > 0.0, gap / np.where(size > 0.0, size, 1e-300), 0.0), axis=0))


def _words(outputs: Sequence[str], difference: Array, bound: float) -> str:
    over = np.flatnonzero(~(difference <= bound))
    if not len(over):
        return ""
    worst = int(over[np.argmax(np.nan_to_num(difference[over], nan=np.inf))])
    words = (
        f"averaged values are not within {bound:g} of runs with every dose in {len(over)} of {len(outputs)} "
        f"outputs: {outputs[worst]} differs by {difference[worst]:.2g} of itself"
    )
    warnings.warn(words, RuntimeWarning, stacklevel=4)
    return words


def _chosen(ripple: Array, status: Whole, count: int) -> Whole:
    """Half of them those that ripple most, half spread over all."""
    fine = np.flatnonzero(status == 0)
    if len(fine) <= count:
        return fine
    rough = fine[np.argsort(-ripple[fine], kind="stable")[: (count + 1) // 2]]
    rest = np.setdiff1d(fine, rough)
    spread = rest[np.linspace(0, len(rest) - 1, count // 2).astype(np.int64)]
    return np.unique(np.concatenate([rough, spread]))
