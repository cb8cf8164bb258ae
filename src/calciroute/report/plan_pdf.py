"""A 30-day plan as PDF, set by Typst; texts go in as data, never as markup."""

from __future__ import annotations

import importlib.resources
import importlib.util
import json
from typing import Any

TEMPLATE = "plan.typ"
# What Typst says of a letter without a glyph, which PDF/UA forbids.
_NO_LETTER = "could not be displayed"
BOXES = (
    "A name below holds letters that no font of the machine has that made this sheet: boxes stand for them. "
    "The page plan.html shows them."
)
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
        PDF/UA-1, tagged for those who listen. Where no font of the machine has a letter that a person wrote,
        a PDF without that standard, which says on its first page that boxes stand for letters. Without a time
        of making: the same document and fonts give the same bytes.

    Raises
    ------
    ModuleNotFoundError
        Where Typst is not installed; `can_write_pdf` tells before.
    TypstError
        What Typst refuses for any other reason: a fault of the template.
    """
    import typst

    text = importlib.resources.files("calciroute.report").joinpath(TEMPLATE).read_bytes()
    inputs = {"plan": json.dumps(document, ensure_ascii=False)}
    try:
        return bytes(typst.compile(text, sys_inputs=inputs, timestamp=0, pdf_standards="ua-1"))
    except typst.TypstError as wrong:
        if _NO_LETTER not in str(wrong):
            raise
    return bytes(typst.compile(text, sys_inputs=inputs | {"boxes": BOXES}, timestamp=0))
