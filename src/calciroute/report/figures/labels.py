"""Labels at lines and points, moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTER_WIDTH = 0.6  # of the type size: a generous mean for the sans faces of the look


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y upwards.

    Parameters
    ----------
    left, bottom, right, top : float, px
        Its edges.
    """

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Area shared with another box, px2."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0.0) * max(height, 0.0)

    def outside(self, frame: Box) -> float:
        """Area that sticks out of a frame, px2."""
        return (self.right - self.left) * (self.top - self.bottom) - self.overlap(frame)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, at least a gap apart, in the same order.

    Parameters
    ----------
    wanted : sequence of float, px
        Where each label would like to be.
    gap : float, px
        Least distance of two labels.
    low, high : float, px
        Where labels may stand; when they cannot all fit, the gap shrinks.

    Returns
    -------
    list of float, px
        In the order of `wanted`.

    Examples
    --------
    >>> spread([10.0, 11.0, 50.0], 10.0, 0.0, 100.0)
    [5.5, 15.5, 50.0]
    """
    if not wanted:
        return []
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[tuple[float, list[int]]] = []
    for place in order:
        groups.append((min(max(wanted[place], low), high), [place]))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            (first, members), (second, others) = groups[-2], groups[-1]
            count = len(members) + len(others)
            middle = (first * len(members) + second * len(others)) / count
            half = gap * (count - 1) / 2.0
            groups[-2:] = [(min(max(middle, low + half), high - half), members + others)]
    placed = [0.0] * len(wanted)
    for middle, members in groups:
        for step, place in enumerate(members):
            placed[place] = middle + gap * (step - (len(members) - 1) / 2.0)
    return placed


def _touch(below: tuple[float, list[int]], above: tuple[float, list[int]], gap: float) -> bool:
    reach = gap * (len(below[1]) + len(above[1])) / 2.0
    return above[0] - below[0] < reach - 1e-9


def text_width(text: str, size: float) -> float:
    """Width of a text, px, on the generous side."""
    return max(len(line) for line in text.split("\n")) * size * LETTER_WIDTH


def place_beside(
    x: float, y: float, text: str, size: float, frame: Box, taken: Sequence[Box]
) -> tuple[float, float, str, Box]:
    """The place around a point where its label covers least.

    Parameters
    ----------
    x, y : float, px
        The point.
    text : str
        The label, lines parted by a line feed.
    size : float, px
        Of the type.
    frame : Box
        Where labels may stand.
    taken : sequence of Box
        What must not be covered.

    Returns
    -------
    x, y : float, px
        Anchor of the label, its vertical middle.
    side : str
        ``left`` or ``right``: the end of the text that stands at the anchor.
    box : Box
        What it covers.
    """
    width, height = text_width(text, size), size * 1.25 * len(text.split("\n"))
    choices = []
    for rank, (side, rise) in enumerate(
        (side, rise) for rise in (0.0, 0.9, -0.9, 1.8, -1.8, 2.7, -2.7) for side in ("left", "right")
    ):
        anchor_x = x + (8.0 if side == "left" else -8.0)
        middle = y + rise * height
        left = anchor_x if side == "left" else anchor_x - width
        box = Box(left, middle - height / 2.0, left + width, middle + height / 2.0)
        cost = sum(box.overlap(other) for other in taken) + 4.0 * box.outside(frame)
        choices.append((cost, rank, anchor_x, middle, side, box))
    _, _, anchor_x, middle, side, box = min(choices, key=lambda choice: choice[:2])
    return anchor_x, middle, side, box
