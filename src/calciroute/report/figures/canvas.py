"""From matplotlib to one SVG element that follows the colour scheme of the page it stands in.

The same picture gives the same bytes: no date, ids from the picture's own name. Text stays text. Each colour
of the look is written twice: as it is, for viewers that know no properties, and as the page's own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from calciroute.report.look import COLOURS, FONTS, LIGHT_PAGE, PICTURE_SMALL_TEXT, PICTURE_TEXT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PIXELS_PER_INCH = 72.0  # one px of the drawing is one point, so sizes in the look are what the page shows
HALO = "halo"
_COLOUR = re.compile(r"(?P<what>fill|stroke): (?P<colour>#[0-9a-f]{6})")
_FAMILY = re.compile(r"font-family: [^;\"]*;? ?|font: (?P<size>[0-9.]+px) [^;\"]*;?")
_HALO_TEXT = re.compile(
    r"(<g id=\"[^\"]*" + HALO + r"[^\"]*\">\s*(?:<!--.*?-->\s*)?<text style=\")", re.DOTALL
)
_ROTATION = re.compile(r" transform=\"rotate\(-?0 [^)]*\)\"")
_SIZE = re.compile(r"<svg [^>]*?viewBox=\"0 0 (?P<width>[0-9.]+) (?P<height>[0-9.]+)\"[^>]*>")
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": [
        "DejaVu Sans"
    ],  # comes with matplotlib; wider than what screens show, so nothing overlaps
    "font.size": PICTURE_TEXT,
    "axes.unicode_minus": True,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": COLOURS["quiet"].light,
    "axes.labelcolor": COLOURS["text"].light,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "text.color": COLOURS["text"].light,
    "xtick.color": COLOURS["quiet"].light,
    "ytick.color": COLOURS["quiet"].light,
    "xtick.labelcolor": COLOURS["text"].light,
    "ytick.labelcolor": COLOURS["text"].light,
    "xtick.labelsize": PICTURE_SMALL_TEXT,
    "ytick.labelsize": PICTURE_SMALL_TEXT,
    "lines.solid_capstyle": "round",
    "path.simplify": True,
}


@contextmanager
def canvas(name: str, width: float, height: float) -> Iterator[Figure]:
    """An empty figure with the type and colours of the look.

    Parameters
    ----------
    name : str
        Of the picture; its ids come from it.
    width, height : float, px
        Size of the drawing.

    Yields
    ------
    matplotlib.figure.Figure
        Draw into it, and call `svg_of` before leaving.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {**_SETTINGS, "svg.hashsalt": f"calciroute {name}"}
    with mpl.rc_context(settings):
        yield Figure(figsize=(width / PIXELS_PER_INCH, height / PIXELS_PER_INCH), dpi=PIXELS_PER_INCH)


def svg_of(figure: Figure, name: str, title: str, alternative: str) -> str:
    """The figure as one SVG element with a name and a description.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        From `canvas`.
    name : str
        Of the picture; prefixes every id, so that many pictures share a page.
    title, alternative : str
        What is seen, and the finding in words.

    Returns
    -------
    str
        Without XML declaration, document type or metadata.
    """
    buffer = io.StringIO()
    figure.savefig(
        buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    size = _SIZE.search(text)
    assert size is not None, "matplotlib writes a viewBox"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'viewBox="0 0 {size["width"]} {size["height"]}" aria-labelledby="{name}-title {name}-desc" '
        f'style="stroke-linejoin: round; font-family: {FONTS.replace(chr(34), chr(39))}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(alternative)}</desc>'
    )
    body = text[size.end() :]
    # Its one style rule reads "*", which inside a page would reach the whole page.
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", body, flags=re.DOTALL)
    body = re.sub(r"(id=\"|xlink:href=\"#|url\(#)", rf"\g<1>{name}-", body)
    halo = f"\\1paint-order: stroke; stroke: {LIGHT_PAGE}; stroke-width: 3px; stroke-linejoin: round; "
    body = _HALO_TEXT.sub(halo, body)
    body = _FAMILY.sub(lambda found: f"font-size: {found['size']};" if found["size"] else "", body)
    body = _ROTATION.sub("", body)
    body = re.sub(r"<!--.*?-->\n?\s*", "", body, flags=re.DOTALL)
    return head + follow_the_page(body)


def follow_the_page(svg: str) -> str:
    """Colours of the look as custom properties, the light ones kept for viewers that know none.

    Parameters
    ----------
    svg : str
        With colours as ``fill: #rrggbb`` and ``stroke: #rrggbb``.

    Returns
    -------
    str
        Other colours are left as they are.

    Examples
    --------
    >>> follow_the_page("fill: #0b6e69; opacity: 0.2")
    'fill: #0b6e69; fill: var(--plan, #0b6e69); opacity: 0.2'
    """
    names = {LIGHT_PAGE: "page"} | {colour.light: name for name, colour in reversed(COLOURS.items())}

    def both(found: re.Match[str]) -> str:
        name = names.get(found["colour"])
        own = f"{found['what']}: var(--{name}, {found['colour']})"
        return f"{found[0]}; {own}" if name else found[0]

    return _COLOUR.sub(both, svg)
