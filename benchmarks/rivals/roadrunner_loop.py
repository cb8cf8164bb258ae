"""libRoadRunner, stopped at each dose: CVODE on its own machine code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.rivals.face import Run
from benchmarks.settled import Settled


@dataclass(frozen=True)
class RoadRunnerLoop:
    """Doses in a loop around the integrator."""

    tool: str = "libRoadRunner"
    how: str = "doses in a loop"
    first_step_h: float = 1e-3

    def version(self) -> str:
        """Of the package."""
        import roadrunner

        return str(roadrunner.__version__)

    def prepare(self, case: Case, settled: Settled, states: list[str]) -> Run:
        """Load once; a run sets all states back and restarts the integrator."""
        import roadrunner

        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        runner = roadrunner.RoadRunner(settled.plain)
        model, integrator = runner.model, runner.integrator
        integrator.setValue("stiff", True)
        integrator.setValue("maximum_num_steps", 1_000_000)
        integrator.setValue("initial_time_step", self.first_step_h)
        ruled, species = list(runner.getRateRuleIds()), list(model.getFloatingSpeciesIds())
        places = [list(model.getGlobalParameterIds()).index(name) for name in ruled]
        order = [[*ruled, *species].index(name) for name in states]
        own = [*ruled, *species]
        start = np.array([settled.start[name] for name in own])

        def state() -> npt.NDArray[np.float64]:
            held = model.getGlobalParameterValues(places) if places else []
            return np.concatenate([np.asarray(held, dtype=float), model.getFloatingSpeciesAmounts()])

        def run(relative: float) -> npt.NDArray[np.float64]:
            assert runner is not None  # model and integrator are gone with it
            absolute = settled.absolute(relative)
            integrator.setValue("relative_tolerance", relative)
            integrator.setValue("absolute_tolerance", [absolute[name] for name in own])
            if places:
                model.setGlobalParameterValues(places, start[: len(places)])
            model.setFloatingSpeciesAmounts(start[len(places) :])
            integrator.restart(0.0)
            now, rows = 0.0, []
            for stop, given, wanted in stops(case, species):
                if stop > now:
                    integrator.integrate(now, stop - now)
                    now = stop
                if wanted:
                    rows.append(state()[order])
                for place, amount in given:
                    held = model.getFloatingSpeciesAmounts([place])[0]
                    model.setFloatingSpeciesAmounts([place], [held + amount])
                if given:
                    integrator.restart(now)
            return np.array(rows)

        return run


def stops(case: Case, species: list[str]) -> Iterator[tuple[float, list[tuple[int, float]], bool]]:
    """Times at which something happens: doses as (species, amount), and whether values are wanted."""
    times = case.times()
    wanted = {float(time) for time in times}
    given: dict[float, list[tuple[int, float]]] = {}
    for dose in case.doses:
        given.setdefault(dose.time_h, []).append((species.index(dose.target), dose.amount))
    end = max(wanted)
    for time in sorted(wanted | set(given)):
        if time <= end:
            yield time, given.get(time, []), time in wanted
