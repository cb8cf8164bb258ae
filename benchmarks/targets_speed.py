"""Targets on speed against other tools, and on what personal times and a second core cost."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.cases import Case, persons
from benchmarks.clock import all_cores, cpu
from benchmarks.curves import Point
from benchmarks.ours import ours
from benchmarks.ratios import ALONE, ALONE_AT, LOOSE, POPULATION, TIGHT, ratio
from benchmarks.target import Target

LANES, REPEATS, RELATIVE = 64, 3, 1e-4


def _ratios(
    points: Sequence[Point], wanted: dict[str, float], error: float, who: str
) -> tuple[str, bool | None]:
    """Ratios on both cases in words, and whether all are reached."""
    words, met = [], []
    for case in dict.fromkeys(point.case for point in points):
        for tool, least in wanted.items():
            value = ratio(points, case, tool, error, who)
            words.append(f"{case} {value:.3g}x {tool}" if np.isfinite(value) else f"{case}: no {tool}")
            if np.isfinite(value):
                met.append(value >= least)
    return "; ".join(words), all(met) if met else None


def t1(points: Sequence[Point], vectors: str) -> Target:
    """Population at a loose error."""
    least = 60.0 if vectors == "avx512f" else 40.0
    reached, met = _ratios(points, {"libRoadRunner": least, "bngsim": 25.0}, LOOSE, POPULATION)
    asked = (
        "population, key error 3e-4..5e-4: >= 60x libRoadRunner with AVX-512, >= 40x with AVX2; >= 25x bngsim"
    )
    return Target(
        "T1", asked, reached, met, f"CPU a person at key error {LOOSE:g}, this machine has {vectors}"
    )


def t2(points: Sequence[Point]) -> Target:
    """Population at a tight error."""
    reached, met = _ratios(points, {"libRoadRunner": 50.0, "LSODA": 15.0}, TIGHT, POPULATION)
    asked = "population, key error 4e-5: >= 50x libRoadRunner, >= 15x compiled LSODA"
    return Target("T2", asked, reached, met, f"CPU a person at key error {TIGHT:g}")


def t3(points: Sequence[Point]) -> Target:
    """One person."""
    reached, met = _ratios(points, {"libRoadRunner": 7.0, "LSODA": 3.0}, ALONE_AT, ALONE)
    asked = "one person, key error 3e-4: >= 7x libRoadRunner, >= 3x compiled LSODA"
    return Target("T3", asked, reached, met, "one lane of eight in use")


def t7(case: Case) -> Target:
    """Personal dose times."""
    own = ours(case)
    people = persons(case, LANES)
    shift = np.random.default_rng(7).standard_normal((LANES, len(case.doses)))
    common, personal = own.lanes(people), own.lanes(people, shift)
    seconds: dict[str, list[float]] = {"common": [], "personal": []}
    for _ in range(REPEATS):
        seconds["common"].append(cpu(lambda: own.run(common, RELATIVE))[0])
        seconds["personal"].append(cpu(lambda: own.run(personal, RELATIVE))[0])
    value = min(seconds["personal"]) / min(seconds["common"])
    how = f"{case.name}, {LANES} persons, every dose moved by a normal hour"
    return Target("T7", "personal dose times: <= 1.6x common times", f"{value:.2f}x", value <= 1.6, how)


def t8(case: Case) -> Target:
    """Two cores; wall time, so pinning is lifted meanwhile."""
    asked = "two cores: >= 1.85x one core"
    if (os.cpu_count() or 1) < 2:
        return Target("T8", asked, "one core", None, "this machine")
    own = ours(case)
    lanes = own.lanes(persons(case, 4 * LANES))
    walls: dict[int, float] = {1: np.inf, 2: np.inf}
    with all_cores():
        for _ in range(REPEATS):
            for threads in walls:
                began = time.perf_counter()
                own.run(lanes, RELATIVE, threads=threads, block=16)
                walls[threads] = min(walls[threads], time.perf_counter() - began)
    value = walls[1] / walls[2]
    how = f"{case.name}, {lanes.count} persons, wall time, other work beside it"
    return Target("T8", asked, f"{value:.2f}x", value >= 1.85, how)
