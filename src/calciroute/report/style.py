"""The style sheet that every page carries, with the colours of both schemes."""

from __future__ import annotations

import importlib.resources

from calciroute.purpose import PURPOSE
from calciroute.report.look import COLOURS, FONTS, css_properties

STYLE = "style.css"


def page_style() -> str:
    """Style of a page.

    Returns
    -------
    str
        Colours for light and dark, the margins of paper, then ``style.css``.
    """
    own = importlib.resources.files("calciroute.report").joinpath(STYLE).read_text("utf-8")
    light, dark = css_properties("light"), css_properties("dark")
    return (
        f":root {{ color-scheme: light dark; --fonts: {FONTS};\n{light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{\n{dark} }} }}\n"
        # Paper is white, whatever the screen was.
        f"@media print {{ :root {{\n{light} }} }}\n{_sheet()}{own}"
    )


def _sheet() -> str:
    """What stands in the margin of every printed sheet: a sheet can be read alone."""
    small = f"font: 7.5pt {FONTS}; color: {COLOURS['quiet'].light};"
    return (
        "@page { margin: 16mm 14mm 20mm;\n"
        f'@bottom-left {{ content: "{PURPOSE}"; {small} }}\n'
        f'@bottom-right {{ content: counter(page) " of " counter(pages); {small} }} }}\n'
    )
