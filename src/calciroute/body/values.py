"""Values of any id at time 0, before anything has moved: for many lanes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Lanes, lane_at
from calciroute.body.runner import runner_for

Array = npt.NDArray[np.float64]


def values_at_start(body: Body, lanes: Lanes, names: Sequence[str]) -> Array:
    """Values at time 0, before any dose.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        Inputs and starts.
    names : sequence of str
        Ids of states, inputs or equations; a species as its amount.

    Returns
    -------
    float array (lane, name)
        In declared units.

    Raises
    ------
    KeyError
        For an unknown id.
    """
    runner = runner_for(body)
    read = runner.reader(names)
    found = np.empty((lanes.count, len(names)))
    for place in range(lanes.count):
        lane = lane_at(lanes, place)
        runner.set_up(lane.parameters, lane.start, 1e-6, 1e-9)
        found[place] = read()
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
    return list(runner_for(body).states)


def default_parameters(body: Body) -> dict[str, float]:
    """The body's own value of every id that may be set.

    Parameters
    ----------
    body : Body
        From `assemble`.

    Returns
    -------
    dict of str to float
        In declared units.
    """
    return runner_for(body).defaults()
