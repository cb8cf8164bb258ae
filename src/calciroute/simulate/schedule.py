"""Collecting an arm: everything that is swallowed or done, before it becomes doses and inputs."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
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
    """

    name: str
    body: Body
    last_h: float
    seed: int
    inputs: dict[str, float] = field(default_factory=dict)
    steady: dict[str, float] = field(default_factory=dict)
    swallowed: list[Swallowed] = field(default_factory=list)
    blends: dict[str, list[tuple[float, tuple[str, ...]]]] = field(default_factory=dict)
    calcium_loads_mg: list[float] = field(default_factory=list)

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
            self.inputs[name] = self.inputs.get(name, default_value(self.body, name)) + value
            self.steady[name] = self.inputs[name]
        else:
            self.swallowed.append(Swallowed(start_h, name, value))
        if stop_h is not None and stop_h < self.last_h:
            self.swallowed.append(Swallowed(stop_h, name, -value))

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
        return Arm(
            self.name,
            dict(self.inputs),
            tuple(sorted(self.swallowed, key=lambda one: (one.time_h, one.target))),
            {name: tuple(parts) for name, parts in self.blends.items()},
            dict(self.steady),
            tuple(dict.fromkeys(self.calcium_loads_mg)),
        )
