"""The corpus of wrong files: the table of cases, and large files that are made on the spot."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "bad_input"
GOOD_PERSON = '[person]\nsex = "female"\nage_years = 62\n'


@dataclass(frozen=True)
class Case:
    """One wrong file."""

    file: str
    cause: str
    expected: tuple[str, ...]
    line: str

    @property
    def kind(self) -> str:
        """Kind of file: person, plan or diary."""
        folder, name = self.file.split("/")
        return name.split("_")[0] if folder == "generated" else folder


def read_cases() -> list[Case]:
    with (CORPUS / "cases.csv").open(encoding="utf-8", newline="") as table:
        return [
            Case(row["file"], row["cause"], tuple(row["expected"].split(" ;; ")), row["line"])
            for row in csv.DictReader(table)
        ]


def lay_out(case: Case, folder: Path) -> tuple[Path, list[Path]]:
    """Put a case into an empty folder: the person file to read, and the plan files."""
    name = case.file.split("/")[1]
    target = folder / name
    if case.file.startswith("generated/"):
        _generate(name, target)
    else:
        target.write_bytes((CORPUS / case.file).read_bytes())
    if case.kind == "person":
        return target, []
    person = folder / "good_person.toml"
    diet = f'[diet]\nregion = "NL"\ndiary = "{name}"\n' if case.kind == "diary" else ""
    person.write_text(GOOD_PERSON + diet, encoding="utf-8")
    return person, [target] if case.kind == "plan" else []


def _generate(name: str, target: Path) -> None:
    entry = '[[supplement]]\nproduct = "MK-7 180 mcg softgel"\n'
    heading = "date,time,food,grams\n"
    match name:
        case "person_large.toml":
            target.write_text(GOOD_PERSON + "# long\n" * 42_850, encoding="utf-8")
        case "plan_large.toml":
            target.write_text(entry + "# long\n" * 10_000, encoding="utf-8")
        case "plan_entries.toml":
            target.write_text(entry * 51, encoding="utf-8")
        case "diary_10_MB.csv":
            target.write_text(heading + "2026-03-02,08:00,natto,40\n" * 384_615, encoding="utf-8")
        case "diary_rows.csv":
            target.write_text(heading + "2026-03-02,08:00,natto,40\n" * 20_001, encoding="utf-8")
        case "diary_words.csv":
            rows = "".join(f"2026-03-02,08:00,dish number {number},40\n" for number in range(5_000))
            target.write_text(heading + rows, encoding="utf-8")
        case "person_folder.toml":
            target.mkdir()
        case "person_pipe.toml":
            os.mkfifo(target)
        case "person_missing.toml":
            pass
        case _:
            raise AssertionError(f"nothing makes {name}")
