"""The picture of one outcome: its course, the trials beside it, the words and the table that belong to it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import xarray as xr

from calciroute.report.bands import central, course, course_bands, level
from calciroute.report.compared import now_label
from calciroute.report.effect import Effect
from calciroute.report.figures.arm_lines import has_fills
from calciroute.report.figures.axes import level_limits
from calciroute.report.figures.course import ArmCourse, TrialMark, VariantCourse, draw_course
from calciroute.report.look import ARM_NOW, DASHES, VARIANT_WORDS
from calciroute.report.numerals import band_text
from calciroute.report.own_data import OwnData, data_marks, data_words
from calciroute.report.picture import Picture, PictureTable
from calciroute.report.plan_words import duration_words, joined
from calciroute.report.table import Row
from calciroute.report.titles import alone_title, arms_title, capital
from calciroute.report.trial_marks import place_trials
from calciroute.simulate.arm import STOP

Array = npt.NDArray[np.float64]
_SAME_LINE = 0.015  # of the axis: a variant nearer to the main run than this would only thicken its line
_TABLE_DAYS = (84.0,)


def course_picture(
    dataset: xr.Dataset, row: Row, titles: Sequence[str], *, research: bool, own: OwnData | None = None
) -> Picture:
    """Picture of one outcome over the run.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    row : Row
        Of the table.
    titles : sequence of str
        What each plan is called at its line.
    research : bool
        Whether a vitamin K antagonist is taken.
    own : OwnData, optional
        Measurements to draw.

    Returns
    -------
    Picture
        With title, caption, alternative and table.
    """
    days = np.asarray(dataset.coords["time"].values, dtype=float)
    arms = _arms(dataset, row, titles)
    variants, same = _variants(dataset, row, arms)
    limits = level_limits([arm.low for arm in arms] + [arm.high for arm in arms])
    marks: tuple[TrialMark, ...] = ()
    beyond: tuple[str, ...] = ()
    if row.plans:
        now, plan = arms[0].median, arms[1].median
        marks, beyond = place_trials(row.plans[0].trials.points, row.unit, days, now, float(plan[0]), limits)
    title = _title(dataset, row, research=research)
    alternative = _alternative(row, title, titles, days, marks)
    drawn_arms = [ARM_NOW, *(cell.arm for cell in row.plans)]
    measured, far = data_marks(own, row.outcome, drawn_arms, limits)
    alternative += data_words(measured, far)
    svg = draw_course(row.outcome, days, arms, variants, marks, title, alternative, measured)
    return Picture(
        name=row.outcome,
        title=title,
        subtitle=_named(row),
        svg=svg,
        caption=_caption(
            arms, variants, same, marks, beyond, asked=bool(row.plans) and row.plans[0].trials.asked
        )
        + data_words(measured, far),
        alternative=alternative,
        table=_table(dataset, row, titles, days),
    )


def _arms(dataset: xr.Dataset, row: Row, titles: Sequence[str]) -> list[ArmCourse]:
    names = [(ARM_NOW, now_label([cell.arm for cell in row.plans]), False)]
    names += [(cell.arm, title, True) for cell, title in zip(row.plans, titles, strict=True)]
    arms = []
    for arm, label, is_plan in names:
        low, median, high = course_bands(course(dataset, row.outcome, arm))
        arms.append(ArmCourse(label, low, median, high, is_plan, arm == STOP))
    return arms


def _variants(
    dataset: xr.Dataset, row: Row, arms: Sequence[ArmCourse]
) -> tuple[list[VariantCourse], list[str]]:
    """Lines of variants for the first plan, or the arm without one; and the variants on the main line."""
    arm = row.plans[0].arm if row.plans else ARM_NOW
    main = _beside(dataset, row, "main", arm, arms[0].median)
    low, high = level_limits([course.median for course in arms])
    drawn, same = [], []
    for name in DASHES:
        values = _beside(dataset, row, name, arm, arms[0].median)
        if values is None:
            continue
        if main is not None and float(np.nanmax(np.abs(values - main))) < _SAME_LINE * (high - low):
            same.append(name)
        else:
            drawn.append(VariantCourse(name, values))
    return drawn, same


def _beside(dataset: xr.Dataset, row: Row, variant: str, arm: str, median: Array) -> Array | None:
    """A central run beside medians of draws: in proportion to the line as now."""
    # Centre and median of few draws differ, and who takes something today may rest elsewhere in a variant:
    # drawn as it stands, a variant without effect would seem to act.
    values = central(dataset, row.outcome, variant, arm)
    base = central(dataset, row.outcome, variant if row.plans else "main", ARM_NOW)
    if values is None or base is None:
        return values
    return values * (median / base) if bool(np.all(base > 0.0)) else values + (median - base)


def _title(dataset: xr.Dataset, row: Row, *, research: bool) -> str:
    if not row.plans:
        return alone_title(dataset, row.outcome, row.name, ARM_NOW, row.digits)
    return arms_title(dataset, [cell.effect for cell in row.plans], ARM_NOW, research=research)


def _alternative(row: Row, title: str, titles: Sequence[str], days: Array, marks: Sequence[TrialMark]) -> str:
    after = duration_words(float(days[-1]))
    unit = row.unit
    start, without = (band_text(band, unit, row.digits) for band in (row.start, row.without))
    parts = [f"{title}.", f"Start {start}; after {after} {without} {_now_words(row)}."]
    for cell, label in zip(row.plans, titles, strict=True):
        effect: Effect = cell.effect
        ends = band_text(effect.with_plan, unit, row.digits)
        parts.append(f"{capital(label)}: {ends}, a difference of {cell.difference}.")
    if marks:
        parts.append(f"Trials beside it: {joined([mark.label.replace(chr(10), ' ') for mark in marks])}.")
    return " ".join(parts)


def _now_words(row: Row) -> str:
    label = now_label([cell.arm for cell in row.plans])
    return "without a plan" if label == "without" else label


def _caption(
    arms: Sequence[ArmCourse],
    variants: Sequence[VariantCourse],
    same: Sequence[str],
    marks: Sequence[TrialMark],
    beyond: Sequence[str],
    *,
    asked: bool,
) -> str:
    planned = any(arm.is_plan for arm in arms)
    first = arms[1].label if planned else ""
    banded = any(bool(np.any(arm.high > arm.low)) for arm in arms)
    parts = ["Medians with their 90 % band." if banded else "Single runs, no band yet."]
    if banded and not has_fills(arms):
        parts = ["Medians. The fill is the 90 % band as now; bars at the right are the bands at the end."]
    if variants:
        named = joined([VARIANT_WORDS[variant.name] for variant in variants])
        parts.append(f"Dashed{f', {first}' if planned else ''}: {named}.")
    if same:
        whose = (
            "the same" if not planned else "the plan's own" if first == "with the plan" else "that arm's own"
        )
        parts.append(f"On {whose} line: {joined([VARIANT_WORDS[name] for name in same])}.")
    if any(mark.grey for mark in marks):
        parts.append("Grey: only similar.")
    if not marks and not beyond and asked:
        parts.append("No trial of this form measured it with a size.")
    if beyond:
        parts.append(f"Not on this axis: {joined(beyond)}.")
    return " ".join(parts)


def _table(dataset: xr.Dataset, row: Row, titles: Sequence[str], days: Array) -> PictureTable:
    head = ["Time", capital(now_label([cell.arm for cell in row.plans]))]
    head += [capital(title) for title in titles]
    rows = []
    for place in _table_places(days):
        cells = [duration_words(float(days[place])) if days[place] else "start"]
        cells += [
            band_text(level(dataset, row.outcome, arm, place), "", row.digits)
            for arm in [ARM_NOW, *(cell.arm for cell in row.plans)]
        ]
        rows.append(tuple(cells))
    return PictureTable(f"{_named(row)}: median and 90 % band", tuple(head), tuple(rows))


def _named(row: Row) -> str:
    return f"{capital(row.name)}, {row.unit_text}"


def _table_places(days: Array) -> list[int]:
    """Start, twelve weeks, each year, end: the times that people ask for."""
    last = float(days[-1])
    years = [365.25 * year for year in range(1, math.floor(last / 365.25) + 1)]
    if len(years) > 6:
        years = years[:: math.ceil(len(years) / 6)]
    wanted = [0.0, *(day for day in (*_TABLE_DAYS, *years) if day < last - 14.0), last]
    return sorted({int(np.argmin(np.abs(days - day))) for day in wanted})
