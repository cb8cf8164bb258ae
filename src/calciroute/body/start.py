"""Where a person starts: calcium and bone at rest, or carried through the menopause to the present age.

States with a start formula in the text (vitamin K, warfarin, arteries, pressure) take it. Bone is not at
rest after the menopause, so a woman near or past it is run from years before her final menstrual period to
today with her inputs held at today's values.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from calciroute.body.rest import RestPlan, find_rest, rest_plan
from calciroute.body.runner import Runner
from calciroute.errors import SolveError
from calciroute.tables.texts import physiology_text

_RELATIVE, _ABSOLUTE = 1e-8, 1e-11  # the history is run once and its error stays in every difference to it
_HOURS_PER_YEAR = "hours_per_year"


@dataclass(frozen=True)
class HistoryPlan:
    """How a woman is carried through her menopause.

    Parameters
    ----------
    slow_states : tuple of str
        States that follow the regulated core: at their own rest for a person who has no history.
    begins_before_FMP_y : float
        Years before the final menstrual period at which the history begins.
    needed_before_FMP_y : float
        From so many years before it on, a woman has a history.
    hold : dict of str to float
        Inputs held during the history.
    """

    slow_states: tuple[str, ...]
    begins_before_FMP_y: float
    needed_before_FMP_y: float
    hold: dict[str, float]


@cache
def history_plan() -> HistoryPlan:
    """The plan of ``physiology/whole_body.toml``.

    Returns
    -------
    HistoryPlan
        Section ``[history]``.

    Examples
    --------
    >>> history_plan().begins_before_FMP_y
    10.0
    """
    section = tomllib.loads(physiology_text("whole_body.toml").read_text("utf-8"))["history"]
    return HistoryPlan(
        tuple(section["slow_states"]),
        float(section["begins_before_FMP_y"]),
        float(section["needed_before_FMP_y"]),
        {name: float(value) for name, value in section["hold"].items()},
    )


def start_state(runner: Runner, parameters: Mapping[str, float]) -> dict[str, float]:
    """State of the regulated core and of bone at the present.

    Parameters
    ----------
    runner : Runner
        A loaded body; set up anew.
    parameters : mapping of str to float
        The person's inputs as they are now, and a draw's numbers, in declared units.

    Returns
    -------
    dict of str to float
        By id; what is left out starts from its formula in the text.

    Raises
    ------
    SolveError
        When the inputs have no state of rest, or the history cannot be followed.
    """
    plan = history_plan()
    runner.set_values(parameters)
    age, female, last_period = (runner.value(name) for name in ("age_start", "female", "FMP_age"))
    has_history = female > 0.5 and age > last_period - plan.needed_before_FMP_y
    if not has_history:
        whole = RestPlan(rest_plan().states + plan.slow_states, rest_plan().hold)
        return find_rest(runner, parameters, plan=whole)
    begin = last_period - plan.begins_before_FMP_y
    past = {**parameters, **plan.hold, "age_start": begin}
    rest = find_rest(runner, past)
    young = dict.fromkeys(plan.slow_states, 1.0)
    runner.set_up(past, {**rest, **young}, _RELATIVE, _ABSOLUTE)
    try:
        runner.advance(0.0, (age - begin) * runner.value(_HOURS_PER_YEAR))
    except RuntimeError as stopped:
        raise SolveError(
            f"the years from age {begin:g} to {age:g} could not be followed: {runner.words(stopped)}"
        ) from None
    now = runner.state()
    return {name: now[name] for name in (*rest, *plan.slow_states)}
