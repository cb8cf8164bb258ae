"""Lanes of a table with repeated doses averaged over the period, and how far that is from every dose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calciroute.engine.averaged_program import AveragedProgram, compile_averaged
from calciroute.engine.averaged_solve import solve_averaged
from calciroute.engine.averaging import Averaging
from calciroute.engine.lanes import Lanes
from calciroute.engine.program import compile_program
from calciroute.engine.sentinels import Sentinels
from calciroute.engine.solve import Courses, Tolerances
from calciroute.equations.fingerprint import system_hash
from calciroute.equations.system import System
from calciroute.sbml.cache import cache_folder

Array = npt.NDArray[np.float64]
# So many periods at most are run with every dose.
_PERIODS = 365


@dataclass
class AveragedLanes:
    """An averaged model with its sentinels.

    Parameters
    ----------
    program : AveragedProgram
        Of the means.
    sentinels : Sentinels
        Of every dose.
    differences : dict of str to float
        Grows: by output, the largest difference of a sentinel from its run with every dose.
    """

    program: AveragedProgram
    sentinels: Sentinels
    differences: dict[str, float] = field(default_factory=dict)

    def run(
        self,
        lanes: Lanes,
        times: Array,
        outputs: Sequence[str],
        tolerances: Tolerances,
        threads: int,
        progress: Callable[[int], None] | None = None,
    ) -> Courses:
        """Period means of some lanes.

        Parameters
        ----------
        lanes : Lanes
            With every dose.
        times : float array (time,)
            Output times.
        outputs : sequence of str
            Ids.
        tolerances : Tolerances
            Of the engine.
        threads : int
            Cores to use.
        progress : callable, optional
            Called with the number of finished lanes now and then.

        Returns
        -------
        Courses
            Values at times above 0 are means over the period about them.
        """
        found = solve_averaged(
            self.program, lanes, times, sentinels=self.sentinels, outputs=outputs, tolerances=tolerances,
            threads=threads, progress=progress,
        )  # fmt: skip
        if found.check is not None:
            for name, gap in zip(found.check.outputs, found.check.difference, strict=True):
                self.differences[name] = max(float(gap), self.differences.get(name, 0.0))
        return found


def averaged_model(system: System, averaging: Averaging, outputs: Sequence[str]) -> AveragedLanes:
    """Compile the means of a model, and the model with every dose for its sentinels.

    Parameters
    ----------
    system : System
        From an SBML file.
    averaging : Averaging
        Block, period and instants.
    outputs : sequence of str
        Ids that will be read.

    Returns
    -------
    AveragedLanes
        Ready to run.

    Raises
    ------
    SolveError
        When the block cannot be averaged; the words say why.
    """
    folder, key = cache_folder() / "machine_code", system_hash(system)
    means = compile_averaged(system, averaging, outputs=list(outputs), cache=folder, key=key)
    every = compile_program(
        system,
        outputs=[f"integral:{name}" for name in outputs],
        collectors=list(outputs),
        cache=folder,
        key=key,
    )
    return AveragedLanes(means, Sentinels(every, _PERIODS * averaging.period))
