"""Trial results as marks on the axis of an outcome: each set from where its own comparison starts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from calciroute.errors import CalcirouteError
from calciroute.evidence.trial_point import TrialPoint
from calciroute.report.figures.course import TrialMark
from calciroute.report.trials_beside import POPULATION_WORDS, estimate_words
from calciroute.units.expression import convert

Array = npt.NDArray[np.float64]
_MOST_RISE = 200.0  # percent
_REACH = 0.6  # of the span of the model's own courses: a mark farther off would flatten them


def place_trials(
    points: Sequence[TrialPoint],
    unit: str,
    days: Array,
    without: Array,
    start: float,
    limits: tuple[float, float],
) -> tuple[tuple[TrialMark, ...], tuple[str, ...]]:
    """Set trial results on the axis of an outcome.

    Parameters
    ----------
    points : sequence of TrialPoint
        Trials near the plan.
    unit : str
        Of the outcome.
    days : float array (time,)
        Output times.
    without : float array (time,)
        Median without the plan, the base of what was compared with a control arm.
    start : float
        Level at day 0, the base of what was compared with its own baseline.
    limits : tuple of float
        Lower and upper end of the axis that the courses need.

    Returns
    -------
    marks : tuple of TrialMark
        What is drawn.
    beyond : tuple of str
        What is not, in words: later than the run, off the axis, or in a unit that cannot be compared.
    """
    marks, beyond = [], []
    reach = _REACH * (limits[1] - limits[0])
    for point in points:
        value = placed(point, point.estimate, unit, days, without, start)
        words = f"{point.study_id} ({estimate_words(point)})"
        if value is None or not limits[0] - reach <= value <= limits[1] + reach:
            beyond.append(words)
            continue
        if point.days > days[-1] * 1.02:
            beyond.append(f"{words[:-1]} at {point.days:.0f} days)")
            continue
        low, high = (
            math.nan if end is None else _known(placed(point, end, unit, days, without, start))
            for end in (point.low, point.high)
        )
        marks.append(TrialMark(_label(point), min(point.days, float(days[-1])), value, low, high, point.grey))
    return tuple(marks), tuple(beyond)


def placed(
    point: TrialPoint, amount: float, unit: str, days: Array, without: Array, start: float
) -> float | None:
    """Level that a trial's amount means on this axis.

    Parameters
    ----------
    point : TrialPoint
        Whose kind and unit.
    amount : float
        Its estimate, or an end of its interval.
    unit : str
        Of the outcome.
    days, without : float array (time,)
        Output times and the median without the plan.
    start : float
        Level at day 0.

    Returns
    -------
    float or None
        None when the amount has no place: a ratio of events, a manyfold rise, or a unit of another kind.
    """
    base = (
        start
        if point.kind in ("percent_from_baseline", "change_from_baseline")
        else float(np.interp(point.days, days, without))
    )
    if point.kind in ("percent_from_baseline", "percent_vs_placebo"):
        if amount > _MOST_RISE:
            return None  # manyfold of another starting level says little about this one
        return base * (1.0 + amount / 100.0)
    if point.kind == "ratio_vs_placebo":
        return None
    if point.unit == unit:
        return base + amount
    try:
        return base + convert(amount, point.unit, unit)
    except CalcirouteError:
        return None


def _known(value: float | None) -> float:
    return math.nan if value is None else value


def _label(point: TrialPoint) -> str:
    other = "" if point.population == "general" else f"\n{POPULATION_WORDS[point.population]}"
    return f"{point.study_id}{other}"
