"""One person alone, among ten thousand, in blocks of any size, on threads and elsewhere: the same bits?

    python validation/same_bits.py [--persons 10000] [--alone 20] [--days 30] [--seed 20260101]

Persons and regimens are those of `drawn_persons`, each from its own start state; every state and reported
output, once a day. Compared is the hash of each person's own numbers, byte by byte: all persons between the
ways of running the whole batch and in another process, which starts from the stored machine code; some of
them alone, start state included.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Mapping
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
from calciroute.body.solver import STANDARD, solve_lanes  # noqa: E402
from calciroute.engine.lanes import Doses, Lanes, some_lanes  # noqa: E402
from calciroute.engine.solve import solve  # noqa: E402

Array = npt.NDArray[np.float64]
FIRST_H = 7.0
# Lanes to a block, and threads. The first is what all others are compared with.
WAYS = ((64, 1), (64, 2), (8, 2), (13, 1), (1000, 1), (4999, 2))


def main() -> int:
    """Run in every way, compare, store; 1 when a bit differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--alone", type=int, default=20)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--hashes", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    body = assemble()
    lanes, numbers = batch(body, range(given.persons), given.days, given.seed)
    times = np.array([*np.arange(FIRST_H, 24.0 * given.days, 24.0), 24.0 * given.days])
    if given.hashes:
        print(json.dumps(hashes(run(body, lanes, times, *WAYS[0]))))
        return 0
    rows: list[dict[str, Any]] = []
    began = time.perf_counter()

    def compare(way: str, found: list[str], expected: list[str]) -> None:
        differ = sum(one != other for one, other in zip(found, expected, strict=True))
        rows.append({"way": way, "compared": len(found), "differ": differ})
        seconds = time.perf_counter() - began
        print(f"  {way}: {len(found)} compared, {differ} differ ({seconds:.0f} s)", flush=True)

    first = hashes(run(body, lanes, times, *WAYS[0]))
    for block, threads in WAYS[1:]:
        found = hashes(run(body, lanes, times, block, threads))
        compare(f"blocks of {block}, {threads} threads", found, first)
    compare("as the product runs it", hashes(solve_lanes(body, lanes, times, wanted(body)).values), first)
    turned = hashes(run(body, turned_round(lanes), times, *WAYS[0]))
    compare("in the opposite order", turned[::-1], first)
    places = np.linspace(0, lanes.count - 1, given.alone).astype(int).tolist()
    alone = []
    for place in places:
        one, _ = batch(body, range(numbers[place], numbers[place] + 1), given.days, given.seed)
        alone += hashes(run(body, one, times, 1, 1))
    compare("alone, start state included", alone, [first[place] for place in places])
    compare("in another process", elsewhere(given), first)
    figures = {
        "persons": lanes.count,
        "different_persons": len(set(first)),
        "ways": len(rows),
        "compared": sum(row["compared"] for row in rows),
        "differ": sum(row["differ"] for row in rows),
        "alone": given.alone,
        "days": given.days,
    }
    print(f"{figures['differ']} of {figures['compared']} differ; {lanes.count} persons in {len(rows)} ways")
    write_result("same_bits", figures, rows)
    return int(figures["differ"] > 0)


def batch(body: Body, drawn: range, days: int, seed: int) -> tuple[Lanes, list[int]]:
    """Lanes of persons who have a start, and their numbers."""
    lanes, words = start(body, [draw_person(body, seed, number, days) for number in drawn])
    told = [first or second for first, second in zip(words, faults(lanes), strict=True)]
    good = [place for place, text in enumerate(told) if not text]
    return some_lanes(lanes, good), [drawn[place] for place in good]


def wanted(body: Body) -> list[str]:
    """States and what a run reports."""
    program = program_of(body)
    reported = [row.id for row in read_outputs().values() if row.id in program.outputs]
    return list(dict.fromkeys([*program.states, *reported]))


def run(body: Body, lanes: Lanes, times: Array, block: int, threads: int) -> Array:
    """Values (lane, time, id)."""
    return solve(
        program_of(body),
        lanes,
        times,
        outputs=wanted(body),
        tolerances=STANDARD.for_engine(),
        threads=threads,
        block=block,
    ).values


def turned_round(lanes: Lanes) -> Lanes:
    """The same lanes, last first."""

    def turned(columns: Mapping[str, float | Array]) -> dict[str, float | Array]:
        return {
            name: column if isinstance(column, float | int) else np.ascontiguousarray(column[::-1])
            for name, column in columns.items()
        }

    doses = lanes.doses
    if doses is not None:
        lane = lanes.count - 1 - doses.lane
        doses = Doses(lane, doses.time, doses.target, doses.amount, doses.targets)
    return Lanes(lanes.count, turned(lanes.parameters), turned(lanes.start), doses)


def hashes(values: Array) -> list[str]:
    """Of each person's own bytes."""
    return [hashlib.sha256(np.ascontiguousarray(one).tobytes()).hexdigest() for one in values]


def elsewhere(given: argparse.Namespace) -> list[str]:
    """Hashes of the whole batch from a process of its own."""
    asked = [f"--{name}={getattr(given, name)}" for name in ("persons", "days", "seed")]
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--hashes", *asked],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(ended.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
