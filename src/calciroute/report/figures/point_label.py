"""The label of a point on a picture, where it covers least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calciroute.report.figures.canvas import HALO
from calciroute.report.figures.labels import Box, place_beside
from calciroute.report.look import PICTURE_SMALL_TEXT

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def label_point(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    colour: str,
    name: str,
    frame: Box,
    taken: list[Box],
    zorder: int,
) -> None:
    """Write a label beside a point.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Drawn on.
    x, y : float, px
        The point.
    text : str
        The label.
    colour : str
        Of the type.
    name : str
        Of the element, for the look's halo.
    frame : Box
        Where labels may stand.
    taken : list of Box
        What must not be covered; grows by the label.
    zorder : int
        Of the drawing.
    """
    anchor_x, middle, side, box = place_beside(x, y, text, PICTURE_SMALL_TEXT, frame, taken)
    taken.append(box)
    at = axes.transData.inverted().transform((anchor_x, middle))
    axes.text(
        float(at[0]),
        float(at[1]),
        text,
        fontsize=PICTURE_SMALL_TEXT,
        color=colour,
        ha=side,
        va="center",
        gid=f"{HALO}-{name}",
        zorder=zorder,
    )
