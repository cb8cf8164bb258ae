"""Doses of an averaged run: each train of doses becomes a change where it begins and one where it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from calciroute.engine.averaged_program import AveragedProgram
from calciroute.engine.averaging import COEFFICIENT, INFLOW, RIPPLE, WEIGHT, reached
from calciroute.engine.lanes import Doses, Lanes, joined_doses
from calciroute.engine.quadrature import instants
from calciroute.engine.ripple import settled_ripple, settles
from calciroute.engine.solve import solve
from calciroute.engine.trains import Trains, every_dose, find_trains
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]

# A train that ends within the run repeats at least so often; what is shorter are doses of their own.
_LEAST = 5
# Doses of their own are followed in time. More of them than so many a period are no run to be averaged.
_OWN_PER_PERIOD, _OWN_AT_LEAST = 0.1, 5.0
# A moment after time 0, in periods: inputs that are given there hold then.
_MOMENT = 1e-6


@dataclass(frozen=True)
class AveragedLanes:
    """Lanes of the averaged system, and how much their block ripples.

    Parameters
    ----------
    lanes : Lanes
        For the averaged program.
    ripple : float array (lane,)
        Largest ripple that enters a bent rate over the settled mean of the same state under the doses alone.
    """

    lanes: Lanes
    ripple: Array


def averaged_lanes(
    averaged: AveragedProgram,
    lanes: Lanes,
    until: float,
    trains: Trains | None = None,
    threads: int = 1,
    *,
    one_by_one: int = 0,
) -> AveragedLanes:
    """Lanes of the averaged system.

    Parameters
    ----------
    averaged : AveragedProgram
        From `compile_averaged`.
    lanes : Lanes
        As for the system itself.
    until : float
        Last time of the run.
    trains : Trains, optional
        Doses that repeat, beside those of the lanes.
    threads : int, optional
        How many work at once.
    one_by_one : int, optional
        How many doses of each train are followed in time before the rest of it is averaged.

    Returns
    -------
    AveragedLanes
        Where a train begins, its inflow begins, the ripple enters the bent rates, and the states go from
        their course to the mean of their course; where it ends, all goes back.

    Raises
    ------
    SolveError
        For a dose that cannot be averaged; the words name it.
    """
    repeated, own, inputs = _sorted(averaged, lanes, until, trains, one_by_one)
    period, nodes = averaged.averaging.period, averaged.averaging.nodes
    times, weights = instants(repeated, lanes.count, period, nodes)
    now = inputs.time == 0.0
    entries = _entries(averaged, replace(lanes, doses=inputs.take(now) if now.any() else None), threads)
    ripple = np.zeros(lanes.count)
    doses = [inputs, own]
    for target in np.unique(repeated.target):
        chosen = repeated.take(repeated.target == target)
        response = _response(averaged, chosen, repeated.targets[target], entries, times, weights)
        np.maximum.at(ripple, chosen.lane, response.roughness)
        doses += _switches(averaged, chosen, response, until)
    shares = {f"{WEIGHT}{node}": weights[:, node] for node in range(nodes)}
    made = Lanes(lanes.count, {**lanes.parameters, **shares}, lanes.start, joined_doses(doses))
    return AveragedLanes(made, ripple)


def _sorted(
    averaged: AveragedProgram, lanes: Lanes, until: float, given: Trains | None, one_by_one: int
) -> tuple[Trains, Doses, Doses]:
    """What repeats, doses of their own, and changes of inputs."""
    doses = joined_doses([]) if lanes.doses is None else lanes.doses
    doses = doses.take(np.asarray(doses.time) < until)
    known = set(averaged.program.parameters)
    is_input = np.array([name in known for name in doses.targets], dtype=bool)[doses.target]
    shapes = np.array([name in averaged.ripples_read for name in doses.targets], dtype=bool)[doses.target]
    for row in np.flatnonzero(is_input & shapes & (doses.time > 0.0))[:1]:
        raise SolveError(
            f"{_told(doses, row)} changes during the run how doses to {_names(averaged)} are taken up: "
            "run it with every dose"
        )
    inputs, doses = doses.take(is_input), doses.take(~is_input)
    inside = np.array([name in averaged.averaging.dosed for name in doses.targets], dtype=bool)
    for row in np.flatnonzero(~inside[doses.target])[:1]:
        raise SolveError(
            f"{_told(doses, row)} acts within the period: only doses to {_names(averaged)} are averaged"
        )
    period = averaged.averaging.period
    trains = find_trains(doses, period)
    if given is not None:
        _check_given(averaged, given, lanes.count)
        trains = _both(trains, given.take(given.first < until))
    short = (trains.count < _LEAST) & (trains.first + trains.count * period < until)
    own = trains.take(short)
    often = np.bincount(own.lane, weights=own.count, minlength=lanes.count)
    if np.max(often, initial=0.0) > _OWN_AT_LEAST + _OWN_PER_PERIOD * until / period:
        lane = int(np.argmax(often))
        row = int(np.argmax(own.lane == lane))
        raise SolveError(
            f"lane {lane} has {int(often[lane])} doses that do not go on every {period:g}, the first to "
            f"{own.targets[own.target[row]]} at {own.first[row]:g}: run it with every dose"
        )
    long = trains.take(~short)
    if not one_by_one:
        return long, every_dose(own, period, until), inputs
    begun = replace(long, count=np.minimum(long.count, one_by_one))
    rest = replace(long, first=long.first + one_by_one * period, count=long.count - one_by_one)
    singles = joined_doses([every_dose(own, period, until), every_dose(begun, period, until)])
    return rest.take((rest.count > 0) & (rest.first < until)), singles, inputs


def _check_given(averaged: AveragedProgram, given: Trains, lanes: int) -> None:
    for name in given.targets:
        if name not in averaged.averaging.dosed:
            raise SolveError(f"doses to {name} repeat, but only doses to {_names(averaged)} are averaged")
    if len(given.lane) and not (
        np.min(given.lane) >= 0
        and np.max(given.lane) < lanes
        and np.all(np.isfinite(given.first) & np.isfinite(given.amount) & (given.first >= 0.0))
        and np.min(given.count) >= 1
    ):
        raise SolveError("a train of doses has an unknown lane, a time before 0, no dose or no finite number")


def _both(trains: Trains, given: Trains) -> Trains:
    targets = tuple(dict.fromkeys([*trains.targets, *given.targets]))
    places = [
        np.array([targets.index(name) for name in one.targets], dtype=np.int64) for one in (trains, given)
    ]
    return Trains(
        np.concatenate([trains.lane, given.lane]),
        np.concatenate([places[0][trains.target], places[1][given.target]]),
        np.concatenate([trains.first, given.first]),
        np.concatenate([trains.amount, given.amount]),
        np.concatenate([trains.count, given.count]),
        targets,
    )


def _entries(averaged: AveragedProgram, lanes: Lanes, threads: int) -> Array:
    """Entries of the block's matrix (lane, entry), with the inputs given at time 0."""
    names = [f"{COEFFICIENT}{row} {column}" for row, column in averaged.pattern]
    moment = _MOMENT * averaged.averaging.period if lanes.doses is not None else 0.0
    if not names or not lanes.count:
        return np.empty((lanes.count, len(names)))
    return solve(averaged.program, lanes, [moment], outputs=names, threads=threads).values[:, 0]


@dataclass(frozen=True)
class _Response:
    """What one unit to a target, every period, does in the lane of each train.

    `before` (train, state) is the ripple just before a dose, `bent` (train, node, state) that of the states
    that something bent reads, at the instants of the lane.
    """

    target: str
    states: list[str]
    before: Array
    bent_states: list[str]
    bent: Array
    roughness: Array


def _response(
    averaged: AveragedProgram, trains: Trains, target: str, entries: Array, times: Array, weights: Array
) -> _Response:
    period = averaged.averaging.period
    inside = reached([target], averaged.pattern)
    states = [name for name in averaged.averaging.block if name in inside]
    place = {name: row for row, name in enumerate(states)}
    matrices = np.zeros((len(trains.lane), len(states), len(states)))
    for entry, (row, column) in enumerate(averaged.pattern):
        if column in place:
            matrices[:, place[row], place[column]] = entries[trains.lane, entry]
    # A lane without numbers fails by itself when it is run, with words of its own.
    broken = ~np.isfinite(matrices).all(axis=(1, 2))
    matrices[broken] = -np.eye(len(states))
    calm = settles(matrices)
    if not calm.all():
        lane = int(trains.lane[np.argmin(calm)])
        raise SolveError(f"doses to {target} gather without end in lane {lane}: nothing there repeats")
    after = np.mod(times[trains.lane] - trains.first[:, None], period)
    before, ripple, mean = settled_ripple(matrices, place[target], period, after)
    bent_states = [name for name in averaged.bent if name in place]
    rows = [place[name] for name in bent_states]
    bent = ripple[:, rows]
    # The instants see a mean of exactly 0, so that what is straight in a bent rate is not disturbed.
    share = weights[trains.lane][:, None, :]
    bent = bent - (bent * share).sum(axis=2, keepdims=True)
    size = np.abs(mean[:, rows])
    roughness = (np.abs(bent).max(axis=2) / np.where(size > 0.0, size, np.inf)).max(axis=1, initial=0.0)
    return _Response(target, states, before, bent_states, np.moveaxis(bent, 1, 2), roughness)


def _switches(averaged: AveragedProgram, trains: Trains, response: _Response, until: float) -> list[Doses]:
    """Changes at the beginning and, where it is before the end of the run, at the end of each train."""
    period = averaged.averaging.period
    targets = (
        INFLOW + response.target,
        *response.states,
        *(
            f"{RIPPLE}{node} {name}"
            for node in range(averaged.averaging.nodes)
            for name in response.bent_states
        ),
    )
    count = len(trains.lane)
    unit = np.concatenate(
        [np.full((count, 1), 1.0 / period), -response.before, response.bent.reshape(count, -1)], axis=1
    )
    change = unit * trains.amount[:, None]
    end = trains.first + trains.count * period
    ends = end < until
    return [
        _table(trains.lane, trains.first, change, targets),
        _table(trains.lane[ends], end[ends], -change[ends], targets),
    ]


def _table(lane: npt.NDArray[np.int64], time: Array, change: Array, targets: tuple[str, ...]) -> Doses:
    width = len(targets)
    return Doses(
        np.repeat(lane, width), np.repeat(time, width), np.tile(np.arange(width), len(lane)), change.ravel(),
        targets,
    )  # fmt: skip


def _told(doses: Doses, row: int) -> str:
    return f"the dose to {doses.targets[doses.target[row]]} at {doses.time[row]:g} in lane {doses.lane[row]}"


def _names(averaged: AveragedProgram) -> str:
    return ", ".join(averaged.averaging.dosed)
