"""Whether outputs keep to the tolerance: random persons at 1e-4, 1e-6 and 1e-8, a thousand at the standard.

    python validation/tolerance_ladder.py [--persons 100] [--standard 1000] [--days 180] [--seed 20260101]

Persons and regimens are those of `drawn_persons`; the absolute tolerance goes along, at a hundredth of the
relative one. The rule: no reported output, in no person and at no time, moves by more than a hundred times
the tolerance when everything is run again at 1e-10, nor when it is run at the next finer rung.
The second part (target T14): at the standard tolerance the reported outputs of 99 % of the persons are within
1e-3 of a run at 1e-8. A move counts against the value itself; where that is less, against a thousandth of the
largest value in that person over the whole run, or a millionth of the largest in anybody: MK-4 has left
plasma half a day after its dose. Times are random hours. States that are no outputs, such as what is left of
a dose in the gut, are shown against their largest value.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
from drawn_persons import draw_person, start  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.body.assembly import Body, assemble  # noqa: E402
from calciroute.body.lanes import faults  # noqa: E402
from calciroute.body.machine import program_of  # noqa: E402
from calciroute.body.outputs import read_outputs  # noqa: E402
from calciroute.body.solver import STANDARD, Tolerances, solve_lanes  # noqa: E402
from calciroute.engine.lanes import Lanes, some_lanes  # noqa: E402

Array = npt.NDArray[np.float64]
RUNGS, REFERENCE = (1e-4, 1e-6, 1e-8), 1e-10
TIMES_OF_TOLERANCE = 100.0
ABSOLUTE_SHARE = 1e-2
OWN_FLOOR, ANYBODY_FLOOR = 1e-3, 1e-6
T14_BOUND, T14_SHARE, T14_REFERENCE = 1e-3, 0.99, 1e-8
PORTION = 100
TIMES = 26
SIZE_EVERY_H = 2.9  # no part of a day: peaks after doses at the same hour are met


def main() -> int:
    """Run, compare, store; 1 when an output moves too far."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=100)
    parser.add_argument("--standard", type=int, default=1000)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args()
    body = assemble()
    reported, states = names(body)
    times = np.sort(np.random.default_rng(given.days).uniform(0.0, 24.0 * given.days, TIMES))
    wanted = [*reported, *(name for name in states if name not in reported)]
    lanes = ready(body, range(given.persons), given.days, given.seed)
    runs = {rung: values(body, lanes, times, wanted, rung) for rung in (*RUNGS, REFERENCE)}
    size = floored(sizes(body, lanes, given.days, wanted))
    rows = [rung_row(runs, place, reported, wanted, size) for place in range(len(RUNGS))]
    for row in rows:
        print(
            f"  {row['relative']:g}: largest move to {REFERENCE:g} {row['to_reference']:.1e}, "
            f"{row['times_of_tolerance']:.0f} times the tolerance ({row['output']}); to the next rung "
            f"{row['to_next']:.1e}; with all states {row['all_of_size']:.1e} of their size "
            f"({row['worst_of_size']})"
        )
    errors = standard_errors(body, range(given.standard), given.days, given.seed, times, reported)
    figures = {
        "persons": lanes.count,
        "days": given.days,
        "outputs": len(reported),
        "rungs": len(rows),
        "rungs_kept": sum(row["kept"] for row in rows),
        "largest_times_of_tolerance": max(row["times_of_tolerance"] for row in rows),
        "bound_times_of_tolerance": TIMES_OF_TOLERANCE,
        "standard_relative": STANDARD.relative,
        "standard_persons": len(errors),
        "standard_within": float(np.mean(errors <= T14_BOUND)),
        "standard_99_percent": float(np.quantile(errors, T14_SHARE)),
        "standard_worst": float(errors.max()),
        "standard_bound": T14_BOUND,
    }
    print(
        f"{figures['rungs_kept']} of {len(rows)} rungs keep to {TIMES_OF_TOLERANCE:g} times the tolerance, "
        f"{lanes.count} persons, {given.days} days\n"
        f"standard tolerance {STANDARD.relative:g}: {figures['standard_within']:.1%} of {len(errors)} "
        f"persons within {T14_BOUND:g} in every output, 99 % within "
        f"{figures['standard_99_percent']:.1e}, worst {figures['standard_worst']:.1e}"
    )
    write_result("tolerance_ladder", figures, rows)
    return int(figures["rungs_kept"] < len(rows) or figures["standard_within"] < T14_SHARE)


def names(body: Body) -> tuple[list[str], list[str]]:
    """Ids that a run reports, and states."""
    program = program_of(body)
    reported = [row.id for row in read_outputs().values() if row.id in program.outputs]
    return list(dict.fromkeys(reported)), [name for name in program.states if name != ":time"]


def ready(body: Body, numbers: range, days: int, seed: int) -> Lanes:
    """Lanes of persons who have a start; `random_persons` counts those who have none."""
    lanes, words = start(body, [draw_person(body, seed, number, days) for number in numbers])
    told = [first or second for first, second in zip(words, faults(lanes), strict=True)]
    return some_lanes(lanes, [place for place, text in enumerate(told) if not text])


def values(body: Body, lanes: Lanes, times: Array, wanted: list[str], relative: float) -> Array:
    """Course (lane, time, id) at a tolerance; infinite where a lane failed, so that it counts as far off."""
    began = time.perf_counter()
    bounds = Tolerances(relative, ABSOLUTE_SHARE * relative)
    found = solve_lanes(body, lanes, times, wanted, tolerances=bounds)
    failed = [place for place, words in enumerate(found.status) if words]
    for place in failed:
        print(f"  person {place} at {relative:g}: {found.status[place]}")
    courses = np.array(found.values)
    courses[failed] = np.inf
    print(f"  {lanes.count} persons at {relative:g}: {time.perf_counter() - began:.0f} s", flush=True)
    return courses


def sizes(body: Body, lanes: Lanes, days: int, wanted: list[str]) -> Array:
    """Largest size (lane, id) over the whole run."""
    times = np.arange(0.0, 24.0 * days, SIZE_EVERY_H)
    found = []
    for first in range(0, lanes.count, PORTION):
        part = some_lanes(lanes, range(first, min(first + PORTION, lanes.count)))
        found.append(np.nanmax(np.abs(solve_lanes(body, part, times, wanted).values), axis=1))
    return np.concatenate(found)


def floored(own: Array) -> Array:
    """Sizes (lane, id), at least a millionth of the largest in anybody."""
    return np.asarray(np.maximum(own, ANYBODY_FLOOR * own.max(axis=0)))


def shares(difference: Array, size: Array) -> Array:
    """Differences as shares; 1e300 where one is no number."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.abs(difference) / np.where(size > 0.0, size, 1.0)
    return np.where(np.isfinite(share), share, 1e300)


def moves(coarse: Array, fine: Array, size: Array) -> Array:
    """Differences of courses (lane, time, id) as shares of the value, or of a part of the size (lane, id).

    Examples
    --------
    >>> moves(np.array([[[2.0], [1.0]]]), np.array([[[2.0], [1.25]]]), np.array([[2.0]])).ravel()
    array([0. , 0.2])
    """
    return shares(coarse - fine, np.maximum(np.abs(fine), OWN_FLOOR * size[:, None, :]))


def rung_row(
    runs: dict[float, Array], place: int, reported: list[str], wanted: list[str], size: Array
) -> dict[str, Any]:
    """How far outputs at a rung are from the reference and from the next rung."""
    rung, finer = RUNGS[place], (*RUNGS, REFERENCE)[place + 1]
    count = len(reported)
    away = moves(runs[rung], runs[REFERENCE], size)[:, :, :count]
    step = moves(runs[rung], runs[finer], size)[:, :, :count]
    apart = shares(runs[rung] - runs[REFERENCE], size[:, None, :]).max(axis=(0, 1))
    each = away.max(axis=(0, 1))
    worst, state = int(np.argmax(each)), int(np.argmax(apart))
    return {
        "relative": rung,
        "to_reference": float(each[worst]),
        "output": reported[worst],
        "times_of_tolerance": float(each[worst]) / rung,
        "99_percent_of_persons": float(np.quantile(away.max(axis=(1, 2)), 0.99)),
        "to_next": float(step.max()),
        "all_of_size": float(apart[state]),
        "worst_of_size": wanted[state],
        "kept": bool(max(float(each[worst]), float(step.max())) <= TIMES_OF_TOLERANCE * rung),
    }


def standard_errors(
    body: Body, numbers: range, days: int, seed: int, times: Array, reported: list[str]
) -> Array:
    """Largest move of any reported output at the standard tolerance, person by person."""
    usual, fine, size = [], [], []
    for first in range(0, len(numbers), PORTION):
        lanes = ready(body, numbers[first : first + PORTION], days, seed)
        usual.append(solve_lanes(body, lanes, times, reported).values)
        fine.append(values(body, lanes, times, reported, T14_REFERENCE))
        size.append(sizes(body, lanes, days, reported))
    away = moves(np.concatenate(usual), np.concatenate(fine), floored(np.concatenate(size)))
    return np.asarray(away.max(axis=(1, 2)))


if __name__ == "__main__":
    sys.exit(main())
