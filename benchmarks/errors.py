"""How far a course is from the reference: the measure of every comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.settled import Settled

Array = npt.NDArray[np.float64]
FLOOR = 1e-3
TIGHT = 1e-11


@dataclass(frozen=True)
class Reference:
    """A tight course (time, state) with the typical size of each state."""

    values: Array
    sizes: Array
    key: list[int]

    def error(self, values: Array) -> tuple[float, float]:
        """Largest error over times: of key states, and of all states.

        |y - reference| / (|reference| + a thousandth of the state's size).
        """
        if values.shape != self.values.shape or not np.isfinite(values).all():
            return float("inf"), float("inf")
        error = np.abs(values - self.values) / (np.abs(self.values) + FLOOR * self.sizes)
        return float(error[:, self.key].max()), float(error.max())


def reference(case: Case, settled: Settled, states: list[str]) -> Reference:
    """libRoadRunner at 1e-11, which knows nothing of our engine."""
    from benchmarks.rivals.roadrunner_loop import RoadRunnerLoop

    # Its first step is cut seven times at most: it has to be short enough for the tightest bounds.
    values = RoadRunnerLoop(first_step_h=1e-7).prepare(case, settled, states)(TIGHT)
    sizes = np.maximum([settled.sizes[name] for name in states], np.abs(values).max(axis=0))
    for dose in case.doses:
        place = states.index(dose.target)
        sizes[place] = max(sizes[place], dose.amount)
    return Reference(values, sizes, [states.index(name) for name in case.key])
