"""What one element says of another: rules, events and reactions name things that exist and may change.

libSBML checks this too, but in a time that grows with the third power of the length of a chain of rules.
"""

from __future__ import annotations

from collections.abc import Iterator

import libsbml

from calciroute.errors import InputError, Problem, near_names

_MOST_PROBLEMS = 10


def check_references(model: libsbml.Model, name: str) -> None:
    """Check references between elements.

    Parameters
    ----------
    model : libsbml.Model
        Ids in it are unique.
    name : str
        The file, for messages.

    Raises
    ------
    InputError
        With up to ten problems.
    """
    quantities = _quantities(model)
    problems = [
        *_species(model, name),
        *_rules(model, name, quantities),
        *_initial_assignments(model, name, quantities),
        *_events(model, name, quantities),
        *_reactions(model, name),
        *_mathematics(model, name),
    ]
    if problems:
        raise InputError(problems[:_MOST_PROBLEMS])


def _quantities(model: libsbml.Model) -> dict[str, bool]:
    """Ids of everything that has a value, and whether it is declared to keep it."""
    lists = [model.getListOfCompartments(), model.getListOfSpecies(), model.getListOfParameters()]
    # Level 1 declares nothing constant; libSBML answers with the default of Level 2.
    declared = model.getLevel() > 1
    found = {item.getId(): declared and bool(item.getConstant()) for items in lists for item in items}
    if model.getLevel() >= 3:
        for reaction in model.getListOfReactions():
            for items in (reaction.getListOfReactants(), reaction.getListOfProducts()):
                found |= {item.getId(): bool(item.getConstant()) for item in items if item.isSetId()}
    return found


def _unknown(where: str, role: str, id: str, known: dict[str, bool]) -> Problem:
    near = near_names(id, known, 1)
    advice = f"did you mean {near[0]}?" if near else ""
    return Problem(where, f"{role} '{id}' is not defined", "an id of the model", advice)


def _species(model: libsbml.Model, name: str) -> Iterator[Problem]:
    compartments = {item.getId(): True for item in model.getListOfCompartments()}
    parameters = {item.getId(): True for item in model.getListOfParameters()}
    for species in model.getListOfSpecies():
        where = f"{name}, species {species.getId()}"
        if species.getCompartment() not in compartments:
            yield _unknown(where, "its compartment", species.getCompartment(), compartments)
        if species.isSetConversionFactor() and species.getConversionFactor() not in parameters:
            yield _unknown(where, "its conversion factor", species.getConversionFactor(), parameters)
    if model.isSetConversionFactor() and model.getConversionFactor() not in parameters:
        yield _unknown(name, "the conversion factor", model.getConversionFactor(), parameters)


def _rules(model: libsbml.Model, name: str, quantities: dict[str, bool]) -> Iterator[Problem]:
    ruled: set[str] = set()
    for rule in (model.getRule(index) for index in range(model.getNumRules())):
        id = rule.getVariable()
        where = f"{name}, rule of {id}"
        if id not in quantities:
            yield _unknown(where, "its variable", id, quantities)
        elif quantities[id]:
            yield Problem(where, f"a rule changes '{id}', which is declared constant", 'constant="false"')
        if id in ruled:
            yield Problem(where, f"'{id}' has two rules", "one rule")
        ruled.add(id)


def _initial_assignments(model: libsbml.Model, name: str, quantities: dict[str, bool]) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in model.getListOfInitialAssignments():
        id = item.getSymbol()
        where = f"{name}, initial assignment of {id}"
        rule = model.getRule(id)
        if id not in quantities:
            yield _unknown(where, "its symbol", id, quantities)
        if id in seen:
            yield Problem(where, f"'{id}' has two initial assignments", "one")
        if rule is not None and rule.isAssignment():
            yield Problem(where, f"'{id}' has an assignment rule as well", "one of the two")
        seen.add(id)


def _events(model: libsbml.Model, name: str, quantities: dict[str, bool]) -> Iterator[Problem]:
    for index, event in enumerate(model.getListOfEvents()):
        where = f"{name}, event {event.getId() or index + 1}"
        targets = [item.getVariable() for item in event.getListOfEventAssignments()]
        for id in targets:
            rule = model.getRule(id)
            if id not in quantities:
                yield _unknown(where, "what it sets,", id, quantities)
            elif quantities[id]:
                yield Problem(where, f"it sets '{id}', which is declared constant", 'constant="false"')
            elif rule is not None and rule.isAssignment():
                yield Problem(where, f"it sets '{id}', which has an assignment rule", "one of the two")
        if len(set(targets)) < len(targets):
            yield Problem(where, "it sets one thing twice", "one assignment each")


def _reactions(model: libsbml.Model, name: str) -> Iterator[Problem]:
    species = {item.getId(): item for item in model.getListOfSpecies()}
    for reaction in model.getListOfReactions():
        where = f"{name}, reaction {reaction.getId()}"
        for items in (reaction.getListOfReactants(), reaction.getListOfProducts()):
            for id in (item.getSpecies() for item in items):
                if id not in species:
                    yield _unknown(where, "its species", id, dict.fromkeys(species, True))
                elif species[id].getBoundaryCondition():
                    continue
                elif species[id].getConstant():
                    expected = 'constant="false" or boundaryCondition="true"'
                    yield Problem(where, f"it changes '{id}', which is declared constant", expected)
                elif model.getRule(id) is not None:
                    yield Problem(where, f"it changes '{id}', which has a rule", 'boundaryCondition="true"')


def _mathematics(model: libsbml.Model, name: str) -> Iterator[Problem]:
    """Before Level 3 Version 2 every rule and law has a formula; one that is not there could not be read."""
    if (model.getLevel(), model.getVersion()) >= (3, 2):
        return
    for rule in (model.getRule(index) for index in range(model.getNumRules())):
        if not rule.isSetMath():
            yield Problem(f"{name}, rule of {rule.getVariable()}", "its formula cannot be read", "a formula")
    named = [
        ("initial assignment of", item.getSymbol(), item) for item in model.getListOfInitialAssignments()
    ]
    named += [("function", item.getId(), item) for item in model.getListOfFunctionDefinitions()]
    for kind, id, item in named:
        if not item.isSetMath():
            yield Problem(f"{name}, {kind} {id}", "its formula cannot be read", "a formula")
    for index, event in enumerate(model.getListOfEvents()):
        parts = [
            event.getTrigger(),
            event.getDelay(),
            event.getPriority(),
            *event.getListOfEventAssignments(),
        ]
        if event.getTrigger() is None or not all(part.isSetMath() for part in parts if part is not None):
            yield Problem(
                f"{name}, event {event.getId() or index + 1}", "a formula cannot be read", "formulas"
            )
