"""Sizes of compartments, for tools that report concentrations where the file means amounts."""

from __future__ import annotations


def volumes(sbml: str, states: list[str]) -> list[float]:
    """Volume in which each state lies; 1 for what is no species."""
    import libsbml

    model = libsbml.readSBMLFromString(sbml).getModel()
    found = []
    for name in states:
        species = model.getSpecies(name)
        found.append(
            1.0 if species is None else float(model.getCompartment(species.getCompartment()).getSize())
        )
    return found
