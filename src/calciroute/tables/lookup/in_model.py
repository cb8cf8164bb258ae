"""Look-up in the model texts and their tables of numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache

from calciroute.tables.lookup.finding import Place
from calciroute.tables.model_statements import Statement
from calciroute.tables.model_texts import ModelText, shipped_model_texts
from calciroute.tables.parameters import Parameter, read_parameters
from calciroute.tables.references import read_references
from calciroute.tables.rules import words_of
from calciroute.tables.texts import physiology_text, shown_path

_FORMULAS = frozenset({"assignment", "rate of change", "start value", "reaction"})


@cache
def numbers_of(text: str) -> Mapping[str, Parameter]:
    """Rows of the table beside a model text.

    Parameters
    ----------
    text : str
        Name of the text, such as ``mgp``.

    Returns
    -------
    mapping of str to Parameter
        Empty when the text has no table.
    """
    table = physiology_text(f"{text}.csv")
    return read_parameters(table) if table.is_file() else {}


def model_places(name: str) -> Iterator[Place]:
    """Equations and numbers of this id.

    Parameters
    ----------
    name : str
        Id in the model texts, in its own spelling.

    Yields
    ------
    Place
        Equations first, in each text that has them; then the number.

    Examples
    --------
    >>> [place.kind for place in model_places("MGP_carboxylation")]
    ['equation']
    """
    for text in shipped_model_texts():
        for statement in text.statements:
            if statement.id == name and statement.kind in _FORMULAS:
                yield _equation(text, statement)
    for text in shipped_model_texts():
        row = numbers_of(text.name).get(name)
        if row is not None:
            yield _number(text, row)


def model_names() -> list[str]:
    """Ids that have a formula or a number.

    Returns
    -------
    list of str
        With repetitions of ids that variants define anew.
    """
    return [name for text in shipped_model_texts() for name in (*text.formulas, *numbers_of(text.name))]


@cache
def output_ids() -> Mapping[str, str]:
    """Model id that reports each outcome, from ``outputs.csv``.

    Returns
    -------
    mapping of str to str
        By outcome id; empty when the table is missing.

    Examples
    --------
    >>> output_ids()["CAC_agatston"]
    'CAC_agatston'
    """
    file = physiology_text("outputs.csv")
    if not file.is_file():
        return {}
    return {row["outcome"]: row["id"] for row in csv.DictReader(io.StringIO(file.read_text("utf-8")))}


def meaning_of(text: ModelText, name: str) -> str:
    """What the text says an id is, and its unit.

    Parameters
    ----------
    text : ModelText
        Where to look first; other texts follow.
    name : str
        The id.

    Returns
    -------
    str
        Such as ``share of arterial MGP that is carboxylated now [dimensionless]``; empty when nobody says it.
    """
    texts = (text, *shipped_model_texts())
    meanings = (other.of_kind("meaning").get(name) for other in texts)
    meaning = next((statement.rest.strip('"') for statement in meanings if statement), "")
    units = (other.units.get(name) for other in texts)
    unit = next((statement.rest for statement in units if statement), "")
    return f"{meaning} [{unit}]" if unit else meaning


def source_words(row: Parameter) -> str:
    """Where a number comes from, for people.

    Parameters
    ----------
    row : Parameter
        One number.

    Returns
    -------
    str
        Citation and link of each source; without one, basis and note of the row.
    """
    known = read_references()
    parts = [
        known[key].citation + _linked(known[key].link) if key in known else key
        for key in words_of(row.source)
    ]
    if not parts and row.verified == "memory":
        return "remembered, source not read"
    if not parts:
        return f"{row.basis}, no source: {row.note}"
    return "; ".join(parts) + (" (remembered, not read)" if row.verified == "memory" else "")


def _linked(link: str) -> str:
    return f" <{link}>" if link else ""


def _equation(text: ModelText, statement: Statement) -> Place:
    details = [f"meaning: {meaning_of(text, statement.id)}", f"kind: {statement.kind}"]
    details += _number_lines(text, statement)
    return Place("equation", f"{text.where}:{statement.line}", statement.text, tuple(details))


def _number_lines(text: ModelText, statement: Statement) -> Iterator[str]:
    shown: set[str] = set()
    for word in _in_order(statement):
        row = numbers_of(text.name).get(word) or _row_elsewhere(word)
        if row is not None and row.id not in shown:
            shown.add(row.id)
            yield f"number {_value(row)}, {row.where}: {source_words(row)}"
        helper = text.of_kind("assignment").get(word)
        if helper is None or word == statement.id:
            continue
        for inner in _in_order(helper):
            row = numbers_of(text.name).get(inner)
            if row is not None and row.id not in shown:
                shown.add(row.id)
                yield f"number {_value(row)} (through {word}), {row.where}: {source_words(row)}"


def _row_elsewhere(word: str) -> Parameter | None:
    main = (text for text in shipped_model_texts() if "/" not in text.name)
    return next((row for text in main if (row := numbers_of(text.name).get(word)) is not None), None)


def _in_order(statement: Statement) -> list[str]:
    return sorted(statement.words, key=statement.rest.find)


def _value(row: Parameter) -> str:
    unit = "" if row.unit == "1" else f" {row.unit}"
    span = f" ({row.lower:g} to {row.upper:g})" if row.lower is not None and row.upper is not None else ""
    return f"{row.id} = {row.value:g}{unit}{span}"


def _number(text: ModelText, row: Parameter) -> Place:
    details = [f"meaning: {meaning_of(text, row.id)}", f"basis: {row.basis}", f"source: {source_words(row)}"]
    if row.locator:
        details.append(f"place in the source: {row.locator}")
    if row.prior:
        params = " ".join(f"{number:g}" for number in row.prior_params)
        details.append(f"prior: {row.prior} {params}".rstrip())
    if row.verified and row.verified != "memory":
        details.append(f"seen at: {row.verified}")
    if row.note:
        details.append(f"note: {row.note}")
    declared = text.units.get(row.id)
    if declared is not None:
        details.append(f"declared: {text.where}:{declared.line}")
    details += _readers(row.id)
    details += _replacements(row.id)
    return Place("number", row.where, _value(row), tuple(details))


def _readers(name: str) -> Iterator[str]:
    for text in shipped_model_texts():
        for statement in text.statements:
            if name in statement.words:
                yield f"read by: {statement.id or 'an event'}, {text.where}:{statement.line}"


def _replacements(name: str) -> Iterator[str]:
    # By line and not through a TOML reader, which would not tell the line.
    folder = physiology_text("variants")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    for file in files:
        for line, text in enumerate(file.read_text("utf-8").splitlines(), start=1):
            key, _, value = text.partition("=")
            if key.strip() == name:
                yield f"replaced in a variant: {value.strip()}, {shown_path(file)}:{line}"
