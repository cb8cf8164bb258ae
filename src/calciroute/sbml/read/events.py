"""Events, with assignments written in what the system stores."""

from __future__ import annotations

from collections.abc import Mapping

import libsbml

from calciroute.equations.expression import Call, Expression
from calciroute.equations.system import Event
from calciroute.sbml.read.draft import Draft
from calciroute.sbml.read.refusals import NotSupported
from calciroute.sbml.read.species import species_role


def add_events(draft: Draft) -> None:
    """Place every event that can fire.

    Parameters
    ----------
    draft : Draft
        Everything else is placed already.
    """
    for index, event in enumerate(draft.model.getListOfEvents()):
        trigger = event.getTrigger()
        if trigger is not None and trigger.isSetMath():
            draft.events.append(_event(draft, event, event.getId() or f"event {index + 1}"))


def _event(draft: Draft, event: libsbml.Event, id: str) -> Event:
    element = id if id.startswith("event ") else f"event {id}"
    trigger, delay, priority = event.getTrigger(), event.getDelay(), event.getPriority()

    def read(part: libsbml.Trigger | libsbml.Delay | libsbml.Priority | None, what: str) -> Expression | None:
        if part is None or not part.isSetMath():
            return None
        return draft.formulas.read(part.getMath(), f"{element}, {what}")

    values = {
        assignment.getVariable(): draft.formulas.read(
            assignment.getMath(), f"{element}, assignment of {assignment.getVariable()}"
        )
        for assignment in event.getListOfEventAssignments()
        if assignment.isSetMath()
    }
    old = draft.model.getLevel() < 3  # before Level 3 every event waited for a change after the start
    at_trigger = bool(event.getUseValuesFromTriggerTime())
    delayed = read(delay, "delay")
    if at_trigger and delayed is not None and _needs_a_later_size(draft, values):
        raise NotSupported("DelayedConcentration", draft.formulas.where(element))
    condition = read(trigger, "trigger")
    return Event(
        id=id,
        trigger=0.0 if condition is None else condition,
        assignments=tuple(_stored(draft, variable, values) for variable in values),
        before=True if old else bool(trigger.getInitialValue()),
        persistent=True if old else bool(trigger.getPersistent()),
        delay=delayed,
        priority=read(priority, "priority"),
        values_from_trigger=at_trigger,
    )


def _stored(draft: Draft, variable: str, values: Mapping[str, Expression]) -> tuple[str, Expression]:
    species = draft.model.getSpecies(variable)
    target, value = variable, values[variable]
    if species is not None:
        role = species_role(species)
        if variable not in draft.starts:
            target = role.stored
        if target != variable:
            # The size before the event, even when the same event sets another: so the public cases have it.
            value = Call("times", (value, role.compartment))
    return target, value


def _needs_a_later_size(draft: Draft, values: Mapping[str, Expression]) -> bool:
    """Whether a concentration is set in a compartment that may change between trigger and assignment."""
    for variable in values:
        species = draft.model.getSpecies(variable)
        if species is None or variable in draft.starts or not species_role(species).is_concentration:
            continue
        size = species_role(species).compartment
        if size not in draft.parameters or size in draft.changed_by_events:
            return True
    return False
