"""``calciroute journal``: what was taken, eaten, measured and felt, by day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from calciroute.guide.journal_entry import Entry

app = typer.Typer(
    help="Keep doses, foods, pressure, laboratory values, weight, symptoms and notes, by day.\n\n"
    "All of it stays in one file on this machine: calciroute data where.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output.")]
Number = Annotated[int, typer.Argument(metavar="ENTRY", help="Number that the list shows.", min=1)]
On = Annotated[
    str, typer.Option("--on", metavar="DATE", help="2026-03-01 or '2026-03-01 08:30'; now if not given.")
]
Missed = Annotated[bool | None, typer.Option("--missed/--taken", help="Of a dose.", show_default=False)]
Assay = Annotated[str, typer.Option("--assay", help="Assay of a laboratory value.")]
Maker = Annotated[str, typer.Option("--maker", help="Maker of a scanner.")]
Words = Annotated[
    list[str],
    typer.Argument(metavar="WORDS...", help="As you would write it; - reads one line of standard input."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command()
def add(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="dose, food, pressure, lab, weight, symptom or note.")
    ],
    words: Words,
    on: On = "",
    missed: Missed = None,
    assay: Assay = "",
    maker: Maker = "",
    as_json: AsJson = False,
) -> None:
    """Keep one entry, such as: journal add dose MK-7 180 mcg softgel, or: journal add pressure 138/82."""
    from calciroute.cli.journal_shown import read_kind, read_words, show_entry
    from calciroute.guide.journal import open_journal
    from calciroute.guide.journal_notice import LATELY, notice_for
    from calciroute.guide.journal_words import read_when, understand

    known = read_kind(kind)
    day, clock = read_when(on, _now())
    taken = None if missed is None else not missed
    content = understand(known, read_words(words), day, clock, taken=taken, assay=assay, maker=maker)
    with open_journal() as journal:
        before = journal.doses_between(day - LATELY, day)
        entry = journal.add(known, content)
    show_entry(entry, notice_for(known, content, before), "Kept", as_json)


@app.command()
def edit(
    number: Number,
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS...]", help="New words.")] = None,
    on: On = "",
    missed: Missed = None,
    assay: Annotated[str | None, typer.Option("--assay", help="Assay of a laboratory value.")] = None,
    maker: Annotated[str | None, typer.Option("--maker", help="Maker of a scanner.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change an entry; what it said before stays in its history, and undo brings it back."""
    from calciroute.cli.journal_shown import read_words, show_entry
    from calciroute.guide.journal import open_journal
    from calciroute.guide.journal_notice import LATELY, notice_for
    from calciroute.guide.journal_words import read_when, understand

    with open_journal() as journal:
        old = journal.entry(number)
        said = old.content
        day, clock = read_when(on, _now()) if on else (said.day, said.clock)
        content = understand(
            old.kind,
            read_words(words) if words else said.text,
            day,
            clock,
            taken=said.taken if missed is None else not missed,
            assay=said.assay if assay is None else assay,
            maker=said.maker if maker is None else maker,
        )
        before = [one for one in journal.doses_between(day - LATELY, day) if one.id != number]
        entry = journal.edit(number, content)
    show_entry(entry, notice_for(entry.kind, content, before), "Changed", as_json)


@app.command()
def remove(number: Number, as_json: AsJson = False) -> None:
    """Let an entry count no longer; its history stays, and undo brings it back."""
    from calciroute.cli.journal_shown import show_entry
    from calciroute.guide.journal import open_journal

    with open_journal() as journal:
        entry = journal.remove(number)
    show_entry(entry, None, "Counts no longer", as_json)


@app.command()
def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="[ENTRY]", help="The one changed last if not given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take the last change back; once more takes back the one before."""
    from calciroute.cli.journal_shown import show_entry
    from calciroute.guide.journal import open_journal

    with open_journal() as journal:
        entry = journal.undo(number)
    words = "Taken back; it stands again as" if entry.kept else "Taken back; it counts no longer"
    show_entry(entry, None, words, as_json)


@app.command()
def history(number: Number, as_json: AsJson = False) -> None:
    """Show every state that an entry had."""
    from calciroute.cli.journal_shown import show_history
    from calciroute.guide.journal import open_journal

    with open_journal() as journal:
        entry = journal.entry(number)
    show_history(entry, as_json)


@app.command("list")
def list_entries(
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Of one kind alone.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="From this day on.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Up to this day.")] = "",
    removed: Annotated[bool, typer.Option("--all", help="Those that count no longer, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the entries by day."""
    from calciroute.cli.journal_shown import read_kind, show_list
    from calciroute.guide.journal_words import read_when

    wanted = read_kind(kind) if kind else None
    first = read_when(since, _now())[0] if since else None
    last = read_when(until, _now())[0] if until else None
    entries = [
        entry
        for entry in _entries(removed=removed)
        if (wanted is None or entry.kind == wanted)
        and (first is None or entry.content.day >= first)
        and (last is None or entry.content.day <= last)
    ]
    show_list(entries, as_json)


@app.command()
def summary(as_json: AsJson = False) -> None:
    """Doses taken and missed, and whether readings moved by more than they scatter; or: not enough data."""
    from calciroute.cli.journal_shown import show_summary
    from calciroute.guide.journal_trends import summarise

    show_summary(summarise(_entries()), as_json)


@app.command()
def labs(
    person: Annotated[Path, typer.Argument(metavar="PERSON.toml", help="Whose values they are.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The copy to write; a free name.")],
    as_json: AsJson = False,
) -> None:
    """Write laboratory values, scans, pressure and weight of the journal into a copy of a person file.

    Such as: calciroute journal labs me.toml --out me-now.toml, then: calciroute simulate me-now.toml
    """
    from calciroute.cli.journal_shown import show_labs
    from calciroute.guide.data_files import write_new
    from calciroute.guide.journal_labs import with_labs
    from calciroute.tables.located_toml import read_located_toml

    toml = read_located_toml(person, "a person file")
    written = with_labs(toml, _entries(), out.parent)
    write_new(out, written.text.encode("utf-8"))
    show_labs(written, out, as_json)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Ending in .json or .csv; a free name.")],
    as_json: AsJson = False,
) -> None:
    """Write the whole journal with all histories; the JSON and the CSV hold the same."""
    from calciroute.cli.journal_shown import format_of, show_done
    from calciroute.guide.data_files import write_new
    from calciroute.guide.journal_files import as_csv
    from calciroute.guide.journal_files import as_json as as_json_text

    kind = format_of(file)
    entries = _entries(removed=True)
    text = as_json_text(entries) if kind == "json" else as_csv(entries)
    write_new(file, text.encode("utf-8"))
    done = {"written": str(file), "entries": len(entries)}
    show_done(
        f"Written: {file} ({len(entries)} entries). Keep it where others cannot read it.", done, as_json
    )


@app.command()
def diary(
    file: Annotated[Path, typer.Argument(metavar="FILE.txt", help="The diary to write; a free name.")],
    as_json: AsJson = False,
) -> None:
    """Write the foods of the journal as a diary that calciroute intake reads."""
    from calciroute.cli.journal_shown import show_done
    from calciroute.errors import InputError, Problem
    from calciroute.guide.data_files import write_new
    from calciroute.guide.journal_files import as_diary
    from calciroute.report.shell_word import shell_word

    text = as_diary(_entries())
    if not text:
        raise InputError(
            [Problem("", "the journal holds no food", "one at least", "journal add food 50 g natto")]
        )
    write_new(file, text.encode("utf-8"))
    show_done(f"Written: {file}\nNext: calciroute intake {shell_word(file)}", {"written": str(file)}, as_json)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An export, JSON or CSV.")],
    as_json: AsJson = False,
) -> None:
    """Read an export back: all of it or nothing; what is there already is not doubled."""
    from dataclasses import asdict

    from calciroute.cli.journal_shown import show_done
    from calciroute.guide.journal import open_journal
    from calciroute.guide.journal_import import import_entries, read_export

    entries = read_export(file)
    with open_journal() as journal:
        done = import_entries(journal, entries)
    words = f"{done.new} entries are new, {done.same} were there, {done.longer} have a longer history now."
    show_done(words, asdict(done), as_json)


@app.command()
def erase(yes: Yes = False, as_json: AsJson = False) -> None:
    """Erase the journal and its copies; it asks first."""
    from calciroute.cli.journal_shown import ask_erase, show_erased
    from calciroute.guide.journal_erase import erase_journal
    from calciroute.people.data_folder import data_folder

    folder = data_folder()
    ask_erase(f"the journal in {folder} with all its entries and histories", yes)
    show_erased(erase_journal(folder), as_json)


def _entries(*, removed: bool = False) -> tuple[Entry, ...]:
    """Entries of the journal; none where there is no file, and none is made by looking."""
    from calciroute.guide.journal import open_journal
    from calciroute.guide.journal_schema import FILE_NAME
    from calciroute.people.data_folder import data_folder

    folder = data_folder()
    if not (folder / FILE_NAME).exists():
        return ()
    with open_journal(folder) as journal:
        return journal.entries(removed=removed)


def _now() -> Any:
    import datetime

    return datetime.datetime.now()
