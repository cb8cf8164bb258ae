"""The COMBINE archive of the example run, read back and run in libRoadRunner and in COPASI.

    python validation/export_copasi.py

The archive is what `calciroute export --format omex` writes: central values, every dose taken. Both read
model.xml and run what simulation.sedml asks for; expected are our own courses with doses as stop points.
Bound: 1e-6 relative in every state and outcome, at every 28th day. Needs requirements/validation.txt.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

import basico  # noqa: E402
import libsbml  # noqa: E402
import numpy as np  # noqa: E402
import roadrunner  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.body.solver import Lane, Tolerances, solve  # noqa: E402
from calciroute.cli.export import run_export  # noqa: E402
from calciroute.errors import SolveError  # noqa: E402
from calciroute.sbml.consistency import libsbml_messages  # noqa: E402

Array = np.ndarray[Any, np.dtype[np.float64]]
BOUND = 1e-6
EVERY_DAYS = 28
# Below this share of its largest value a state is compared with that largest value: a gut that is empty, a
# score that passes through zero. A state smaller than EMPTY throughout is empty.
FLOOR, EMPTY = 1e-6, 1e-12
TIGHT = Tolerances(1e-11, 1e-15)
RELATIVE, ABSOLUTE, LARGEST_STEP = "KISAO:0000209", "KISAO:0000211", "KISAO:0000467"


def main() -> int:
    """Export, read back, run, print, store; 1 when something differs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.omex"
        run_export("omex", "calciroute", path)
        read = subprocess.run(
            [sys.executable, ROOT / "validation" / "read_archive.py", path], capture_output=True, check=True
        )
        with zipfile.ZipFile(path) as archive:
            model = archive.read("model.xml").decode()
    asked = json.loads(read.stdout)
    problems = asked["problems"]
    document = libsbml.readSBMLFromString(model)
    problems += [f"model.xml: {message}" for message in libsbml_messages(document)]
    names = list(dict.fromkeys(states(document.getModel()) + asked["ids"]))
    times = np.arange(0.0, asked["end_h"] + 1.0, EVERY_DAYS * 24.0)
    expected = own_course(names, times)
    rows = []
    for tool, run in (("libRoadRunner", roadrunner_course), ("COPASI", copasi_course)):
        rows += compare(tool, names, expected, run(model, names, times, asked["settings"]))
    for tool in ("libRoadRunner", "COPASI"):
        worst = max((row for row in rows if row["tool"] == tool), key=lambda row: row["difference"])
        print(f"{tool}: largest difference {worst['difference']:.1e} ({worst['id']}) of {len(names)} ids")
    for problem in problems:
        print(f"  {problem}")
    largest = max(row["difference"] for row in rows)
    figures = {
        "ids": len(names),
        "times": len(times),
        "largest_difference": largest,
        "bound": BOUND,
        "within_bound": sum(row["difference"] <= BOUND for row in rows),
        "compared": len(rows),
        "messages": len(problems),
        "copasi": basico.__version__,
        "libroadrunner": roadrunner.getVersionStr(),
    }
    write_result("export_copasi", figures, rows)
    return int(largest > BOUND or bool(problems))


def states(model: libsbml.Model) -> list[str]:
    """Species and parameters under rate rules."""
    ruled = [rule.getVariable() for rule in model.getListOfRules() if rule.isRate()]
    return [item.getId() for item in model.getListOfSpecies()] + ruled


def own_course(names: list[str], times: Array) -> Array:
    """Our own run of the same lane: values (time, id)."""
    from calciroute.intake.plan import read_plan
    from calciroute.people.examples import write_examples
    from calciroute.people.person import read_person
    from calciroute.simulate.central import central_lane

    with tempfile.TemporaryDirectory() as folder:
        person, plan, _ = write_examples(Path(folder))
        body, lane = central_lane(read_person(person), read_plan(plan), years=3.0, variant="calciroute")
    assert isinstance(lane, Lane)
    solution = solve(body, [lane], times, names, tolerances=TIGHT)
    assert solution.status == ("",), solution.status
    return solution.values[0]


def roadrunner_course(model: str, names: list[str], times: Array, settings: dict[str, float]) -> Array:
    """libRoadRunner on the file alone: values (time, id)."""
    runner = roadrunner.RoadRunner(model)
    integrator = runner.integrator
    integrator.setValue("relative_tolerance", settings[RELATIVE])
    integrator.setValue("absolute_tolerance", settings[ABSOLUTE])
    integrator.setValue("maximum_time_step", settings[LARGEST_STEP])
    integrator.setValue("stiff", True)
    integrator.setValue("maximum_num_steps", 1_000_000)
    runner.timeCourseSelections = ["time", *names]
    return np.array(runner.simulate(times=times))[:, 1:]


def copasi_course(model: str, names: list[str], times: Array, settings: dict[str, float]) -> Array:
    """COPASI on the file alone: values (time, id)."""
    source = basico.load_model_from_string(model)
    largest = {"Max Internal Step Size": settings[LARGEST_STEP]}
    basico.set_task_settings(basico.T.TIME_COURSE, {"method": largest})
    table = basico.run_time_course(
        values=list(times),
        use_sbml_id=True,
        method="deterministic",
        r_tol=settings[RELATIVE],
        a_tol=settings[ABSOLUTE],
        max_steps=100_000_000,
    )
    if len(table) != len(times):
        raise SolveError(f"COPASI stopped after hour {table.index[-1]}")
    sizes = {row.sbml_id: row.initial_size for row in basico.get_compartments().itertuples()}
    document = libsbml.readSBMLFromString(model)
    columns = []
    for name in names:
        species = document.getModel().getSpecies(name)
        # COPASI reports concentrations: back to amounts, which is what the file means.
        columns.append(
            table[name].to_numpy() * (sizes[species.getCompartment()] if species is not None else 1.0)
        )
    basico.remove_datamodel(source)
    return np.array(columns).T


def compare(tool: str, names: list[str], expected: Array, found: Array) -> list[dict[str, Any]]:
    """Largest relative difference of each id."""
    size = np.max(np.abs(expected), axis=0)
    scale = np.maximum(np.abs(expected), FLOOR * size)
    scale[:, size < EMPTY] = 1.0
    largest = np.max(np.abs(found - expected) / scale, axis=0)
    return [
        {"tool": tool, "id": name, "difference": float(value)}
        for name, value in zip(names, largest, strict=True)
    ]


if __name__ == "__main__":
    sys.exit(main())
