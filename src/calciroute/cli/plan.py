"""``calciroute plan``: gates first; a plan only from passed ones."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import typer

from calciroute.errors import InputError, Problem

_STOPPED = 3
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def run_plan(path: Path, plans: Sequence[Path], start: str | None, out: Path, as_json: bool) -> None:
    """Write the plan of one person, or the notice that says why there is none.

    Parameters
    ----------
    path : Path
        Person file.
    plans : sequence of Path
        Plan files: their products and medicines count.
    start : str or None
        Day 1, such as ``2026-03-01``; today when not given.
    out : Path
        Folder of the plan.
    as_json : bool
        Print ``plan.json`` instead of words.

    Raises
    ------
    Exit
        3 when a gate is closed; nothing is written then.
    InputError
        With every problem of the files.
    """
    from calciroute.guide.public import plan_30_days
    from calciroute.purpose import PURPOSE
    from calciroute.report.check_text import stopped_document
    from calciroute.report.folded import folded
    from calciroute.report.plan_document import plan_document
    from calciroute.report.plan_pdf import HOW_TO_INSTALL, can_write_pdf
    from calciroute.report.plan_text import plan_text
    from calciroute.report.plan_writer import write_plan
    from calciroute.report.result_folder import check_folder
    from calciroute.report.shell_word import shell_word
    from calciroute.safety.gate_result import ClosedGates
    from calciroute.safety.notices import STANDARD_NOTICE
    from calciroute.safety.stop import ASK_COMMAND

    made = plan_30_days(path, list(plans), start=_day(start))
    if isinstance(made, ClosedGates):
        if as_json:
            typer.echo(json.dumps(stopped_document(made), ensure_ascii=False, indent=2))
        else:
            notice = str(made.notice).replace(ASK_COMMAND, f"calciroute check {shell_word(path)} --ask")
            typer.echo(folded([notice, "", PURPOSE, STANDARD_NOTICE]))
        raise typer.Exit(_STOPPED)
    check_folder(out)
    document = plan_document(made)
    paths = write_plan(document, out)
    remarks = [] if can_write_pdf() else [HOW_TO_INSTALL]
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        for remark in remarks:
            typer.echo(remark, err=True)
        return
    typer.echo(plan_text(document, paths, remarks))


def _day(start: str | None) -> datetime.date:
    if start is None:
        return datetime.date.today()
    try:
        day = datetime.date.fromisoformat(start)
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        found = f"'{start[:40]}' is no day of {_FIRST_YEAR} to {_LAST_YEAR}"
        raise InputError([Problem("--start", found, "a date such as 2026-03-01")])
    return day
