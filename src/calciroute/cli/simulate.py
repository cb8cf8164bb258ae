"""``calciroute simulate``: files in, answer, table and report out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from calciroute.cli.progress import progress_shown
from calciroute.intake.plan import Plan
from calciroute.people.person_model import Person
from calciroute.simulate.result import Simulation


def read_files(person: Path, plans: Sequence[Path]) -> tuple[Person, list[Plan]]:
    """Read a person and the plans; the problems of all files come together.

    Parameters
    ----------
    person : Path
        Person file.
    plans : sequence of Path
        Plan files.

    Returns
    -------
    tuple of Person and list of Plan
        As read.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    from calciroute.simulate.read_inputs import read_inputs

    who, found = read_inputs(person, plans)
    return who, list(found)


def run_simulate(
    person: Path,
    plans: Sequence[Path],
    years: float,
    draws: int,
    seed: int,
    settings: Sequence[str],
    variant: str,
    out: Path,
    as_json: bool,
    *,
    stop: bool = False,
    observed: Path | None = None,
) -> None:
    """Simulate and write the results.

    Parameters
    ----------
    person : Path
        Person file.
    plans : sequence of Path
        Plan files.
    years, draws, seed : float, int, int
        Arguments of `run_person`.
    settings : sequence of str
        ``NAME=VALUE`` texts.
    variant : str
        Body of the draws.
    out : Path
        Folder of the results.
    as_json : bool
        Print ``result.json`` instead of the table.
    stop : bool, optional
        Whether to run the arm in which today's supplements end at day 0.
    observed : Path, optional
        Measurements to lay over the courses.

    Raises
    ------
    Exit
        4 when some lanes failed, 130 when interrupted; the results are written all the same.
    """
    from calciroute.report.result_folder import check_folder
    from calciroute.report.writer import write_outputs
    from calciroute.simulate.check_arms import check_arms
    from calciroute.simulate.observed import read_beside
    from calciroute.simulate.settings import parse_settings

    who, found, data = read_beside(lambda: read_files(person, plans), observed, stop=stop)
    check_arms(who, found, stop=stop)
    chosen = parse_settings(settings)
    check_folder(out)  # before minutes of work, not after

    from calciroute.report.build import build_report
    from calciroute.report.first_look import first_look
    from calciroute.report.terminal import render
    from calciroute.simulate import run_person
    from calciroute.simulate.residuals import with_observed

    def _show(central: Simulation) -> None:
        if words := first_look(central):
            typer.echo(words, err=True)

    with progress_shown() as tell:
        simulation = run_person(
            who,
            found,
            stop=stop,
            years=years,
            draws=draws,
            seed=seed,
            settings=chosen,
            variant=variant,
            progress=tell,
            first_look=_show,
        )
    if data is not None:
        simulation = with_observed(simulation, data)
    report = build_report(simulation)
    paths = write_outputs(report, simulation, out)
    if as_json:
        typer.echo((out / "result.json").read_text("utf-8"), nl=False)
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        typer.echo(render(report, paths, colour))
    for line in simulation.failures:
        typer.echo(f"calciroute: not simulated: {line}", err=True)
    if simulation.interrupted:
        typer.echo("calciroute: interrupted; what was done is written", err=True)
        raise typer.Exit(130)
    if simulation.failures:
        raise typer.Exit(4)
