"""Commands about foods: a diary summed, and what one food holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

OwnTables = Annotated[
    list[str] | None,
    typer.Option("--table", metavar="FILE|NAME", help="A food table of yours: a download, or one kept."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output.")]


def intake(
    diary: Annotated[
        str,
        typer.Argument(metavar="DIARY|-", help="Food diary: CSV, or plain lines such as '2 slices gouda'."),
    ],
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[date=COLUMN]...", help="Further columns behind --map.")
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="XX", help="Country of the food, such as NL or JP.")
    ] = None,
    body: Annotated[
        str | None,
        typer.Option("--body", metavar="BODY", help="Whose reference intakes: us, efsa, dach, jp, in."),
    ] = None,
    person: Annotated[
        Path | None, typer.Option("--person", metavar="PERSON.toml", help="Who ate it; gates come first.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for page, JSON and table of days.")
    ] = None,
    table: OwnTables = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="food=COLUMN", help="What columns of another program's table hold."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sum a food diary: each vitamer of K, calcium, magnesium, D; ranges, and how much is known.

    Such as: calciroute intake week.txt --region NL --body efsa
    Or, once for all tables of one program: calciroute intake log.csv --map food=Item amount=Size date=Day
    """
    from calciroute.cli.food_tables import with_tables
    from calciroute.cli.intake import run_intake

    with with_tables(table or []):
        run_intake(diary, region, body, person, out, as_json, [*(columns or []), *(more or [])])


def foods(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="One food, in your own words.")
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", metavar="XX", help="Country of the food, two letters; menaquinones differ."),
    ] = None,
    table: OwnTables = None,
    keep: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Keep a downloaded table; no WORDS.")
    ] = None,
    tables: Annotated[bool, typer.Option("--tables", help="Show the tables that are kept.")] = False,
    forget: Annotated[
        str | None, typer.Option("--forget", metavar="NAME", help="Remove a table that is kept.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is in a food, each vitamer apart with its spread, source and what nobody measured.

    Such as: calciroute foods jonge kaas --region NL
    """
    from calciroute.cli.food_tables import run_foods_command

    run_foods_command(words or [], region, table or [], keep, tables, forget, as_json)
