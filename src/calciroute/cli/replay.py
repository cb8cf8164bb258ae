"""``calciroute replay``: run a stored result again and compare it."""

from __future__ import annotations

from pathlib import Path

import typer

from calciroute.cli.progress import progress_shown
from calciroute.errors import CheckError
from calciroute.purpose import PURPOSE


def run_replay(path: Path, as_json: bool) -> None:
    """Run it and say whether every byte agrees.

    Parameters
    ----------
    path : Path
        A ``result.json``.
    as_json : bool
        Print the new result instead of words.

    Raises
    ------
    CheckError
        With the first differences.
    """
    from calciroute.report.replay import replay

    with progress_shown() as tell:
        made, differences = replay(path, tell)
    if as_json:
        typer.echo(made, nl=False)
    if differences:
        raise CheckError(f"{path.name} is not reached again:\n" + "\n".join(differences))
    if not as_json:
        typer.echo(f"{path.name} is reached again, every byte of its result.\n{PURPOSE}")
