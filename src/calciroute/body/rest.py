"""State of rest of the regulated body: the start of a person whose inputs have long been the same.

The list of states comes from ``whole_body.toml``; all other states are held where they start. Logarithms of
the states are followed by implicit steps that grow without bound, so the search first walks as time would
and ends as Newton's method. A plain run would need more than a hundred years: slow bone calcium turns over
in twenty.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Integers, Starts, faults, take
from calciroute.body.machine import rate_id
from calciroute.body.values import sound_values_at_start, values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.errors import SolveError
from calciroute.tables.texts import physiology_text

Array = npt.NDArray[np.float64]

_FIRST_STEP_H = 1.0
_LAST_STEP_H = 1e15
_STEP_GROWTH = 4.0
_LARGEST_CHANGE = 0.5  # of a logarithm in one step: a state may grow by 65 % or fall by 40 %
_SHORTEST_STEP_H = 1e-6
_MOST_STEPS = 400
_TOLERANCE_PER_H = 1e-12  # largest rate of a state at rest, as a share of the state
_SHIFT = 1e-7  # of a logarithm, for difference quotients
_NO_REST = "no state of rest under these inputs"


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
    held = Lanes(lanes.count, {**lanes.parameters, **chosen.hold}, lanes.start)
    search = _Search(body, held, chosen.states)
    logs = search.run()
    states = {name: np.exp(logs[:, place]) for place, name in enumerate(chosen.states)}
    return Starts(states, tuple(search.words))


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


class _Search:
    """All lanes on their way to rest, each with a step of its own."""

    def __init__(self, body: Body, lanes: Lanes, names: Sequence[str]) -> None:
        self.body, self.lanes, self.names = body, lanes, names
        self.words = faults(lanes)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.logs: Array = np.log(values_at_start(body, lanes, names))
        for place in self._going():
            lost = [name for name, log in zip(names, self.logs[place], strict=True) if not np.isfinite(log)]
            if lost:
                self.words[place] = f"{_NO_REST}: {', '.join(lost)} does not start above zero"
        self.step = np.full(lanes.count, _FIRST_STEP_H)
        self.now = np.full_like(self.logs, np.nan)

    def _going(self) -> Integers:
        return np.array([place for place, words in enumerate(self.words) if not words], dtype=np.int64)

    def run(self) -> Array:
        """Logarithms of the states (lane, state) at rest; NaN where there is none."""
        going = self._going()
        self.now[going] = self._rates(going, self.logs[going])
        for place in going:
            rates = self.now[place]
            lost = [name for name, rate in zip(self.names, rates, strict=True) if not np.isfinite(rate)]
            if lost:
                self.words[place] = f"{_NO_REST}: the rate of {', '.join(lost)} is no number"
        going = self._going()
        for _ in range(_MOST_STEPS):
            if not len(going):
                break
            going = self._advance(going)
        for place in going:
            self._give_up(place)
        self.logs[[bool(words) for words in self.words]] = np.nan
        return self.logs

    def _advance(self, going: Integers) -> Integers:
        """One step of each lane; the lanes that are not there yet."""
        change = self._change(going)
        small = np.all(np.abs(change) < _LARGEST_CHANGE, axis=1)
        after = np.full_like(change, np.nan)
        tried = going[small]
        after[small] = self._rates(tried, self.logs[tried] + change[small])
        taken = np.all(np.isfinite(after), axis=1)
        for place in going[~taken]:
            self.step[place] /= _STEP_GROWTH**2
            if self.step[place] < _SHORTEST_STEP_H:
                self._give_up(place)
        moved = going[taken]
        self.logs[moved] += change[taken]
        self.now[moved] = after[taken]
        newton = self.step[moved] >= _LAST_STEP_H
        there = moved[newton & (np.max(np.abs(self.now[moved]), axis=1) < _TOLERANCE_PER_H)]
        self._polish(there)
        self.step[moved] = np.minimum(self.step[moved] * _STEP_GROWTH, _LAST_STEP_H)
        return np.array([place for place in going if not self.words[place] and place not in there], np.int64)

    def _polish(self, there: Integers) -> None:
        """One more step after the bound is met: Newton's last step takes the error far below it."""
        last = self.logs[there] + self._change(there)
        rates = self._rates(there, last)
        better = np.max(np.abs(rates), axis=1) <= np.max(np.abs(self.now[there]), axis=1)
        self.logs[there[better]] = last[better]

    def _give_up(self, place: int) -> None:
        rates = self.now[place]
        worst = int(np.nanargmax(np.abs(rates)))
        self.words[place] = f"{_NO_REST}: {self.names[worst]} changes by {rates[worst]:.2g} of itself an hour"

    def _change(self, places: Integers) -> Array:
        """Change of the logarithms (lane, state) over one linearly implicit step."""
        size = len(self.names)
        shifted = self.logs[places][:, None, :] + _SHIFT * np.eye(size)
        rates = self._rates(np.repeat(places, size), shifted.reshape(-1, size)).reshape(-1, size, size)
        slopes = ((rates - self.now[places][:, None, :]) / _SHIFT).swapaxes(1, 2)
        change = np.full((len(places), size), np.nan)
        for row, place in enumerate(places):
            # A free direction, in which no step can be told, leaves NaN, and a shorter step is tried.
            with contextlib.suppress(np.linalg.LinAlgError):
                matrix = np.eye(size) / self.step[place] - slopes[row]
                change[row] = np.linalg.solve(matrix, self.now[place])
        return change

    def _rates(self, places: Integers, logs: Array) -> Array:
        """Rates (row, state) as shares of the states, 1/h; a row is a lane with states of its own."""
        if not len(places):
            return np.empty((0, len(self.names)))
        states = np.exp(logs)
        start = take(self.lanes.start, places)
        start |= {name: states[:, column] for column, name in enumerate(self.names)}
        rows = Lanes(len(places), take(self.lanes.parameters, places), start)
        return sound_values_at_start(self.body, rows, [rate_id(name) for name in self.names]) / states
