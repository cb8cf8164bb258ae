"""What a plan does to one outcome, and how far that may be called a change: by rules, from numbers alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import xarray as xr

from calciroute.report.bands import (
    UNKNOWN,
    Band,
    central,
    course,
    difference,
    level,
    percent_difference,
)
from calciroute.report.numerals import MOST_DIGITS, decimals_of, includes_no_change
from calciroute.report.outcome_words import digits_of, unit_of

Verdict = Literal["falls", "rises", "unclear", "same", "no_band", "unknown", "not_for_person"]
WITHHELD: Verdict = "not_for_person"
_LEAST_SHARE = (
    0.005  # of the level (assumed): less than any of these measurements repeats, so it is no clear change
)
# Reports print these in whole numbers: a difference below half a unit shows on none, at any level.
_WHOLE_UNITS = frozenset({"AU"})
_SOLVED = 1e-6  # of the level: arms that nothing joins still differ in the last bits of their steps
# Groups whose change may hang on links that human data do not settle.
_LINKED_GROUPS = frozenset({"artery", "bone"})
_LINK_SHARE = 0.5  # of the central change has to stay without the causal links, else the change hangs on them


@dataclass(frozen=True)
class Effect:
    """One outcome, one plan.

    Parameters
    ----------
    outcome, name, unit, group : str
        Which outcome; the name as tables print it.
    digits : int
        Significant digits at most.
    arm : str
        The plan.
    start, without, with_plan, change, percent : Band
        Level at day 0 without the plan, levels at the end, difference and difference in percent of the level
        without the plan.
    verdict : str
        falls or rises: the band leaves out no change, and its middle is more than the printed digits or half
        a percent of the level. same: the whole band is less than the printed digits of the level would show.
        unclear: neither. no_band: one draw. unknown: no draw ran to its end. not_for_person: the model does
        not hold something about this person, and there are no numbers.
    hangs_on_link : bool
        The change is gone, or less than half, when the links that human data do not settle have no effect.
    without_link : float
        Central change of the run without those links; NaN when it was not run.
    not_for : str
        Why this outcome says nothing about this person; empty when it may.
    """

    outcome: str
    name: str
    unit: str
    group: str
    digits: int
    arm: str
    start: Band
    without: Band
    with_plan: Band
    change: Band
    percent: Band
    verdict: Verdict
    hangs_on_link: bool
    without_link: float
    not_for: str = ""

    @property
    def finest(self) -> int:
        """Decimals of a difference at most: one more than the level beside it prints."""
        return _level_decimals(self.without, self.digits, self.unit) + 1

    @property
    def largest(self) -> float:
        """The end of the band that lies furthest from no change."""
        return max(abs(self.change.low), abs(self.change.high))

    @property
    def slight(self) -> bool:
        """Whether the whole band, though it prints as a change, lies within half a percent of the level."""
        if self.verdict not in ("unclear", "same") or not (self.change.has_band and self.without.known):
            return False
        shows = self.largest >= 0.5 * 10.0**-self.finest
        return shows and self.largest < _LEAST_SHARE * abs(self.without.median)

    @property
    def unreached(self) -> bool:
        """Whether the arms differ by no more than the solver's last bits: nothing in the model joins them."""
        known = self.change.known and self.without.known
        return known and self.largest <= _SOLVED * abs(self.without.median)

    @property
    def clear(self) -> bool:
        """Whether the band leaves out no change."""
        return self.verdict in ("falls", "rises")


def effect_of(dataset: xr.Dataset, outcome: str, name: str, arm: str, now: str, place: int = -1) -> Effect:
    """Compare one arm with the arm without a plan.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, name : str
        Id, and the name that tables print.
    arm, now : str
        The plan's arm and the arm without a plan.
    place : int, optional
        Index of the time; the end of the run by default.

    Returns
    -------
    Effect
        With its verdict.
    """
    digits = digits_of(dataset, outcome)
    change = difference(dataset, outcome, arm, now, place)
    without, with_plan = level(dataset, outcome, now, place), level(dataset, outcome, arm, place)
    ratio_scale = _is_ratio_scale(dataset, outcome, now)
    verdict = judge(change, without, digits, unit_of(dataset, outcome))
    group = str(dataset[outcome].attrs.get("group", ""))
    unlinked = _central_change(dataset, outcome, "no_causal_effect", arm, now)
    linked = _central_change(dataset, outcome, "main", arm, now)
    return Effect(
        outcome=outcome,
        name=name,
        unit=unit_of(dataset, outcome),
        group=group,
        digits=digits,
        arm=arm,
        start=level(dataset, outcome, now, 0),
        without=without,
        with_plan=with_plan,
        change=change,
        percent=percent_difference(dataset, outcome, arm, now, place) if ratio_scale else UNKNOWN,
        verdict=verdict,
        hangs_on_link=verdict in ("falls", "rises") and _gone(linked, unlinked, change.median, group),
        without_link=unlinked,
    )


def judge(change: Band, without: Band, digits: int, unit: str = "") -> Verdict:
    """How far a difference may be called a change.

    Parameters
    ----------
    change : Band
        With the plan minus without.
    without : Band
        Level without the plan, which sets the smallest step that a reader sees.
    digits : int
        Significant digits of the level at most.
    unit : str, optional
        Of both: some are reported in whole numbers only.

    Returns
    -------
    str
        A verdict as `Effect` explains it.

    Examples
    --------
    >>> level = Band(100.0, 90.0, 110.0, 8)
    >>> judge(Band(-9.0, -12.0, -5.0, 8), level, 3), judge(Band(-9.0, -12.0, 1.0, 8), level, 3)
    ('falls', 'unclear')
    """
    if not change.known:
        return "unknown"
    decimals = _level_decimals(without, digits, unit)
    step = _printed_step(without, decimals)
    # A band that is merely wide is not "same", nor one between printed digits and what a measurement repeats.
    if max(abs(change.low), abs(change.high)) < step or change.low == change.high == 0.0:
        return "same"
    if not change.has_band:
        return "no_band"
    least = max(step, _LEAST_SHARE * abs(without.median)) if without.known else 0.0
    if includes_no_change(change, digits, decimals + 1) or abs(change.median) < least:
        return "unclear"
    return "falls" if change.median < 0.0 else "rises"


def _level_decimals(without: Band, digits: int, unit: str) -> int:
    if not without.known:
        return MOST_DIGITS
    # The median alone sets the step: its band says how well the level is known, not how finely it is read.
    decimals = decimals_of(Band(without.median, without.median, without.median, 1), digits)
    return min(decimals, 0) if unit in _WHOLE_UNITS else decimals


def _printed_step(without: Band, decimals: int) -> float:
    """Half of the last printed digit of a level: less does not show; 0 where there is no level to print."""
    if not without.known or without.median == 0.0:
        return 0.0
    return 0.5 * 10.0**-decimals


def _is_ratio_scale(dataset: xr.Dataset, outcome: str, now: str) -> bool:
    # A percent of a percent needs two sentences to be understood; of a level near zero it says nothing.
    if unit_of(dataset, outcome) == "%":
        return False
    values = course(dataset, outcome, now)[:, -1]
    return bool((values[np.isfinite(values)] > 0.0).all())


def _central_change(dataset: xr.Dataset, outcome: str, variant: str, arm: str, now: str) -> float:
    first, second = (central(dataset, outcome, variant, name) for name in (arm, now))
    return math.nan if first is None or second is None else float(first[-1] - second[-1])


def _gone(linked: float, unlinked: float, median: float, group: str) -> bool:
    if not math.isfinite(unlinked):
        return group in _LINKED_GROUPS  # the run without links is missing: nothing says that the change stays
    # A prior may start at no effect: the central run then has none either way, and the draws tell of it.
    whole = max(abs(median), abs(linked) if math.isfinite(linked) else 0.0)
    return unlinked * median <= 0.0 or abs(unlinked) < _LINK_SHARE * whole
