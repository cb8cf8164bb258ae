"""``calciroute label``: what a supplement label says, what the rules find, and what a day of it sums to."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import typer

from calciroute.errors import InputError, Problem

KIND = "the text of a supplement label"
_MARKETS = ("us", "eu")
_ALLERGENS = ("soy", "milk", "fish", "gelatine", "gluten")


def run_label(
    source: Path,
    person: Path | None,
    body: str,
    market: str | None,
    year: int | None,
    date: str | None,
    confirm: list[int],
    allergy: list[str],
    as_json: bool,
) -> None:
    """Read labels from a file or from standard input and print what was found.

    Parameters
    ----------
    source : Path
        A text file; ``-`` is standard input.
    person : Path or None
        Person file, for the rules about a person.
    body, market : str
        Whose upper levels and whose daily values.
    year : int or None
        Of the label.
    date : str or None
        The day that a date on the pack is held against.
    confirm : list of int
        Lines that were looked at again.
    allergy : list of str
        Allergies.
    as_json : bool
        Print one JSON object instead of words.

    Raises
    ------
    InputError
        When an option or the label cannot be read.
    """
    from calciroute.intake.label_lines import LIMIT_BYTES
    from calciroute.report.label import read_label
    from calciroute.report.label_text import label_document, label_text
    from calciroute.tables.people_files import shown_name
    from calciroute.tables.people_text import decode_people_text, read_people_text
    from calciroute.tables.reference_bodies import read_reference_bodies

    problems: list[Problem] = []
    _one_of("--body", body.casefold(), tuple(one.word for one in read_reference_bodies()), problems)
    if market is not None:
        _one_of("--market", market.casefold(), _MARKETS, problems)
    for one in allergy:
        _one_of("--allergy", one.casefold(), _ALLERGENS, problems)
    if year is not None and not 1990 <= year <= 2100:
        problems.append(Problem("--year", f"the year {year}", "1990 to 2100"))
    day = _day(date, problems)
    if problems:
        raise InputError(problems)
    who = None
    if person is not None:
        from calciroute.people.person import read_person

        who = read_person(person, minors=True)
    if str(source) == "-":
        content = sys.stdin.buffer.read(LIMIT_BYTES + 1)
        if len(content) > LIMIT_BYTES:
            raise InputError([Problem("standard input", "more than 64 kB", f"{KIND}, at most 64 kB")])
        where, text = "standard input", decode_people_text(content, "standard input", KIND).text
    else:
        where, text = shown_name(source), read_people_text(source, limit_bytes=LIMIT_BYTES, kind=KIND).text
    report = read_label(
        text,
        where,
        body=body.casefold(),
        market=market.upper() if market else None,
        year=year,
        confirmed=confirm,
        today=day,
        person=who,
        allergies=[one.casefold() for one in allergy],
    )
    if as_json:
        typer.echo(json.dumps(label_document(report), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        typer.echo(label_text(report))


def _one_of(option: str, word: str, allowed: tuple[str, ...], problems: list[Problem]) -> None:
    if word not in allowed:
        problems.append(Problem(option, f"'{word[:40]}' is not known", ", ".join(allowed)))


def _day(text: str | None, problems: list[Problem]) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("--date", f"'{text[:40]}' is no date", "a date such as 2026-11-25"))
        return None
