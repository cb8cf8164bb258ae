"""What the commands of the journal ask and print."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from calciroute.errors import InputError, Problem, near_names
from calciroute.guide.journal_entry import KINDS, Content, Entry, Kind
from calciroute.guide.journal_files import entry_document
from calciroute.guide.journal_labs import WithLabs
from calciroute.guide.journal_trends import Shown
from calciroute.guide.journal_words import EXAMPLES, shown
from calciroute.people.data_folder import KeptFile
from calciroute.purpose import PURPOSE
from calciroute.report.shell_word import shell_word
from calciroute.safety.notices import STANDARD_NOTICE, Notice
from calciroute.tables.people_files import shown_name

OUT_OF_REACH = (
    "Backups, snapshots and older blocks that a disk keeps are out of reach; exports, reports and person "
    "files lie where you put them."
)
_LINE_LIMIT = 10_000
_WIDTH = 100


def read_kind(word: str) -> Kind:
    """The kind of an entry.

    Parameters
    ----------
    word : str
        As typed.

    Returns
    -------
    str
        One of `KINDS`.

    Raises
    ------
    InputError
        For another word.
    """
    folded = word.strip().casefold()
    if folded not in KINDS:
        near = next((kind for kind in KINDS if kind in near_names(folded[:40], KINDS, 1)), KINDS[-1])
        advice = f"calciroute journal add {near} {EXAMPLES[near]}"
        raise InputError([Problem("", f"'{word[:40]}' is no kind of entry", ", ".join(KINDS), advice)])
    return folded


def read_words(words: Sequence[str]) -> str:
    """The words of an entry, from the command line or, for ``-``, from one line of standard input.

    What stands on a command line may be kept by the shell; standard input is not.

    Parameters
    ----------
    words : sequence of str
        As typed.

    Returns
    -------
    str
    """
    if list(words) != ["-"]:
        return " ".join(words)
    if sys.stdin.isatty():
        typer.echo("Words of the entry, then Enter:", err=True)
    return sys.stdin.readline(_LINE_LIMIT).rstrip("\r\n")


def format_of(file: Path) -> str:
    """``json`` or ``csv``, by the ending of a file.

    Parameters
    ----------
    file : Path
        To be written.

    Returns
    -------
    str

    Raises
    ------
    InputError
        For another ending.
    """
    ending = file.suffix.casefold().removeprefix(".")
    if ending not in {"json", "csv"}:
        found = f"the ending '{file.suffix}' is not known"
        raise InputError(
            [Problem(shown_name(file), found, ".json or .csv", f"{file.stem or 'journal'}.json")]
        )
    return ending


def ask_erase(what: str, yes: bool) -> None:
    """Ask before anything is erased.

    Parameters
    ----------
    what : str
        What would be gone.
    yes : bool
        Whether the answer was given already.

    Raises
    ------
    InputError
        Where nobody can be asked, or the answer is no; nothing is erased then.
    """
    if yes:
        return
    typer.echo(f"This erases {what}. It cannot be undone. Erase? yes or no: ", nl=False, err=True)
    answer = sys.stdin.readline(100).strip().casefold()
    if answer not in {"yes", "y"}:
        found = "nothing was erased" if answer else "nothing was erased: no answer came"
        raise InputError([Problem("", found, "yes", "the same with --yes")])


def show_entry(entry: Entry, notice: Notice | None, words: str, as_json: bool) -> None:
    """One entry with what was understood; a notice stands above everything."""
    if as_json:
        print_json({"notice": _notice(notice), "entry": entry_document(entry)})
        return
    if notice is not None:
        typer.echo(f"{notice}\n")
    typer.echo(f"{words}: {_line(entry.id, entry.kind, entry.content)}")
    for reading in entry.content.readings:
        typer.echo(f"  read as {shown(reading)}{_remarks(reading.remarks)}")
    typer.echo(f"Undo: calciroute journal undo {entry.id}. All: calciroute journal list")
    close()


def show_history(entry: Entry, as_json: bool) -> None:
    """Every state of an entry, first to last."""
    if as_json:
        print_json({"entry": entry_document(entry)})
        return
    for one in entry.revisions:
        state = "counts no longer" if one.state == "removed" else "counts"
        undone = f", takes change {one.undoes} back" if one.undoes else ""
        typer.echo(f"{one.number}  written {one.recorded}  {state}{undone}")
        typer.echo(f"   {_line(entry.id, entry.kind, one.content)}")
    close()


def show_list(entries: Sequence[Entry], as_json: bool) -> None:
    """Entries by day, or what to do first."""
    if as_json:
        print_json({"entries": [entry_document(entry) for entry in entries]})
        return
    if not entries:
        typer.echo("No entry here. The first one: calciroute journal add dose MK-7 180 mcg softgel")
    for entry in entries:
        gone = "" if entry.kept else "  (counts no longer)"
        typer.echo(_line(entry.id, entry.kind, entry.content) + gone)
    close()


def show_summary(lines: Sequence[Shown], as_json: bool) -> None:
    """What the journal shows, or that it holds nothing to sum up."""
    if as_json:
        print_json({"summary": [asdict(line) for line in lines]})
        return
    if not lines:
        typer.echo("Nothing to sum up yet: not enough data. The list: calciroute journal list")
    for line in lines:
        typer.echo(line.sentence)
    close()


def show_labs(written: WithLabs, out: Path, as_json: bool) -> None:
    """Which values went into the copy, what was decided, and what to do with it."""
    if as_json:
        print_json({"written": str(out), "readings": written.taken, "notes": list(written.notes)})
        return
    taken = ", ".join(f"{name} ({count})" for name, count in written.taken.items())
    typer.echo(f"Written: {out} with {taken}")
    for note in written.notes:
        typer.echo(f"  {note}")
    typer.echo(f"Next: calciroute simulate {shell_word(out)}")
    close()


def show_erased(files: Sequence[KeptFile], as_json: bool, cached: int = 0) -> None:
    """What is gone, and what nobody here can reach."""
    names = [str(file.path) for file in files]
    gone = [*names, *([f"{cached} files of the cache"] if cached else [])]
    words = f"Erased: {', '.join(gone)}. {OUT_OF_REACH}" if gone else "There was nothing to erase."
    show_done(words, {"erased": names, "cache_files": cached, "out_of_reach": OUT_OF_REACH}, as_json)


def show_done(words: str, document: Mapping[str, Any], as_json: bool) -> None:
    """One sentence, or the same as JSON."""
    if as_json:
        print_json(document)
        return
    typer.echo(words)
    close()


def print_json(document: Mapping[str, Any]) -> None:
    """A document with the purpose first."""
    whole = {"purpose": PURPOSE, "standard_notice": STANDARD_NOTICE, **document}
    typer.echo(json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False))


def close() -> None:
    """The last lines of every answer."""
    typer.echo(f"\n{PURPOSE}\n{STANDARD_NOTICE}")


def _notice(notice: Notice | None) -> dict[str, Any] | None:
    return None if notice is None else asdict(notice)


def _line(number: int, kind: Kind, content: Content) -> str:
    """One entry on one line; the person's own words stand in a marked quote."""
    taken = "" if content.taken is None else (" taken" if content.taken else " missed")
    head = f"{number:>4}  {content.day} {content.clock or '     '}  {kind}{taken}  "
    text = "".join(sign if sign.isprintable() else " " for sign in content.text)
    return f"{head}“{_cut(text, _WIDTH - len(head) - 2)}”"


def _cut(text: str, width: int) -> str:
    """A text of at most so many columns; letters of East Asia take two."""
    used = 0
    for place, sign in enumerate(text):
        used += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if used > width:
            return text[: place - 1] + "…"
    return text


def _remarks(remarks: Sequence[str]) -> str:
    return f" ({'; '.join(remarks)})" if remarks else ""
