"""Doses that repeat: a train goes on every period with the same amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from calciroute.engine.lanes import Doses

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# Times of the period are counted in so small parts that equal ones are equal.
PARTS = 2**30
_CLOSE = 2e-9


@dataclass(frozen=True)
class Trains:
    """Doses that repeat every period.

    Parameters
    ----------
    lane : int array (train,)
        Which lane.
    target : int array (train,)
        Place in `targets`.
    first : float array (train,)
        Time of the first dose, >= 0.
    amount : float array (train,)
        Of each dose.
    count : int array (train,)
        How many doses, >= 1.
    targets : tuple of str
        Ids of states.
    """

    lane: Whole
    target: Whole
    first: Array
    amount: Array
    count: Whole
    targets: tuple[str, ...]

    def take(self, chosen: npt.NDArray[np.bool_]) -> Trains:
        """Some of the trains.

        Parameters
        ----------
        chosen : bool array (train,)
            Which.

        Returns
        -------
        Trains
            With the same targets.
        """
        return Trains(
            self.lane[chosen], self.target[chosen], self.first[chosen], self.amount[chosen],
            self.count[chosen], self.targets,
        )  # fmt: skip

    def of(self, lanes: Sequence[int] | Whole) -> Trains:
        """Trains of some lanes, which become lanes 0, 1 and so on.

        Parameters
        ----------
        lanes : int array (lane,)
            Which, ascending.

        Returns
        -------
        Trains
            With the same targets.
        """
        chosen = np.asarray(lanes, dtype=np.int64)
        kept = self.take(np.isin(self.lane, chosen))
        return replace(kept, lane=np.searchsorted(chosen, kept.lane))


def time_of_period(time: Array, period: float) -> Whole:
    """Time since the last whole period, in parts of `period` so small that equal ones are equal.

    Parameters
    ----------
    time : float array
        Any.
    period : float
        > 0.

    Returns
    -------
    int array
        From 0 to 2**30 - 1.

    Examples
    --------
    >>> time_of_period(np.array([6.0, 30.0]), 24.0) * 4 == 2**30
    array([ True,  True])
    """
    return np.asarray(np.rint(np.mod(time / period, 1.0) * PARTS), dtype=np.int64) % PARTS


def find_trains(doses: Doses, period: float) -> Trains:
    """Doses as trains; a dose that stands alone is a train of one.

    Parameters
    ----------
    doses : Doses
        In any order.
    period : float
        > 0.

    Returns
    -------
    Trains
        As few as there can be, by lane, target, time of the period and time.

    Examples
    --------
    >>> zero = np.zeros(4, dtype=int)
    >>> doses = Doses(zero, np.array([8.0, 32.0, 56.0, 90.0]), zero, np.array([1.0, 1.0, 1.0, 1.0]), ("gut",))
    >>> found = find_trains(doses, 24.0)
    >>> found.first, found.count
    (array([ 8., 90.]), array([3, 1]))
    """
    lane, target = np.asarray(doses.lane, dtype=np.int64), np.asarray(doses.target, dtype=np.int64)
    time, amount = np.asarray(doses.time, dtype=float), np.asarray(doses.amount, dtype=float)
    hour = time_of_period(time, period)
    order = np.lexsort((time, hour, target, lane))
    lane, target, hour = lane[order], target[order], hour[order]
    time, amount = time[order], amount[order]
    same = np.zeros(len(lane), dtype=bool)
    same[1:] = (np.diff(lane) == 0) & (np.diff(target) == 0) & (np.diff(hour) == 0)
    gap = np.zeros(len(lane))
    gap[1:] = np.diff(time) / period
    # What is given twice at one time is given once.
    fresh = ~(same & (gap < _CLOSE))
    if len(lane) and not fresh.all():
        places = np.flatnonzero(fresh)
        amount = np.add.reduceat(amount, places)
        lane, target, time, same = lane[places], target[places], time[places], same[places]
        gap = np.concatenate([[0.0], np.diff(time) / period])
    goes_on = same & (np.abs(gap - 1.0) < _CLOSE)
    goes_on[1:] &= amount[1:] == amount[:-1]
    begins = np.flatnonzero(~goes_on)
    count = np.diff(np.append(begins, len(lane)))
    return Trains(lane[begins], target[begins], time[begins], amount[begins], count, doses.targets)


def every_dose(trains: Trains, period: float, until: float) -> Doses:
    """Trains written out.

    Parameters
    ----------
    trains : Trains
        Any.
    period : float
        > 0.
    until : float
        Last time of interest.

    Returns
    -------
    Doses
        One row a dose.

    Examples
    --------
    >>> one = np.array([0])
    >>> daily = Trains(one, one, np.array([8.0]), np.array([2.0]), np.array([9]), ("gut",))
    >>> every_dose(daily, 24.0, 60.0).time
    array([ 8., 32., 56.])
    """
    count = np.clip(np.floor((until - trains.first) / period).astype(np.int64) + 1, 0, trains.count)
    number = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return Doses(
        np.repeat(trains.lane, count),
        np.repeat(trains.first, count) + period * number,
        np.repeat(trains.target, count),
        np.repeat(trains.amount, count),
        trains.targets,
    )
