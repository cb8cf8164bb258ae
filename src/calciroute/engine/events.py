"""What happens at an event: which fire, in what order, and what they set.

Time steps are machine code's; an event is rare, so its bookkeeping is here: triggers that turned true,
delays that run, priorities, and events that an event sets off. Its formulas are the kernel ``events``.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calciroute.engine.codes import Code
from calciroute.engine.description import EventPlan
from calciroute.engine.job import (
    CHANCE,
    CHATTER,
    EVENT_FAULT,
    IDLE,
    NOW,
    PAUSED,
    PHASE,
    PROPOSAL,
    SETTLED,
    STOP,
    SUBJECT,
    Found,
)
from calciroute.engine.oracle_calls import PYTHON_KERNELS
from calciroute.engine.program import Program

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_MOST_AT_ONCE = 10_000  # events at one instant: beyond it they set each other off for ever
_ROUNDING = 1e-14  # sums in two orders may differ by this share


@dataclass
class _Waiting:
    """An event that has fired and is not done."""

    time: float
    number: int  # in the order of firing
    event: int
    values: list[float] | None


@dataclass
class _Column:
    """What is known of the lane in a column."""

    lane: int = -1
    triggers: list[bool] = field(default_factory=list)
    waiting: list[_Waiting] = field(default_factory=list)
    fired: int = 0


class EventDesk:
    """The events of one group of lanes.

    Parameters
    ----------
    program : Program
        With events.
    code : Code
        Its kernels that the control loop uses.
    memory : float array (row, column)
        Of the group.
    notes, counts : arrays (column, note)
        Of the control loop.
    found : Found
        Where a lane that cannot go on is noted.
    """

    def __init__(
        self, program: Program, code: Code, memory: Array, notes: Array, counts: Whole, found: Found
    ) -> None:
        self._plans = program.description.events
        self._rows = program.description.rows()
        self._event_row = program.description.layout.first("event")
        self._memory, self._notes, self._counts, self._found = memory, notes, counts, found
        self._columns = [_Column() for _ in range(memory.shape[1])]
        self._call = _caller(program.backend, code, memory)

    def attend(self) -> None:
        """Let every paused column go on; what is due in it happens first."""
        for column, known in enumerate(self._columns):
            if self._counts[column, PHASE] != PAUSED:
                continue
            lane = int(self._counts[column, SUBJECT])
            if known.lane != lane:
                known.lane = lane
                known.triggers = [plan.before for plan in self._plans]
                known.waiting, known.fired = [], 0
            status = self._happen(column, known)
            if status:
                self._found.status[lane] = status
                self._found.where[lane, 0] = self._notes[column, NOW]
                self._counts[column, SUBJECT], self._counts[column, PHASE] = -1, IDLE
                continue
            self._notes[column, STOP] = min((item.time for item in known.waiting), default=math.inf)
            self._counts[column, PHASE] = SETTLED

    def _happen(self, column: int, known: _Column) -> int:
        """Everything that is due now, one event after the other; 0, or the status of a fault."""
        now = float(self._notes[column, NOW])
        for _ in range(_MOST_AT_ONCE):
            self._refresh(column)
            if not self._fire(column, known, now):
                return EVENT_FAULT
            due = [item for item in known.waiting if item.time <= now]
            if not due:
                return 0
            ranks = [self._priority(column, item.event) for item in due]
            first = [item for item, rank in zip(due, ranks, strict=True) if rank == max(ranks)]
            chosen = min(first, key=lambda item: item.number)
            if len(first) > 1 and self._left_to_chance(column, first):
                return CHANCE
            known.waiting.remove(chosen)
            plan = self._plans[chosen.event]
            self._set(column, plan, chosen.values or self._values(column, plan))
            self._notes[column, PROPOSAL] = 0.0
        return CHATTER

    def _left_to_chance(self, column: int, first: list[_Waiting]) -> bool:
        """Whether events that nothing puts in order would end differently in another."""
        for index, one in enumerate(first):
            for other in first[index + 1 :]:
                here, there = self._plans[one.event], self._plans[other.event]
                ones = dict(zip(here.targets, one.values or self._values(column, here), strict=True))
                others = dict(zip(there.targets, other.values or self._values(column, there), strict=True))
                differ = any(row in others and others[row] != value for row, value in ones.items())
                crossed = one.event != other.event and (
                    ones.keys() & set(there.looks_at) or others.keys() & set(here.looks_at)
                )
                if (differ or crossed) and not self._same_in_both_orders(column, one, other):
                    return True
        return False

    def _same_in_both_orders(self, column: int, one: _Waiting, other: _Waiting) -> bool:
        """Whether two events that read what the other sets end alike all the same, as two doses do."""
        plans = [self._plans[item.event] for item in (one, other)]
        if any(not plan.persistent or plan.ordered for plan in plans):
            return False  # the first could undo the second, or put it before a third
        rows, before = self._rows, self._memory[:, column].copy()
        ends, between = [], []
        for order in ((one, other), (other, one)):
            for item in order:
                plan = self._plans[item.event]
                self._set(column, plan, item.values or self._values(column, plan))
                self._refresh(column)
                if item is order[0]:
                    between.append([self._value(column, each.rows[0]) for each in self._plans])
            parameters = self._memory[rows.parameter : rows.parameter + rows.parameters, column]
            states = self._memory[rows.state : rows.state + rows.states, column]
            ends.append(np.concatenate([parameters, states]))
            self._memory[:, column] = before
            self._call("constants")
            self._refresh(column)
        alike = np.allclose(ends[0], ends[1], rtol=_ROUNDING, atol=0.0, equal_nan=True)
        # In between, neither order may set off an event that the other does not.
        return bool(alike and between[0] == between[1])

    def _refresh(self, column: int) -> None:
        """Comparisons and event formulas as they are at this instant."""
        rows, memory = self._rows, self._memory
        for _ in range(rows.conditions + 1):
            self._call("here")
            self._call("truth")
            truth = memory[rows.truth : rows.truth + rows.conditions, column]
            held = memory[rows.held : rows.held + rows.conditions, column]
            if np.array_equal(truth, held):
                break
            held[:] = truth
        self._call("events")

    def _value(self, column: int, row: int) -> float:
        return float(self._memory[self._event_row + row, column])

    def _values(self, column: int, plan: EventPlan) -> list[float]:
        return [self._value(column, row) for row in plan.rows[3:]]

    def _priority(self, column: int, event: int) -> float:
        plan = self._plans[event]
        value = self._value(column, plan.rows[2]) if plan.ordered else math.nan
        return -math.inf if math.isnan(value) else value

    def _fire(self, column: int, known: _Column, now: float) -> bool:
        """Note triggers that turned; false when a delay is no time."""
        for index, plan in enumerate(self._plans):
            trigger = self._value(column, plan.rows[0])
            holds = trigger != 0.0 and not math.isnan(trigger)
            if holds and not known.triggers[index]:
                delay = self._value(column, plan.rows[1]) if plan.delayed else 0.0
                if not (delay >= 0.0 and math.isfinite(delay)):
                    return False
                values = self._values(column, plan) if plan.values_from_trigger else None
                known.waiting.append(_Waiting(now + delay, known.fired, index, values))
                known.fired += 1
            elif not holds and not plan.persistent:
                known.waiting = [item for item in known.waiting if item.event != index]
            known.triggers[index] = holds
        return True

    def _set(self, column: int, plan: EventPlan, values: list[float]) -> None:
        rows = self._rows
        for target, value in zip(plan.targets, values, strict=True):
            if target < rows.parameters:
                self._memory[rows.parameter + target, column] = value
            else:
                self._memory[rows.state + target - rows.parameters, column] = value
        self._call("constants")


def _caller(backend: str, code: Code, memory: Array) -> Callable[[str], None]:
    """Call an entry of a code on a memory."""
    if backend == "python":
        return lambda name: PYTHON_KERNELS[code.addresses[name]](memory)
    kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
    functions = {name: kind(address) for name, address in code.addresses.items()}
    pointer = memory.ctypes.data
    return lambda name: functions[name](pointer)
