"""Anyone's model, ready to run: read once, run over as many lanes and doses as wanted."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from calciroute.equations.system import System
from calciroute.errors import InputError, Problem
from calciroute.model.declared_units import DeclaredUnits
from calciroute.model.dose_schedule import DosePlan
from calciroute.model.dose_table import read_doses
from calciroute.model.lane_table import read_lanes
from calciroute.model.output_times import output_times
from calciroute.model.stored import known_names, moving_names, near_words
from calciroute.model.values_missing import values_missing

if TYPE_CHECKING:
    import xarray as xr

    from calciroute.engine.averaging import Averaging
    from calciroute.model.solve_lanes import Progress

LIMIT_BYTES = 8_000_000_000
RELATIVE, TIGHTEST, LOOSEST = 1e-6, 1e-12, 1e-2


@dataclass(frozen=True)
class Model:
    """A model as read from a file.

    Parameters
    ----------
    name : str
        Of the model in its file, else of the file.
    source : str
        The file.
    text_hash : str
        SHA-256 of its text.
    system : System
        Its equations.
    units : DeclaredUnits
        What it says about units.
    notes : tuple of str, optional
        What the file asks for and a run leaves out without changing a number.
    """

    name: str
    source: str
    text_hash: str
    system: System
    units: DeclaredUnits
    notes: tuple[str, ...] = ()

    def run(
        self,
        *,
        parameters: Any = None,
        doses: Any = None,
        until: float | None = None,
        steps: int | None = None,
        times: Sequence[float] | npt.NDArray[np.float64] | None = None,
        outputs: Sequence[str] | None = None,
        tolerance: float = RELATIVE,
        workers: int | None = None,
        averaged: Averaging | None = None,
        progress: Progress | None = None,
    ) -> xr.Dataset:
        """Run the model, a lane for each row of a table.

        Parameters
        ----------
        parameters : str, Path, DataFrame, mapping, sequence of mappings, optional
            A row for each lane, a column for each parameter or start value; a blank (None) keeps the model's
            own. Without it one lane runs as the file says. See `calciroute.model.lane_table.read_lanes`.
        doses : str, Path, DataFrame, mapping, sequence of mappings, optional
            See `calciroute.model.dose_table.read_doses`.
        until : float, optional
            End of the run in the model's unit of time, 100 by default.
        steps : int, optional
            Even steps to the end, 100 by default.
        times : sequence of float, optional
            Output times instead of an end and steps. A value at the time of a dose is that just before it.
        outputs : sequence of str, optional
            Ids to read; by default all that moves by itself. ``["all"]`` gives every id of the model.
        tolerance : float, optional
            Relative, 1e-12 to 1e-2.
        workers : int, optional
            Cores to use, all by default; the numbers are the same on any.
        averaged : calciroute.engine.averaging.Averaging, optional
            A linear block whose doses repeat every period. Values after time 0 are then means over the
            period about their time, and some lanes run with every dose beside it: the attributes ``values``
            and ``averaging_differences`` say so. See ``docs/averaging.md``.
        progress : callable, optional
            Takes stage, done and total.

        Returns
        -------
        xarray.Dataset
            As `calciroute.model.dataset.as_dataset` describes it. A lane that failed is NaN from there on;
            its ``status`` is not 0, and the attribute ``failures`` says why.

        Raises
        ------
        InputError
            For tables, ids and times that do not fit the model, before anything runs.
        """
        chosen = self._outputs(outputs)
        at = output_times(until, steps, times)
        _check_numbers(tolerance, workers)
        lanes = read_lanes(parameters, self.system)
        if problems := values_missing(self.system, lanes.filled(), self.source):
            raise InputError(problems)
        plan = DosePlan(read_doses(doses, self.system, self.units.hour, lanes.names), float(at[-1]))
        size = 8 * len(lanes.names) * len(at) * len(chosen)
        if size > LIMIT_BYTES:
            counts = f"{len(lanes.names):,} lanes, {len(at):,} times and {len(chosen):,} outputs"
            found = f"{counts} make {size / 1e9:.1f} GB"
            expected = f"at most {LIMIT_BYTES / 1e9:.0f} GB"
            raise InputError([Problem("", found, expected, "fewer outputs or times, or the table in parts")])

        from calciroute.engine.solve import Tolerances
        from calciroute.model.dataset import as_dataset
        from calciroute.model.solve_lanes import solve_lanes

        tolerances = Tolerances(relative=tolerance)
        threads = workers or _cores()
        courses = solve_lanes(
            self.system,
            lanes,
            plan,
            at,
            chosen,
            source=self.source,
            tolerances=tolerances,
            threads=threads,
            averaged=averaged,
            progress=progress,
        )
        record: dict[str, str | float] = {
            "source": f"calciroute {_version()}",
            "model": self.name,
            "model_file": Path(self.source).name,
            "model_hash": self.text_hash,
            "relative_tolerance": tolerances.relative,
            "absolute_tolerance_share": tolerances.absolute,
            "notes": "\n".join((*self.notes, *_late(plan))),
        }
        if averaged is not None:
            record["values"] = f"period mean over {averaged.period:g} about each time; at time 0 the start"
            record["averaging_differences"] = json.dumps(dict(courses.differences))
        return as_dataset(courses, lanes.names, at, chosen, self.units.of, self.units.time, record)

    def _outputs(self, wanted: Sequence[str] | None) -> list[str]:
        if wanted is None:
            moving = moving_names(self.system)
            found = list(moving or self.system.equations or self.system.parameters)
            if not found:
                raise InputError(
                    [Problem(self.source, "the model holds nothing to show", "a model with values")]
                )
            return found
        ids = [self.system.states, self.system.equations, self.system.parameters]
        if list(wanted) == ["all"] and not any("all" in group for group in ids):
            return list(known_names(self.system))
        problems = []
        for name in dict.fromkeys(wanted):
            if not any(name in group for group in ids):
                near = near_words(name, known_names(self.system))
                problems.append(
                    Problem("--outputs", f"'{name[:60]}' is not in the model", "ids of the model", near)
                )
        if not list(wanted):
            problems.append(Problem("--outputs", "no output is named", "ids of the model"))
        if problems:
            raise InputError(problems[:20])
        return list(dict.fromkeys(wanted))


def _late(plan: DosePlan) -> tuple[str, ...]:
    if not plan.late:
        return ()
    rows = "1 row of doses begins" if plan.late == 1 else f"{plan.late} rows of doses begin"
    return (f"{rows} after the end and nothing of it was given",)


def _check_numbers(tolerance: float, workers: int | None) -> None:
    problems = []
    if not isinstance(tolerance, int | float) or not TIGHTEST <= tolerance <= LOOSEST:
        problems.append(Problem("--tolerance", f"{tolerance}", f"a number from {TIGHTEST:g} to {LOOSEST:g}"))
    if workers is not None and (not isinstance(workers, int) or not 1 <= workers <= 1024):
        problems.append(Problem("--workers", f"{workers}", "a whole number from 1 to 1024"))
    if problems:
        raise InputError(problems)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # what this process may use, not what the machine has
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _version() -> str:
    try:
        return metadata.version("calciroute")
    except metadata.PackageNotFoundError:
        return "unknown"
