"""What ``calciroute plan`` prints: the answer, what was left out, where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from calciroute.report.folded import folded


def plan_text(document: dict[str, Any], paths: Sequence[Path], remarks: Sequence[str] = ()) -> str:
    """A plan in one screen.

    Parameters
    ----------
    document : dict
        From `calciroute.report.plan_document.plan_document`.
    paths : sequence of Path
        What was written.
    remarks : sequence of str, optional
        Such as how to install what makes the PDF.

    Returns
    -------
    str
        Lines of at most 100 signs.
    """
    lines = [document["answer"], "", document["purpose"], document["notice"], ""]
    for section in document["sections"]:
        if section["name"] == "before":
            lines += [f"{line['title']}: {line['words']}" for line in section["lines"]]
    lines += ["", document["gates"], *document["confirmed"], ""]
    for week in document["weeks"]:
        lines.append(f"Days {week['days']} ({week['dates']}): {'; '.join([*week['new'], *week['daily']])}.")
    products = [product for section in document["sections"] for product in section["products"]]
    if products:
        lines += ["", "Products that you brought:", *(f"- {product}" for product in products)]
    if document["left_out"]:
        lines += ["", "Left out for you:"]
        lines += [f"- {left['title']}: {'; '.join(left['why'])}." for left in document["left_out"]]
    if document["interactions"]:
        lines += ["", "Rules that were met, for a talk with a doctor or pharmacist:"]
        lines += [_rule(rule) for rule in document["interactions"]]
    lines += ["", *remarks, f"Written: {', '.join(str(path) for path in paths)}"]
    return folded(lines)


def _rule(rule: dict[str, Any]) -> str:
    spacing = f" {rule['spacing']}" if rule["spacing"] else ""
    head = f"- {rule['rule']} {rule['about']}".rstrip()
    return f"{head} (concerns {rule['because']}), {rule['severity']}: {rule['action']}.{spacing}"
