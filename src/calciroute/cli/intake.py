"""``calciroute intake``: a food diary to amounts of each vitamer and mineral."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from calciroute.intake.diary_items import DiaryFoods, foods_of_bytes, read_foods_of
from calciroute.intake.diary_text import LIMIT_BYTES
from calciroute.report.intake_answer import diary_intake, region_called

STANDARD_INPUT = "-"


def run_intake(
    diary: str,
    region: str | None,
    body: str | None,
    person: Path | None,
    out: Path | None,
    as_json: bool,
    columns: Sequence[str] = (),
) -> None:
    """Read a diary and print what it holds.

    Parameters
    ----------
    diary : str
        Path, or ``-`` for standard input.
    region, body : str or None
        Words of ``--region`` and ``--body``.
    person : Path or None
        Person file.
    out : Path or None
        Folder for page, JSON and table of days.
    as_json : bool
        JSON instead of text.
    columns : sequence of str, optional
        Words of ``--map``, such as ``food=Item``.

    Raises
    ------
    InputError
        With every problem of what was given.
    """
    if out is not None:
        from calciroute.report.result_folder import check_folder

        check_folder(out)
    who = None
    country = region_called(region)
    if person is not None:
        from calciroute.people.person import read_person

        who = read_person(person, minors=True)
        country = country or who.diet.region
    answer = diary_intake(_foods(diary, country, columns), None, body, who)
    written = []
    if out is not None:
        from calciroute.report.intake_page import write_intake

        written = write_intake(answer, out)
    if as_json:
        from calciroute.report.intake_json import intake_document

        typer.echo(json.dumps(intake_document(answer), ensure_ascii=False, indent=2))
        return
    from calciroute.report.intake_terminal import intake_text

    typer.echo(intake_text(answer))
    for path in written:
        typer.echo(f"written: {path}", err=True)


def _foods(diary: str, region: str | None, columns: Sequence[str]) -> DiaryFoods:
    if diary == STANDARD_INPUT and not columns:
        return foods_of_bytes(sys.stdin.buffer.read(LIMIT_BYTES + 1), region)
    from calciroute.guide.diary_columns import mapped_foods

    return mapped_foods(Path(diary), columns, region) or read_foods_of(Path(diary), region)
