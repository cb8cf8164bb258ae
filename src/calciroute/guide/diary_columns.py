"""Which columns of another program's table hold what: said once, kept for tables with the same headings."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.diary_items import DiaryFoods, foods_of
from calciroute.intake.diary_text import KIND, LIMIT_BYTES, diary_text_from, is_table
from calciroute.intake.mapping import columns_said, headings_of, mapped_text, unknown_headings
from calciroute.people.data_folder import data_folder, private_folder, refused_problem, write_private
from calciroute.tables.local_headings import local_roles
from calciroute.tables.people_files import read_people_file, shown_name
from calciroute.tables.people_text import PeopleText, read_people_text

_LIMIT = 100_000
_OWN = frozenset({"date", "time", "food", "grams", "amount"})
_MOST_SLIPS = 3
_TABLES = frozenset({".csv", ".tsv"})


def mapped_foods(path: Path, words: Sequence[str], region: str | None) -> DiaryFoods | None:
    """Foods of a table whose columns the person named, now or before.

    Parameters
    ----------
    path : Path
        The table.
    words : sequence of str
        Behind ``--map``; they are kept. Without them a kept mapping of the same headings is taken.
    region : str or None
        Country of the food.

    Returns
    -------
    DiaryFoods or None
        None for a diary that is ours, or plain lines.

    Raises
    ------
    InputError
        For a table of other headings without a mapping: all of them, and a line to type; and for all that is
        wrong in the table.
    """
    if not words and path.suffix.casefold() not in _TABLES:
        return None
    file = read_people_text(path, limit_bytes=LIMIT_BYTES, kind=KIND)
    headings = headings_of(file.text)
    where = shown_name(path)
    if words:
        if not headings:
            found = "this file has no table of columns that --map could name"
            raise InputError([Problem(where, found, "CSV with headings", "leave --map out for plain lines")])
        columns = columns_said(words, headings, where)
        kept = _keep(headings, columns)
        note = f"Columns as named; kept for tables with the same headings: {kept.name}"
    else:
        if not headings or {heading.casefold() for heading in headings} <= _OWN:
            return None
        columns = _kept(headings)
        if not columns and local_roles(headings):
            return None
        if not columns:
            raise InputError([*_own_problems(file), unknown_headings(headings, where)])
        note = "Columns as you named them before"
    said = ", ".join(f"{role}={name}" for role, name in columns.items())
    text = mapped_text(file.text, columns, file.where)
    notes = [*file.notes, f"{note}: {said}."]
    if not {"amount", "grams"} & set(columns):
        notes.append(
            "No column holds amounts: they are read behind each food's name; a usual portion without."
        )
    return foods_of(text, region, file.where, notes, table=True)


def _own_problems(file: PeopleText) -> tuple[Problem, ...]:
    """What is wrong with a table that was meant as ours: two of its headings are."""
    if is_table(file.text):
        try:
            diary_text_from(file.text, file.where)
        except InputError as wrong:
            # One or two headings off may be a slip; more make it the table of another program.
            return wrong.problems if len(wrong.problems) <= _MOST_SLIPS else ()
    return ()


def _name(headings: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(heading.casefold() for heading in headings).encode()).hexdigest()
    return f"mapping-{digest[:12]}.toml"


def _keep(headings: Sequence[str], columns: dict[str, str]) -> Path:
    path = private_folder(data_folder()) / _name(headings)
    lines = [f"headings = {json.dumps(list(headings), ensure_ascii=False)}", "[columns]"]
    lines += [f"{role} = {json.dumps(name, ensure_ascii=False)}" for role, name in columns.items()]
    try:
        write_private(path, ("\n".join(lines) + "\n").encode("utf-8"))
    except OSError as refused:
        raise InputError([refused_problem(shown_name(path), "the columns cannot be kept", refused)]) from None
    return path


def _kept(headings: Sequence[str]) -> dict[str, str]:
    path = data_folder() / _name(headings)
    if not path.is_file():
        return {}
    content = read_people_file(path, limit_bytes=_LIMIT, kind="kept columns")
    try:
        kept = tomllib.loads(content.decode("utf-8"))["columns"]
        words = [f"{role}={name}" for role, name in kept.items()]
    except (ValueError, KeyError, AttributeError):
        words = ["damaged"]
    try:
        return columns_said(words, headings, path.name)
    except InputError:
        found = "these kept columns are damaged"
        raise InputError(
            [Problem(path.name, found, "roles and headings", "name the columns again with --map")]
        ) from None
