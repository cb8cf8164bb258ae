"""State of rest of the regulated body: the start of a person whose inputs have long been the same.

All states but those of a plan are held where they start. A plain run would need more than a hundred years:
slow bone calcium turns over in twenty.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Starts, faults
from calciroute.body.machine import program_of, usable_cores
from calciroute.body.plans import RestPlan, rest_plan
from calciroute.body.values import values_at_start
from calciroute.engine import rest as engine
from calciroute.engine.lanes import Lanes, take
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
_LARGEST_FACTOR = 1e6  # between a state's start and its rest: far more than any input moves one


def find_rests(body: Body, lanes: Lanes, plan: RestPlan | None = None) -> Starts:
    """State of rest of each lane under its own inputs.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        Inputs, and states to start the search from or to hold; doses are not read.
    plan : RestPlan, optional
        States that must come to rest and inputs to hold; the one of ``whole_body.toml`` by default.

    Returns
    -------
    Starts
        The states of the plan. A lane without a state of rest has words that name the state that moves most.
    """
    chosen = rest_plan() if plan is None else plan
    found = {name: np.full(lanes.count, np.nan) for name in chosen.states}
    words = faults(lanes)
    good = [place for place, fault in enumerate(words) if not fault]
    if good:
        held = {**take(lanes.parameters, good), **chosen.hold}
        rest = engine.find_rest(
            program_of(body, rest=chosen.states),
            Lanes(len(good), held, take(lanes.start, good)),
            threads=usable_cores(),
        )
        for name in chosen.states:
            found[name][good] = rest.values[:, rest.states.index(name)]
        for place, told in zip(good, rest.words, strict=True):
            words[place] = told.replace(" in a unit of time", " an hour")
        _refuse_runaways(body, lanes, found, words)
    return Starts(found, tuple(words))


def _refuse_runaways(body: Body, lanes: Lanes, found: dict[str, Array], words: list[str]) -> None:
    """A store that fills for ever changes less and less as a share of itself, which looks like rest."""
    begun = values_at_start(body, lanes, list(found))
    for (name, column), begin in zip(found.items(), begun.T, strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = np.exp(np.abs(np.log(column / begin)))
        for place in np.flatnonzero(factor > _LARGEST_FACTOR):
            words[place] = (
                f"no state of rest under these inputs: {name} changes {factor[place]:.0e} fold and goes on"
            )
    for column in found.values():
        column[[bool(told) for told in words]] = np.nan


def find_rest(
    body: Body,
    parameters: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    plan: RestPlan | None = None,
) -> dict[str, float]:
    """State of rest under given inputs.

    Parameters
    ----------
    body : Body
        From `assemble`.
    parameters : mapping of str to float, optional
        Inputs that differ from the body's own, in declared units.
    start : mapping of str to float, optional
        States to start the search from, or to hold, in declared units.
    plan : RestPlan, optional
        As in `find_rests`.

    Returns
    -------
    dict of str to float
        The states of the plan, by id, in declared units.

    Raises
    ------
    SolveError
        When no state of rest is reached; the message names the state that moves most. A body without any,
        such as the variant ``published``, ends here.
    """
    found = find_rests(body, Lanes(1, parameters or {}, start or {}), plan)
    if found.status[0]:
        raise SolveError(found.status[0])
    return {name: float(column[0]) for name, column in found.states.items()}
