"""Where a person starts: calcium and bone at rest, or carried through the menopause to the present age.

States with a start formula in the text (vitamin K, warfarin, arteries, pressure) take it. Bone is not at
rest after the menopause, so a woman near or past it is run from years before her final menstrual period to
today with her inputs held at today's values.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Integers, Starts
from calciroute.body.plans import history_plan, whole_plan
from calciroute.body.rest import find_rests
from calciroute.body.solver import Tolerances, final_states
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes, take
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
# The history is run once and its error stays in every difference to it.
_HISTORY = Tolerances(1e-8, 1e-11)
_HOURS_PER_YEAR = "hours_per_year"


def start_states(body: Body, lanes: Lanes) -> Starts:
    """State of the regulated core and of bone at the present, lane by lane.

    Parameters
    ----------
    body : Body
        From `assemble`.
    lanes : Lanes
        Inputs as they are now, and states outside the plan that do not start from their formula; doses are
        not read.

    Returns
    -------
    Starts
        What is left out starts from its formula in the text. Words stand where inputs have no state of rest
        or the history cannot be followed.
    """
    plan = history_plan()
    whole = whole_plan()
    names = ("age_start", "female", "FMP_age", _HOURS_PER_YEAR)
    age, female, last_period, hours_per_year = values_at_start(body, lanes, names).T
    has_history = (female > 0.5) & (age > last_period - plan.needed_before_FMP_y)
    found = {name: np.full(lanes.count, np.nan) for name in whole.states}
    status = [""] * lanes.count

    def keep(places: Integers, starts: Starts) -> None:
        for name, column in starts.states.items():
            found[name][places] = column
        for place, words in zip(places, starts.status, strict=True):
            status[place] = words

    still = np.flatnonzero(~has_history)
    if len(still):
        keep(still, find_rests(body, _of(lanes, still), whole))
    carried = np.flatnonzero(has_history)
    if len(carried):
        begin = (last_period - plan.begins_before_FMP_y)[carried]
        past = {**take(lanes.parameters, carried), **plan.hold, "age_start": begin}
        years = age[carried] - begin
        begun = Lanes(len(carried), past, take(lanes.start, carried))
        keep(carried, _carried(body, begun, years, hours_per_year[carried]))
    return Starts(found, tuple(status))


def _of(lanes: Lanes, places: Integers) -> Lanes:
    return Lanes(len(places), take(lanes.parameters, places), take(lanes.start, places))


def start_state(body: Body, parameters: Mapping[str, float]) -> dict[str, float]:
    """State of the regulated core and of bone at the present, under some inputs.

    Parameters
    ----------
    body : Body
        From `assemble`.
    parameters : mapping of str to float
        Inputs as they are now, in declared units.

    Returns
    -------
    dict of str to float
        By id; what is left out starts from its formula in the text.

    Raises
    ------
    SolveError
        When the inputs have no state of rest, or the history cannot be followed.
    """
    found = start_states(body, Lanes(1, parameters))
    if found.status[0]:
        raise SolveError(found.status[0])
    return {name: float(column[0]) for name, column in found.states.items()}


def _carried(body: Body, past: Lanes, years: Array, hours_per_year: Array) -> Starts:
    """Through the years from rest in the past to today."""
    slow = history_plan().slow_states
    rest = find_rests(body, past)
    names = [*rest.states, *slow]
    found = {name: np.full(past.count, np.nan) for name in names}
    status = list(rest.status)
    good = [place for place, words in enumerate(status) if not words]
    if good:
        start = {**take(past.start, good), **take(rest.states, good), **dict.fromkeys(slow, 1.0)}
        young = Lanes(len(good), take(past.parameters, good), start)
        ends = final_states(body, young, (years * hours_per_year)[good], names, tolerances=_HISTORY)
        for name, column in ends.states.items():
            found[name][good] = column
        for place, words in zip(good, ends.status, strict=True):
            if words:
                age = float(np.broadcast_to(past.parameters["age_start"], past.count)[place])
                now = age + years[place]
                status[place] = f"the years from age {age:g} to {now:g} could not be followed: {words}"
    return Starts(found, tuple(status))
