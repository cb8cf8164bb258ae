"""The ``--out`` folder of a plan: page, PDF, calendar and ``plan.json``, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from calciroute.report.plan_calendar import plan_calendar
from calciroute.report.plan_page import plan_page
from calciroute.report.plan_pdf import can_write_pdf, plan_pdf
from calciroute.report.result_folder import (
    PLAN,
    PLAN_CALENDAR,
    PLAN_PAGE,
    PLAN_PDF,
    check_folder,
    write_folder,
)


def write_plan(document: dict[str, Any], out_dir: Path) -> list[Path]:
    """Write a plan into a folder.

    Parameters
    ----------
    document : dict
        From `calciroute.report.plan_document.plan_document`.
    out_dir : Path
        Made, or replaced whole when it is a result folder of ours.

    Returns
    -------
    list of Path
        The page first; without Typst there is no PDF among them.

    Raises
    ------
    InputError
        As `calciroute.report.result_folder.write_folder`.
    """
    final = Path(out_dir)
    check_folder(final)
    files = {PLAN_PAGE: plan_page(document).encode("utf-8", "replace")}
    if can_write_pdf():
        files[PLAN_PDF] = plan_pdf(document)
    files[PLAN_CALENDAR] = plan_calendar(document)
    files[PLAN] = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")

    def fill(made: Path) -> None:
        for name, content in files.items():
            (made / name).write_bytes(content)

    write_folder(final, fill)
    return [final / name for name in files]
