"""The answer where a vitamin K antagonist is taken, or may be: about INR, and nothing beside it."""

from __future__ import annotations

import math

import xarray as xr

from calciroute.report.bands import course, course_bands
from calciroute.report.compared import PLAN_SIDES, Sides
from calciroute.report.effect import WITHHELD, Effect
from calciroute.report.not_for import reason_clause
from calciroute.report.numerals import band_text


def antagonist_sentence(
    phrase: str, effect: Effect | None, medicine: str, day: float | None, sides: Sides = PLAN_SIDES
) -> str:
    """What a plan does to INR where a vitamin K antagonist is taken: INR first, nothing beside it.

    Parameters
    ----------
    phrase : str
        The plan in words.
    effect : Effect or None
        On INR, at the time when the arms are furthest apart; None when the result holds no INR.
    medicine : str
        Name of the antagonist.
    day : float or None
        Day of `effect`.
    sides : Sides, optional
        What the two arms are called.

    Returns
    -------
    str
        One sentence.
    """
    if effect is not None and effect.verdict == WITHHELD:
        left_out = reason_clause([("INR", effect.not_for)])
        return f"INR first: in people like this on {medicine}, {left_out}, so it says nothing about {phrase}."
    if effect is None or not effect.change.known:
        known = f"INR first: this run has no INR for people like this on {medicine}"
        return f"{known}, so it says nothing about {phrase}."
    there = f"day {day:.0f}" if day is not None else "the end"
    courses = (
        f"INR first: in people like this on {medicine}, INR at {there} is {band_text(effect.without)} "
        f"{sides.now} and {band_text(effect.with_plan)} {sides.lead} {phrase}"
    )
    change = f"a difference of {band_text(effect.change, digits=effect.digits, finest=effect.finest)}"
    if effect.verdict == "falls":
        return f"{courses}, {change}: clots then become more likely."
    if effect.verdict == "rises":
        return f"{courses}, {change}: bleeding then becomes more likely."
    return f"{courses}, {change}: no clear change in a simulation is not safety."


def unnamed_sentence(phrase: str, effect: Effect | None, written: str) -> str:
    """Where a medicine may be a blood thinner and the model cannot know which.

    Parameters
    ----------
    phrase : str
        The plan in words.
    effect : Effect or None
        On INR.
    written : str
        The medicine as written.

    Returns
    -------
    str
        One sentence that claims nothing.
    """
    seen = ""
    if effect is not None and effect.with_plan.known:
        seen = f" (INR here {band_text(effect.with_plan)}, run without that medicine)"
    return (
        f"INR first: '{written}' may be a blood thinner and is not in this run{seen}, "
        f"so the run cannot say what {phrase} does in people like this."
    )


def furthest_place(dataset: xr.Dataset, outcome: str, arm: str, now: str) -> int:
    """Index of the time at which two arms are furthest apart in the median.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, arm, now : str
        Names in the dataset.

    Returns
    -------
    int
        The last of equals; the last time when nothing is known.
    """
    apart = course(dataset, outcome, arm) - course(dataset, outcome, now)
    sizes = [abs(size) if math.isfinite(size) else -1.0 for size in course_bands(apart)[1]]
    return max(range(len(sizes)), key=lambda place: (round(sizes[place], 9), place))
