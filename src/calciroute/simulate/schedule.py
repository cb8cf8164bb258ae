"""Collecting an arm: everything that is swallowed or done, before it becomes doses and inputs."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.simulate.arm import Arm, Swallowed
from calciroute.simulate.person_inputs import default_value
from calciroute.units.expression import convert

HOURS_PER_DAY = 24.0
_DOSES_STREAM = 1  # the seed of missed doses, apart from the one of knowledge


@dataclass
class Schedule:
    """An arm in the making.

    Parameters
    ----------
    name : str
        Of the arm.
    body : Body
        Whose units.
    last_h : float
        End of the run.
    seed : int
        Seed of missed doses.
    person : mapping of str to float
        Inputs of the person as they stand without this arm, in declared units.
    """

    name: str
    body: Body
    last_h: float
    seed: int
    person: Mapping[str, float] = field(default_factory=dict)
    inputs: dict[str, float] = field(default_factory=dict)
    steady: dict[str, float] = field(default_factory=dict)
    swallowed: list[Swallowed] = field(default_factory=list)
    blends: dict[str, list[tuple[float, tuple[str, ...]]]] = field(default_factory=dict)
    calcium_loads_mg: list[float] = field(default_factory=list)
    shares: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    occasions: list[float] = field(default_factory=list)

    def now(self, name: str) -> float:
        """Value of an input at the start of the run: of this arm, else the person's own, else the default."""
        if name in self.inputs:
            return self.inputs[name]
        return self.person[name] if name in self.person else default_value(self.body, name)

    def change(
        self, name: str, amount: float, unit: str, start_h: float | None, stop_h: float | None
    ) -> None:
        """Raise an input by an amount over a stretch of the run.

        Parameters
        ----------
        name : str
            Input that may change during a run.
        amount : float
            In `unit`.
        unit : str
            Unit expression.
        start_h, stop_h : float or None
            Hours; None as start means that it holds since before the run, None as stop to its end.
        """
        value = convert(amount, unit, declared_units(self.body)[name])
        if start_h is None:
            self.inputs[name] = self.now(name) + value
            self.steady[name] = self.inputs[name]
        else:
            self.swallowed.append(Swallowed(start_h, name, value))
        if stop_h is not None and stop_h < self.last_h:
            self.swallowed.append(Swallowed(stop_h, name, -value))

    def switch(self, name: str, share: float, start_h: float | None, stop_h: float | None) -> None:
        """Ask for an input of 0 or 1: it is 1 while the shares that are asked for reach one together.

        Parameters
        ----------
        name : str
            Input that may change during a run.
        share : float
            1 for a medicine; for a product the part of the amount from which on the effect counts.
        start_h, stop_h : float or None
            As in `change`.
        """
        begin = -math.inf if start_h is None else start_h
        self.shares.setdefault(name, []).append((share, begin, math.inf if stop_h is None else stop_h))

    def occasion(self, clock_h: float) -> int:
        """Number of a time of day outside meals: the first that this arm names is 0, the next another."""
        if clock_h not in self.occasions:
            self.occasions.append(clock_h)
        return self.occasions.index(clock_h)

    def blend(self, name: str, weight: float, ids: tuple[str, ...]) -> None:
        """Let an input be a weighted mean over products of numbers."""
        self.blends.setdefault(name, []).append((weight, ids))

    def taken(self, times_h: Sequence[float], adherence: float, label: str) -> list[float]:
        """The times of a series that are not missed; the same in every arm and draw.

        Parameters
        ----------
        times_h : sequence of float
            All times of the series.
        adherence : float
            Share of doses really taken, 0 to 1.
        label : str
            Names the series, so that the same product misses the same doses wherever it stands.

        Returns
        -------
        list of float
            In order.
        """
        if adherence >= 1.0:
            return list(times_h)
        key = (_DOSES_STREAM, zlib.crc32(label.encode()))
        stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=key)))
        kept = stream.random(len(times_h)) < adherence
        return [time for time, keep in zip(times_h, kept, strict=True) if keep]

    def arm(self) -> Arm:
        """The finished arm.

        Returns
        -------
        Arm
            Doses in order of time.
        """
        switched = {name: self._turns(name) for name in self.shares}
        on_before = {name: 1.0 for name, turns in switched.items() if -math.inf in turns}
        turned = [
            Swallowed(time, name, step)
            for name, turns in switched.items()
            for time, step in turns.items()
            if 0.0 <= time <= self.last_h
        ]
        return Arm(
            self.name,
            {**self.inputs, **on_before},
            tuple(sorted([*self.swallowed, *turned], key=lambda one: (one.time_h, one.target))),
            {name: tuple(parts) for name, parts in self.blends.items()},
            {**self.steady, **on_before},
            tuple(dict.fromkeys(self.calcium_loads_mg)),
        )

    def _turns(self, name: str) -> dict[float, float]:
        """By time: 1 where a switch is turned on, -1 where it is turned off."""
        if self.now(name) >= 1.0:
            return {}  # on through the whole run by what the person takes anyway
        asked = self.shares[name]
        turns: dict[float, float] = {}
        on = False
        for time in sorted({edge for _, begin, end in asked for edge in (begin, end)}):
            # Shares such as 0.6 and 0.4 have to reach one in spite of rounding.
            now = sum(share for share, begin, end in asked if begin <= time < end) >= 1.0 - 1e-9
            if now != on:
                turns[time] = 1.0 if now else -1.0
            on = now
        return turns
