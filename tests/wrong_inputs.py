"""All wrong inputs in one list: the corpora written by hand, and those made by rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import wrong_european_tables
import wrong_usda_tables
from journal_cases import WRONG_EXPORTS
from people.bad_input_cases import CORPUS, Case, lay_out, read_cases
from people.file_variants import WRONG as WRONG_FILES
from wrong_by_rule import diaries_and_labels
from wrong_fields import exports, journals, persons_and_plans
from wrong_fresh import fresh
from wrong_input import WrongInput

_ENDINGS = {"person": "toml", "plan": "toml", "diary": "csv"}
# The content tells, not the name: this one is read.
_READ = {"a workbook under the name of a text"}


def wrong_inputs() -> list[WrongInput]:
    """Every wrong input, those of the corpora first."""
    return [*_corpora(), *diaries_and_labels(), *journals(), *persons_and_plans(), *fresh()]


def _corpora() -> Iterator[WrongInput]:
    for case in read_cases():
        said = case.expected if case.kind != "diary" else ()
        # Headings of another program are shown as they stand, with a line to type; without a place.
        headings = "heading" in case.cause and case.kind == "diary"
        line = int(case.line) if case.line.isdigit() and not headings else 0
        yield WrongInput(case.kind, case.file.split("/")[1], case.cause, _laid(case), said, line)
    labels = tomllib.loads((CORPUS / "labels.toml").read_text("utf-8"))["cases"]
    for number, one in enumerate(labels):
        yield WrongInput(
            "label", f"{number}.txt", f"label: {one['cause']}", one["text"].encode(), (one["expected"],),
            one["line"],
        )  # fmt: skip
    as_json_text, as_csv_text = exports()
    for cause, made, word in WRONG_EXPORTS:
        name, text = made(as_json_text, as_csv_text)
        content = text.encode("latin-1" if "PNG" in text[:5] else "utf-8", "surrogatepass")
        yield WrongInput("journal", name, f"journal: {cause}", content, (word,))
    for cause, table in {**wrong_usda_tables.WRONG, **wrong_european_tables.WRONG}.items():
        if cause not in _READ:
            yield WrongInput("food table", cause, f"food table: {cause}", table.make, table.words)
    for one in WRONG_FILES:
        if one.kind in _ENDINGS:
            yield WrongInput(
                one.kind, f"mine.{_ENDINGS[one.kind]}", f"file: {one.name}", one.content,
                (one.said,) if one.kind != "diary" else (), one.line or 0,
            )  # fmt: skip


def _laid(case: Case):  # type: ignore[no-untyped-def]
    def made(folder: Path) -> Path:
        person, plans = lay_out(case, folder)
        if case.kind == "plan":
            return plans[0]
        return folder / case.file.split("/")[1] if case.kind == "diary" else person

    return made
