"""How a batch of lanes goes to the engine: those that can run, equal shares for all cores, words in days."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from calciroute.body.lanes import faults
from calciroute.body.machine import usable_cores
from calciroute.engine import tables as engine
from calciroute.engine.lanes import Lanes, some_lanes

Array = npt.NDArray[np.float64]
_DAY_H = 24.0
_TRACE = 1e-5  # the smallest state that acts starts at 1.5e-4; less is an empty one
_BLOCK, _LEAST_BLOCK = 64, 8


@dataclass(frozen=True)
class Tolerances:
    """Error bounds of a solve.

    Parameters
    ----------
    relative : float, optional
        Of each state, > 0.
    absolute : float, optional
        As a share of the largest size that each state has had, > 0. The method keeps a decay positive at any
        step, so it need not hold down what is nearly empty: 1e-14 took three steps where 1e-7 takes two, and
        neither fell below zero.
    """

    relative: float = 1e-5
    absolute: float = 1e-7

    def for_engine(self) -> engine.Tolerances:
        """The same, with what counts as empty in this body.

        Returns
        -------
        calciroute.engine.tables.Tolerances
            Its states are in declared units.

        Examples
        --------
        >>> STANDARD.for_engine().relative
        1e-05
        """
        return engine.Tolerances(self.relative, self.absolute, _TRACE)


STANDARD = Tolerances()


@dataclass(frozen=True)
class Batch:
    """Lanes that can run, and how many go to each core at a time.

    Parameters
    ----------
    lanes : Lanes
        At least one.
    places : list of int
        Of the lanes among all that were asked for.
    threads, block : int
        For the engine: blocks give all cores equal shares, so that none waits for the last one of another.
    """

    lanes: Lanes
    places: list[int]
    threads: int
    block: int


class Courses(Protocol):
    """What a run of the engine gives back."""

    @property
    def values(self) -> Array:
        """Values (lane, time, output)."""

    @property
    def words(self) -> tuple[str, ...]:
        """Per lane: empty, or why it stopped."""


def run_batch(
    lanes: Lanes, times: int, outputs: int, run: Callable[[Batch], Courses]
) -> tuple[Array, tuple[str, ...]]:
    """Run the lanes that can.

    Parameters
    ----------
    lanes : Lanes
        All.
    times, outputs : int
        How many values a lane gives.
    run : callable
        Runs a batch; not called when no lane can run.

    Returns
    -------
    values : float array (lane, time, output)
        NaN in lanes that cannot run, and from the time on at which one failed.
    words : tuple of str
        Per lane: empty when it ran to the end, else why not.
    """
    words = faults(lanes)
    places = [place for place, fault in enumerate(words) if not fault]
    values = np.full((lanes.count, times, outputs), np.nan)
    if places:
        cores = usable_cores()
        blocks = cores * math.ceil(len(places) / (cores * _BLOCK))
        block = max(_LEAST_BLOCK, math.ceil(len(places) / blocks))
        fit = lanes if len(places) == lanes.count else some_lanes(lanes, places)
        found = run(Batch(fit, places, cores, block))
        values[places] = found.values
        for place, told in zip(places, found.words, strict=True):
            words[place] = told and f"stopped: {_in_days(told)}"
    return values, tuple(words)


def _in_days(words: str) -> str:
    """The engine knows no unit of time; here it is the hour, and people read days."""
    return re.sub(r"after time ([^;\s]+)", lambda found: f"after day {float(found[1]) / _DAY_H:.4g}", words)
