"""The calcium core alone, and how its tests run it: rest under some inputs, then a course under others."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import libsbml
import numpy as np
import numpy.typing as npt

from calciroute.body import course as body_course
from calciroute.body.assembly import Body
from calciroute.body.plans import whole_plan
from calciroute.body.rest import find_rest
from calciroute.body.solver import Dose, Tolerances
from calciroute.body.variant import DEFAULT, read_variant
from calciroute.sbml.cache import content_hash
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.part import Part
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text
from roadrunner_reference.runner import Runner, runner_for

PROCESSES = ("person", "calcium", "vitamin_d", "kidney", "estrogen", "bone", "bone_density")
STUB = Path(__file__).with_name("calcium_stub.ant")
COLLECTORS = ("Ca_absorbed_total", "Ca_urine_total", "Pi_eaten_total", "Pi_urine_total")
MAN = {"female": 0.0}  # the reference state has estrogen 1
HOURS_PER_YEAR = 8766.0
MG_OF_CALCIUM = 1e6 / 40.078  # nmol


@cache
def calcium_body() -> Body:
    """Plasma, gland, gut, kidney, vitamin D, estrogen and bone."""
    parts = []
    for name in PROCESSES:
        text, table = physiology_text(f"{name}.ant"), physiology_text(f"{name}.csv")
        parts.append(Part(name, text.read_text("utf-8"), f"{name}.ant", read_parameters(table)))
    numbers = {name: row for part in parts for name, row in part.numbers.items()}
    stub = Part("calcium_stub", STUB.read_text("utf-8"), STUB.name, {})
    sbml = libsbml.writeSBMLToString(merge_parts([*parts, stub], "calcium_core"))
    return Body(read_variant(DEFAULT), sbml, numbers, content_hash("calcium core", sbml))


def runner() -> Runner:
    """The core in libRoadRunner, for rates at a state."""
    return runner_for(calcium_body())


def at_rest(inputs: Mapping[str, float] | None = None, outputs: Sequence[str] = ()) -> dict[str, float]:
    """States and outputs at rest under these inputs, estrogen 1."""
    held, plan = {**MAN, **(inputs or {})}, whole_plan()
    states = find_rest(calcium_body(), held, plan=plan)
    return body_course.at_start(calcium_body(), {**held, **plan.hold}, outputs, states)


def from_rest(
    outputs: Sequence[str],
    times_h: Sequence[float],
    now: Mapping[str, float] | None = None,
    *,
    before: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    doses: Sequence[Dose] = (),
    tolerances: Tolerances = body_course.TIGHT,
) -> npt.NDArray[np.float64]:
    """Values (time, output): at rest under `before`, then run with `now`; `start` changes single states."""
    held = {**MAN, **(before or {})}
    begin = {name: value for name, value in at_rest(before).items() if name not in COLLECTORS}
    return body_course.course(
        calcium_body(),
        outputs,
        times_h,
        before=held,
        now=now,
        start={**begin, **(start or {})},
        doses=doses,
        tolerances=tolerances,
    )


def meals(mg_per_day: float) -> dict[str, float]:
    """A day's calcium in three equal meals."""
    return {f"calcium_meal_{place}": mg_per_day * MG_OF_CALCIUM / 3 for place in (1, 2, 3)}
