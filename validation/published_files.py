"""The published body against all seventeen reference files: largest relative difference, file by file.

    python validation/published_files.py [FOLDER]

FOLDER holds the files (default ../shared/reference/peterson_riggs), made by a program that is not ours. Each
is run twice: by libRoadRunner, and by the engine. Both at relative tolerance 1e-10 and absolute tolerance
1e-12 of each state's start, stopped at each dose. Bound: 1e-6.

The published model has corners. Three are comparisons, which the engine locates inside a step and ends the
step there; two are absolute values (urine that runs dry), which it steps across at its error bound. Told is
how often a run turned a comparison, and how often an absolute value changed its side between two rows.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT.parent / "shared" / "reference" / "peterson_riggs"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
from results import write_result  # noqa: E402
from solvers import roadrunner_course  # noqa: E402
from step_ends import watch  # noqa: E402

from calciroute.body.assembly import assemble  # noqa: E402
from calciroute.body.lanes import doses_of  # noqa: E402
from calciroute.body.machine import program_of  # noqa: E402
from calciroute.body.units import declared_units  # noqa: E402
from calciroute.engine.lanes import Lanes  # noqa: E402
from calciroute.units.expression import convert  # noqa: E402
from published_run import (  # noqa: E402
    TIGHT,
    columns,
    lane_of,
    largest_difference,
    read_file,
    run_scenario,
    scenarios,
)
from roadrunner_reference.runner import runner_for  # noqa: E402

Array = npt.NDArray[np.float64]
BOUND = 1e-6
# What stands in an absolute value: urine calcium before it is cut at 0, phosphate over its threshold.
ABSOLUTE_VALUES = (("Ca_urine_raw", ""), ("C_Pi", "TmP_ref"))


def main(folder: Path) -> int:
    """Compare, print, store; 1 when a file is missed by either solver."""
    rows = [file_row(folder, name) for name in scenarios()]
    within = {name: sum(row[name] <= BOUND for row in rows) for name in ("difference", "engine_difference")}
    largest = {name: max(row[name] for row in rows) for name in within}
    for name, solver in (("difference", "libRoadRunner"), ("engine_difference", "engine")):
        print(f"{solver}: {within[name]} of {len(rows)} files within {BOUND:g}; largest {largest[name]:.1e}")
    figures = {
        "files": len(rows),
        "within_bound": within["difference"],
        "bound": BOUND,
        "largest_difference": largest["difference"],
        "engine_within_bound": within["engine_difference"],
        "engine_largest_difference": largest["engine_difference"],
        "comparisons_turned": sum(row["comparisons_turned"] for row in rows),
        "absolute_values_turned": sum(row["absolute_values_turned"] for row in rows),
    }
    write_result("published_files", figures, rows, variant="published")
    return int(min(within.values()) < len(rows))


def file_row(folder: Path, name: str) -> dict[str, Any]:
    """Both solvers on one file, and the corners that the run crosses."""
    expected = read_file(folder / f"openbonemin_{name}.csv")
    begin = time.perf_counter()
    other, other_column = largest_difference(expected, roadrunner_scenario(name, expected["time_h"]))
    middle = time.perf_counter()
    own, own_column = largest_difference(expected, run_scenario(name, expected["time_h"]))
    end = time.perf_counter()
    comparisons, absolute_values = corners(name, expected["time_h"])
    print(
        f"{name:38s} libRoadRunner {other:8.1e} {other_column:8s} {middle - begin:5.1f} s   "
        f"engine {own:8.1e} {own_column:8s} {end - middle:5.1f} s   turned: {comparisons} comparisons, "
        f"{absolute_values} absolute values  {'ok' if max(own, other) <= BOUND else 'MISSED'}",
        flush=True,
    )
    return {
        "file": name,
        "rows": len(expected["time_h"]),
        "difference": other,
        "column": other_column,
        "engine_difference": own,
        "engine_column": own_column,
        "comparisons_turned": comparisons,
        "absolute_values_turned": absolute_values,
    }


def roadrunner_scenario(name: str, times_h: Sequence[float] | Array) -> dict[str, Array]:
    """Every column of a reference file by libRoadRunner."""
    body, table, lane = assemble("published"), columns(), lane_of(scenarios()[name])
    units, times = declared_units(body), np.asarray(times_h, dtype=float)
    outputs = [id for id, _, _ in table.values()]
    found = roadrunner_course(runner_for(body), lane, times, outputs, TIGHT)
    courses = {"time_h": times}
    for place, (column, (id, unit, factor)) in enumerate(table.items()):
        courses[column] = found[:, place] * convert(1.0, units[id], unit) * factor
    return courses


def corners(name: str, times_h: Sequence[float] | Array) -> tuple[int, int]:
    """How often comparisons turned in a run, and absolute values changed their side between its rows."""
    program, lane = program_of(assemble("published")), lane_of(scenarios()[name])
    lanes = Lanes(1, lane.parameters, lane.start, doses_of([lane]))
    names = [name for pair in ABSOLUTE_VALUES for name in pair if name]
    seen = watch(program, lanes, np.asarray(times_h, dtype=float), names, TIGHT.for_engine())
    values = dict(zip(names, seen.found.values[0].T, strict=True))
    sides = [np.sign(values[one] - (values[less] if less else 0.0)) for one, less in ABSOLUTE_VALUES]
    return int(seen.turns[0]), sum(int(np.count_nonzero(np.diff(side))) for side in sides)


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else FILES
    sys.exit(main(given))
