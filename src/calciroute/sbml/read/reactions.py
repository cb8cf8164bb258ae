"""Reactions: their rates as equations, and what they add to each species."""

from __future__ import annotations

import math

import libsbml

from calciroute.equations.expression import Expression
from calciroute.sbml.read.draft import Draft, references
from calciroute.sbml.read.operators import negated
from calciroute.sbml.read.refusals import NotSupported
from calciroute.sbml.read.time_derivative import multiplied


def add_stoichiometries(draft: Draft) -> None:
    """Place every stoichiometry that has an id which formulas may read (Level 3).

    Parameters
    ----------
    draft : Draft
        Gets a parameter, state or equation for each.
    """
    if draft.model.getLevel() < 3:
        return
    for reaction in draft.model.getListOfReactions():
        for reference in references(reaction):
            if reference.isSetId():
                value = float(reference.getStoichiometry()) if reference.isSetStoichiometry() else None
                draft.add_quantity(reference.getId(), value)


def add_reactions(draft: Draft) -> dict[str, list[Expression]]:
    """Place the rate of every reaction.

    Parameters
    ----------
    draft : Draft
        Gets an equation for each reaction and a parameter for each local one.

    Returns
    -------
    dict of str to list of Expression
        For each species that reactions change: what they add to its amount per unit of time.
    """
    gains: dict[str, list[Expression]] = {}
    for reaction in draft.model.getListOfReactions():
        draft.equations[reaction.getId()] = _law(draft, reaction)
        for sign, items in ((-1, reaction.getListOfReactants()), (1, reaction.getListOfProducts())):
            for reference in items:
                species = draft.model.getSpecies(reference.getSpecies())
                if species.getBoundaryCondition() or species.getConstant():
                    continue
                times = [_stoichiometry(draft, reaction, reference), *_conversion(draft, species)]
                gain = multiplied([*times, reaction.getId()])
                if times[0] == 0.0:
                    gain = 0.0
                gains.setdefault(species.getId(), []).append(negated(gain) if sign < 0 else gain)
    return gains


def _law(draft: Draft, reaction: libsbml.Reaction) -> Expression:
    element = f"reaction {reaction.getId()}"
    law = reaction.getKineticLaw()
    if law is None or not law.isSetMath():
        found = "the reaction has no rate law that can be read, so how fast it goes is not said"
        raise draft.formulas.wrong(element, found, "a kineticLaw with mathematics")
    if law.isSetTimeUnits() or law.isSetSubstanceUnits():
        raise NotSupported("KineticLawUnits", draft.formulas.where(element))
    local: dict[str, Expression] = {}
    parameters = law.getListOfLocalParameters() if draft.model.getLevel() >= 3 else law.getListOfParameters()
    for parameter in parameters:
        name = f"{reaction.getId()}.{parameter.getId()}"
        local[parameter.getId()] = name
        draft.parameters[name] = float(parameter.getValue()) if parameter.isSetValue() else math.nan
    return draft.formulas.read(law.getMath(), element, local)


def _stoichiometry(
    draft: Draft, reaction: libsbml.Reaction, reference: libsbml.SpeciesReference
) -> Expression:
    if draft.model.getLevel() >= 3:
        if reference.isSetId():
            return str(reference.getId())
        return float(reference.getStoichiometry()) if reference.isSetStoichiometry() else math.nan
    if reference.isSetStoichiometryMath() and reference.getStoichiometryMath().isSetMath():
        element = f"reaction {reaction.getId()}, stoichiometry of {reference.getSpecies()}"
        return draft.formulas.read(reference.getStoichiometryMath().getMath(), element)
    return float(reference.getStoichiometry()) / float(reference.getDenominator())


def _conversion(draft: Draft, species: libsbml.Species) -> list[Expression]:
    if species.isSetConversionFactor():
        return [str(species.getConversionFactor())]
    if draft.model.isSetConversionFactor():
        return [str(draft.model.getConversionFactor())]
    return []
