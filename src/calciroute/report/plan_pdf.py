"""A 30-day plan as PDF, set by Typst; texts go in as data, never as markup."""

from __future__ import annotations

import importlib.resources
import importlib.util
import json
from typing import Any

TEMPLATE = "plan.typ"
HOW_TO_INSTALL = "No PDF: the extra is not installed. Install it with: pip install 'calciroute[pdf]'"


def can_write_pdf() -> bool:
    """Whether Typst is installed."""
    return importlib.util.find_spec("typst") is not None


def plan_pdf(document: dict[str, Any]) -> bytes:
    """Write a plan as PDF.

    Parameters
    ----------
    document : dict
        From `calciroute.report.plan_document.plan_document`.

    Returns
    -------
    bytes
        Without a time of making: the same document and fonts give the same bytes.

    Raises
    ------
    ModuleNotFoundError
        Where Typst is not installed; `can_write_pdf` tells before.
    """
    import typst

    text = importlib.resources.files("calciroute.report").joinpath(TEMPLATE).read_bytes()
    inputs = {"plan": json.dumps(document, ensure_ascii=False)}
    return bytes(typst.compile(text, sys_inputs=inputs, timestamp=0))
