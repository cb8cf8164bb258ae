"""A system being written: what each id of the file becomes, and how each of them changes."""

from __future__ import annotations

import math
from collections.abc import Iterable

import libsbml

from calciroute.equations.expression import Expression, names_in
from calciroute.equations.system import Event, State, System
from calciroute.sbml.read.mathml import Formulas
from calciroute.sbml.read.refusals import NotSupported
from calciroute.sbml.read.time_derivative import NoDerivative, time_derivative


class Draft:
    """What has been read so far.

    Parameters
    ----------
    model : libsbml.Model
        The file.
    name : str
        The file's name, for messages.
    """

    def __init__(self, model: libsbml.Model, name: str) -> None:
        self.model = model
        self.name = name
        self.parameters: dict[str, Expression] = {}
        self.starts: dict[str, Expression] = {}  # of states
        self.rates: dict[str, Expression] = {}
        self.equations: dict[str, Expression] = {}
        self.events: list[Event] = []
        self._asked: list[str] = []  # ids whose change some formula reads
        functions = {
            item.getId(): item.getMath() for item in model.getListOfFunctionDefinitions() if item.isSetMath()
        }
        self.formulas = Formulas(name, functions, dict.fromkeys(_readable(model)), self._rate_of)
        self.assigned = self._rules(libsbml.SBML_ASSIGNMENT_RULE)
        self.moved = self._rules(libsbml.SBML_RATE_RULE)
        self.initial = {
            item.getSymbol(): item.getMath()
            for item in model.getListOfInitialAssignments()
            if item.isSetMath()
        }
        self.changed_by_events = _targets(model.getListOfEvents())
        # What events set later to a value of now.
        self.changed_with_delay = _targets(
            event
            for event in model.getListOfEvents()
            if event.getUseValuesFromTriggerTime() and event.isSetDelay() and event.getDelay().isSetMath()
        )

    def _rules(self, kind: int) -> dict[str, libsbml.ASTNode]:
        rules = (self.model.getRule(index) for index in range(self.model.getNumRules()))
        return {
            rule.getVariable(): rule.getMath()
            for rule in rules
            if rule.getTypeCode() == kind and rule.isSetMath()
        }

    def start_of(self, id: str, value: Expression | None) -> Expression:
        """Start of an id: its initial assignment, else what its element says, else not a number."""
        if id in self.initial:
            return self.formulas.read(self.initial[id], f"initial assignment of {id}")
        return math.nan if value is None else value

    def assignment_of(self, id: str) -> Expression:
        """Right side of an id's assignment rule."""
        return self.formulas.read(self.assigned[id], f"assignment rule of {id}")

    def rate_rule_of(self, id: str) -> Expression:
        """Right side of an id's rate rule."""
        return self.formulas.read(self.moved[id], f"rate rule of {id}")

    def add_quantity(self, id: str, value: float | None) -> None:
        """Place a parameter, compartment or stoichiometry.

        Parameters
        ----------
        id : str
            Its id.
        value : float or None
            What its element says, None when it says nothing.
        """
        if id in self.assigned:
            self.equations[id] = self.assignment_of(id)
        elif id in self.moved:
            self.starts[id] = self.start_of(id, value)
            self.rates[id] = self.rate_rule_of(id)
        else:
            start = self.start_of(id, value)
            missing = value is None and id not in self.initial
            fixed = not missing and id not in self.changed_by_events
            if fixed and isinstance(start, float) and not math.isfinite(start):
                # Infinite or no number by the file's own word: part of the equations. As a parameter it would
                # be refused before a run, like a value that somebody forgot.
                self.equations[id] = start
            else:
                self.parameters[id] = start

    def change(self, id: str) -> Expression:
        """An id's change per unit of time: a number, or the name of an equation made at the end."""
        if id in self.parameters:
            return 0.0
        name = f"rate:{id}"
        if id not in self._asked:
            self._asked.append(id)
        return name

    def _rate_of(self, id: str, element: str) -> Expression:
        if id in self.assigned:
            found = f"rateOf reads {id}, which an assignment rule gives"
            raise self.formulas.wrong(element, found, "something that moves by itself")
        if id not in self._asked:
            self._asked.append(id)
        return f"rate:{id}"

    def finish(self) -> System:
        """The system, once everything is placed.

        Returns
        -------
        System
            With an equation for every change that was asked for.
        """
        for id in self._asked:  # grows while it is walked
            self.equations[f"rate:{id}"] = self._change_now(id)
        states = {id: State(start, self.rates[id]) for id, start in self.starts.items()}
        return System(self.parameters, states, self.equations, tuple(self.events))

    def _change_now(self, id: str) -> Expression:
        if id in self.rates:
            return self.rates[id]
        if id not in self.equations:
            return 0.0
        try:
            return time_derivative(self.equations[id], self.change)
        except NoDerivative as error:
            raise NotSupported("Factorial", self.formulas.where(f"rate of change of {id}")) from error

    def made_of(self, id: str) -> set[str]:
        """An id and every id that it follows from at an instant."""
        waiting, seen = [id], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += names_in(self.equations[name]) if name in self.equations else ()
        return seen


def _targets(events: Iterable[libsbml.Event]) -> set[str]:
    return {assigned.getVariable() for event in events for assigned in event.getListOfEventAssignments()}


def _readable(model: libsbml.Model) -> list[str]:
    """Ids that a formula may read."""
    lists = [model.getListOfCompartments(), model.getListOfSpecies(), model.getListOfParameters()]
    ids = [item.getId() for items in lists for item in items]
    for reaction in model.getListOfReactions():
        ids.append(reaction.getId())
        if model.getLevel() >= 3:
            ids += [reference.getId() for reference in references(reaction) if reference.isSetId()]
    return ids


def references(reaction: libsbml.Reaction) -> list[libsbml.SpeciesReference]:
    """Reactants, then products of a reaction."""
    return [*reaction.getListOfReactants(), *reaction.getListOfProducts()]
