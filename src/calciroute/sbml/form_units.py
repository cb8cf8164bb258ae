"""Numbers that a run copies into inputs: no formula reads them, so their units are compared with the input's.

A product's form chooses one number of each family: ``ka_MK7_softgel`` becomes ``ka_dose_MK7``,
``F_matrix_MK7_softgel`` becomes ``F_dose_MK7``, and ``lag_MK7_softgel`` is added to the time of swallowing.
"""

from __future__ import annotations

from collections.abc import Iterator

import libsbml

from calciroute.errors import Problem

_DOSE = "_dose_"
# Number family -> the input that it fills; no input: an amount of the model's own time.
_FAMILIES = {"ka": "ka", "F_matrix": "F", "lag": ""}


def check_form_units(model: libsbml.Model) -> list[Problem]:
    """Compare the unit of every number of a product form with what it fills.

    Parameters
    ----------
    model : libsbml.Model
        A whole body, or a part without vitamin K, which has nothing to compare.

    Returns
    -------
    list of Problem
        Empty when all agree in dimension and in scale.
    """
    time = model.getUnitDefinition(model.getTimeUnits())
    return [
        Problem(number.getId(), f"'{number.getId()}' has {number.getUnits()}", f"{words}, which it fills")
        for number, unit, words in _pairs(model, time)
        if not libsbml.UnitDefinition.areIdentical(number.getDerivedUnitDefinition(), unit)
    ]


def _pairs(
    model: libsbml.Model, time: libsbml.UnitDefinition
) -> Iterator[tuple[libsbml.Parameter, libsbml.UnitDefinition, str]]:
    inputs = {item.getId(): item for item in model.getListOfParameters() if _DOSE in item.getId()}
    vitamers = {name.split(_DOSE)[1] for name in inputs if name.startswith("ka" + _DOSE)}
    for number in model.getListOfParameters():
        for family, stem in _FAMILIES.items():
            for vitamer in vitamers:
                if not number.getId().startswith(f"{family}_{vitamer}_"):
                    continue
                if not stem:
                    yield number, time, "the unit of time"
                elif (filled := inputs.get(f"{stem}{_DOSE}{vitamer}")) is not None:
                    words = f"{filled.getUnits()}, the unit of {filled.getId()}"
                    yield number, filled.getDerivedUnitDefinition(), words
