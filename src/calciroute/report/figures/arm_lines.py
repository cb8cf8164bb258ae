"""The lines of the arms with what nobody knows: fills for two, bars at the end for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from calciroute.report.figures.labels import Box, text_width
from calciroute.report.look import COLOURS, PICTURE_TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Array = npt.NDArray[np.float64]
BAR_STEP = 5.0  # px between the bars of two arms
_FILLS_AT_MOST = 2  # more fills over each other hide all of them
_BAND_ALPHA = 0.17
_WIDTHS = {"without": 1.3, "plan": 2.6, "text": 2.6}
# Plans have one colour and are told apart by marks on the line, which stand at their labels too.
_MARKERS = ("", "s", "^", "v", "P")
_STOP_MARKER = "X"


@dataclass(frozen=True)
class ArmCourse:
    """One arm.

    Parameters
    ----------
    label : str
        At the end of its line.
    low, median, high : float array (time,)
        Band over the draws; equal when there is one draw.
    is_plan : bool
        False for the arm as now.
    stops : bool
        Whether what is taken today ends in it.
    """

    label: str
    low: Array
    median: Array
    high: Array
    is_plan: bool
    stops: bool = False

    @property
    def kind(self) -> str:
        """Name of its colour."""
        return "text" if self.stops else "plan" if self.is_plan else "without"

    @property
    def has_band(self) -> bool:
        """Whether draws say how sure it is."""
        return bool(np.any(self.high > self.low))


def has_fills(arms: Sequence[ArmCourse]) -> bool:
    """Whether all bands are drawn as fills.

    Parameters
    ----------
    arms : sequence of ArmCourse
        Of one picture.

    Returns
    -------
    bool
        False for more than two arms: only the first then has a fill, the others bars at their end.
    """
    return len(arms) <= _FILLS_AT_MOST


def bars_room(arms: Sequence[ArmCourse]) -> float:
    """Room for bars between axes and labels, px."""
    return 0.0 if has_fills(arms) else BAR_STEP * len(arms) + 4.0


def draw_arms(figure: Figure, axes: Axes, days: Array, arms: Sequence[ArmCourse], frame: Box) -> None:
    """Draw all arms.

    Parameters
    ----------
    figure, axes : Figure, Axes
        Where.
    days : float array (time,)
        Output times.
    arms : sequence of ArmCourse
        The arm as now first.
    frame : Box
        Of the axes, px.
    """
    for place, arm in enumerate(arms):
        colour = COLOURS[arm.kind].light
        if arm.has_band and (has_fills(arms) or place == 0):
            axes.fill_between(
                days, arm.low, arm.high, color=colour, alpha=_BAND_ALPHA, linewidth=0.0, zorder=1
            )
        mark = _marker(arm, place, arms)
        axes.plot(
            days, arm.median, color=colour, linewidth=_WIDTHS[arm.kind], marker=mark or None,
            markevery=max(len(days) // 8, 1), markersize=5.0, zorder=4 if arm.is_plan else 2,
        )  # fmt: skip
        if arm.has_band and not has_fills(arms):
            _draw_bar(figure, axes, arm, frame.right + 4.0 + BAR_STEP * place)


def fitted(label: str, room: float) -> str:
    """A label cut to the room beside the axes.

    Parameters
    ----------
    label : str
        Name of an arm.
    room : float
        px.

    Returns
    -------
    str
        What is cut ends in a sign; the table under the picture has the whole name.
    """
    if text_width(label, PICTURE_TEXT) <= room:
        return label
    kept = label.removeprefix("with ")
    while len(kept) > 1 and text_width(f"{kept}…", PICTURE_TEXT) > room:
        kept = kept[:-1]
    return kept if kept == label.removeprefix("with ") else f"{kept.rstrip()}…"


def _marker(arm: ArmCourse, place: int, arms: Sequence[ArmCourse]) -> str:
    if arm.stops:
        return "" if has_fills(arms) else _STOP_MARKER
    return _MARKERS[min(place - 1, len(_MARKERS) - 1)] if arm.is_plan else ""


def _draw_bar(figure: Figure, axes: Axes, arm: ArmCourse, x: float) -> None:
    """Band and median at the end of the run, right of the axes."""
    from matplotlib.lines import Line2D

    size = figure.get_size_inches() * figure.dpi
    ends = [float(axes.transData.transform((0.0, value))[1]) for value in (arm.low[-1], arm.high[-1])]
    middle = float(axes.transData.transform((0.0, arm.median[-1]))[1])
    colour = COLOURS[arm.kind].light
    for (left, right), (low, high), width in (
        ((x, x), (ends[0], ends[1]), 1.6), ((x - 2.0, x + 2.0), (middle, middle), 2.2),
    ):  # fmt: skip
        line = Line2D(
            [left / size[0], right / size[0]], [low / size[1], high / size[1]], color=colour, linewidth=width,
            transform=figure.transFigure, solid_capstyle="butt",
        )  # fmt: skip
        figure.add_artist(line)
