"""Instants of a period at which bent rates are evaluated, and their weights: Gauss-Legendre between doses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calciroute.engine.trains import Trains, time_of_period
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
        How many instants. A lane with doses at several times of the period shares them out evenly.

    Returns
    -------
    instants : float array (lane, node)
        Times of the period, from 0.
    weights : float array (lane, node)
        They add up to 1; those left over are 0.

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
    if often.max(initial=0) > nodes:
        lane = int(np.argmax(often))
        raise SolveError(
            f"lane {lane} takes doses at {often[lane]} times of the period: "
            f"{nodes} instants of it are too few"
        )
    found, weights = np.zeros((lanes, nodes)), np.full((lanes, nodes), 1.0 / nodes)
    begins = np.cumsum(often) - often
    for count in np.unique(often[often > 0]):
        chosen = np.flatnonzero(often == count)
        rows = begins[chosen, None] + np.arange(count)
        times = keys[rows, 1] / 2**30 * period
        lengths = np.diff(np.column_stack([times, times[:, 0] + period]), axis=1)
        each = nodes // int(count)
        places, shares = np.polynomial.legendre.leggauss(each)
        inside = times[:, :, None] + lengths[:, :, None] * (places + 1.0) / 2.0
        found[chosen, : each * count] = np.mod(inside, period).reshape(len(chosen), -1)
        weights[chosen] = 0.0
        part = lengths[:, :, None] * shares / (2.0 * period)
        weights[chosen, : each * count] = part.reshape(len(chosen), -1)
    return found, weights
