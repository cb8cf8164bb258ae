"""The course of one outcome: both arms with their bands, variants dashed, trials as open circles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from calciroute.report.figures.arm_lines import ArmCourse, bars_room, draw_arms, fitted
from calciroute.report.figures.axes import draw_frame, level_limits
from calciroute.report.figures.canvas import canvas, svg_of
from calciroute.report.figures.labels import Box, spread
from calciroute.report.figures.own_data import DataMark, draw_data, room_for_data
from calciroute.report.figures.point_label import label_point
from calciroute.report.look import (
    COLOURS,
    DASHES,
    LIGHT_PAGE,
    PICTURE_HEIGHT,
    PICTURE_SMALL_TEXT,
    PICTURE_TEXT,
    PICTURE_WIDTH,
    VARIANT_WORDS,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = npt.NDArray[np.float64]
LABEL_ROOM = 118.0  # px right of the axes, for labels at the ends of lines
_LEFT, _BOTTOM, _TOP = 48.0, 44.0, 12.0


__all__ = ["LABEL_ROOM", "ArmCourse", "TrialMark", "VariantCourse", "draw_course"]


@dataclass(frozen=True)
class VariantCourse:
    """A central run of a variant with the plan; ``name`` is a key of the look's dashes."""

    name: str
    values: Array


@dataclass(frozen=True)
class TrialMark:
    """A trial result placed on the axis of the outcome; ``low`` and ``high`` are NaN without an interval."""

    label: str
    day: float
    value: float
    low: float
    high: float
    grey: bool


def draw_course(
    name: str,
    days: Array,
    arms: Sequence[ArmCourse],
    variants: Sequence[VariantCourse],
    trials: Sequence[TrialMark],
    title: str,
    alternative: str,
    own: Sequence[DataMark] = (),
) -> str:
    """Draw a course.

    Parameters
    ----------
    name : str
        Of the picture.
    days : float array (time,)
        Output times.
    arms : sequence of ArmCourse
        The arm without a plan first.
    variants : sequence of VariantCourse
        Dashed.
    trials : sequence of TrialMark
        Inside the limits that `level_limits` gives.
    title, alternative : str
        Name and description of the picture.
    own : sequence of DataMark, optional
        Measurements, as open diamonds.

    Returns
    -------
    str
        One SVG element.
    """
    width, height = float(PICTURE_WIDTH), float(PICTURE_HEIGHT)
    room = LABEL_ROOM + bars_room(arms)
    with canvas(name, width, height) as figure:
        axes = figure.add_axes(
            (
                _LEFT / width,
                _BOTTOM / height,
                (width - _LEFT - room) / width,
                (height - _BOTTOM - _TOP) / height,
            )
        )
        low, high = level_limits(
            [arm.low for arm in arms] + [arm.high for arm in arms] + [v.values for v in variants]
        )
        low, high = room_for_data(own, *_room_for(trials, low, high))
        draw_frame(axes, days, low, high)
        frame = Box(_LEFT, _BOTTOM, width - room, height - _TOP)
        draw_arms(figure, axes, days, arms, frame)
        for variant in variants:
            axes.plot(
                days,
                variant.values,
                color=COLOURS["plan"].light,
                linewidth=1.3,
                linestyle=(0, DASHES[variant.name]),
                solid_capstyle="butt",
                zorder=3,
            )
        taken: list[Box] = []
        draw_data(axes, own, frame, taken)
        _draw_trials(axes, trials, frame, taken)
        _label_ends(figure, axes, arms, variants, frame)
        return svg_of(figure, name, title, alternative)


def _room_for(trials: Sequence[TrialMark], low: float, high: float) -> tuple[float, float]:
    values = [trial.value for trial in trials]
    span = high - low
    return min([low, *(value - 0.04 * span for value in values)]), max(
        [high, *(value + 0.04 * span for value in values)]
    )


def _draw_trials(axes: Axes, trials: Sequence[TrialMark], frame: Box, taken: list[Box]) -> None:
    bottom, top = axes.get_ylim()
    spots = [tuple(axes.transData.transform((trial.day, trial.value))) for trial in trials]
    taken += [Box(x - 6.0, y - 6.0, x + 6.0, y + 6.0) for x, y in spots]
    taken += [_interval_box(axes, trial) for trial in trials if math.isfinite(trial.low + trial.high)]
    for number, (trial, (x, y)) in enumerate(zip(trials, spots, strict=True)):
        colour = COLOURS["quiet" if trial.grey else "text"].light
        if math.isfinite(trial.low) and math.isfinite(trial.high):
            ends = [max(trial.low, bottom), min(trial.high, top)]
            axes.plot([trial.day] * 2, ends, color=colour, linewidth=1.1, clip_on=False, zorder=5)
            for end, wanted, mark in ((ends[0], trial.low, "v"), (ends[1], trial.high, "^")):
                # An arrow head where the interval goes on beyond the axis, a bar where it ends.
                shape = "_" if end == wanted else mark
                axes.plot(
                    [trial.day], [end], marker=shape, color=colour, markersize=6.0, clip_on=False, zorder=5
                )
        axes.plot(
            [trial.day],
            [trial.value],
            color=colour,
            marker="o",
            markersize=8.0,
            markerfacecolor=LIGHT_PAGE,
            markeredgecolor=colour,
            markeredgewidth=1.4,
            clip_on=False,
            zorder=6,
        )
        label_point(
            axes, x, y, trial.label,
            colour=colour, name=f"trial-{number}", frame=frame, taken=taken, zorder=7,
        )  # fmt: skip


def _interval_box(axes: Axes, trial: TrialMark) -> Box:
    x, low = axes.transData.transform((trial.day, max(trial.low, axes.get_ylim()[0])))
    high = axes.transData.transform((trial.day, min(trial.high, axes.get_ylim()[1])))[1]
    return Box(x - 2.0, low, x + 2.0, high)


def _label_ends(
    figure: Figure, axes: Axes, arms: Sequence[ArmCourse], variants: Sequence[VariantCourse], frame: Box
) -> None:
    """Labels right of the axes, each with a thin line to the end of its curve."""
    ends = [(fitted(arm.label, LABEL_ROOM - 12.0), _last(arm.median), arm.kind, PICTURE_TEXT) for arm in arms]
    ends += [(VARIANT_WORDS[v.name], _last(v.values), "plan", PICTURE_SMALL_TEXT) for v in variants]
    ends = [end for end in ends if math.isfinite(end[1])]
    heights = [float(axes.transData.transform((0.0, value))[1]) for _, value, _, _ in ends]
    places = spread(heights, PICTURE_TEXT * 1.3, frame.bottom, frame.top)
    size = figure.get_size_inches() * figure.dpi
    begin = frame.right + bars_room(arms)
    for number, ((label, _, kind, type_size), height, place) in enumerate(
        zip(ends, heights, places, strict=True)
    ):
        start, stop = (begin + 2.0, height), (begin + 12.0, place)
        _line_between(figure, start, stop, size, COLOURS[kind].light)
        figure.text(
            (begin + 15.0) / size[0],
            place / size[1],
            label,
            fontsize=type_size,
            fontweight="bold" if type_size == PICTURE_TEXT else "normal",
            color=COLOURS[kind].light,
            ha="left",
            va="center",
            gid=f"end-{number}",
        )


def _line_between(
    figure: Figure,
    start: tuple[float, float],
    stop: tuple[float, float],
    size: npt.NDArray[np.float64],
    colour: str,
) -> None:
    from matplotlib.lines import Line2D

    xs, ys = [start[0] / size[0], stop[0] / size[0]], [start[1] / size[1], stop[1] / size[1]]
    figure.add_artist(Line2D(xs, ys, color=colour, linewidth=0.8, transform=figure.transFigure))


def _last(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if finite.size else math.nan
