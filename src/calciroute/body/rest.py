"""State of rest of the regulated body: the start of a person whose inputs have long been the same.

The list of states comes from ``whole_body.toml``; all other states are held where they start. Logarithms of
the states are followed by implicit steps that grow without bound, so the search first walks as time would
and ends as Newton's method. A plain run would need more than a hundred years: slow bone calcium turns over
in twenty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Lanes, Starts, lane_at
from calciroute.body.runner import Runner, runner_for
from calciroute.errors import SolveError
from calciroute.tables.texts import physiology_text

Array = npt.NDArray[np.float64]
Rates = Callable[[Array], Array]

_FIRST_STEP_H = 1.0
_LAST_STEP_H = 1e15
_STEP_GROWTH = 4.0
_LARGEST_CHANGE = 0.5  # of a logarithm in one step: a state may grow by 65 % or fall by 40 %
_MOST_STEPS = 400
_SHIFT = 1e-7  # of a logarithm, for difference quotients


@dataclass(frozen=True)
class RestPlan:
    """What is brought to rest, and which inputs are held meanwhile.

    Parameters
    ----------
    states : tuple of str
        Ids of positive states.
    hold : dict of str to float
        Inputs set while rest is sought, in declared units.
    """

    states: tuple[str, ...]
    hold: dict[str, float]


@cache
def rest_plan() -> RestPlan:
    """The plan of ``physiology/whole_body.toml``.

    Returns
    -------
    RestPlan
        Section ``[rest]``.

    Examples
    --------
    >>> rest_plan().hold
    {'ageing': 0.0}
    """
    section = tomllib.loads(physiology_text("whole_body.toml").read_text("utf-8"))["rest"]
    return RestPlan(tuple(section["states"]), {name: float(value) for name, value in section["hold"].items()})


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

    References
    ----------
    Growing implicit steps are pseudo-transient continuation: Kelley and Keyes 1998, SIAM J Numer Anal
    35:508-523.
    """
    chosen = rest_plan() if plan is None else plan
    runner = runner_for(body)
    found = {name: np.full(lanes.count, np.nan) for name in chosen.states}
    status = []
    for place in range(lanes.count):
        lane = lane_at(lanes, place)
        try:
            rest = _rest(runner, {**lane.parameters, **chosen.hold}, lane.start, chosen.states, 1e-12)
        except SolveError as stopped:
            status.append(str(stopped))
            continue
        status.append("")
        for name, value in rest.items():
            found[name][place] = value
    return Starts(found, tuple(status))


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


def _rest(
    runner: Runner,
    parameters: Mapping[str, float],
    start: Mapping[str, float],
    names: Sequence[str],
    tolerance_per_h: float,
) -> dict[str, float]:
    runner.set_up(parameters, start, 1e-6, 1e-9)
    whole = np.array([runner.state()[name] for name in runner.states])
    place = [runner.states.index(name) for name in names]

    def relative_rates(logs: Array) -> Array:
        state = whole.copy()
        state[place] = np.exp(logs)
        return np.asarray(runner.rates(0.0, state)[place] / state[place])

    logs = _settle(relative_rates, np.log(whole[place]), names, tolerance_per_h)
    return {name: float(value) for name, value in zip(names, np.exp(logs), strict=True)}


def _settle(rates: Rates, logs: Array, names: Sequence[str], tolerance: float) -> Array:
    step = _FIRST_STEP_H
    now = rates(logs)
    if not np.all(np.isfinite(now)):
        lost = ", ".join(name for name, rate in zip(names, now, strict=True) if not np.isfinite(rate))
        raise SolveError(f"no state of rest under these inputs: the rate of {lost} is no number")
    for _ in range(_MOST_STEPS):
        change = _implicit_change(rates, logs, now, step)
        trial = logs + change
        after = rates(trial) if np.all(np.abs(change) < _LARGEST_CHANGE) else np.full_like(now, np.nan)
        if not np.all(np.isfinite(after)):
            step /= _STEP_GROWTH**2
            if step < 1e-6:
                break
            continue
        newton = step >= _LAST_STEP_H
        logs, now = trial, after
        # One more step after the bound is met: Newton's last step takes the error far below it.
        if newton and np.max(np.abs(now)) < tolerance:
            last = logs + _implicit_change(rates, logs, now, step)
            return last if np.max(np.abs(rates(last))) <= np.max(np.abs(now)) else logs
        step = min(step * _STEP_GROWTH, _LAST_STEP_H)
    worst = int(np.nanargmax(np.abs(now)))
    raise SolveError(
        f"no state of rest under these inputs: {names[worst]} changes by {now[worst]:.2g} of itself an hour"
    )


def _implicit_change(rates: Rates, logs: Array, now: Array, step: float) -> Array:
    """Change of the logarithms over one linearly implicit step."""
    size = len(logs)
    matrix = np.empty((size, size))
    for column in range(size):
        shifted = logs.copy()
        shifted[column] += _SHIFT
        matrix[:, column] = (rates(shifted) - now) / _SHIFT
    try:
        return np.asarray(np.linalg.solve(np.eye(size) / step - matrix, now))
    except np.linalg.LinAlgError:  # a free direction: no step can be told, and a shorter one is tried
        return np.full(size, np.nan)
