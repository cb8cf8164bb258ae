"""``calciroute check``: where a person stands among groups that trials looked at, gates first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from calciroute.purpose import PURPOSE
from calciroute.report.shell_word import shell_word

if TYPE_CHECKING:
    from calciroute.guide.self_check import SelfCheck

_STOPPED, _INTERRUPTED, _INPUT_ENDED = 3, 130, 2


def run_check(path: Path, ask: bool, as_json: bool) -> None:
    """Check a person, after asking what is open where that is wanted.

    Parameters
    ----------
    path : Path
        Person file.
    ask : bool
        Go through the open questions first and write the answers into the file.
    as_json : bool
        Print one JSON object instead of words.

    Raises
    ------
    Exit
        3 when a gate is closed, 130 when the person leaves the questions, 2 when their input ends.
    InputError
        With every problem of the file.
    """
    from calciroute.guide.public import self_check
    from calciroute.report.check_text import check_document, check_text

    command = f"calciroute check {shell_word(path)} --ask"
    check = _asked(path, command) if ask else self_check(path)
    if as_json:
        typer.echo(json.dumps(check_document(check), ensure_ascii=False, indent=2))
    else:
        typer.echo(check_text(check, command, f"calciroute plan {shell_word(path)}"))
    if not check.gates.passed:
        raise typer.Exit(_STOPPED)


def _asked(path: Path, command: str) -> SelfCheck:
    from calciroute.cli.ask_console import Console
    from calciroute.cli.ask_session import Left
    from calciroute.cli.check_ask import CheckDialogue
    from calciroute.tables.people_files import shown_name

    console = Console()
    dialogue = CheckDialogue(path, console)
    try:
        check = dialogue.run()
    except KeyboardInterrupt:
        console.say()
        code = _INTERRUPTED
    except Left as left:
        code = _INPUT_ENDED if left.input_ended and not console.is_terminal else _INTERRUPTED
    else:
        if dialogue.kept:
            answers = "answer" if dialogue.kept == 1 else "answers"
            console.say(f"\n{dialogue.kept} {answers} written into {shown_name(path)}.")
        console.say()
        return check
    kept = f"{dialogue.kept} {'answer is' if dialogue.kept == 1 else 'answers are'} in the file. "
    console.say(f"Left before the end. {kept}Go on with: {command}\n{PURPOSE}")
    raise typer.Exit(code)
