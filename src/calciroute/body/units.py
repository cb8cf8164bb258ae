"""Which unit each id of a body is declared in, as a unit expression."""

from __future__ import annotations

import re
from functools import cache

from calciroute.body.assembly import Body
from calciroute.units.model_units import declared_expression

_DECLARED = re.compile(r"<(parameter|compartment|species)\b(?P<attributes>[^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def declared_units(body: Body) -> dict[str, str]:
    """Unit expression of every parameter, compartment and species.

    Parameters
    ----------
    body : Body
        Whose SBML is read.

    Returns
    -------
    dict of str to str
        Such as ``{"CL_MK7": "L/h"}``.
    """
    return _units_of(body.sbml)


@cache
def _units_of(sbml: str) -> dict[str, str]:
    # Read with a pattern rather than libSBML: the file is our own, and this is needed at every start.
    units: dict[str, str] = {}
    for match in _DECLARED.finditer(sbml):
        attributes = dict(_ATTRIBUTE.findall(match["attributes"]))
        name = attributes.get("units") or attributes.get("substanceUnits") or "dimensionless"
        units[attributes["id"]] = declared_expression(name)
    return units
