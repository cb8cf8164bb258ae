"""Equations of constants, taken out of what is compiled.

libRoadRunner writes an equation anew into every formula that reads it, so a chain of equations grows
without bound: the whole body took 40 s to load. What follows from constants alone is therefore held as a
plain number here and found level by level when a lane is set up.
"""

from __future__ import annotations

from dataclasses import dataclass

import libsbml

FORMULA = "formula__"
START = "start__"


@dataclass(frozen=True)
class Hoisted:
    """SBML for libRoadRunner, and the order in which its constants are found.

    Parameters
    ----------
    sbml : str
        Each hoisted id is a plain parameter; its equation stands beside it as ``formula__ID``, each start
        formula as ``start__STATE``.
    levels : tuple of tuple of str
        Hoisted ids; those of one level follow from constants and earlier levels.
    starts : tuple of str
        States with a start formula.
    """

    sbml: str
    levels: tuple[tuple[str, ...], ...]
    starts: tuple[str, ...]


def hoist_constants(sbml: str) -> Hoisted:
    """Take equations of constants out of what is compiled.

    Parameters
    ----------
    sbml : str
        Any SBML with rules.

    Returns
    -------
    Hoisted
        The same model in another form.
    """
    document = libsbml.readSBMLFromString(sbml)
    model = document.getModel()
    equations = {
        rule.getVariable(): rule.getMath().deepCopy()
        for rule in model.getListOfRules()
        if rule.isAssignment()
    }
    moving = {rule.getVariable() for rule in model.getListOfRules() if rule.isRate()}
    moving |= {species.getId() for species in model.getListOfSpecies() if not species.getConstant()}
    level: dict[str, int] = {}
    for name in equations:
        _level_of(name, equations, moving, level)
    for name in [name for name in equations if level[name] > 0]:
        model.getListOfRules().remove(name)
        model.getParameter(name).setValue(0.0)
        _add_equation(model, FORMULA + name, equations[name])
    starts = {start.getSymbol(): start.getMath().deepCopy() for start in model.getListOfInitialAssignments()}
    model.getListOfInitialAssignments().clear(True)
    for name, math in starts.items():
        # The load would find it from constants that are not known yet; set_up finds it when they are.
        item = model.getElementBySId(name)
        item.setInitialAmount(0.0) if isinstance(item, libsbml.Species) else item.setValue(0.0)
        _add_equation(model, START + name, math)
    deepest = max(level.values(), default=0)
    levels = tuple(
        tuple(name for name in equations if level[name] == depth) for depth in range(1, deepest + 1)
    )
    return Hoisted(str(libsbml.writeSBMLToString(document)), levels, tuple(starts))


def _add_equation(model: libsbml.Model, name: str, math: libsbml.ASTNode) -> None:
    parameter = model.createParameter()
    parameter.setId(name)
    parameter.setConstant(False)
    rule = model.createAssignmentRule()
    rule.setVariable(name)
    rule.setMath(math)


def _level_of(
    name: str, equations: dict[str, libsbml.ASTNode], moving: set[str], level: dict[str, int]
) -> int:
    """0 when the equation moves with time or a state, else 1 + the deepest constant equation it reads."""
    if name in level:
        return level[name]
    depth, moves = 0, False
    stack = [equations[name]]
    while stack:
        node = stack.pop()
        stack.extend(node.getChild(index) for index in range(node.getNumChildren()))
        if node.getType() == libsbml.AST_NAME_TIME or (node.isName() and node.getName() in moving):
            moves = True
        elif node.isName() and node.getName() in equations:
            inner = _level_of(node.getName(), equations, moving, level)
            moves = moves or inner == 0
            depth = max(depth, inner)
    level[name] = 0 if moves else depth + 1
    return level[name]
