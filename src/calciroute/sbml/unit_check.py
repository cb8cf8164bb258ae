"""Units of every formula, followed by dimension and by scale.

libSBML lets nmol into mmol and per-year into a rate per hour pass, because it does not compare scales across
an equals sign. This check walks every formula from the declared units and compares both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import libsbml

from calciroute.errors import Problem

# Powers of (second, metre, kilogram, mole) may be fractions after a root.
_Dimension = tuple[float, float, float, float]
_PLAIN_DIMENSION: _Dimension = (0.0, 0.0, 0.0, 0.0)
_SCALE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Measure:
    """What a formula measures: powers of the base units and the size in SI.

    Parameters
    ----------
    dimension : tuple of float
        Powers of second, metre, kilogram, mole.
    factor : float
        SI units in one, > 0.
    """

    dimension: _Dimension
    factor: float

    def same(self, other: Measure) -> bool:
        """Whether both dimension and scale agree."""
        return self.dimension == other.dimension and math.isclose(
            self.factor, other.factor, rel_tol=_SCALE_TOLERANCE
        )

    def times(self, other: Measure, power: float = 1.0) -> Measure:
        """Product with another measure raised to a power."""
        a, b = self.dimension, other.dimension
        total = (a[0] + power * b[0], a[1] + power * b[1], a[2] + power * b[2], a[3] + power * b[3])
        return Measure(total, self.factor * other.factor**power)

    def __str__(self) -> str:
        powers = zip(("s", "m", "kg", "mol"), self.dimension, strict=True)
        words = " ".join(f"{unit}^{power:g}" for unit, power in powers if power)
        return f"{self.factor:.6g} {words or '(plain number)'}"


PLAIN = Measure(_PLAIN_DIMENSION, 1.0)
_KINDS = {
    libsbml.UNIT_KIND_SECOND: Measure((1.0, 0.0, 0.0, 0.0), 1.0),
    libsbml.UNIT_KIND_METRE: Measure((0.0, 1.0, 0.0, 0.0), 1.0),
    libsbml.UNIT_KIND_KILOGRAM: Measure((0.0, 0.0, 1.0, 0.0), 1.0),
    libsbml.UNIT_KIND_GRAM: Measure((0.0, 0.0, 1.0, 0.0), 1e-3),
    libsbml.UNIT_KIND_MOLE: Measure((0.0, 0.0, 0.0, 1.0), 1.0),
    libsbml.UNIT_KIND_LITRE: Measure((0.0, 3.0, 0.0, 0.0), 1e-3),
    libsbml.UNIT_KIND_DIMENSIONLESS: PLAIN,
}
_UNIT_FREE = {
    libsbml.AST_FUNCTION_EXP, libsbml.AST_FUNCTION_LN, libsbml.AST_FUNCTION_LOG, libsbml.AST_FUNCTION_TANH,
    libsbml.AST_FUNCTION_SIN, libsbml.AST_FUNCTION_COS,
}  # fmt: skip
_LOGICAL = {libsbml.AST_LOGICAL_AND, libsbml.AST_LOGICAL_OR, libsbml.AST_LOGICAL_NOT}
_SAME_KIND = {libsbml.AST_PLUS, libsbml.AST_MINUS, libsbml.AST_FUNCTION_MIN, libsbml.AST_FUNCTION_MAX,
              libsbml.AST_FUNCTION_ABS}  # fmt: skip


def check_units(model: libsbml.Model) -> list[Problem]:
    """Compare the units of both sides of every rule, start formula and rate.

    Parameters
    ----------
    model : libsbml.Model
        Level 3, with units on every id.

    Returns
    -------
    list of Problem
        Empty when all formulas agree in dimension and in scale.
    """
    return _Walk(model).problems()


class _Walk:
    def __init__(self, model: libsbml.Model) -> None:
        self.model = model
        self.found: list[Problem] = []
        self.place = ""
        self.functions = {item.getId(): item for item in model.getListOfFunctionDefinitions()}
        self.declared = self._declared()
        self.hour = self._named(model.getTimeUnits() or "second")

    def problems(self) -> list[Problem]:
        for rule in self.model.getListOfRules():
            target = self.declared.get(rule.getVariable(), PLAIN)
            expected = target.times(self.hour, -1.0) if rule.isRate() else target
            self._side(rule.getVariable(), rule.getMath(), expected)
        for start in self.model.getListOfInitialAssignments():
            self._side(start.getSymbol(), start.getMath(), self.declared.get(start.getSymbol(), PLAIN))
        extent = self._named(self.model.getExtentUnits() or "mole").times(self.hour, -1.0)
        for reaction in self.model.getListOfReactions():
            if reaction.getKineticLaw() is not None:
                self._side(reaction.getId(), reaction.getKineticLaw().getMath(), extent)
        for event in self.model.getListOfEvents():
            for change in event.getListOfEventAssignments():
                self._side(
                    change.getVariable(), change.getMath(), self.declared.get(change.getVariable(), PLAIN)
                )
        return self.found

    def _side(self, name: str, root: libsbml.ASTNode, expected: Measure) -> None:
        self.place = name
        measure = self._measure(root, {})
        if measure is not None and not measure.same(expected):
            self._report(f"the formula of '{name}' gives {measure}", f"{expected}")

    def _report(self, found: str, expected: str) -> None:
        self.found.append(Problem(self.place, found, expected))

    def _declared(self) -> dict[str, Measure]:
        known: dict[str, Measure] = {}
        for compartment in self.model.getListOfCompartments():
            known[compartment.getId()] = self._named(compartment.getUnits() or self.model.getVolumeUnits())
        for species in self.model.getListOfSpecies():
            amount = self._named(species.getSubstanceUnits() or self.model.getSubstanceUnits())
            whole = species.getHasOnlySubstanceUnits()
            known[species.getId()] = amount if whole else amount.times(known[species.getCompartment()], -1.0)
        for parameter in self.model.getListOfParameters():
            known[parameter.getId()] = self._named(parameter.getUnits() or "dimensionless")
        return known

    def _named(self, name: str) -> Measure:
        definition = self.model.getUnitDefinition(name)
        if definition is None:
            return _KINDS.get(libsbml.UnitKind_forName(name), PLAIN)
        total = PLAIN
        for unit in definition.getListOfUnits():
            kind = _KINDS[unit.getKind()]
            scaled = Measure(kind.dimension, kind.factor * unit.getMultiplier() * 10.0 ** unit.getScale())
            total = total.times(scaled, unit.getExponentAsDouble())
        return total

    def _measure(self, node: libsbml.ASTNode, names: dict[str, Measure | None]) -> Measure | None:
        """Measure of one node; None where a problem was already told below it."""
        kind = node.getType()
        if node.isNumber():
            return self._named(node.getUnits()) if node.isSetUnits() else PLAIN
        if kind == libsbml.AST_NAME_TIME:
            return self.hour
        if node.isName():
            return (
                names[node.getName()] if node.getName() in names else self.declared.get(node.getName(), PLAIN)
            )
        if kind == libsbml.AST_FUNCTION:
            return self._call(node, names)
        children = [self._measure(node.getChild(i), names) for i in range(node.getNumChildren())]
        if kind == libsbml.AST_FUNCTION_PIECEWISE:
            return self._alike(children[0::2], "the values of a piecewise")
        if node.isRelational():
            self._alike(children, "the sides of a comparison")
            return PLAIN
        if kind in _LOGICAL or node.isConstant():
            return PLAIN
        if kind in _SAME_KIND:
            return self._alike(children, "the terms of a sum")
        if kind in (libsbml.AST_TIMES, libsbml.AST_DIVIDE):
            return self._product(children, -1.0 if kind == libsbml.AST_DIVIDE else 1.0)
        if kind in (libsbml.AST_POWER, libsbml.AST_FUNCTION_POWER):
            return self._power(node, children)
        if kind == libsbml.AST_FUNCTION_ROOT:
            radicand = children[-1]
            return None if radicand is None else PLAIN.times(radicand, 0.5)
        if kind in _UNIT_FREE:
            argument = children[-1]
            if argument is not None and not argument.same(PLAIN):
                self._report(f"{node.getName() or 'a function'} of {argument}", "a plain number")
            return PLAIN
        self._report(f"the unit check does not know '{libsbml.formulaToL3String(node)}'", "a known operation")
        return None

    def _call(self, node: libsbml.ASTNode, names: dict[str, Measure | None]) -> Measure | None:
        definition = self.functions[node.getName()]
        inner = {
            definition.getArgument(i).getName(): self._measure(node.getChild(i), names)
            for i in range(node.getNumChildren())
        }
        return self._measure(definition.getBody(), inner)

    def _alike(self, measures: list[Measure | None], what: str) -> Measure | None:
        known = [measure for measure in measures if measure is not None]
        if not known:
            return None
        for measure in known[1:]:
            if not measure.same(known[0]):
                self._report(f"{what} differ: {known[0]} and {measure}", "one unit")
                return None
        return known[0]

    def _product(self, measures: list[Measure | None], later: float) -> Measure | None:
        total = PLAIN
        for index, measure in enumerate(measures):
            if measure is None:
                return None
            total = total.times(measure, later if index else 1.0)
        return total

    def _power(self, node: libsbml.ASTNode, measures: list[Measure | None]) -> Measure | None:
        base, exponent = measures
        if exponent is not None and not exponent.same(PLAIN):
            self._report(f"an exponent of {exponent}", "a plain number")
        if base is None:
            return None
        power = _literal(node.getChild(1))
        if power is not None:
            return PLAIN.times(base, power)
        if not base.same(PLAIN):
            self._report(f"{base} to a power that is not a written number", "a ratio as base")
            return None
        return PLAIN


def _literal(node: libsbml.ASTNode) -> float | None:
    if node.isNumber():
        return float(node.getValue())
    if node.getType() == libsbml.AST_MINUS and node.getNumChildren() == 1 and node.getChild(0).isNumber():
        return -float(node.getChild(0).getValue())
    return None
