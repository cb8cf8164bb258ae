"""``calciroute verify``: a quick self-check of the installed model."""

from __future__ import annotations

import json

import typer

from calciroute.body.verify import Verdict, verify_model
from calciroute.errors import CheckError
from calciroute.purpose import PURPOSE


def run_verify(as_json: bool) -> None:
    """Run every check and print it.

    Parameters
    ----------
    as_json : bool
        Print one JSON object instead of lines.

    Raises
    ------
    CheckError
        When something does not hold.
    """
    verdicts: list[Verdict] = []
    for verdict in verify_model():
        verdicts.append(verdict)
        if not as_json:
            mark = "ok   " if not verdict.faults else "FAULT"
            typer.echo(f"{mark} {verdict.passed}/{verdict.total} {verdict.name} ({verdict.seconds:.1f} s)")
            for fault in verdict.faults:
                typer.echo(f"      {fault}")
    if as_json:
        rows = [
            {"check": one.name, "passed": one.passed, "total": one.total, "faults": list(one.faults)}
            for one in verdicts
        ]
        typer.echo(json.dumps({"purpose": PURPOSE, "checks": rows}, indent=2))
    else:
        typer.echo(PURPOSE)
    wrong = sum(len(verdict.faults) for verdict in verdicts)
    if wrong:
        raise CheckError(f"{wrong} of {sum(verdict.total for verdict in verdicts)} checks do not hold")
