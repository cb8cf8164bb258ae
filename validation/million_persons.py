"""A million virtual persons for three years with daily vitamin K, averaged over the day.

    python validation/million_persons.py [--persons 20000] [--years 3] [--seed 20260101]

Persons are random over the stated domain, no claim about a population. They run in portions, so that memory
does not grow with their number, and what comes out is kept as quantiles. In each portion some persons run
a year with every dose beside it. Machine code is made before the clock starts.
"""

from __future__ import annotations

import argparse
import math
import re
import resource
import sys
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

import numpy as np  # noqa: E402
from counted_values import CountedValues  # noqa: E402
from persons_in_columns import PORTION, daily_vitamers, person_columns  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.body.assembly import Body, assemble  # noqa: E402
from calciroute.body.averaged import AveragedSolution, solve_averaged_lanes  # noqa: E402
from calciroute.body.machine import usable_cores  # noqa: E402
from calciroute.body.outputs import Output, read_outputs  # noqa: E402
from calciroute.body.solver import STANDARD  # noqa: E402
from calciroute.body.start import start_states  # noqa: E402
from calciroute.body.units import declared_units  # noqa: E402
from calciroute.engine.lanes import Lanes, take  # noqa: E402
from calciroute.units.expression import convert  # noqa: E402

YEAR_H = 24.0 * 365.0
SENTINELS = 8
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_MEMORY_MB, MOST_FAILED = 1500.0, 0.01
MILLION = 1_000_000


class Tally:
    """What is kept of all persons."""

    def __init__(self, outcomes: list[Output], years: list[int]) -> None:
        self.outcomes, self.years = outcomes, years
        self.values = {(row.outcome, year): CountedValues() for row in outcomes for year in years}
        self.failures: Counter[str] = Counter()
        self.start_s, self.run_s, self.ran = 0.0, 0.0, 0
        self.difference: dict[str, float] = {}
        self.sentinels = 0

    def add(self, solution: AveragedSolution, factors: list[float]) -> None:
        """Count the persons of a portion."""
        ids = list(solution.outputs)
        for row, factor in zip(self.outcomes, factors, strict=True):
            for place, year in enumerate(self.years):
                self.values[row.outcome, year].add(solution.values[:, place, ids.index(row.id)] * factor)
        self.failures.update(_kind(words) for words in solution.status if words)
        self.ran += sum(not words for words in solution.status)
        if solution.check is not None:
            self.sentinels += len(solution.check.lanes)
            for name, gap in zip(solution.check.outputs, solution.check.difference, strict=True):
                self.difference[name] = max(self.difference.get(name, 0.0), float(gap))


def main() -> int:
    """Run, print, store; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args()
    # The largest difference of all portions is told at the end.
    warnings.filterwarnings("ignore", message="averaged values are not within")
    body = assemble()
    outcomes = [row for row in read_outputs().values() if row.kind != "trough"]
    years = list(range(1, given.years + 1))
    run_portion(body, Tally(outcomes, years), given.seed, 0, 64)  # machine code, from the cache or made now
    tally = Tally(outcomes, years)
    began, began_cpu = time.perf_counter(), time.process_time()
    for portion in range(math.ceil(given.persons / PORTION)):
        run_portion(body, tally, given.seed, portion, min(PORTION, given.persons - portion * PORTION))
        print(f"{min((portion + 1) * PORTION, given.persons)} of {given.persons} persons", flush=True)
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    figures = summary(tally, given.persons, wall, cpu)
    for name, value in figures.items():
        print(f"{name}: {value}")
    write_result("million_persons", figures, rows(tally))
    return int(figures["peak_memory_MB"] > MOST_MEMORY_MB or figures["failed"] > MOST_FAILED * given.persons)


def run_portion(body: Body, tally: Tally, seed: int, portion: int, count: int) -> None:
    """The first persons of a portion: start, run, count."""
    chosen = np.arange(count)
    columns = take(person_columns(body, seed, portion), chosen)
    last_h = YEAR_H * tally.years[-1]
    began = time.perf_counter()
    starts = start_states(body, Lanes(count, columns))
    good = [place for place, words in enumerate(starts.status) if not words]
    tally.failures.update(_kind(words) for words in starts.status if words)
    started = time.perf_counter()
    solution = solve_averaged_lanes(
        body,
        Lanes(len(good), take(columns, good), take(starts.states, good)),
        [YEAR_H * year for year in tally.years],
        list(dict.fromkeys(row.id for row in tally.outcomes)),
        trains=daily_vitamers(body, seed, portion, math.ceil(last_h / 24.0) + 1).of(good),
        sentinels=SENTINELS,
    )
    tally.start_s += started - began
    tally.run_s += time.perf_counter() - started
    units = declared_units(body)
    tally.add(solution, [convert(1.0, units[row.id], row.unit) for row in tally.outcomes])


def summary(tally: Tally, persons: int, wall: float, cpu: float) -> dict[str, Any]:
    """The few numbers of the scoreboard."""
    worst = max(tally.difference, key=lambda name: tally.difference[name])
    return {
        "persons": persons,
        "years": tally.years[-1],
        "ran": tally.ran,
        "failed": persons - tally.ran,
        "failures": dict(tally.failures.most_common()),
        "seconds": round(wall, 2),
        "persons_per_second": round(persons / wall, 1),
        "CPU_ms_per_person": round(cpu / persons * 1e3, 3),
        "share_of_start_states": round(tally.start_s / (tally.start_s + tally.run_s), 3),
        "cores": usable_cores(),
        "peak_memory_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0, 1),
        "minutes_for_a_million_by_proportion": round(wall / persons * MILLION / 60.0, 1),
        "CPU_minutes_for_a_million_by_proportion": round(cpu / persons * MILLION / 60.0, 1),
        "relative_tolerance": STANDARD.relative,
        "sentinels": tally.sentinels,
        "largest_difference_of_sentinels": float(f"{tally.difference[worst]:.2e}"),
        "where": worst,
    }


def rows(tally: Tally) -> list[dict[str, Any]]:
    """Quantiles of each outcome after each year, as period means."""
    found = []
    for row in tally.outcomes:
        for year in tally.years:
            counted = tally.values[row.outcome, year]
            quantiles = {f"q{100 * share:g}": float(f"{counted.quantile(share):.4g}") for share in SHARES}
            found.append(
                {
                    "outcome": row.outcome,
                    "unit": row.unit,
                    "year": year,
                    "kind": "period mean",
                    "persons": counted.count,
                    **quantiles,
                }
            )
    return found


def _kind(words: str) -> str:
    """Words without their numbers and names, so that equal failures are counted together."""
    if words.startswith("no state of rest"):
        return "no state of rest under these inputs"
    if words.startswith("the years from age"):
        return "the years around the menopause could not be followed"
    return re.split(r" after day|;", words)[0]


if __name__ == "__main__":
    sys.exit(main())
