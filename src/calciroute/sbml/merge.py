"""Join the parts by id: every id has one owner, borrowers agree on its unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import libsbml

from calciroute.errors import Problem, TableError
from calciroute.sbml.part import Part, read_part
from calciroute.units.expression import UnitError, convert
from calciroute.units.model_units import declared_expression

_LISTS: tuple[tuple[str, Callable[[libsbml.SBase], str]], ...] = (
    ("FunctionDefinitions", lambda item: item.getId()),
    ("UnitDefinitions", lambda item: item.getId()),
    ("Compartments", lambda item: item.getId()),
    ("Species", lambda item: item.getId()),
    ("Parameters", lambda item: item.getId()),
    ("InitialAssignments", lambda item: item.getSymbol()),
    ("Rules", lambda item: item.getVariable()),
    ("Reactions", lambda item: item.getId()),
    ("Events", lambda item: item.getId()),
)
_SHARED = ("FunctionDefinitions", "UnitDefinitions", "Compartments")


def merge_parts(parts: Sequence[Part], model_id: str) -> libsbml.SBMLDocument:
    """One SBML document from all parts, with the values of their tables.

    Parameters
    ----------
    parts : sequence of Part
        In any order; order changes the order of ids and nothing else.
    model_id : str
        Id of the whole.

    Returns
    -------
    libsbml.SBMLDocument
        Level 3 version 2; every constant has a value, every bare number says that it has no unit.

    Raises
    ------
    TableError
        For ids with two owners or none, unlike units, rows without an id and constants without a row.
    """
    documents = [(part, read_part(part)) for part in parts]
    whole = documents[0][1].clone()
    target = whole.getModel()
    target.setId(model_id)
    target.setMetaId(model_id)
    for name, _ in _LISTS:
        getattr(target, "getListOf" + name)().clear(True)
    problems: list[Problem] = []
    owner = _owners(documents, problems)
    for part, document in documents:
        _append(target, part, document.getModel(), owner, problems)
    _set_values(target, parts, problems)
    if problems:
        raise TableError(problems)
    for number in _numbers_without_unit(target):
        number.setUnits("dimensionless")
    return whole


def _owners(
    documents: Sequence[tuple[Part, libsbml.SBMLDocument]], problems: list[Problem]
) -> dict[str, str]:
    """Name of the part that owns each species and parameter."""
    owner: dict[str, str] = {}
    claimed: dict[str, list[Part]] = {}
    declared: dict[str, Part] = {}
    for part, document in documents:
        model = document.getModel()
        for species in model.getListOfSpecies():
            declared.setdefault(species.getId(), part)
            if not species.getBoundaryCondition() or _is_target(model, species.getId()):
                claimed.setdefault(species.getId(), []).append(part)
        for parameter in model.getListOfParameters():
            declared.setdefault(parameter.getId(), part)
            if (
                _is_target(model, parameter.getId())
                or parameter.getId() in part.numbers
                or parameter.isSetValue()
            ):
                claimed.setdefault(parameter.getId(), []).append(part)
    for name, owning in claimed.items():
        owner[name] = owning[0].name
        if len(owning) > 1:
            files = ", ".join(part.where for part in owning)
            problems.append(
                Problem(owning[1].where, f"'{name}' has two owners: {files}", "one owner", "borrow with $")
            )
    for name, part in declared.items():
        if name not in owner:
            problems.append(
                Problem(
                    part.where,
                    f"'{name}' has no owner",
                    "a rule, a start value or a row in a table",
                    f"add the row '{name}'",
                )
            )
    return owner


def _is_target(model: libsbml.Model, name: str) -> bool:
    return model.getRule(name) is not None or model.getInitialAssignmentBySymbol(name) is not None


def _append(
    target: libsbml.Model, part: Part, model: libsbml.Model, owner: dict[str, str], problems: list[Problem]
) -> None:
    for name, key in _LISTS:
        into = getattr(target, "getListOf" + name)()
        for item in getattr(model, "getListOf" + name)():
            here = into.get(key(item))  # libSBML searches; in Python the search took most of the assembly
            if name in ("Species", "Parameters"):
                _append_symbol(into, item, here, part, owner, problems)
            elif here is None:
                into.append(item)
            elif name not in _SHARED:
                problems.append(
                    Problem(part.where, f"'{key(item)}' is defined twice ({name})", "one definition")
                )


def _append_symbol(
    into: libsbml.ListOf,
    item: libsbml.SBase,
    here: libsbml.SBase | None,
    part: Part,
    owner: dict[str, str],
    problems: list[Problem],
) -> None:
    owned = owner.get(item.getId()) == part.name
    if here is None:
        into.append(item)
        return
    mine, other = _unit_of(item), _unit_of(here)
    if mine and other and mine != other:
        problems.append(
            Problem(part.where, f"'{item.getId()}' has {mine} here and {other} elsewhere", "one unit")
        )
    if owned:
        into.remove(item.getId())
        into.append(item)


def _unit_of(item: libsbml.SBase) -> str:
    if isinstance(item, libsbml.Species):
        return str(item.getSubstanceUnits() or "")
    return str(item.getUnits() or "")


def _set_values(target: libsbml.Model, parts: Sequence[Part], problems: list[Problem]) -> None:
    """Table values, converted from the unit as printed to the unit that the text declares."""
    for part in parts:
        for row in part.numbers.values():
            item = target.getParameter(row.id) or target.getCompartment(row.id)
            if item is None:
                problems.append(Problem(row.where, f"'{row.id}' stands in no equation", "an id of the text"))
                continue
            if (
                isinstance(item, libsbml.Parameter)
                and target.getRule(row.id) is not None
                and not _is_rate(target, row.id)
            ):
                problems.append(Problem(row.where, f"'{row.id}' is an equation of the text", "no row"))
                continue
            try:
                value = convert(row.value, row.unit, declared_expression(item.getUnits() or "dimensionless"))
            except (UnitError, KeyError) as wrong:
                problems.append(
                    Problem(
                        row.where,
                        f"'{row.id}' is printed in {row.unit} and declared in '{item.getUnits()}' ({wrong})",
                    )
                )
                continue
            if isinstance(item, libsbml.Compartment):
                item.setSize(value)
            else:
                item.setValue(value)
    for parameter in target.getListOfParameters():
        name = parameter.getId()
        if not parameter.isSetValue() and not _is_target(target, name):
            problems.append(Problem("", f"'{name}' has no value", "a row in a table or a rule"))


def _is_rate(model: libsbml.Model, name: str) -> bool:
    rule = model.getRule(name)
    return rule is not None and bool(rule.isRate())


def formulas(model: libsbml.Model) -> Iterator[tuple[str, libsbml.ASTNode]]:
    """Every formula of a model with a name for messages.

    Parameters
    ----------
    model : libsbml.Model
        Read only.

    Yields
    ------
    tuple of str and libsbml.ASTNode
        The id the formula belongs to, and its root.
    """
    for rule in model.getListOfRules():
        yield rule.getVariable(), rule.getMath()
    for start in model.getListOfInitialAssignments():
        yield start.getSymbol(), start.getMath()
    for reaction in model.getListOfReactions():
        if reaction.getKineticLaw() is not None:
            yield reaction.getId(), reaction.getKineticLaw().getMath()
    for event in model.getListOfEvents():
        if event.getTrigger() is not None:
            yield event.getId(), event.getTrigger().getMath()
        for assignment in event.getListOfEventAssignments():
            yield event.getId(), assignment.getMath()


def _numbers_without_unit(model: libsbml.Model) -> Iterator[libsbml.ASTNode]:
    roots = [root for _, root in formulas(model)]
    roots += [function.getMath() for function in model.getListOfFunctionDefinitions()]
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node.isNumber() and not node.isSetUnits():
            yield node
        stack.extend(node.getChild(index) for index in range(node.getNumChildren()))
