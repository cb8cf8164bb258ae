"""A panel with words where a picture would stand, drawn like the pictures beside it."""

from __future__ import annotations

import textwrap

from calciroute.report.figures.canvas import canvas, svg_of
from calciroute.report.look import COLOURS, PICTURE_TEXT, PICTURE_WIDTH

_LETTERS = 46  # a line of this many letters fits the width in the widest font that stands in for the page's
_LINE, _MARGIN = 1.5 * PICTURE_TEXT, 22.0


def draw_panel(name: str, head: str, words: str, title: str, alternative: str) -> str:
    """Draw a panel.

    Parameters
    ----------
    name : str
        Of the picture.
    head, words : str
        The first line in bold, and the text under it.
    title, alternative : str
        Name and description of the picture.

    Returns
    -------
    str
        One SVG element.
    """
    from matplotlib.patches import Rectangle

    lines = textwrap.wrap(words, _LETTERS)
    width, height = float(PICTURE_WIDTH), 2.0 * _MARGIN + _LINE * (len(lines) + 1)
    with canvas(name, width, height) as figure:
        frame = Rectangle(
            (1.0 / width, 1.0 / height), 1.0 - 2.0 / width, 1.0 - 2.0 / height, fill=False, linewidth=1.2,
            edgecolor=COLOURS["quiet"].light, transform=figure.transFigure,
        )  # fmt: skip
        figure.add_artist(frame)
        for number, line in enumerate([head, *lines]):
            figure.text(
                _MARGIN / width, 1.0 - (_MARGIN + _LINE * number) / height, line, fontsize=PICTURE_TEXT,
                fontweight="normal" if number else "bold", color=COLOURS["text"].light, ha="left", va="top",
                gid=f"line-{number}",
            )  # fmt: skip
        return svg_of(figure, name, title, alternative)
