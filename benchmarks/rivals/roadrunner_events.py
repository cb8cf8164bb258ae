"""libRoadRunner with doses as SBML events, which it finds by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.rivals.face import Run
from benchmarks.settled import Settled


@dataclass(frozen=True)
class RoadRunnerEvents:
    """Doses as events in the file."""

    tool: str = "libRoadRunner"
    how: str = "doses as events"

    def version(self) -> str:
        """Of the package."""
        import roadrunner

        return str(roadrunner.__version__)

    def prepare(self, case: Case, settled: Settled, states: list[str]) -> Run:
        """Load once; a run goes back to the origin."""
        import roadrunner

        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        runner = roadrunner.RoadRunner(settled.events)
        integrator = runner.integrator
        integrator.setValue("stiff", True)
        integrator.setValue("maximum_num_steps", 1_000_000)
        runner.timeCourseSelections = ["time", *states]
        own = [*runner.getRateRuleIds(), *runner.model.getFloatingSpeciesIds()]
        times = [0.0, *case.times()]

        def run(relative: float) -> npt.NDArray[np.float64]:
            runner.resetToOrigin()  # the plain reset leaves what an event has changed as it is
            absolute = settled.absolute(relative)
            integrator.setValue("relative_tolerance", relative)
            integrator.setValue("absolute_tolerance", [absolute.get(name, 1e-2 * relative) for name in own])
            return np.array(runner.simulate(times=times))[1:, 1:]

        return run
