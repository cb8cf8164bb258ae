"""Instants of a period at which bent rates are evaluated, and their weights: Gauss-Legendre between doses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calciroute.engine.trains import PARTS, Trains, time_of_period
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]


def instants(trains: Trains, lanes: int, period: float, nodes: int) -> tuple[Array, Array]:
    """Instants and weights of each lane.

    Parameters
    ----------
    trains : Trains
        Doses that repeat; the ripple has a kink at each.
    lanes : int
        How many.
    period : float
        > 0.
    nodes : int
        How many instants. A lane with doses at several times of the period has some in each gap.

    Returns
    -------
    instants : float array (lane, node)
        Times of the period, from 0.
    weights : float array (lane, node)
        They add up to 1.

    Raises
    ------
    SolveError
        For a lane with doses at more times of the period than there are instants.

    Examples
    --------
    >>> one = np.array([0])
    >>> trains = Trains(one, one, np.array([6.0]), np.array([1.0]), np.array([99]), ("gut",))
    >>> instants(trains, 1, 24.0, 1)
    (array([[18.]]), array([[1.]]))
    """
    keys = np.unique(np.column_stack([trains.lane, time_of_period(trains.first, period)]), axis=0)
    often = np.bincount(keys[:, 0], minlength=lanes)
    if np.max(often, initial=0) > nodes:
        lane = int(np.argmax(often))
        raise SolveError(
            f"lane {lane} takes doses at {often[lane]} times of the period: "
            f"{nodes} instants of it are too few"
        )
    found, weights = np.zeros((lanes, nodes)), np.full((lanes, nodes), 1.0 / nodes)
    begins = np.cumsum(often) - often
    for count in np.unique(often[often > 0]):
        chosen = np.flatnonzero(often == count)
        times = keys[begins[chosen, None] + np.arange(count), 1] / PARTS * period
        lengths = np.diff(np.column_stack([times, times[:, 0] + period]), axis=1)
        each = _shared_out(lengths, nodes)
        weights[chosen] = 0.0
        place = np.zeros(len(chosen), dtype=np.int64)
        for gap in range(int(count)):
            for number in np.unique(each[:, gap]):
                some = np.flatnonzero(each[:, gap] == number)
                at, share = np.polynomial.legendre.leggauss(int(number))
                columns = place[some, None] + np.arange(number)
                rows = chosen[some, None]
                length = lengths[some, gap, None]
                found[rows, columns] = np.mod(times[some, gap, None] + length * (at + 1.0) / 2.0, period)
                weights[rows, columns] = length * share / (2.0 * period)
            place += each[:, gap]
    return found, weights


def _shared_out(lengths: Array, nodes: int) -> npt.NDArray[np.int64]:
    """How many instants each gap (lane, gap) between doses gets: one, and more where they lie far apart."""
    each = np.ones(lengths.shape, dtype=np.int64)
    lanes = np.arange(len(lengths))
    for _ in range(nodes - lengths.shape[1]):
        each[lanes, np.argmax(lengths / each, axis=1)] += 1
    return each
