"""Solutions of all lanes as one Dataset with names, units and coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.outputs import Output, read_outputs
from calciroute.body.solver import Solution
from calciroute.body.units import declared_units
from calciroute.purpose import PURPOSE
from calciroute.units.expression import convert

if TYPE_CHECKING:
    import xarray as xr

Array = npt.NDArray[np.float64]
POPULATION = "population"


def person_outputs(body: Body) -> list[Output]:
    """Outcomes that are shown for one person: those of the body, without population figures.

    Parameters
    ----------
    body : Body
        A variant may lack some ids.

    Returns
    -------
    list of Output
        In the order of the catalogue.
    """
    units = declared_units(body)
    return [row for row in read_outputs().values() if row.kind != POPULATION and row.id in units]


def courses(body: Body, outputs: Sequence[Output], solution: Solution) -> Array:
    """Values of all outcomes in their display units.

    Parameters
    ----------
    body : Body
        Whose units the solution has.
    outputs : sequence of Output
        Which outcomes.
    solution : Solution
        From `solve` with `solved_ids`.

    Returns
    -------
    float array (lane, time, outcome)
        NaN where a lane failed.
    """
    units = declared_units(body)
    states, means = solved_ids(outputs)
    columns = []
    for row in outputs:
        values = (
            solution.means[:, :, means.index(row.id)]
            if row.kind == "mean"
            else solution.values[:, :, states.index(row.id)]
        )
        columns.append(values * convert(1.0, units[row.id], row.unit))
    return np.stack(columns, axis=-1)


def solved_ids(outputs: Sequence[Output]) -> tuple[list[str], list[str]]:
    """Ids wanted as they stand, and ids wanted as means over 24 h.

    Parameters
    ----------
    outputs : sequence of Output
        Which outcomes.

    Returns
    -------
    tuple of list of str
        Each id once.
    """
    states = dict.fromkeys(row.id for row in outputs if row.kind != "mean")
    means = dict.fromkeys(row.id for row in outputs if row.kind == "mean")
    return list(states), list(means)


def as_dataset(
    outputs: Sequence[Output],
    days: Array,
    arms: Sequence[str],
    drawn: Array,
    variants: Sequence[str],
    central: Array,
) -> xr.Dataset:
    """The Dataset of a simulation.

    Parameters
    ----------
    outputs : sequence of Output
        Which outcomes.
    days : float array (time,)
        Output times.
    arms : sequence of str
        Names.
    drawn : float array (arm, draw, time, outcome)
        Courses of the draws, display units.
    variants : sequence of str
        ``main`` and the names of variants.
    central : float array (variant, arm, time, outcome)
        Central courses.

    Returns
    -------
    xarray.Dataset
        ``OUTCOME`` (arm, draw, time) and ``OUTCOME_central`` (variant, arm, time).
    """
    import xarray as xr

    variables: dict[str, tuple[tuple[str, ...], Array, dict[str, str | int]]] = {}
    for place, row in enumerate(outputs):
        attributes: dict[str, str | int] = {
            "unit": row.unit,
            "long_name": row.label,
            "group": row.group,
            "kind": row.kind,
            "digits": row.digits,
            "model_id": row.id,
        }
        variables[row.outcome] = (("arm", "draw", "time"), drawn[:, :, :, place], attributes)
        variables[f"{row.outcome}_central"] = (
            ("variant", "arm", "time"),
            central[:, :, :, place],
            attributes,
        )
    coordinates = {
        "arm": list(arms),
        "draw": np.arange(drawn.shape[1]),
        "time": ("time", days, {"unit": "d", "long_name": "days from the start"}),
        "variant": list(variants),
    }
    return xr.Dataset(
        variables,
        coords=coordinates,
        attrs={"purpose": PURPOSE, "title": "calciroute simulation of one person"},
    )
