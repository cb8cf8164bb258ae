"""COPASI through basico: LSODA on interpreted equations, doses as SBML events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.rivals.face import Run
from benchmarks.rivals.volumes import volumes
from benchmarks.settled import Settled

LARGEST_STEP_H = 2.0


@dataclass(frozen=True)
class Copasi:
    """It scales its absolute tolerance by each start value itself."""

    tool: str = "COPASI"
    how: str = "doses as events, LSODA"

    def version(self) -> str:
        """Of COPASI and of the package around it."""
        import basico
        import COPASI

        return f"{COPASI.__version__} (basico {basico.__version__})"

    def prepare(self, case: Case, settled: Settled, states: list[str]) -> Run:
        """Load once."""
        import basico

        source = basico.load_model_from_string(settled.events)
        # After a dose LSODA may leap over a whole day and end where no state makes sense.
        basico.set_task_settings(
            basico.T.TIME_COURSE, {"method": {"Max Internal Step Size": LARGEST_STEP_H}}, model=source
        )
        factor = np.array(volumes(settled.events, states))  # it reports concentrations; amounts are wanted
        times = [0.0, *case.times()]

        def run(relative: float) -> npt.NDArray[np.float64]:
            table = basico.run_time_course(
                model=source, values=times, use_sbml_id=True, method="deterministic", r_tol=relative,
                a_tol=1e-2 * relative, max_steps=100_000_000,
            )  # fmt: skip
            if len(table) != len(times):
                raise RuntimeError(f"COPASI stopped after hour {table.index[-1]}")
            return table[states].to_numpy()[1:] * factor

        return run
