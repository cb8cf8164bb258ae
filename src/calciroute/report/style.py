"""The style sheet that every page carries, with the colours of both schemes."""

from __future__ import annotations

import importlib.resources

from calciroute.report.look import FONTS, css_properties

STYLE = "style.css"


def page_style() -> str:
    """Style of a page.

    Returns
    -------
    str
        Colours for light and dark, then ``style.css``.
    """
    own = importlib.resources.files("calciroute.report").joinpath(STYLE).read_text("utf-8")
    light, dark = css_properties("light"), css_properties("dark")
    return (
        f":root {{ color-scheme: light dark; --fonts: {FONTS};\n{light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{\n{dark} }} }}\n"
        # Paper is white, whatever the screen was.
        f"@media print {{ :root {{\n{light} }} }}\n{own}"
    )
