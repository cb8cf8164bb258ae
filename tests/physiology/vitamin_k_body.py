"""The vitamin K half of the body alone, and how its tests run it: rest under some inputs, then others."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import libsbml
import numpy as np

from calciroute.body import course as body_course
from calciroute.body.assembly import Body, variant_values
from calciroute.body.solver import Dose
from calciroute.body.variant import DEFAULT, read_variant
from calciroute.sbml.cache import content_hash
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.part import Part
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text

PROCESSES = (
    "person", "intake_absorption", "vitamin_k_kinetics", "vitamin_k_supply", "warfarin", "coagulation",
    "osteocalcin", "mgp",
)  # fmt: skip
STUB = Path(__file__).with_name("vitamin_k_stub.ant")
FROZEN = {"ageing": 0.0}  # at rest the clearance of S-warfarin must not drift
DAY = 24.0
WEEK = 7 * DAY
YEAR = 365 * DAY
REFERENCE_DIET = {"diet_K1": 100.0, "diet_MK4": 0.0, "diet_MK7": 2.0, "diet_MK89": 20.0}
NO_DIET = dict.fromkeys(REFERENCE_DIET, 0.0)


def diet(share: float) -> dict[str, float]:
    """A share of the reference diet."""
    return {name: share * amount for name, amount in REFERENCE_DIET.items()}


def parts() -> list[Part]:
    """Texts and tables of the vitamin K half, and the stub."""
    found = []
    for name in PROCESSES:
        text, table = physiology_text(f"{name}.ant"), physiology_text(f"{name}.csv")
        found.append(Part(name, text.read_text("utf-8"), f"{name}.ant", read_parameters(table)))
    return [*found, Part("vitamin_k_stub", STUB.read_text("utf-8"), STUB.name, {})]


@cache
def vitamin_k_body(extra: str = "") -> Body:
    """The vitamin K half; `extra` is one more Antimony model, such as collectors of what was eliminated."""
    whole = parts()
    more = [Part("extra", extra, "extra", {})] if extra else []
    sbml = libsbml.writeSBMLToString(merge_parts(whole + more, "vitamin_k"))
    numbers = {name: row for part in whole for name, row in part.numbers.items()}
    return Body(read_variant(DEFAULT), sbml, numbers, content_hash("vitamin K half", sbml))


def of_variant(name: str) -> dict[str, float]:
    """Numbers of a variant, in declared units."""
    return variant_values(read_variant(name), vitamin_k_body())


def at_rest(inputs: Mapping[str, float], outputs: Sequence[str] = (), extra: str = "") -> dict[str, float]:
    """States and outputs at the closed-form start under these inputs."""
    return body_course.at_start(vitamin_k_body(extra), {**FROZEN, **inputs}, outputs)


def course(
    outputs: Sequence[str],
    times_h: Sequence[float],
    before: Mapping[str, float] | None = None,
    extra: str = "",
    **how: Mapping[str, float] | Sequence[Dose],
) -> np.ndarray:
    """Values (time, output): at rest under `before`, or from `start`, then run with `now` and `doses`."""
    held = {**FROZEN, **(before or {})}
    return body_course.course(vitamin_k_body(extra), outputs, times_h, before=held, **how)


def dose(vitamer: str, ug: float, time_h: float, lag_h: float) -> Dose:
    """One dose by mass, added to the gut after its lag."""
    molar_mass = vitamin_k_body().numbers[f"MW_{vitamer}"].value
    return Dose(time_h + lag_h, f"{vitamer}_gut", 1000.0 * ug / molar_mass)
