"""The artery half of the body alone, and how its tests run it: inputs in, outputs over years out."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import libsbml
import numpy as np

from calciroute.body import course as body_course
from calciroute.body.assembly import Body, variant_values
from calciroute.body.variant import DEFAULT, read_variant
from calciroute.sbml.cache import content_hash
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.part import Part
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text

PROCESSES = (
    "mgp_link", "calcification_drive", "coronary_calcium", "stiffness", "blood_pressure", "lifestyle",
    "hazard",
)  # fmt: skip
STUB = Path(__file__).with_name("artery_stub.ant")
YEAR = 8766.0
WEEK = 168.0


def parts(variant: str = DEFAULT) -> list[Part]:
    """Texts and tables of the artery half, and the stub."""
    replaced = read_variant(variant).files
    found = []
    for name in PROCESSES:
        path = replaced.get(name, name)
        text, table = physiology_text(f"{path}.ant"), physiology_text(f"{path}.csv")
        found.append(Part(name, text.read_text("utf-8"), f"{path}.ant", read_parameters(table)))
    return [*found, Part("artery_stub", STUB.read_text("utf-8"), STUB.name, {})]


@cache
def artery_body(variant: str = DEFAULT) -> Body:
    """The artery half under a variant's files; its numbers are set by `of_variant`."""
    whole = parts(variant)
    sbml = libsbml.writeSBMLToString(merge_parts(whole, "artery"))
    numbers = {name: row for part in whole for name, row in part.numbers.items()}
    return Body(read_variant(variant), sbml, numbers, content_hash("artery half", sbml))


def of_variant(name: str) -> dict[str, float]:
    """Numbers of a variant that the artery half knows, in declared units."""
    variant = read_variant(name)
    known = {key: row for key, row in variant.numbers.items() if key in artery_body().numbers}
    return variant_values(type(variant)(variant.name, variant.description, known), artery_body())


def value(output: str, inputs: Mapping[str, float], variant: str = DEFAULT) -> float:
    """One output at the start."""
    return body_course.at_start(artery_body(variant), inputs, [output])[output]


def after(
    years: float,
    outputs: Sequence[str],
    before: Mapping[str, float],
    now: Mapping[str, float] | None = None,
    variant: str = DEFAULT,
) -> np.ndarray:
    """Outputs after some years."""
    return course(outputs, [years * YEAR], before, now, variant)[0]


def course(
    outputs: Sequence[str],
    times_h: Sequence[float],
    before: Mapping[str, float],
    now: Mapping[str, float] | None = None,
    variant: str = DEFAULT,
) -> np.ndarray:
    """Outputs (time, output)."""
    body = artery_body(variant)
    return body_course.course(body, outputs, times_h, before=before, now=now or {})
