"""The project's own engine on a case: one person, or many in full vector lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.settled import TRACE
from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.program import Program, compile_program
from calciroute.engine.solve import Courses, Tolerances, solve
from calciroute.sbml.cache import cache_folder
from calciroute.sbml.read import read_system

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ours:
    """A compiled case."""

    case: Case
    program: Program
    states: list[str]

    def lanes(self, people: list[dict[str, float]], shift_h: Array | None = None) -> Lanes:
        """A lane for each set of parameters; ``shift_h`` (lane, dose) moves each dose in time."""
        count, doses = len(people), self.case.doses
        names = sorted({name for person in people for name in person})
        parameters = {
            name: np.array([person.get(name, self.program.defaults.get(name, np.nan)) for person in people])
            for name in names
        }
        targets = tuple(sorted({dose.target for dose in doses}))
        times = np.tile([dose.time_h for dose in doses], (count, 1))
        times = times if shift_h is None else np.maximum(times + shift_h, 0.0)
        table = Doses(
            np.repeat(np.arange(count), len(doses)),
            times.ravel(),
            np.tile([targets.index(dose.target) for dose in doses], count),
            np.tile([dose.amount for dose in doses], count),
            targets,
        )
        return Lanes(count, parameters, self.case.start, table)

    def tolerances(self, relative: float) -> Tolerances:
        """Bounds of a run."""
        return Tolerances(relative, 1e-2 * relative, TRACE)

    def run(self, lanes: Lanes, relative: float, **options: Any) -> Courses:
        """All states of all lanes at the times of the case."""
        return solve(
            self.program,
            lanes,
            self.case.times(),
            outputs=self.states,
            tolerances=self.tolerances(relative),
            **options,
        )


def ours(case: Case) -> Ours:
    """Compiled, or from the cache."""
    key = f"benchmarks {case.model_hash}"
    states = list(read_system(case.sbml, case.name).system.states)
    program = compile_program(
        lambda: read_system(case.sbml, case.name).system,
        outputs=states,
        cache=cache_folder() / "machine_code",
        key=key,
    )
    return Ours(case, program, states)
