"""A person's model for a rival: every constant a plain number, every start set, doses as events if asked.

Equations of constants are found once and become numbers, so that no rival pays for them at each step; and a
rival reads plain SBML, nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.cases import Case
from calciroute.engine.lanes import Lanes
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.equations.expression import Call, Expression
from calciroute.equations.system import System
from calciroute.sbml.dose_events import add_dose_events, dose_series
from calciroute.sbml.read import read_system

_PROGRAMS: dict[str, tuple[System, Any]] = {}
# A start below this is a trace and counts as empty.
TRACE = 1e-5


@dataclass(frozen=True)
class Settled:
    """One person's model as SBML, without doses and with doses as events, and the size of each state."""

    plain: str
    events: str
    start: dict[str, float]

    def absolute(self, relative: float) -> dict[str, float]:
        """Absolute tolerance of each state: a hundredth of the relative one, times its size."""
        return {name: 1e-2 * relative * size for name, size in self.sizes.items()}

    @property
    def sizes(self) -> dict[str, float]:
        """What each state starts from; 1 for one that starts empty."""
        return {name: abs(value) if abs(value) >= TRACE else 1.0 for name, value in self.start.items()}


def settle(case: Case, parameters: dict[str, float]) -> Settled:
    """The model of one person of a case."""
    import libsbml

    system, values = _values(case, parameters)
    still = constants(system, {dose.target for dose in case.doses})
    document = libsbml.readSBMLFromString(case.sbml)
    model = document.getModel()
    for name in [rule.getVariable() for rule in model.getListOfRules() if rule.isAssignment()]:
        if name in still:
            model.getListOfRules().remove(name)
    model.getListOfInitialAssignments().clear(True)
    for item in model.getListOfParameters():
        if model.getAssignmentRuleByVariable(item.getId()) is None:
            item.setValue(values[item.getId()])
    for item in model.getListOfCompartments():
        if model.getAssignmentRuleByVariable(item.getId()) is None:
            item.setSize(values[item.getId()])
    for item in model.getListOfSpecies():
        item.unsetInitialConcentration()
        item.setInitialAmount(values[f"amount:{item.getId()}"])
    plain = libsbml.writeSBMLToString(document)
    add_dose_events(model, dose_series(case.doses))
    start = {name: values[name] for name in system.states}
    return Settled(plain, libsbml.writeSBMLToString(document), start)


def _values(case: Case, parameters: dict[str, float]) -> tuple[System, dict[str, float]]:
    """Every id at time 0 of a person."""
    if case.model_hash not in _PROGRAMS:
        system = read_system(case.sbml, case.name).system
        _PROGRAMS[case.model_hash] = system, compile_program(system, backend="python")
    system, program = _PROGRAMS[case.model_hash]
    found = solve(program, Lanes(1, parameters, case.start, None), np.array([0.0]))
    return system, {name: float(found.values[0, 0, place]) for place, name in enumerate(found.outputs)}


def constants(system: System, dosed: set[str]) -> set[str]:
    """Equations that follow from constants alone."""
    known: dict[str, bool] = dict.fromkeys(system.states, False)
    known |= {name: name not in dosed for name in system.parameters}

    def still(item: Expression) -> bool:
        if isinstance(item, Call):
            return item.operator != "time" and all(still(inner) for inner in item.arguments)
        if isinstance(item, str):
            if item not in known:
                known[item] = still(system.equations[item])
            return known[item]
        return True

    return {name for name in system.equations if still(name)}
