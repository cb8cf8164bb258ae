"""Random persons with all regimens: numbers that are none, states below zero, failures and their words.

    python validation/random_persons.py [--persons 10000] [--days 180] [--seed 20260101] [--threads 1]

Persons and regimens are those of `drawn_persons`, at the standard tolerances, with an output each day. States
are seen twice: at the end of every step, as the method made them, and at the output times, where the engine
puts a dip of the polynomial between two ends that are not negative to 0. The scale of a state is its largest
size in this person, or a millionth of the largest in anybody: the calcium of an empty urine is a rounding.
Signed states stand apart. Asked: no NaN, no state under -1e-12 of its scale, words for each failure, and
every number of the model refused before the run when it is NaN or infinite.
"""

from __future__ import annotations

import argparse
import collections
import math
import re
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
from step_ends import watch  # noqa: E402

from calciroute.body.assembly import Body, assemble  # noqa: E402
from calciroute.body.lanes import faults  # noqa: E402
from calciroute.body.machine import program_of  # noqa: E402
from calciroute.body.outputs import read_outputs  # noqa: E402
from calciroute.body.solver import STANDARD, Lane, solve, solve_lanes  # noqa: E402
from calciroute.engine import solve as engine  # noqa: E402
from calciroute.engine.lanes import Lanes, some_lanes  # noqa: E402
from calciroute.errors import SolveError  # noqa: E402

Array = npt.NDArray[np.float64]
BOUND = -1e-12
ANYBODY_FLOOR = 1e-6
PORTION = 500
# States that may be below 0, and why.
SIGNED = {
    "CAC_x": "below 0 while the calcium is unseen",
    "AVC_x": "below 0 while the calcium is unseen",
    "SBP_lifestyle": "a change of pressure",
    "PWV_functional": "a change of wave speed",
    "Ca_absorbed_total": "absorbed less lost into the gut, summed",
}
_DAY_H = 24.0


def main() -> int:
    """Run, count, store; 1 when a count is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    began = time.perf_counter()
    body = assemble()
    counted = count(body, given.persons, given.days, given.seed, given.threads)
    tried, refused = refusals(body)
    rows = [*state_rows(body, counted), *({"failure": words, "persons": n} for words, n in counted.failures)]
    kept = [row for row in rows if "state" in row and not row["signed"]]
    figures = {
        "persons": given.persons,
        "days": given.days,
        "doses": counted.doses,
        "followed": counted.followed,
        "failed": given.persons - counted.followed,
        "failed_without_words": counted.without_words,
        "values": counted.values,
        "not_numbers": counted.not_numbers,
        "step_ends": counted.step_ends,
        "states_too_low": sum(row["persons_too_low"] for row in kept),
        "lowest_at_step_ends": min(row["lowest_at_step_ends"] for row in kept),
        "lowest_at_outputs": min(row["lowest_at_outputs"] for row in kept),
        "lowest_of_own_size": min(row["lowest_of_own_size"] for row in kept),
        "bound": BOUND,
        "same_as_ordinary_run": counted.same,
        "numbers_tried": tried,
        "numbers_refused": refused,
        "faults": 0,
    }
    figures["faults"] = (
        figures["failed_without_words"] + figures["not_numbers"] + figures["states_too_low"]
        + tried - refused + int(not counted.same)
    )  # fmt: skip
    for row in kept:
        if min(row["lowest_at_step_ends"], row["lowest_at_outputs"]) < 0.0:
            print(
                f"  {row['state']}: {row['lowest_at_step_ends']:.1e} at ends of steps, "
                f"{row['lowest_at_outputs']:.1e} at outputs, of its own size {row['lowest_of_own_size']:.1e}"
            )
    for words, persons in counted.failures:
        print(f"  {persons} persons: {words}")
    print(
        f"{counted.followed} of {given.persons} persons followed for {given.days} days "
        f"({time.perf_counter() - began:.0f} s), {figures['failed']} failed, "
        f"{counted.without_words} of them without words\n"
        f"{counted.not_numbers} of {counted.values} values are no numbers; states under {BOUND:g} of their "
        f"scale: {figures['states_too_low']}; lowest at {counted.step_ends} ends of steps "
        f"{figures['lowest_at_step_ends']:.1e}, at outputs {figures['lowest_at_outputs']:.1e}\n"
        f"{refused} of {tried} numbers refused when NaN or infinite"
    )
    write_result("random_persons", figures, rows)
    return int(bool(figures["faults"]))


class Counted:
    """What was counted over all portions."""

    def __init__(self) -> None:
        self.lowest: list[Array] = []
        self.highest: list[Array] = []
        self.at_outputs: list[Array] = []
        self.followed = self.without_words = self.values = self.not_numbers = self.step_ends = self.doses = 0
        self.same = True
        self._words: collections.Counter[str] = collections.Counter()

    @property
    def failures(self) -> list[tuple[str, int]]:
        """Kinds of failure, numbers left out, and how many persons."""
        return self._words.most_common()

    def fail(self, words: str) -> None:
        """Note a failure."""
        self.without_words += not words.strip()
        self._words[re.sub(r"-?\d[\d.]*(e[+-]?\d+)?", "#", words)] += 1


def count(body: Body, persons: int, days: int, seed: int, threads: int) -> Counted:
    """Draw, start and follow portions of persons."""
    program = program_of(body)
    states = [name for name in program.states if name != ":time"]
    places = [program.states.index(name) for name in states]
    others = [row.id for row in read_outputs().values() if row.id in program.outputs]
    wanted = [*states, *dict.fromkeys(name for name in others if name not in states)]
    times = _DAY_H * np.arange(days + 1.0)
    tolerances = STANDARD.for_engine()
    counted = Counted()
    for first in range(0, persons, PORTION):
        numbers = range(first, min(first + PORTION, persons))
        drawn = [draw_person(body, seed, number, days) for number in numbers]
        lanes, words = start(body, drawn)
        unfit = faults(lanes)
        for told in (start_words or fault for start_words, fault in zip(words, unfit, strict=True)):
            if told:
                counted.fail(told)
        good = [place for place in range(len(drawn)) if not words[place] and not unfit[place]]
        lanes = some_lanes(lanes, good)
        watched = watch(program, lanes, times, wanted, tolerances, threads=threads)
        found = watched.found
        fine = found.status == 0
        if first == 0:
            usual = solve_lanes(body, lanes, times, wanted)
            counted.same = usual.values.tobytes() == found.values.tobytes()
        if not fine.all():
            lost = some_lanes(lanes, np.flatnonzero(~fine).tolist())
            for told in solve_lanes(body, lost, times, wanted[:1]).status:
                counted.fail(told)
        counted.followed += int(fine.sum())
        counted.doses += 0 if lanes.doses is None else len(lanes.doses.time)
        counted.values += int(found.values[fine].size) + 2 * int(fine.sum()) * len(states)
        counted.not_numbers += int((~np.isfinite(found.values[fine])).sum())
        ends = (watched.lowest[fine][:, places], watched.highest[fine][:, places])
        counted.not_numbers += sum(int((~np.isfinite(one)).sum()) for one in ends)
        counted.step_ends += int(found.steps[fine, 0].sum())
        counted.lowest.append(ends[0])
        counted.highest.append(ends[1])
        counted.at_outputs.append(found.values[fine][:, :, : len(states)].min(axis=1))
        print(f"  {first + len(drawn)} persons", flush=True)
    return counted


def state_rows(body: Body, counted: Counted) -> list[dict[str, Any]]:
    """One row per state: how low it came, of its scale."""
    names = [name for name in program_of(body).states if name != ":time"]
    lowest, highest, outputs = (
        np.concatenate(part) for part in (counted.lowest, counted.highest, counted.at_outputs)
    )
    own = np.maximum(np.abs(lowest), np.abs(highest))
    scale = np.maximum(own, ANYBODY_FLOOR * own.max(axis=0, initial=0.0))
    rows = []
    for place, name in enumerate(names):
        ends = shares(lowest[:, place], scale[:, place])
        seen = shares(outputs[:, place], scale[:, place])
        rows.append(
            {
                "state": name,
                "signed": SIGNED.get(name, ""),
                "largest": float(own[:, place].max()),
                "lowest_at_step_ends": float(ends.min()),
                "lowest_at_outputs": float(seen.min()),
                "lowest_of_own_size": float(shares(lowest[:, place], own[:, place]).min()),
                "persons_too_low": None if name in SIGNED else int((np.minimum(ends, seen) < BOUND).sum()),
            }
        )
    return rows


def shares(values: Array, scale: Array) -> Array:
    """Values as shares of a scale; 0 of 0 is 0, and anything else of 0 counts whole."""
    return values / np.where(scale > 0.0, scale, 1.0)


def refusals(body: Body) -> tuple[int, int]:
    """How many numbers of the model were tried as NaN and infinite, and how many were refused each time."""
    program = program_of(body)
    names = list(program.parameters)
    refused = 0
    for name in names:
        good = True
        for value in (math.nan, math.inf, -math.inf):
            try:
                engine.solve(program, Lanes(1, {name: value}), [0.0, 1.0], outputs=["Ca_plasma"])
                good = False
            except SolveError as stopped:
                good = good and name in str(stopped)
            words = solve(body, [Lane({name: value})], [0.0, 1.0], ["Ca_plasma"]).status[0]
            good = good and name in words
        refused += good
    return len(names), refused


if __name__ == "__main__":
    sys.exit(main())
