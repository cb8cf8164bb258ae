"""``calciroute new --ask``: person and plan by questions, kept after each answer, then simulated."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import typer

from calciroute.cli.ask_console import Console
from calciroute.cli.ask_files import run_arguments, write_files
from calciroute.cli.ask_session import Left, Session
from calciroute.cli.ask_store import AnswerStore
from calciroute.cli.ask_words import left_words
from calciroute.purpose import PURPOSE

_INTERRUPTED, _INPUT_ENDED = 130, 2


def run_ask(folder: Path, years: float | None, draws: int | None, as_json: bool) -> None:
    """Ask, write the files, simulate.

    Parameters
    ----------
    folder : Path
        Where the answers are kept and the files go.
    years, draws : float or None, int or None
        Arguments of the simulation; None is asked about.
    as_json : bool
        Print ``result.json`` instead of the table.

    Raises
    ------
    Exit
        130 when the person leaves, 2 when an input that is no terminal ends too early, and the codes of
        ``calciroute simulate``.
    InputError
        When the folder or the answers in it cannot be used.
    """
    store, console = AnswerStore(folder), Console()
    given = {name: f"{value:g}" for name, value in (("years", years), ("draws", draws)) if value is not None}
    session = Session(store, console, given)
    try:
        session.run()
    except KeyboardInterrupt:
        console.say()
        _leave(console, store, _INTERRUPTED)
    except Left as left:
        _leave(console, store, _INPUT_ENDED if left.input_ended and not console.is_terminal else _INTERRUPTED)
    standing = session.standing
    paths, told = write_files(standing.written, folder)
    console.say("\n".join([f"Written: {', '.join(str(path) for path in paths)}", *told]))
    _simulate(
        console,
        folder,
        paths,
        run_arguments(standing.steps),
        stop=standing.says("stop", "yes"),
        as_json=as_json,
    )


def _leave(console: Console, store: AnswerStore, code: int) -> None:
    command = f"calciroute new {shlex.quote(str(store.folder))} --ask"
    console.say("\n".join(left_words(command, len(store.texts), str(store.path))))
    raise typer.Exit(code)


def _simulate(
    console: Console,
    folder: Path,
    paths: list[Path],
    arguments: Mapping[str, float],
    *,
    stop: bool,
    as_json: bool,
) -> None:
    """Run the command that anyone can run again, and say which it was."""
    from calciroute.cli.app import app

    person, *plans = [str(path) for path in paths]
    words = ["simulate", person, *(word for plan in plans for word in ("--plan", plan))]
    words += ["--stop"] if stop else []
    words += ["--years", f"{arguments['years']:g}", "--draws", f"{arguments['draws']:g}"]
    words += ["--out", str(folder / "calciroute-out")]
    try:
        console.say(f"Running: calciroute {shlex.join(words)}")
        code = app(
            args=[*words, *(["--json"] if as_json else [])], prog_name="calciroute", standalone_mode=False
        )
    except (KeyboardInterrupt, typer.Abort):
        console.say(
            f"\nInterrupted. The files are written; run it again: calciroute {shlex.join(words)}\n{PURPOSE}"
        )
        raise typer.Exit(_INTERRUPTED) from None
    console.say(
        f"Change an answer and look again: calciroute new {shlex.quote(str(folder))} --ask\n{PURPOSE}"
    )
    if code:
        raise typer.Exit(code)
