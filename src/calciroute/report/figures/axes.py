"""Axes of a course: time in the unit people count it in, levels without false precision or steepness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from calciroute.report.look import COLOURS, PICTURE_TEXT
from calciroute.report.numerals import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = npt.NDArray[np.float64]
_DAYS = {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0}
_LEAST_SPAN = 0.1  # of the level: a smaller axis would make nothing look like something
_ZERO_BELOW = 0.5  # an axis that spans more than this share of the level starts at zero
_MARGIN = 0.06


def level_limits(courses: Sequence[Array]) -> tuple[float, float]:
    """Limits of an axis of levels.

    Parameters
    ----------
    courses : sequence of float array (time,)
        What is drawn; NaN is left out.

    Returns
    -------
    low, high : float
        At least a tenth of the level apart; from zero on where the span is large anyway.

    Examples
    --------
    >>> [round(float(limit), 3) for limit in level_limits([np.array([2.349, 2.351])])]
    [2.218, 2.482]
    """
    values = np.concatenate([np.ravel(course) for course in courses]) if courses else np.array([0.0, 1.0])
    values = values[np.isfinite(values)]
    if values.size == 0:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    largest = max(abs(low), abs(high))
    if high - low < _LEAST_SPAN * largest:
        middle = (low + high) / 2.0
        low, high = middle - _LEAST_SPAN * largest / 2.0, middle + _LEAST_SPAN * largest / 2.0
    elif low > 0.0 and high - low > _ZERO_BELOW * high:
        low = 0.0
    if low == high:
        return low - 0.5, high + 0.5
    margin = _MARGIN * (high - low)
    return (0.0 if low == 0.0 else low - margin), high + margin


def time_unit(days: float) -> str:
    """Unit in which a length of time is counted on an axis.

    Parameters
    ----------
    days : float
        Length of the axis.

    Returns
    -------
    str
        year, month, week or day.

    Examples
    --------
    >>> time_unit(1095.0), time_unit(300.0), time_unit(84.0)
    ('year', 'month', 'week')
    """
    if days > 540.0:
        return "year"
    if days > 182.0:
        return "month"
    return "week" if days >= 28.0 else "day"


def draw_frame(axes: Axes, days: Array, low: float, high: float) -> None:
    """Axes, ticks and light lines across, ready for courses over days.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Empty.
    days : float array (time,)
        Output times.
    low, high : float
        Limits of the levels.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    last = float(days[-1]) if days.size and days[-1] > 0 else 1.0
    unit = time_unit(last)
    axes.set_xlim(0.0, last)
    axes.set_ylim(low, high)
    steps = MaxNLocator(nbins=6, integer=True, steps=[1, 2, 3, 4, 6, 10]).tick_values(0.0, last / _DAYS[unit])
    ticks = [step for step in steps if 0.0 <= step * _DAYS[unit] <= last * 1.005]
    axes.set_xticks([step * _DAYS[unit] for step in ticks], [f"{step:g}" for step in ticks])
    axes.set_xlabel(f"{unit}s since the start", fontsize=PICTURE_TEXT)
    places = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10])
    axes.yaxis.set_major_locator(places)
    decimals = _decimals(np.asarray(places.tick_values(low, high), dtype=float))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(float(value), decimals)))
    axes.yaxis.grid(True, color=COLOURS["quiet"].light, alpha=0.18, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    if low < 0.0 < high:
        axes.axhline(0.0, color=COLOURS["quiet"].light, linewidth=0.9)


def _decimals(ticks: Array) -> int:
    step = float(ticks[1] - ticks[0])
    return next((places for places in range(9) if abs(round(step, places) - step) < 1e-9 * step), 9)
