"""The list of commands. Each imports what it needs when it runs, so that ``--help`` stays fast."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from calciroute.cli import data, food_commands, journal
from calciroute.purpose import PURPOSE

app = typer.Typer(
    name="calciroute",
    help="Shows where the calcium goes: vitamin K, vitamin D and calcium between diet, blood, bone\n"
    f"and artery.\n\n{PURPOSE}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(journal.app, name="journal")
app.add_typer(data.app, name="data")
app.command()(food_commands.intake)
app.command()(food_commands.foods)

OutFolder = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Folder for the results, written whole or not at all.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        from calciroute import __version__

        typer.echo(
            f"calciroute {__version__}. No telemetry, no update check: nothing asks another host.\n{PURPOSE}"
        )
        raise typer.Exit()


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Global options."""


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the files go.")] = Path(
        "calciroute-example"
    ),
    ask: Annotated[
        bool, typer.Option("--ask", help="By questions about you, then simulated; may be left and taken up.")
    ] = False,
    years: Annotated[
        float | None, typer.Option("--years", help="With --ask: length of the run; asked if not given.")
    ] = None,
    draws: Annotated[
        int | None, typer.Option("--draws", help="With --ask: draws for the bands; asked if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a commented example person, plan and diary that run as they are; with --ask, your own."""
    if ask:
        from calciroute.cli.ask import run_ask

        run_ask(folder, years, draws, as_json)
        return
    if years is not None or draws is not None:
        raise typer.BadParameter("--years and --draws belong to --ask: examples are written, nothing is run.")
    from calciroute.cli.new import write_new

    write_new(folder, as_json)


@app.command()
def simulate(
    person: Annotated[Path, typer.Argument(metavar="PERSON.toml", help="Who is simulated.")],
    plan: Annotated[
        list[Path] | None,
        typer.Option("--plan", metavar="PLAN.toml", help="What changes, an arm each; up to four."),
    ] = None,
    stop: Annotated[
        bool, typer.Option("--stop", help="One more arm: today's supplements end at day 0.")
    ] = False,
    years: Annotated[
        float,
        typer.Option("--years", metavar="YEARS", help="Length of the run in years, such as 0.5; up to 50."),
    ] = 3.0,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            metavar="N",
            help="Draws of what nobody knows, for the bands: 0 to 10000. "
            "More draws leave the first ones as they are.",
        ),
    ] = 100,
    seed: Annotated[
        int,
        typer.Option("--seed", metavar="N", help="Seed of draws and missed doses, a whole number from 0 on."),
    ] = 20260101,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Replace a number of the model, with its unit: --set 'CL_MK7=0.7 L/h' "
            "--set beta_calcification=0.3; may repeat. 'calciroute where NAME' shows what it is now.",
        ),
    ] = None,
    variant: Annotated[
        str,
        typer.Option(
            "--variant",
            metavar="NAME",
            help="Body that the draws run, such as no_causal_effect or vessel_fast; "
            "an unknown name lists all.",
        ),
    ] = "calciroute",
    observed: Annotated[
        Path | None,
        typer.Option(
            "--observed",
            metavar="DATA.csv",
            help="Measurements to draw on the curves: time_d or date, outcome, value, unit; or sd, arm too.",
        ),
    ] = None,
    out: OutFolder = Path("calciroute-out"),
    as_json: AsJson = False,
) -> None:
    """Simulate one person, as now, with each plan and after stopping, with bands and the nearest trials.

    Such as: calciroute simulate me.toml --plan mk7.toml --stop --years 3 --out mine
    """
    from calciroute.cli.simulate import run_simulate

    run_simulate(
        person,
        plan or [],
        years,
        draws,
        seed,
        setting or [],
        variant,
        out,
        as_json,
        stop=stop,
        observed=observed,
    )


@app.command()
def run(
    model: Annotated[Path, typer.Argument(metavar="MODEL.xml", help="Anyone's model, in SBML.")],
    parameters: Annotated[
        Path | None,
        typer.Option(
            "--parameters", metavar="TABLE.csv", help="A row for each lane; a blank keeps the model's own."
        ),
    ] = None,
    doses: Annotated[
        Path | None,
        typer.Option("--doses", metavar="TABLE.csv", help="Doses: lane, time_h or time, state, amount."),
    ] = None,
    until: Annotated[
        float | None,
        typer.Option("--until", metavar="N", help="End, in the model's unit of time; 100 if not given."),
    ] = None,
    steps: Annotated[
        int | None, typer.Option("--steps", metavar="N", help="Even steps to the end; 100 if not given.")
    ] = None,
    times: Annotated[
        str | None,
        typer.Option("--times", metavar="T,T,...", help="Output times, instead of an end and steps."),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--outputs", metavar="ID,ID,...", help="What to read; if not given, all that moves. Or: all."
        ),
    ] = None,
    tolerance: Annotated[float, typer.Option("--tolerance", help="Relative tolerance of the solver.")] = 1e-6,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", help="Cores to use; all if not given.")
    ] = None,
    format_name: Annotated[str, typer.Option("--format", help="netcdf or zarr.")] = "netcdf",
    out: OutFolder = Path("calciroute-out"),
    as_json: AsJson = False,
) -> None:
    """Run anyone's SBML model over a table of parameters and doses."""
    from calciroute.cli.run import run_model

    run_model(
        model,
        parameters=parameters,
        doses=doses,
        until=until,
        steps=steps,
        times=times,
        outputs=outputs or [],
        out=out,
        format_name=format_name,
        tolerance=tolerance,
        workers=workers,
        as_json=as_json,
    )


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check the installed model: tables, units, balance and reference states; under a minute."""
    from calciroute.cli.verify import run_verify

    run_verify(as_json)


@app.command()
def replay(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="A result.json of this version.")],
    as_json: AsJson = False,
) -> None:
    """Run a stored result again and compare it."""
    from calciroute.cli.replay import run_replay

    run_replay(result, as_json)


@app.command()
def export(
    format_name: Annotated[str, typer.Option("--format", help="sbml, antimony or omex.")] = "sbml",
    variant: Annotated[str, typer.Option("--variant", help="Which body.")] = "calciroute",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="File to write.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write the model for other tools: SBML, Antimony, or a COMBINE archive with the example run."""
    from calciroute.cli.export import run_export

    run_export(format_name, variant, out, as_json)


@app.command()
def where(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="An equation, number, food, study or medicine.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say where an equation, a number, a food or a study lives, with sources and tests."""
    from calciroute.cli.where import run_where

    run_where(name, as_json)


@app.command()
def check(
    person: Annotated[Path, typer.Argument(metavar="PERSON.toml", help="Who is looked at.")],
    ask: Annotated[
        bool,
        typer.Option("--ask", help="Ask what is open, one question at a time, into the file; may be left."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Self-check: habits and groups that trials looked at, signs that belong to a doctor; gates first."""
    from calciroute.cli.check import run_check

    run_check(person, ask, as_json)


@app.command()
def label(
    source: Annotated[
        Path, typer.Argument(metavar="FILE|-", help="Text of one or several labels, a line of --- between.")
    ],
    person: Annotated[
        Path | None, typer.Option("--person", metavar="PERSON.toml", help="Adds the rules about a person.")
    ] = None,
    body: Annotated[
        str, typer.Option("--body", help="Whose upper levels: efsa, us, dach, jp or in.")
    ] = "efsa",
    market: Annotated[
        str | None, typer.Option("--market", help="Whose daily values a percentage means: us or eu.")
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", help="Of the label; US values changed in 2016.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="Against which a best-before date is held; today."),
    ] = None,
    confirm: Annotated[
        list[int] | None,
        typer.Option("--confirm", metavar="LINE", help="A line that you looked at again; may repeat."),
    ] = None,
    allergy: Annotated[
        list[str] | None,
        typer.Option("--allergy", help="soy, milk, fish, gelatine or gluten; may repeat."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the text of supplement labels: amounts and forms as understood, rules, sums of a day.

    Such as: calciroute label my_labels.txt --body us
    """
    from calciroute.cli.label import run_label

    run_label(source, person, body, market, year, date, confirm or [], allergy or [], as_json)


@app.command()
def plan(
    person: Annotated[Path, typer.Argument(metavar="PERSON.toml", help="Who the plan is for.")],
    brought: Annotated[
        list[Path] | None,
        typer.Option("--plan", metavar="PLAN.toml", help="Plan files: their products and medicines count."),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", metavar="DATE", help="Day 1, such as 2026-03-01; else today.")
    ] = None,
    out: OutFolder = Path("calciroute-plan"),
    as_json: AsJson = False,
) -> None:
    """30 days of food, movement and rest, as page, PDF and calendar; only where every gate is passed."""
    from calciroute.cli.plan import run_plan

    run_plan(person, brought or [], start, out, as_json)
