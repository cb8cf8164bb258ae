"""A person's own measurements on the picture of a course: open diamonds, apart from the circles of trials."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.report.figures.labels import Box
from calciroute.report.figures.point_label import label_point
from calciroute.report.look import COLOURS, LIGHT_PAGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

YOUR_DATA = "your data"
_SIZE = 7.5  # px across; a circle of a trial has 8


@dataclass(frozen=True)
class DataMark:
    """A measurement on the axis of an outcome.

    Parameters
    ----------
    day, value : float
        Where it stands.
    sd : float
        Its standard deviation; NaN where it was not given.
    colour : str
        Name of the look: ``plan`` or ``without`` where it belongs to such an arm, else ``text``.
    label : str
        At the diamond; empty where another one carries it.
    """

    day: float
    value: float
    sd: float
    colour: str = "text"
    label: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where its line goes; both the value where no spread is known."""
        spread = self.sd if math.isfinite(self.sd) else 0.0
        return self.value - spread, self.value + spread


def room_for_data(marks: Sequence[DataMark], low: float, high: float) -> tuple[float, float]:
    """Limits of an axis that holds the measurements too.

    Parameters
    ----------
    marks : sequence of DataMark
        What will be drawn.
    low, high : float
        Limits without them.

    Returns
    -------
    low, high : float
        Never below zero where the limits are not.
    """
    if not marks:
        return low, high
    margin = 0.04 * (high - low)
    least = min(low, *(mark.ends[0] - margin for mark in marks))
    return (max(least, 0.0) if low >= 0.0 else least), max(high, *(mark.ends[1] + margin for mark in marks))


def draw_data(axes: Axes, marks: Sequence[DataMark], frame: Box, taken: list[Box]) -> None:
    """Draw measurements and say once what they are.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its limits set.
    marks : sequence of DataMark
        Inside the limits.
    frame : Box
        Where labels may stand.
    taken : list of Box
        What a label must not cover; the boxes of these marks are added.
    """
    spots = [tuple(axes.transData.transform((mark.day, mark.value))) for mark in marks]
    taken += [Box(x - 6.0, y - 6.0, x + 6.0, y + 6.0) for x, y in spots]
    for number, (mark, (x, y)) in enumerate(zip(marks, spots, strict=True)):
        colour = COLOURS[mark.colour].light
        if math.isfinite(mark.sd):
            axes.plot([mark.day] * 2, mark.ends, color=colour, linewidth=1.1, clip_on=False, zorder=7)
        axes.plot(
            [mark.day],
            [mark.value],
            color=colour,
            marker="D",
            markersize=_SIZE,
            markerfacecolor=LIGHT_PAGE,
            markeredgecolor=colour,
            markeredgewidth=1.5,
            clip_on=False,
            gid=f"own-data-{number}",
            zorder=8,
        )
        if not mark.label:
            continue
        label_point(
            axes, x, y, mark.label,
            colour=colour, name=f"own-data-{number}", frame=frame, taken=taken, zorder=9,
        )  # fmt: skip
