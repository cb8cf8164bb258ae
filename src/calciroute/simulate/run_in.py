"""From rest in the past to day 0, dose by dose: where a person starts who takes supplements already.

One lane a set of numbers, shared by all arms. What was measured today holds at day 0 and not before: numbers
that it decides are found so that the run-in ends there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column, Starts
from calciroute.body.plans import run_in_plan
from calciroute.body.solver import Tolerances, solve_lanes
from calciroute.body.start import start_states
from calciroute.body.units import declared_units
from calciroute.body.values import state_names, values_at_start
from calciroute.engine.lanes import Lanes, take
from calciroute.simulate.antagonist import antagonist_values
from calciroute.simulate.arm import Arm, Past
from calciroute.simulate.doses import doses_of_arms
from calciroute.simulate.person_inputs import ModelInputs, default_values
from calciroute.simulate.schedule import HOURS_PER_DAY
from calciroute.simulate.supplements import level_is_measured
from calciroute.units.expression import convert

Array = npt.NDArray[np.float64]
# Its error stays in every difference to day 0.
_BEFORE = Tolerances(1e-7, 1e-9)
_CLOSE, _MOST_TRIES = 1e-7, 10
_INR = "INR_target"


@dataclass(frozen=True)
class RunIn:
    """Where a past ends.

    Parameters
    ----------
    numbers : dict of str to float or float array (set,)
        What is measured today, as numbers that lead there.
    starts : Starts
        States at day 0, without those that today's values give; words where there is none.
    day_over_now : dict of str to float array (set,)
        By id: mean of the day before day 0 over the value at day 0.
    """

    numbers: dict[str, Column]
    starts: Starts
    day_over_now: dict[str, Array]


@dataclass(frozen=True)
class _End:
    states: dict[str, Array]
    status: tuple[str, ...]
    values: dict[str, Array]
    means: dict[str, Array]


def run_in(
    body: Body,
    numbers: Mapping[str, Column],
    count: int,
    person: ModelInputs,
    now: Arm,
    *,
    means: Sequence[str] = (),
    refuse: Collection[int] = (),
) -> RunIn:
    """Follow today's supplements up to day 0.

    Parameters
    ----------
    body : Body
        The body.
    numbers : mapping of str to float or float array (set,)
        Inputs of the person and numbers of the draws.
    count : int
        Number of sets.
    person : ModelInputs
        Whose antagonist is sized.
    now : Arm
        The arm as now, with its past.
    means : sequence of str, optional
        Ids whose mean over the day before day 0 is wanted.
    refuse : collection of int, optional
        Sets in which an INR that nothing explains is refused.

    Returns
    -------
    RunIn
        For `calciroute.simulate.lane.lanes_of`.

    Raises
    ------
    InputError
        For such an INR.
    """
    past = now.past
    assert past is not None
    own = default_values(body)
    plan = run_in_plan()
    wanted = _measured(numbers, own, count, person, plan.met)
    tried = [dict(wanted)]
    missed: list[dict[str, Array]] = []
    first = antagonist_numbers(body, {**own, **numbers}, numbers, count, person, now, refuse)
    while True:
        guess = tried[-1]
        with_guess = {**numbers, **first}
        if missed:
            with_guess |= {name: column for name, column in guess.items() if name != _INR}
            INR = guess.get(_INR)
            with_guess |= antagonist_numbers(
                body, {**own, **with_guess}, with_guess, count, person, now, (), INR
            )
        ended = _end(body, with_guess, own, count, past, means, [plan.met[name] for name in wanted])
        missed.append(
            {name: np.log(ended.values[plan.met[name]] / column) for name, column in wanted.items()}
        )
        sizes = [np.nanmax(np.abs(miss), initial=0.0) for miss in missed[-1].values()]
        if max(sizes, default=0.0) <= _CLOSE or len(missed) == _MOST_TRIES:
            break
        tried.append({name: _nearer(name, tried, missed) for name in wanted})
    states = {name: column for name, column in ended.states.items() if name not in plan.today}
    # Measured states hold to the last digit, not to the error of the solver.
    states |= {plan.met[name]: column for name, column in wanted.items() if plan.met[name] in states}
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = {name: ended.means[name] / ended.values[name] for name in means}
    ratios = {name: np.where(np.isfinite(ratio), ratio, 1.0) for name, ratio in ratios.items()}
    return RunIn(with_guess, Starts(states, ended.status), ratios)


def antagonist_numbers(
    body: Body,
    everything: Mapping[str, Column],
    numbers: Mapping[str, Column],
    count: int,
    person: ModelInputs,
    now: Arm,
    refuse: Collection[int],
    INR: Column | None = None,
) -> dict[str, Column]:
    """Numbers of the antagonist where the person rests on what is taken now; none without one.

    Parameters
    ----------
    body : Body
        The body.
    everything, numbers : mapping of str to float or float array (set,)
        All numbers, and those that differ from the body's own.
    count : int
        Number of sets.
    person : ModelInputs
        With the antagonist.
    now : Arm
        The arm as now: the INR was measured under its products, so their vitamin K counts.
    refuse : collection of int
        Sets in which an INR that nothing explains is refused.
    INR : float or float array (set,), optional
        In place of the one that was measured.

    Returns
    -------
    dict of str to float or float array (set,)
        By id.
    """
    if person.antagonist is None:
        return {}
    antagonist = person.antagonist if INR is None else dataclasses.replace(person.antagonist, INR=INR)
    today = {**numbers, **now.values(everything), **now.steady}
    return antagonist_values(body, today, count, antagonist, refuse)


def _measured(
    numbers: Mapping[str, Column],
    own: Mapping[str, float],
    count: int,
    person: ModelInputs,
    met: Mapping[str, str],
) -> dict[str, Array]:
    """What holds today, by the number that it decides."""
    found: dict[str, Column | None] = {
        name: numbers[name] if name in numbers else own.get(name) for name in met
    }
    if not level_is_measured(person.values):
        found.pop(run_in_plan().answer.level, None)
    if _INR in found:
        found[_INR] = None if person.antagonist is None else person.antagonist.INR
    return {
        name: np.broadcast_to(np.asarray(value, dtype=float), count).copy()
        for name, value in found.items()
        if value is not None
    }


def _nearer(name: str, tried: Sequence[Mapping[str, Array]], missed: Sequence[Mapping[str, Array]]) -> Array:
    """The next guess: along the line through the last two, on the scale of logarithms."""
    last, miss = np.log(tried[-1][name]), missed[-1][name]
    slope = np.ones_like(last)
    if len(tried) > 1:
        step = last - np.log(tried[-2][name])
        rise = miss - missed[-2][name]
        moved = (np.abs(step) > 1e-12) & (np.abs(rise) > 1e-12)
        slope = np.where(moved, np.divide(rise, step, out=np.ones_like(rise), where=moved), 1.0)
    found = np.exp(last - miss / np.where(slope > 0.0, slope, 1.0))
    return np.where(np.isfinite(found), found, tried[-1][name])


def _end(
    body: Body,
    numbers: Mapping[str, Column],
    own: Mapping[str, float],
    count: int,
    past: Past,
    means: Sequence[str],
    outputs: Sequence[str],
) -> _End:
    """Rest at the beginning of the past, then its doses."""
    plan = run_in_plan()
    units = declared_units(body)
    hours = past.days * HOURS_PER_DAY
    earlier = {
        name: np.maximum(numbers.get(name, own[name]) - convert(hours, "h", units[name]), 0.0)
        for name in plan.clocks
        if name in own
    }
    then = {**numbers, **earlier, **plan.hold}
    during = {**then, **past.arm.values({**own, **then})}
    resting = {**during, **past.arm.steady}
    begun = values_at_start(body, Lanes(count, resting), list(plan.settled.values()))
    settled = dict(zip(plan.settled, begun.T, strict=True))
    starts = start_states(body, Lanes(count, resting, settled))
    names = state_names(body)
    read = list(dict.fromkeys([*names, *means, *outputs]))
    values = np.full((count, len(read)), np.nan)
    day = np.full((count, len(means)), np.nan)
    status = list(starts.status)
    good = [place for place, words in enumerate(status) if not words]
    if good:
        given = take({**settled, **starts.states}, good)
        at_rest = values_at_start(body, Lanes(len(good), take(resting, good), given), names)
        lanes = Lanes(
            len(good),
            take(during, good),
            dict(zip(names, at_rest.T, strict=True)),
            doses_of_arms([past.arm], take({**own, **during}, good), len(good), hours),
        )
        ended = solve_lanes(body, lanes, [hours], read, means=means, tolerances=_BEFORE)
        values[good], day[good] = ended.values[:, 0], ended.means[:, 0]
        for place, words in zip(good, ended.status, strict=True):
            if words:
                status[place] = f"the {past.days:g} days before the start could not be followed: {words}"
    column = {name: values[:, read.index(name)] for name in read}
    return _End(
        {name: column[name] for name in names},
        tuple(status),
        column,
        dict(zip(means, day.T, strict=True)),
    )
