"""Costs of the rivals over ours at equal error: what the speed targets and the gate look at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.curves import Point, cost_at
from benchmarks.work_precision import ALONE, POPULATION

# Key errors at which tools are compared.
LOOSE, ALONE_AT, TIGHT = 4e-4, 3e-4, 4e-5


def tools(points: Sequence[Point]) -> list[str]:
    """Rivals in the order met."""
    return [tool for tool in dict.fromkeys(point.tool for point in points) if tool not in (POPULATION, ALONE)]


def cost(points: Sequence[Point], case: str, tool: str, error: float) -> float:
    """CPU seconds a person of a tool at a key error, in its faster set-up; NaN when none reaches it."""
    ways = {point.how for point in points if (point.case, point.tool) == (case, tool)}
    costs = [
        cost_at(
            [point for point in points if (point.case, point.tool, point.how) == (case, tool, how)], error
        )
        for how in ways
    ]
    known = [seconds for seconds in costs if np.isfinite(seconds)]
    return min(known, default=float("nan"))


def ratio(points: Sequence[Point], case: str, tool: str, error: float, ours: str = POPULATION) -> float:
    """How many times ours is faster."""
    return cost(points, case, tool, error) / cost(points, case, ours, error)


def all_ratios(points: Sequence[Point]) -> dict[str, float]:
    """Every ratio of a run by a name that stays the same from run to run."""
    found = {}
    for case in dict.fromkeys(point.case for point in points):
        for tool in tools(points):
            for ours, error in ((POPULATION, LOOSE), (POPULATION, TIGHT), (ALONE, ALONE_AT)):
                value = ratio(points, case, tool, error, ours)
                if np.isfinite(value):
                    found[f"{case}: {tool} / {ours} at {error:g}"] = float(f"{value:.3g}")
    return found
