"""Model texts against their tables of numbers: both name the same ids, and something reads every number."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, TableError, near_names
from calciroute.tables.model_texts import ModelText, read_model_text, texts_below
from calciroute.tables.nomenclature import find_name
from calciroute.tables.parameters import Parameter, read_parameters
from calciroute.tables.products import ABSORPTION_NUMBERS, read_product_forms
from calciroute.tables.renamed import current_name, renamed_in, renamed_problems
from calciroute.tables.texts import physiology_text, shown_path
from calciroute.units.expression import UnitError, parse_unit
from calciroute.units.model_units import MODEL_UNITS

_BUILT_IN_UNITS = {"dimensionless": "1", "litre": "L"}
_WORD = re.compile(r"[A-Za-z_]\w*")
Numbers = Mapping[str, Mapping[str, Parameter]]

# Rows that name terms for ids, or names that ids had before: no run needs a number for that.
_NO_READERS = {"annotations.csv", "renamed.csv"}


def model_problems(folder: Traversable | None = None) -> tuple[list[Problem], Numbers]:
    """Check every model text with the table beside it.

    Parameters
    ----------
    folder : Traversable, optional
        A folder laid out like ``physiology``; the shipped one by default.

    Returns
    -------
    list of Problem
        Of texts, tables and between them.
    mapping of str to mapping of str to Parameter
        The tables that could be read, by name of the text.
    """
    root = folder or physiology_text("")
    texts = tuple(read_model_text(file, name) for name, file in sorted(texts_below(root), key=_name))
    problems: list[Problem] = []
    numbers: dict[str, Mapping[str, Parameter]] = {}
    for text in texts:
        table = root.joinpath(*f"{text.name}.csv".split("/"))
        try:
            numbers[text.name] = read_parameters(table) if table.is_file() else {}
        except TableError as wrong:
            problems.extend(wrong.problems)
    for text in texts:
        problems.extend(_form_problems(text))
        problems.extend(_meaning_problems(text, texts))
        if text.name in numbers:
            problems.extend(_pair_problems(text, numbers[text.name]))
    problems.extend(_unread_numbers(texts, numbers, root))
    problems.extend(_variant_problems(root, numbers))
    problems.extend(_renamed_problems(root, numbers))
    problems.extend(_output_problems(texts, root))
    return problems, numbers


def _name(entry: tuple[str, Traversable]) -> str:
    return entry[0]


def _form_problems(text: ModelText) -> Iterator[Problem]:
    for line, piece in text.strange:
        yield Problem(
            f"{text.where}:{line}", f"'{piece}' has no known form", "a declaration, a formula or a reaction"
        )


def _meaning_problems(text: ModelText, texts: Sequence[ModelText]) -> Iterator[Problem]:
    # A place (compartment, species) is declared in each text that moves something through it; its owner
    # explains it.
    explained = {name for other in texts for name in other.of_kind("meaning")}
    own = text.of_kind("meaning")
    for name, statement in text.units.items():
        if name not in own and not (name in text.places and name in explained):
            yield Problem(
                f"{text.where}:{statement.line}", f"{name} has no meaning", f'{name} is "..." in this text'
            )


def _pair_problems(text: ModelText, rows: Mapping[str, Parameter]) -> Iterator[Problem]:
    table = text.where.removesuffix(".ant") + ".csv"
    known = text.formulas.keys() | text.places.keys()
    for name, statement in text.units.items():
        if name not in known and name not in rows:
            place = f"{text.where}:{statement.line}"
            yield Problem(place, f"{name} has neither a formula nor a number", f"a row in {table}")
    for row in rows.values():
        if row.id not in text.units:
            near = near_names(row.id, text.units)
            advice = f"'{near[0]}'" if near else f"declare it with its unit in {text.where}"
            yield Problem(
                row.where, f"{row.id} is not declared in {text.where}", "an id of that text", advice
            )
            continue
        if row.id in text.of_kind("assignment"):
            yield Problem(
                row.where, f"{row.id} is computed in {text.where}", "a number or a formula, not both"
            )
        yield from _unit_problems(row, text.units[row.id].rest)


def _unit_problems(row: Parameter, declared: str) -> Iterator[Problem]:
    expression = _BUILT_IN_UNITS.get(declared) or MODEL_UNITS.get(declared)
    if expression is None:
        near = near_names(declared, MODEL_UNITS)
        yield Problem(
            row.where, f"{row.id} is declared in '{declared}'", "a unit of MODEL_UNITS", ", ".join(near)
        )
        return
    try:
        alike = parse_unit(row.unit).dimension == parse_unit(expression).dimension
    except UnitError:
        return  # said by read_parameters
    if not alike:
        yield Problem(row.where, f"{row.id} is printed in {row.unit}", f"what converts to {expression}")


def _unread_numbers(texts: Sequence[ModelText], numbers: Numbers, root: Traversable) -> Iterator[Problem]:
    # Three ways to be read: by a formula, by another table (forms of products, say), or by the run, which the
    # note of the input that it fills then says.
    used = frozenset().union(*(text.used for text in texts))
    rows = [row for table in numbers.values() for row in table.values()]
    used |= {word for row in rows if row.note.startswith("input:") for word in _WORD.findall(row.note)}
    tables = {f"{text.name}.csv" for text in texts}
    for entry in root.iterdir():
        if entry.name.endswith(".csv") and entry.name not in tables | _NO_READERS:
            used |= set(_WORD.findall(entry.read_text("utf-8")))
    forms = read_product_forms().values()
    used |= {
        form.number(kind, vitamer)
        for form in forms
        for vitamer in form.sources
        for kind in ABSORPTION_NUMBERS
    }
    for row in rows:
        if row.id not in used:
            yield Problem(row.where, f"nothing reads {row.id}", "a formula, a table or a run that needs it")


def _variant_problems(root: Traversable, numbers: Numbers) -> Iterator[Problem]:
    folder = root.joinpath("variants")
    if not folder.is_dir():
        return
    known = {name for table in numbers.values() for name in table}
    for entry in sorted(folder.iterdir(), key=lambda file: file.name):
        if not entry.name.endswith(".toml"):
            continue
        for name in tomllib.loads(entry.read_text("utf-8")).get("numbers", {}):
            if current_name(name) not in known:
                near = near_names(name, known)
                advice = f"'{near[0]}'" if near else ""
                yield Problem(
                    shown_path(entry), f"number {name} is in no table", "an id of physiology/*.csv", advice
                )


def _renamed_problems(root: Traversable, numbers: Numbers) -> Iterator[Problem]:
    file = root.joinpath("renamed.csv")
    if not file.is_file():
        return
    try:
        rows = renamed_in(file)
    except TableError as wrong:
        yield from wrong.problems
        return
    yield from renamed_problems(rows.values(), {name for table in numbers.values() for name in table})


def _output_problems(texts: Sequence[ModelText], root: Traversable) -> Iterator[Problem]:
    file = root.joinpath("outputs.csv")
    if not file.is_file():
        return
    known = {name for text in texts for name in text.units}
    for line, row in enumerate(csv.DictReader(io.StringIO(file.read_text("utf-8"))), start=2):
        where, model_id, outcome = f"{shown_path(file)}:{line}", row.get("id") or "", row.get("outcome") or ""
        if model_id not in known:
            near = near_names(model_id, known)
            yield Problem(where, f"'{model_id}' is in no model text", "an id", f"'{near[0]}'" if near else "")
        name = find_name(outcome, "outcome")
        if name is None or name.id != outcome:
            advice = f"'{name.id}'" if name else "add it to nomenclature.csv, kind outcome"
            yield Problem(where, f"outcome '{outcome}' is not in nomenclature.csv", "an outcome id", advice)
