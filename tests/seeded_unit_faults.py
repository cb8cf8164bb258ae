"""Seeded faults in the units of the shipped body: one parameter's unit is broken, and the checks must see it.

A fault of dimension gives the parameter a unit that measures something else; a fault of scale one that
measures the same in another size, which libSBML alone lets pass across an equals sign.
"""

from dataclasses import dataclass

import libsbml
import numpy as np

from calciroute.body.assembly import assemble
from calciroute.sbml.consistency import libsbml_messages
from calciroute.sbml.form_units import check_form_units
from calciroute.sbml.unit_check import check_units
from calciroute.units.expression import parse_unit
from calciroute.units.model_units import MODEL_UNITS, PLAIN, declared_expression

KINDS = ("dimension", "scale")
# Where the model has no second size of a unit: the factors that people forget.
FORGOTTEN = (1000.0, 24.0, 60.0)
NO_DIMENSION = parse_unit("1").dimension


@dataclass(frozen=True)
class Fault:
    """One parameter with a unit that is not its own."""

    parameter: str
    kind: str
    right: str
    wrong: str
    factor: float = 0.0  # of a unit made for this fault: how many of the right unit are one of the wrong

    def __str__(self):
        return f"{self.parameter}: {self.right} -> {self.wrong}"


def carries_unit(unit):
    """Whether a declared unit measures anything."""
    return parse_unit(declared_expression(unit)).dimension != NO_DIMENSION


def seeded_faults(count, seed, *, carriers=True):
    """Faults of both kinds in equal number, on parameters drawn from all that carry a unit, or do not."""
    model = libsbml.readSBMLFromString(assemble().sbml).getModel()
    units = {item.getId(): item.getUnits() for item in model.getListOfParameters()}
    drawn = sorted(name for name, unit in units.items() if carries_unit(unit) == carriers)
    random = np.random.default_rng(seed)
    names = random.choice(drawn, size=count, replace=count > len(drawn))
    return [_fault(str(name), units[name], KINDS[i % 2], random) for i, name in enumerate(names)]


def _fault(name, unit, kind, random):
    here = parse_unit(declared_expression(unit))
    all_units = {other: parse_unit(text) for other, text in MODEL_UNITS.items()} | {PLAIN: parse_unit("1")}
    if kind == "dimension":
        others = [other for other, found in all_units.items() if found.dimension != here.dimension]
    else:
        others = [
            other
            for other, found in all_units.items()
            if found.dimension == here.dimension and found.factor != here.factor
        ]
    if others:
        return Fault(name, kind, unit, str(random.choice(others)))
    factor = float(random.choice(FORGOTTEN))
    return Fault(name, kind, unit, f"{factor:g} {unit}", factor)


def broken(document, fault):
    """A copy of the document with the fault in it."""
    copy = document.clone()
    model = copy.getModel()
    unit = fault.wrong
    if fault.factor:
        unit = "unit_made_for_a_fault"
        _scaled_unit(model, unit, fault)
    model.getParameter(fault.parameter).setUnits(unit)
    return copy


def _scaled_unit(model, name, fault):
    right = model.getUnitDefinition(fault.right)
    made = model.createUnitDefinition()
    made.setId(name)
    if right is not None:
        for part in right.getListOfUnits():
            made.addUnit(part)
    unit = made.createUnit()
    unit.setKind(libsbml.UNIT_KIND_DIMENSIONLESS)
    unit.setExponent(1)
    unit.setScale(0)
    unit.setMultiplier(fault.factor)


def who_catches(document, fault):
    """``own`` when our checks say something, else ``libSBML`` when that does, else an empty text."""
    copy = broken(document, fault)
    if check_units(copy.getModel()) or check_form_units(copy.getModel()):
        return "own"
    return "libSBML" if libsbml_messages(copy) else ""
