"""One case of the SBML test suite: read the model, run it, compare every point."""

from __future__ import annotations

import csv
import math
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

Backend = Literal["machine", "python"]
# Figures that decide whether the run counts as reached, and what each has to be.
SUITE_FIGURES: dict[str, Callable[[Mapping[str, int]], int]] = {
    "missed": lambda figures: 0,
    "refused": lambda figures: figures["to_refuse"],
    "wrong_numbers": lambda figures: 0,
    "crashes": lambda figures: 0,
}
RELATIVE, ABSOLUTE = 1e-9, 1e-12
_MODEL = re.compile(r"\d{5}-sbml-l(\d)v(\d)\.xml")


@dataclass(frozen=True)
class Outcome:
    """How a case ended."""

    verdict: str  # right, wrong, failed, refused, unreadable, crash
    why: str = ""


@dataclass(frozen=True)
class Settings:
    """What a case asks for."""

    times: np.ndarray
    variables: tuple[str, ...]
    amounts: frozenset[str]
    concentrations: frozenset[str]
    absolute: float
    relative: float


def run_case(folder: Path, backend: Backend) -> Outcome:
    """Run one case; whatever happens is an outcome."""
    from calciroute.errors import CalcirouteError, InputError
    from calciroute.sbml.read import NotSupported, read_file

    try:
        reading = read_file(newest_model(folder))
        settings = read_settings(folder)
        expected = read_expected(folder, settings)
        ids = [output_id(name, reading, settings) for name in settings.variables]
        values, failed = solve_once(reading.system, ids, settings.times, backend)
    except NotSupported as refusal:
        return Outcome("refused", refusal.feature)
    except InputError as error:
        return Outcome("unreadable", str(error.problems[0]))
    except CalcirouteError as error:
        return Outcome("failed", str(error).splitlines()[0])
    except Exception:
        return Outcome("crash", " | ".join(traceback.format_exc().strip().splitlines()[-3:]))
    return failed or compare(values, expected, settings)


def solve_once(
    system: object, ids: list[str], times: np.ndarray, backend: Backend
) -> tuple[np.ndarray, Outcome | None]:
    """Values (time, id) of one lane, and how it ended when it failed."""
    from calciroute.engine.job import CHANCE
    from calciroute.engine.lanes import Lanes
    from calciroute.engine.program import compile_program
    from calciroute.engine.solve import Tolerances, solve

    program = compile_program(system, outputs=list(dict.fromkeys(ids)), backend=backend)
    courses = solve(program, Lanes(1), times, tolerances=Tolerances(RELATIVE, ABSOLUTE))
    places = [courses.outputs.index(name) for name in ids]
    failed = None
    if courses.status[0] == CHANCE:  # what no file tells beforehand: an order that only chance decides
        failed = Outcome("refused", "RandomEventExecution")
    elif courses.status[0]:
        failed = Outcome("failed", courses.words[0])
    return courses.values[0][:, places], failed


def compare(values: np.ndarray, expected: np.ndarray, settings: Settings) -> Outcome:
    """Whether every point is within the case's own tolerances; else the worst one."""
    with np.errstate(invalid="ignore"):
        bound = settings.absolute + settings.relative * np.abs(expected)
        share = np.abs(values - expected) / bound
    same = (values == expected) | (np.isnan(values) & np.isnan(expected))
    share = np.where(same, 0.0, np.where(np.isnan(share), math.inf, share))
    if share.size == 0 or share.max() <= 1.0:
        return Outcome("right")
    row, column = np.unravel_index(int(share.argmax()), share.shape)
    return Outcome(
        "wrong",
        f"{settings.variables[column]} at {settings.times[row]:g} is {values[row, column]:.8g}, "
        f"expected {expected[row, column]:.8g}, {share.max():.3g} times the tolerance",
    )


def newest_model(folder: Path) -> Path:
    """File of the newest level offered."""
    found = [(match.groups(), path) for path in folder.iterdir() if (match := _MODEL.fullmatch(path.name))]
    if not found:
        raise FileNotFoundError(f"{folder.name} holds no model")
    return max(found)[1]


def read_settings(folder: Path) -> Settings:
    """Settings of a case."""
    lines = (folder / f"{folder.name}-settings.txt").read_text("utf-8").splitlines()
    said = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}

    def names(key: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in said.get(key, "").split(",") if name.strip())

    start, duration, steps = float(said["start"]), float(said["duration"]), int(said["steps"])
    return Settings(
        np.linspace(start, start + duration, steps + 1),
        names("variables"),
        frozenset(names("amount")),
        frozenset(names("concentration")),
        float(said["absolute"]),
        float(said["relative"]),
    )


def read_expected(folder: Path, settings: Settings) -> np.ndarray:
    """Expected values (time, variable) in the order of the settings."""
    with (folder / f"{folder.name}-results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    places = {name.strip().strip('"'): index for index, name in enumerate(rows[0])}
    table = np.array([[float(cell) for cell in row[: len(rows[0])]] for row in rows[1:]])
    if len(table) != len(settings.times):
        raise ValueError(f"{len(table)} rows of results for {len(settings.times)} times")
    return table[:, [places[name] for name in settings.variables]]


def output_id(name: str, reading: object, settings: Settings) -> str:
    """Id in the system: a species as amount or concentration where the settings say so."""
    if name in reading.species:  # type: ignore[attr-defined]
        if name in settings.amounts:
            return f"amount:{name}"
        if name in settings.concentrations:
            return f"concentration:{name}"
    return name
