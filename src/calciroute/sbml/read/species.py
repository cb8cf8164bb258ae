"""A species as an amount that is stored and a concentration that follows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import libsbml

from calciroute.equations.expression import Call, Expression
from calciroute.sbml.read.draft import Draft
from calciroute.sbml.read.time_derivative import added, multiplied


@dataclass(frozen=True, slots=True)
class SpeciesRole:
    """What a species is in the system.

    Parameters
    ----------
    stored : str
        State, parameter or equation that holds its amount.
    is_concentration : bool
        Whether its own id means amount per size of the compartment.
    compartment : str
        Id of its compartment.
    """

    stored: str
    is_concentration: bool
    compartment: str


def species_role(species: libsbml.Species) -> SpeciesRole:
    """Role of a species.

    Parameters
    ----------
    species : libsbml.Species
        From the file.

    Returns
    -------
    SpeciesRole
        By its own word `hasOnlySubstanceUnits`.
    """
    id = species.getId()
    if species.getHasOnlySubstanceUnits():
        return SpeciesRole(id, False, species.getCompartment())
    return SpeciesRole(f"amount:{id}", True, species.getCompartment())


def add_species(draft: Draft, species: libsbml.Species, gains: list[Expression]) -> None:
    """Place a species.

    Parameters
    ----------
    draft : Draft
        Its compartment is placed already.
    species : libsbml.Species
        From the file.
    gains : list of Expression
        What reactions add to its amount per unit of time.
    """
    id, role = species.getId(), species_role(species)
    size = role.compartment
    if role.is_concentration:
        draft.equations[f"concentration:{id}"] = id
        if id in draft.assigned:
            draft.equations[id] = draft.assignment_of(id)
            draft.equations[role.stored] = Call("times", (id, size))
            return
        if _is_set_later(draft, id, size):
            _add_as_concentration(draft, species, role, gains)
            return
        draft.equations[id] = Call("divide", (role.stored, size))
    else:
        draft.equations[f"amount:{id}"] = id
        draft.equations[f"concentration:{id}"] = Call("divide", (id, size))
        if id in draft.assigned:
            draft.equations[id] = draft.assignment_of(id)
            return
    start = _start(draft, species, role)
    rate = _rate(draft, id, role, gains)
    if rate is None:
        draft.parameters[role.stored] = start
    else:
        draft.starts[role.stored] = start
        draft.rates[role.stored] = rate


def _start(draft: Draft, species: libsbml.Species, role: SpeciesRole) -> Expression:
    id = species.getId()
    if id in draft.initial:
        start = draft.start_of(id, None)
        return Call("times", (start, role.compartment)) if role.is_concentration else start
    if species.isSetInitialAmount():
        return float(species.getInitialAmount())
    if species.isSetInitialConcentration():
        return Call("times", (float(species.getInitialConcentration()), role.compartment))
    return math.nan


def _is_set_later(draft: Draft, id: str, size: str) -> bool:
    """Whether a delayed event sets a concentration, found at its trigger, in a size that moves by itself."""
    if id not in draft.changed_with_delay or size in draft.parameters:
        return False
    return not draft.made_of(size) & draft.changed_by_events


def _add_as_concentration(
    draft: Draft, species: libsbml.Species, role: SpeciesRole, gains: list[Expression]
) -> None:
    # An amount would need the value of one instant and the size of another; the concentration needs no size.
    id, size = species.getId(), role.compartment
    draft.equations[role.stored] = Call("times", (id, size))
    draft.starts[id] = Call("divide", (_start(draft, species, role), size))
    if id in draft.moved:
        draft.rates[id] = draft.rate_rule_of(id)
    else:
        thinned = Call("negate", (multiplied([draft.change(size), id]),))
        draft.rates[id] = Call("divide", (added([*gains, thinned]), size))


def _rate(draft: Draft, id: str, role: SpeciesRole, gains: list[Expression]) -> Expression | None:
    if id not in draft.moved:
        return added(gains) if gains else None
    rate = draft.rate_rule_of(id)
    if not role.is_concentration:
        return rate
    # The rule speaks of the concentration; a compartment that grows takes in amount besides.
    growth = multiplied([draft.change(role.compartment), id])
    return added([Call("times", (rate, role.compartment)), growth])
