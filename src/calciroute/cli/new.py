"""``calciroute new``: example files that run as they are."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from calciroute.people.examples import write_examples
from calciroute.purpose import PURPOSE
from calciroute.report.shell_word import shell_word


def write_new(folder: Path, as_json: bool) -> None:
    """Write the example files and say what to do with them.

    Parameters
    ----------
    folder : Path
        Made when it is not there; files in it are never overwritten.
    as_json : bool
        Print one JSON object instead of words.
    """
    written = write_examples(folder)
    if as_json:
        document = {"purpose": PURPOSE, "written": [str(path) for path in written]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    typer.echo(f"Written: {', '.join(str(path) for path in written)}")
    typer.echo(
        "Every line may be changed or left out; what is left out takes a default that the report lists."
    )
    person, plan = folder / "person.toml", folder / "plan.toml"
    typer.echo(f"Next: calciroute simulate {shell_word(person)} --plan {shell_word(plan)}")
    typer.echo(PURPOSE)
