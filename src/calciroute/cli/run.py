"""``calciroute run``: anyone's model over a table of parameters and doses."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import typer

from calciroute.cli.progress import progress_shown
from calciroute.errors import InputError, Problem


def run_model(
    file: Path,
    *,
    parameters: Path | None,
    doses: Path | None,
    until: float | None,
    steps: int | None,
    times: str | None,
    outputs: Sequence[str],
    out: Path,
    format_name: str,
    tolerance: float,
    workers: int | None,
    as_json: bool,
) -> None:
    """Run a model and write what it did.

    Parameters
    ----------
    file : Path
        SBML.
    parameters, doses : Path or None
        Tables.
    until : float or None
        End of the run.
    steps : int or None
        Even steps to the end.
    times : str or None
        Output times with commas between them.
    outputs : sequence of str
        Ids, each text may hold several with commas between them.
    out : Path
        Folder of the results.
    format_name : str
        netcdf or zarr.
    tolerance : float
        Relative.
    workers : int or None
        Cores.
    as_json : bool
        Print ``run.json`` instead of the table.

    Raises
    ------
    Exit
        4 when some lanes failed; the results are written all the same.
    """
    from calciroute.report.model_result import (
        check_format,
        render_summary,
        summary_document,
        write_model_result,
    )
    from calciroute.report.result_folder import check_folder

    check_format(format_name)
    at = None if times is None else _numbers(times)
    wanted = [name.strip() for text in outputs for name in text.split(",") if name.strip()]
    check_folder(out)  # before the work, not after

    from calciroute.model import load_model

    with progress_shown() as tell:
        tell("load", 0, 1)
        dataset = load_model(file).run(
            parameters=parameters,
            doses=doses,
            until=until,
            steps=steps,
            times=at,
            outputs=wanted if outputs else None,
            tolerance=tolerance,
            workers=workers,
            progress=tell,
        )
    written = write_model_result(dataset, out, format_name)
    if as_json:
        typer.echo((out / "run.json").read_text("utf-8"), nl=False)
    else:
        typer.echo(render_summary(summary_document(dataset), written))
    failures = str(dataset.attrs["failures"])
    if failures:
        for line in failures.splitlines()[:20]:
            typer.echo(f"calciroute: not to the end: {line}", err=True)
        raise typer.Exit(4)


def _numbers(text: str) -> list[float]:
    from calciroute.model.cells import number_in

    problems: list[Problem] = []
    found = [number_in(part, "an output time", "--times", problems) for part in text.split(",")]
    if not problems and None in found:
        problems.append(Problem("--times", "an output time is empty", "numbers with commas between them"))
    if problems:
        # A cell of a table may be left blank, a time may not: what to try is said for cells.
        raise InputError(dataclasses.replace(one, advice="") for one in problems[:20])
    return [number for number in found if number is not None]
