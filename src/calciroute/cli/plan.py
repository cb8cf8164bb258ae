"""``calciroute plan``: gates first; a plan only from passed ones."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import typer

from calciroute.errors import InputError, Problem

_STOPPED = 3


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
    from calciroute.guide.plan import make_plan
    from calciroute.guide.plan_items import draft_plan
    from calciroute.intake.plan import read_plan
    from calciroute.people.person import read_person
    from calciroute.report.check_text import stopped_document
    from calciroute.report.plan_document import plan_document
    from calciroute.report.plan_pdf import HOW_TO_INSTALL, can_write_pdf
    from calciroute.report.plan_text import plan_text
    from calciroute.report.plan_writer import write_plan
    from calciroute.report.result_folder import check_folder
    from calciroute.safety.gate_result import PassedGates
    from calciroute.safety.gates import ask_gates
    from calciroute.safety.notices import STANDARD_NOTICE

    day = _day(start)
    person = read_person(path)
    draft = draft_plan(person, [read_plan(plan, person.medicines.not_modelled) for plan in plans])
    gates = ask_gates(person, draft.items, medicines=draft.medicines)
    if not isinstance(gates, PassedGates):
        if as_json:
            typer.echo(json.dumps(stopped_document(gates), ensure_ascii=False, indent=2))
        else:
            from calciroute.purpose import PURPOSE

            typer.echo(f"{gates.notice}\n\n{PURPOSE}\n{STANDARD_NOTICE}")
        raise typer.Exit(_STOPPED)
    check_folder(out)
    document = plan_document(make_plan(gates, draft, day))
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
        return datetime.date.fromisoformat(start)
    except ValueError:
        problem = Problem("--start", f"'{start[:40]}' is not a day", "a date such as 2026-03-01")
        raise InputError([problem]) from None
