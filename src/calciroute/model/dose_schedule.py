"""Rows of doses as single doses of each lane: repeats written out, infusions as switches of an inflow.

An inflow is held as a level, not as a sum of what goes up and down: where nothing flows any more it is 0 to
the last bit, however many infusions overlapped before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.equations.inflow import inflow_id
from calciroute.errors import InputError, Problem
from calciroute.model.dose_table import Dose

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
LIMIT_PER_LANE = 1_000_000
# An infusion that begins as another ends: their times differ by rounding alone, and are one instant.
_ONE_INSTANT = 1e-12


@dataclass(frozen=True)
class Schedule:
    """Single doses.

    Parameters
    ----------
    time : float array (dose,)
        In the model's unit, not sorted over targets.
    target : int array (dose,)
        Place in the list of targets.
    amount : float array (dose,)
        Added at that instant.
    """

    time: Array
    target: Places
    amount: Array


class DosePlan:
    """Doses of all lanes, written out lane by lane on demand.

    Parameters
    ----------
    doses : sequence of Dose
        Rows as read.
    end : float
        Last time of the run; what comes later is left out.

    Raises
    ------
    InputError
        When a row gives more than a million doses before the end.

    Examples
    --------
    >>> plan = DosePlan([Dose("d.csv:2", None, 0.0, "gut", 90.0, interval=24.0, count=3)], 30.0)
    >>> plan.targets, plan.of(["a", "b"])[0]
    (('gut',), array([0, 0, 1, 1]))
    """

    def __init__(self, doses: Sequence[Dose], end: float) -> None:
        self._end = end
        self._common = [dose for dose in doses if dose.lane is None]
        self._own: dict[str, list[Dose]] = {}
        for dose in doses:
            if dose.lane is not None:
                self._own.setdefault(dose.lane, []).append(dose)
        self.inflows = tuple(dict.fromkeys(dose.target for dose in doses if dose.duration > 0.0))
        at_once = dict.fromkeys(dose.target for dose in doses if dose.duration <= 0.0)
        self.targets = (*at_once, *(inflow_id(state) for state in self.inflows))
        self._place = {target: place for place, target in enumerate(self.targets)}
        many = [dose for dose in doses if self._count(dose) > LIMIT_PER_LANE]
        if many:
            found = f"this row gives {self._count(many[0]):,} doses before the end"
            raise InputError(
                [Problem(many[0].where, found, f"at most {LIMIT_PER_LANE:,}", "a longer interval")]
            )
        self.late = sum(dose.time > end for dose in doses)

    def largest(self) -> int:
        """Doses of the lane that has most, at least; an infusion counts twice.

        Returns
        -------
        int
        """
        shared = self._sum(self._common)
        return shared + max((self._sum(rows) for rows in self._own.values()), default=0)

    def of(self, lanes: Sequence[str]) -> tuple[Places, Array, Places, Array]:
        """Doses of some lanes.

        Parameters
        ----------
        lanes : sequence of str
            Names.

        Returns
        -------
        tuple of arrays (dose,)
            Place of the lane in `lanes`, time, place of the target in `targets`, amount.
        """
        shared = self._schedule(self._common)
        schedules = [
            self._schedule([*self._common, *self._own[lane]]) if lane in self._own else shared
            for lane in lanes
        ]
        lengths = [len(one.time) for one in schedules]
        return (
            np.repeat(np.arange(len(lanes), dtype=np.int64), lengths),
            np.concatenate([one.time for one in schedules]),
            np.concatenate([one.target for one in schedules]),
            np.concatenate([one.amount for one in schedules]),
        )

    def _sum(self, rows: Iterable[Dose]) -> int:
        return sum(self._count(dose) * (2 if dose.duration > 0.0 else 1) for dose in rows)

    def _count(self, dose: Dose) -> int:
        if dose.time > self._end:
            return 0
        if dose.count == 1:
            return 1
        return min(dose.count, int((self._end - dose.time) / dose.interval) + 1)

    def _schedule(self, rows: Sequence[Dose]) -> Schedule:
        times: list[Array] = [np.empty(0)]
        targets: list[Places] = [np.empty(0, dtype=np.int64)]
        amounts: list[Array] = [np.empty(0)]

        def add(target: str, when: Array, much: Array) -> None:
            times.append(when)
            targets.append(np.full(len(when), self._place[target], dtype=np.int64))
            amounts.append(much)

        for dose in rows:
            if dose.duration <= 0.0:
                starts = self._starts(dose)
                add(dose.target, starts, np.full(len(starts), dose.amount))
        for state in self.inflows:
            flowing = [dose for dose in rows if dose.duration > 0.0 and dose.target == state]
            if flowing:
                when, change = self._switches(flowing)
                add(inflow_id(state), when, change)
        return Schedule(np.concatenate(times), np.concatenate(targets), np.concatenate(amounts))

    def _starts(self, dose: Dose) -> Array:
        return dose.time + dose.interval * np.arange(self._count(dose), dtype=np.float64)

    def _switches(self, doses: Sequence[Dose]) -> tuple[Array, Array]:
        """Instants at which an inflow changes, and by how much."""
        edges: list[tuple[float, float]] = []
        for dose in doses:
            rate = dose.amount / dose.duration
            for start in self._starts(dose):
                edges += [(float(start), rate), (float(start) + dose.duration, -rate)]
        edges.sort(key=lambda edge: edge[0])
        when: list[float] = []
        change: list[float] = []
        level = 0.0
        flowing: dict[float, int] = {}
        place = 0
        while place < len(edges):
            instant = edges[place][0]
            while place < len(edges) and edges[place][0] - instant <= _ONE_INSTANT * max(1.0, abs(instant)):
                rate = edges[place][1]
                # A rate and its negative are one entry that counts up and down: no sum of floats to drift.
                flowing[abs(rate)] = flowing.get(abs(rate), 0) + (1 if rate > 0.0 else -1)
                place += 1
            wanted = math.fsum(rate * count for rate, count in flowing.items() if count)
            if wanted != level and instant <= self._end:
                when.append(instant)
                change.append(wanted - level)
                level += wanted - level
        return np.array(when), np.array(change)
