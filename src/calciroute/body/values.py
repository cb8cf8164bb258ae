"""Values of any id at time 0, before anything has moved: for many lanes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import faults
from calciroute.body.machine import program_of, usable_cores
from calciroute.engine.lanes import Lanes, take
from calciroute.engine.solve import solve

Array = npt.NDArray[np.float64]


def values_at_start(body: Body, lanes: Lanes, names: Sequence[str]) -> Array:
    """Values at time 0, before any dose.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        Inputs and starts; doses are not read.
    names : sequence of str
        Ids of states, inputs or equations; a species as its amount.

    Returns
    -------
    float array (lane, name)
        In declared units; NaN in lanes with an input that is no finite number.

    Raises
    ------
    SolveError
        For an unknown id.
    """
    found = np.full((lanes.count, len(names)), np.nan)
    good = [place for place, words in enumerate(faults(lanes)) if not words]
    if good and names:
        sound = Lanes(len(good), take(lanes.parameters, good), take(lanes.start, good))
        cores = usable_cores()
        found[good] = solve(program_of(body), sound, [0.0], outputs=names, threads=cores).values[:, 0]
    return found


def value_at_start(body: Body, parameters: Mapping[str, float], name: str) -> float:
    """Value of one id at time 0 under some inputs.

    Parameters
    ----------
    body : Body
        From `assemble`.
    parameters : mapping of str to float
        Values that differ from the body's own, in declared units.
    name : str
        Id of a state, input or equation.

    Returns
    -------
    float
        In its declared unit.
    """
    return float(values_at_start(body, Lanes(1, parameters), [name])[0, 0])


def state_names(body: Body) -> list[str]:
    """Ids of everything that moves by itself.

    Parameters
    ----------
    body : Body
        From `assemble`.

    Returns
    -------
    list of str
        In the order of the equations.
    """
    # The engine's own states, such as the integral of an id, have a colon in their name.
    return [name for name in program_of(body).states if ":" not in name]
