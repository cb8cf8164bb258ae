"""A 30-day plan as one HTML file: the report's style sheet, no script, no host asked."""

from __future__ import annotations

import importlib.resources
from typing import Any

from calciroute.report.bound_words import bound
from calciroute.report.style import page_style

TEMPLATE = "plan.html.j2"


def plan_page(document: dict[str, Any]) -> str:
    """Write a plan as HTML.

    Parameters
    ----------
    document : dict
        From `calciroute.report.plan_document.plan_document`.

    Returns
    -------
    str
        A whole document, ending in a line feed; every text of it is escaped.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["bound"] = bound
    text = importlib.resources.files("calciroute.report").joinpath(TEMPLATE).read_text("utf-8")
    return environment.from_string(text).render(plan=document, style=page_style())
