"""A compiled system seen from outside: ids, defaults, where things stand. Plain data, kept with its code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from calciroute.engine.job import Rows
from calciroute.engine.kernels import Kernels
from calciroute.engine.layout import Layout
from calciroute.engine.written import CLOCK, Written
from calciroute.equations.event_order import looked_at
from calciroute.equations.system import System


@dataclass(frozen=True)
class EventPlan:
    """An event without its formulas, which stand in the kernel ``events``.

    Parameters
    ----------
    id : str
        For messages.
    before, persistent, values_from_trigger : bool
        As in `calciroute.equations.system.Event`.
    delayed, ordered : bool
        Whether it has a delay, a priority.
    targets : tuple of int
        Rows that it sets: parameters first, then states.
    rows : tuple of int
        In section ``event``: trigger, delay, priority, each value.
    looks_at : tuple of int
        Rows that it reads between its trigger and its assignment, so that an event before it may change it.
    """

    id: str
    before: bool
    persistent: bool
    values_from_trigger: bool
    delayed: bool
    ordered: bool
    targets: tuple[int, ...]
    rows: tuple[int, ...]
    looks_at: tuple[int, ...] = ()


@dataclass(frozen=True)
class Description:
    """Everything about a compiled system but its code.

    Parameters
    ----------
    parameters, states, outputs : tuple of str
        Ids in the order of their rows.
    defaults : tuple of float
        Parameters, then states: what a lane takes that is given nothing; NaN where a formula says it.
    formulas : tuple of bool
        As `defaults`: whether a formula says it.
    unweighted : tuple of bool
        Per state: whether its error does not count.
    sections : dict of str to int
        Rows of each section of the memory.
    conditions : int
        Comparisons that are held during a step.
    clock : int
        Row of the state that is the time, -1 without.
    events : tuple of EventPlan
        In order.
    resting : tuple of int
        Rows of states that can be brought to rest.
    """

    parameters: tuple[str, ...]
    states: tuple[str, ...]
    outputs: tuple[str, ...]
    defaults: tuple[float, ...]
    formulas: tuple[bool, ...]
    unweighted: tuple[bool, ...]
    sections: dict[str, int]
    conditions: int
    clock: int
    events: tuple[EventPlan, ...]
    resting: tuple[int, ...] = ()

    @property
    def layout(self) -> Layout:
        """Memory."""
        return Layout(self.sections)

    def rows(self) -> Rows:
        """Where things stand, for the control loop."""
        layout = self.layout
        places = {name: layout.first(name) for name in Rows._fields if name in layout.rows}
        return Rows(
            **places,
            states=len(self.states),
            parameters=len(self.parameters),
            conditions=self.conditions,
            clock=self.clock,
            events=len(self.events),
        )

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def read(text: str) -> Description:
        """Back from JSON.

        Parameters
        ----------
        text : str
            From `text`.

        Returns
        -------
        Description
            The same.
        """
        raw = json.loads(text)
        events = tuple(
            _event({key: tuple(item) if isinstance(item, list) else item for key, item in event.items()})
            for event in raw.pop("events")
        )
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()
        }
        return Description(**plain, events=events)


def _event(plain: dict[str, Any]) -> EventPlan:
    return EventPlan(**plain)


def describe(system: System, written: Written, kernels: Kernels) -> Description:
    """Description of a system that was written down.

    Parameters
    ----------
    system : System
        As read.
    written : Written
        Its graph.
    kernels : Kernels
        Its kernels.

    Returns
    -------
    Description
        Plain data.
    """
    starts = [
        *system.parameters.values(),
        *(system.states[name].start if name in system.states else 0.0 for name in written.states),
    ]
    row_of = {name: row for row, name in enumerate((*written.parameters, *written.states))}
    return Description(
        parameters=written.parameters,
        states=written.states,
        outputs=kernels.readable,
        defaults=tuple(float(item) if isinstance(item, float | int) else float("nan") for item in starts),
        formulas=tuple(not isinstance(item, float | int) for item in starts),
        unweighted=tuple(name in written.unweighted for name in written.states),
        sections=dict(kernels.layout.rows),
        conditions=len(written.conditions),
        clock=written.states.index(CLOCK) if CLOCK in written.states else -1,
        events=tuple(
            EventPlan(
                id=item.event.id,
                before=item.event.before,
                persistent=item.event.persistent,
                values_from_trigger=item.event.values_from_trigger,
                delayed=item.event.delay is not None,
                ordered=item.event.priority is not None,
                targets=tuple(row_of[target] for target, _ in item.event.assignments),
                rows=rows,
                looks_at=tuple(
                    sorted(row_of[id] for id in looked_at(item.event, system.equations) if id in row_of)
                ),
            )
            for item, rows in zip(written.events, kernels.event_rows, strict=True)
        ),
        resting=kernels.rest,
    )


def places_of(names: Sequence[str]) -> dict[str, int]:
    """Place of each name in a sequence.

    Parameters
    ----------
    names : sequence of str
        Unlike each other.

    Returns
    -------
    dict of str to int
        Name to place.

    Examples
    --------
    >>> places_of(("a", "b"))
    {'a': 0, 'b': 1}
    """
    return {name: place for place, name in enumerate(names)}
