"""Every contender over a ladder of tolerances on both cases, interleaved: work against precision.

A round runs each contender once at each tolerance; the least CPU time of the rounds counts, since whatever
else the machine did can only add. Rivals run the central person. Ours runs that person alone, and 64 persons
around that one, the first of them the central one whose error is taken.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case, persons
from benchmarks.clock import cpu
from benchmarks.curves import Point
from benchmarks.errors import reference
from benchmarks.ours import ours
from benchmarks.rivals import Rival
from benchmarks.settled import settle

LADDER = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
ROUNDS = 2
LANES = 64
POPULATION, ALONE = "calciroute", "calciroute, one person"


@dataclass
class Contender:
    """One solver on one case."""

    case: str
    tool: str
    how: str
    run: Callable[[float], npt.NDArray[np.float64]]
    error: Callable[[npt.NDArray[np.float64]], tuple[float, float]]
    share: int = 1
    prepared_s: float = 0.0
    times: dict[float, list[float]] = field(default_factory=dict)
    errors: dict[float, tuple[float, float]] = field(default_factory=dict)
    failed: dict[float, str] = field(default_factory=dict)

    def once(self, relative: float) -> None:
        """One timed run."""
        if relative in self.failed:
            return
        try:
            seconds, values = cpu(lambda: self.run(relative))
        except RuntimeError as stopped:
            self.failed[relative] = " ".join(str(stopped).split())[:120]
            return
        self.times.setdefault(relative, []).append(seconds / self.share)
        self.errors[relative] = self.error(values)

    def points(self) -> list[Point]:
        """What was measured."""
        return [
            Point(self.case, self.tool, self.how, relative, min(seconds), *self.errors[relative])
            for relative, seconds in self.times.items()
        ]


@dataclass(frozen=True)
class Measured:
    """All points of a run and what else is worth keeping."""

    points: list[Point]
    prepared: list[dict[str, Any]]
    failed: list[dict[str, Any]]
    spread: float


def contenders(case: Case, rivals: Sequence[Rival], ladder: Sequence[float]) -> list[Contender]:
    """Everyone on one case, set up: none of it is timed, how long it took is kept."""
    settled = settle(case, case.parameters)
    own = ours(case)
    states = own.states
    error = reference(case, settled, states).error
    people = persons(case, LANES)
    alone, many = own.lanes(people[:1]), own.lanes(people)

    def population(relative: float) -> npt.NDArray[np.float64]:
        return np.asarray(own.run(many, relative).values[0])

    def person(relative: float) -> npt.NDArray[np.float64]:
        return np.asarray(own.run(alone, relative).values[0])

    person(1e-2)
    found = [
        Contender(case.name, POPULATION, f"{LANES} persons in vector lanes", population, error, LANES),
        Contender(case.name, ALONE, "seven of eight lanes empty", person, error),
    ]
    for rival in rivals:
        began = time.monotonic()
        try:
            run = rival.prepare(case, settled, states)
        except RuntimeError as stopped:
            print(f"{case.name}: {rival.tool}, {rival.how}: left out, {stopped}", flush=True)
            continue
        with suppress(RuntimeError):  # once before it counts; where it stops will show
            run(ladder[0])
        took = time.monotonic() - began
        print(f"{case.name}: {rival.tool}, {rival.how}: ready after {took:.0f} s", flush=True)
        found.append(Contender(case.name, rival.tool, rival.how, run, error, prepared_s=took))
    return found


def measure(
    cases: Sequence[Case],
    rivals: Sequence[Rival],
    ladder: Sequence[float] = LADDER,
    rounds: int = ROUNDS,
) -> Measured:
    """All rounds."""
    everyone = [contender for case in cases for contender in contenders(case, rivals, ladder)]
    for number in range(rounds):
        for relative in ladder:
            for contender in everyone:
                contender.once(relative)
        print(f"round {number + 1} of {rounds}", flush=True)
    runs = [seconds for contender in everyone for seconds in contender.times.values()]
    return Measured(
        [point for contender in everyone for point in contender.points()],
        [
            {"case": one.case, "tool": one.tool, "how": one.how, "ready_after_s": round(one.prepared_s, 1)}
            for one in everyone
            if one.prepared_s
        ],
        [
            {"case": one.case, "tool": one.tool, "how": one.how, "relative": relative, "why": why}
            for one in everyone
            for relative, why in one.failed.items()
        ],
        float(np.median([max(seconds) / min(seconds) for seconds in runs])),
    )
