"""Units as the file declares them: for words in tables and axes, never for a conversion."""

from __future__ import annotations

import math

import libsbml

_SECONDS = {1.0: "second", 60.0: "minute", 3600.0: "hour", 86400.0: "day", 604800.0: "week"}


def time_unit_word(model: libsbml.Model) -> str:
    """Unit of time of a model.

    Parameters
    ----------
    model : libsbml.Model
        Any level.

    Returns
    -------
    str
        ``second``, ``hour``, ``3e+06 second``; empty when Level 3 does not say.
    """
    named = model.getTimeUnits() if model.getLevel() >= 3 else "time"
    if not named:
        return ""
    definition = model.getUnitDefinition(named)
    if definition is None:
        return "second" if named == "time" else str(named)
    if definition.getNumUnits() != 1:
        return str(named)
    unit = definition.getUnit(0)
    if unit.getKind() != libsbml.UNIT_KIND_SECOND or unit.getExponentAsDouble() != 1:
        return str(named)
    seconds = unit.getMultiplier() * 10.0 ** unit.getScale()
    for size, word in _SECONDS.items():
        if math.isclose(seconds, size, rel_tol=1e-9):
            return word
    return f"{seconds:g} second"


def unit_ids(model: libsbml.Model) -> dict[str, str]:
    """Declared units by id.

    Parameters
    ----------
    model : libsbml.Model
        Any level.

    Returns
    -------
    dict of str to str
        As the file calls them; a species as its substance unit; ids without a unit are left out.
    """
    found = {item.getId(): item.getUnits() for item in model.getListOfParameters()}
    found |= {item.getId(): item.getUnits() for item in model.getListOfCompartments()}
    found |= {
        item.getId(): item.getSubstanceUnits() or model.getSubstanceUnits()
        for item in model.getListOfSpecies()
    }
    return {id: str(unit) for id, unit in found.items() if unit}
