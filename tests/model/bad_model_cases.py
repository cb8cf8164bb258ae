"""The corpus of broken and hostile models and tables: the list of cases, and what is made on the spot."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "bad_models"
GOOD = CORPUS / "good.xml"
KINDS = ("model", "parameters", "doses")


@dataclass(frozen=True)
class Case:
    """One wrong file."""

    file: str
    cause: str
    expected: tuple[str, ...]
    line: str

    @property
    def name(self) -> str:
        return self.file.split("/")[1]

    @property
    def kind(self) -> str:
        folder = self.file.split("/")[0]
        return self.name.split("_")[0] if folder == "generated" else folder

    @property
    def needs_pipes(self) -> bool:
        return "pipe" in self.name


def read_cases() -> list[Case]:
    with (CORPUS / "cases.csv").open(encoding="utf-8", newline="") as table:
        return [
            Case(row["file"], row["cause"], tuple(row["expected"].split(" ;; ")), row["line"])
            for row in csv.DictReader(table)
        ]


def lay_out(case: Case, folder: Path) -> list[str]:
    """Put a case into an empty folder: the words after ``calciroute``."""
    target = folder / case.name
    if case.file.startswith("generated/"):
        _generate(case.name, target)
    else:
        target.write_bytes((CORPUS / case.file).read_bytes())
    if case.kind == "model":
        return ["run", str(target)]
    model = CORPUS / "no_time_unit.xml" if case.name == "unitless_hours.csv" else GOOD
    return ["run", str(model), f"--{case.kind}", str(target)]


def _generate(name: str, target: Path) -> None:
    good = GOOD.read_text("utf-8")
    match name:
        case "model_folder.xml" | "parameters_folder.csv":
            target.mkdir()
        case "model_pipe.xml" | "parameters_pipe.csv":
            os.mkfifo(target)
        case "model_missing.xml" | "parameters_missing.csv":
            pass
        case "model_loop.xml":
            target.symlink_to(target)
        case "model_1_GB.xml" | "parameters_1_GB.csv":
            # A hole in the file: its size is claimed, its bytes are not there.
            target.write_text(good if name.endswith(".xml") else "ka\n1\n", "utf-8")
            os.truncate(target, 1_000_000_000)
        case "model_deep.xml":
            notes = "<notes>" + "<p>" * 100_000 + "</p>" * 100_000 + "</notes>"
            target.write_text(good.replace("<listOfParameters>", f"{notes}<listOfParameters>"), "utf-8")
        case "model_deep_formula.xml":
            deep = "<apply><exp/>" * 5_000 + "<ci>CL</ci>" + "</apply>" * 5_000
            target.write_text(good.replace("<ci>CL</ci>", deep), "utf-8")
        case "model_unclosed.xml":
            target.write_text(good.split("<listOfParameters>")[0] + "<a>" * 100_000, "utf-8")
        case "model_formula_long.xml":
            formula = "(" * 200_000 + "k" + ")" * 200_000
            target.write_text(_level_1(formula), "utf-8")
        case "parameters_columns.csv":
            names = ",".join(f"c{number}" for number in range(20_000))
            target.write_text(f"{names}\n{','.join('1' * 20_000)}\n", "utf-8")
        case "parameters_lanes.csv":
            target.write_text("ka\n" + "1\n" * 1_000_001, "utf-8")
        case _:
            raise AssertionError(f"nothing makes {name}")


def _level_1(formula: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model name="m">
<listOfCompartments><compartment name="c" volume="1"/></listOfCompartments>
<listOfSpecies><species name="A" compartment="c" initialAmount="1"/></listOfSpecies>
<listOfParameters><parameter name="k" value="1"/></listOfParameters>
<listOfReactions><reaction name="R"><listOfReactants><speciesReference species="A"/></listOfReactants>
<kineticLaw formula="{formula}"/></reaction></listOfReactions>
</model></sbml>
"""
