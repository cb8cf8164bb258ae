"""When a run is looked at: densely while markers move, monthly afterwards."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

_DENSE_DAYS, _DENSE_STEP, _LATER_STEP = 84, 7, 28
_DAYS_PER_YEAR = 365.25


def output_days(years: float) -> npt.NDArray[np.float64]:
    """Days at which outcomes are reported.

    Parameters
    ----------
    years : float
        Length of the run, > 0.

    Returns
    -------
    float array (time,), days
        0, each 7th day to 84, each 28th after, and the last day.

    Examples
    --------
    >>> output_days(0.25)
    array([ 0.,  7., 14., 21., 28., 35., 42., 49., 56., 63., 70., 77., 84., 91.])
    """
    last = math.floor(years * _DAYS_PER_YEAR)
    days = list(range(0, min(last, _DENSE_DAYS) + 1, _DENSE_STEP))
    days += range(_DENSE_DAYS + _LATER_STEP, last + 1, _LATER_STEP)
    if days[-1] != last:
        days.append(last)
    return np.array(days, dtype=float)
