"""Run a stored result again from the inputs it carries, and say where the two differ."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.intake.plan import Plan, read_plan
from calciroute.people.person import read_person
from calciroute.people.person_model import Person
from calciroute.report.build import build_report
from calciroute.report.result_json import canonical, read_result, result_of
from calciroute.simulate import run_person
from calciroute.simulate.observed import Observed, read_observed
from calciroute.simulate.residuals import with_observed
from calciroute.simulate.run import SHOWN_VARIANTS
from calciroute.tables.people_text import encode_people_text

_MOST_DIFFERENCES = 20


def replay(path: Path, progress: Callable[[str, int, int], None] | None = None) -> tuple[str, list[str]]:
    """Make a result again.

    Parameters
    ----------
    path : Path
        A ``result.json``.
    progress : callable, optional
        As for `run_person`.

    Returns
    -------
    tuple of str and list of str
        The new result as canonical JSON, and at most twenty differences; none when all bytes agree.

    Raises
    ------
    InputError
        For a file that is no result, and for one made from records instead of files.
    """
    stored = read_result(path)["result"]
    model, inputs = stored["model"], stored["inputs"]
    if not inputs.get("person"):
        raise InputError(
            [Problem(path.name, "this result does not hold its person file", "a result made from files")]
        )
    with tempfile.TemporaryDirectory() as folder:
        who, found, data = _read_inputs(Path(folder), inputs)
        simulation = run_person(
            who,
            found,
            stop=bool(inputs.get("stop")),
            years=float(model["years"]),
            draws=int(model["draws"]),
            seed=int(model["seed"]),
            settings=model["settings"],
            variant=model["variant"],
            variants=SHOWN_VARIANTS,
            progress=progress,
        )
    if data is not None:
        simulation = with_observed(simulation, data)
    made = result_of(build_report(simulation), simulation)
    if canonical(made) == canonical(stored):
        return canonical(made), []
    differences = []
    for line in _differences(stored, made, ""):
        differences.append(line)
        if len(differences) == _MOST_DIFFERENCES:
            break
    return canonical(made), differences


def _read_inputs(folder: Path, inputs: dict[str, Any]) -> tuple[Person, list[Plan], Observed | None]:
    """Person, plans and measurements from the texts that a result carries."""

    def place_of(file: dict[str, Any], room: str) -> Path:
        # The name comes from a file that a person may have edited: nothing of it but the last part counts.
        place = folder / room / Path(str(file["name"])).name
        place.parent.mkdir()  # files of one name came from several folders
        place.write_bytes(encode_people_text(str(file["text"]), str(file.get("encoding", "utf-8"))))
        return place

    who = read_person(place_of(inputs["person"], "person"))
    if inputs.get("diary"):
        # The person file names the diary by a path of the machine that it was on.
        diet = who.diet.model_copy(update={"diary": place_of(inputs["diary"], "diary")})
        who = who.model_copy(update={"diet": diet})
    plans = [
        read_plan(place_of(plan, f"plan_{number}"), who.medicines.not_modelled)
        for number, plan in enumerate(inputs["plans"])
    ]
    if not inputs.get("observed"):
        return who, plans, None
    return who, plans, read_observed(place_of(inputs["observed"], "observed"), as_of=who.as_of)


def _differences(stored: Any, made: Any, place: str) -> Iterator[str]:
    if isinstance(stored, dict) and isinstance(made, dict):
        for key in sorted(stored.keys() | made.keys()):
            yield from _differences(stored.get(key), made.get(key), f"{place}.{key}" if place else key)
    elif isinstance(stored, list) and isinstance(made, list) and len(stored) == len(made):
        for index, (one, other) in enumerate(zip(stored, made, strict=True)):
            yield from _differences(one, other, f"{place}[{index}]")
    elif canonical(stored) != canonical(made):
        yield f"{place}: {_short(stored)} in the file, {_short(made)} now"


def _short(value: Any) -> str:
    text = canonical(value).strip()
    return text if len(text) <= 60 else text[:57] + "..."
