"""Doses of all arms as one table for the solver."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from calciroute.body.lanes import Column
from calciroute.engine.lanes import Doses
from calciroute.simulate.arm import Arm


def doses_of_arms(
    arms: Sequence[Arm], numbers: Mapping[str, Column], count: int, until_h: float = math.inf
) -> Doses:
    """What arrives when in each lane.

    Parameters
    ----------
    arms : sequence of Arm
        Side by side: lanes are all arms of the first set of numbers, then of the next.
    numbers : mapping of str to float or float array (set,)
        All numbers, for the lags.
    count : int
        Number of sets.
    until_h : float, optional
        What arrives from then on is left out, as is what arrived before the start.

    Returns
    -------
    Doses
        Of all lanes.
    """
    targets = tuple(dict.fromkeys(one.target for arm in arms for one in arm.swallowed))
    index = {name: place for place, name in enumerate(targets)}
    lane, time_h, target, amount = [], [], [], []
    for place, arm in enumerate(arms):
        times = arm.dose_times_h(numbers, count)
        lane.append(np.repeat(np.arange(count) * len(arms) + place, times.shape[1]))
        time_h.append(times.ravel())
        target.append(np.tile([index[one.target] for one in arm.swallowed], count))
        amount.append(np.tile([one.amount for one in arm.swallowed], count))
    doses = Doses(
        np.concatenate(lane),
        np.concatenate(time_h),
        np.concatenate(target).astype(np.int64),
        np.concatenate(amount).astype(float),
        targets,
    )
    return doses.take((np.asarray(doses.time) >= 0.0) & (np.asarray(doses.time) < until_h))
