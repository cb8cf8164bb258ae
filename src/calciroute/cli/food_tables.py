"""Food tables that a person brings: kept, shown, forgotten, and named for one answer."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from calciroute.purpose import PURPOSE

if TYPE_CHECKING:
    from calciroute.guide.food_tables import KeptTable

ADVICE = "a curated food keeps its own values; words it does not know are looked up in your table"


@contextmanager
def with_tables(names: Sequence[str]) -> Iterator[None]:
    """Read the tables named behind ``--table`` and let their foods be found.

    Parameters
    ----------
    names : sequence of str
        Files, folders, archives or kept tables; none leaves everything as it is.

    Yields
    ------
    None
        What is used is named on standard error, with its terms and whether its layout was tried.
    """
    if not names:
        yield
        return
    from calciroute.guide.food_tables import named_tables
    from calciroute.intake.importers.in_use import tables_in_use

    tables = named_tables(names)
    for table in tables:
        parts = [f"Your table: {table.title} ({table.file}), {len(table.foods)} foods", table.attribution]
        parts += [part for part in (table.tried, *table.notes) if part]
        typer.echo("; ".join(parts) + ".", err=True)
    with tables_in_use(tables):
        yield


def run_foods_command(
    words: list[str],
    region: str | None,
    tables: Sequence[str],
    keep: Path | None,
    show: bool,
    forget: str | None,
    as_json: bool,
) -> None:
    """What ``calciroute foods`` does: a food, or a table of the person.

    Parameters
    ----------
    words : list of str
        One food.
    region : str or None
        Country of the food; of calciroute's own tables only.
    tables : sequence of str
        Words behind ``--table``.
    keep : Path or None
        Download to keep.
    show : bool
        Whether the kept tables are shown.
    forget : str or None
        Kept table to remove.
    as_json : bool
        JSON instead of text.

    Raises
    ------
    BadParameter
        For several of these at once, a table without words, or neither.
    """
    alone = [keep is not None, show, forget is not None]
    if sum([bool(tables), *alone]) > 1:
        raise typer.BadParameter("--table, --import, --tables and --forget: one at a time.")
    if any(alone) == bool(words):
        given = "WORDS do not belong to --import, --tables and --forget" if words else "name a food"
        raise typer.BadParameter(f"{given}, such as: calciroute foods jonge kaas")
    if keep is not None:
        run_import(keep, as_json)
    elif forget is not None:
        run_forget(forget, as_json)
    elif show:
        run_tables(as_json)
    elif tables:
        from calciroute.cli.table_foods import run_table_foods

        run_table_foods(tables, " ".join(words), as_json)
    else:
        from calciroute.cli.foods import run_foods

        run_foods(words, region, as_json)


def run_import(path: Path, as_json: bool) -> None:
    """Read a downloaded food table and keep what calciroute uses of it.

    Parameters
    ----------
    path : Path
        File, folder or archive.
    as_json : bool
        JSON instead of text.
    """
    from calciroute.guide.food_tables import keep_table
    from calciroute.intake.importers.layouts import read_food_table

    table = read_food_table(path)
    kept = keep_table(table, datetime.date.today())
    held: dict[str, int] = {}
    for food in table.foods.values():
        for name in food.amounts:
            held[name] = held.get(name, 0) + 1
    if as_json:
        _print_json({**_document(kept), "notes": list(table.notes), "foods_with": held})
        return
    typer.echo(f"Kept: {_line(kept)}")
    typer.echo("Foods with a value: " + ", ".join(f"{name} {count}" for name, count in held.items()))
    for note in table.notes:
        typer.echo(f"Note: {note}")
    typer.echo(
        f"Use it: calciroute foods --table {kept.key} WORDS, calciroute intake DIARY --table {kept.key};"
    )
    typer.echo(f"{ADVICE}.")
    typer.echo(f"\n{PURPOSE}")


def run_tables(as_json: bool) -> None:
    """Show the kept tables.

    Parameters
    ----------
    as_json : bool
        JSON instead of text.
    """
    from calciroute.guide.food_tables import kept_tables

    tables = kept_tables()
    if as_json:
        _print_json({"tables": [_document(one) for one in tables]})
        return
    for one in tables:
        typer.echo(_line(one))
    if not tables:
        typer.echo("No table is kept. calciroute foods --import FILE keeps one.")
    typer.echo(f"\n{PURPOSE}")


def run_forget(name: str, as_json: bool) -> None:
    """Remove a kept table.

    Parameters
    ----------
    name : str
        Its key or layout.
    as_json : bool
        JSON instead of text.
    """
    from calciroute.guide.food_tables import forget_table

    gone = forget_table(name)
    if as_json:
        _print_json({"removed": _document(gone)})
        return
    typer.echo(f"Removed: {_line(gone)}\n\n{PURPOSE}")


def _line(kept: KeptTable) -> str:
    tried = f"; {kept.tried}" if kept.tried else ""
    return (
        f"{kept.key}: {kept.title}, {kept.count} foods, from {kept.file} on {kept.read_on}, "
        f"sha256 {kept.sha256}; {kept.licence}; {kept.attribution}{tried}"
    )


def _document(kept: KeptTable) -> dict[str, Any]:
    names = ("key", "title", "file", "read_on", "sha256", "tried", "licence", "attribution")
    return {**{name: getattr(kept, name) for name in names}, "foods": kept.count}


def _print_json(document: dict[str, Any]) -> None:
    typer.echo(json.dumps({"purpose": PURPOSE, **document}, ensure_ascii=False, indent=2))
