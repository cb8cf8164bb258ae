"""Work against precision: a point for each tolerance, and what a given error costs between points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Point:
    """One run of one contender."""

    case: str
    tool: str
    how: str
    relative: float
    cpu_s: float
    key_error: float
    error: float

    def row(self) -> dict[str, Any]:
        """For the stored file."""
        return {
            "case": self.case, "tool": self.tool, "how": self.how, "relative": self.relative,
            "cpu_s": float(f"{self.cpu_s:.4g}"), "key_error": float(f"{self.key_error:.3g}"),
            "error": float(f"{self.error:.3g}"),
        }  # fmt: skip


def envelope(points: Iterable[Point]) -> list[Point]:
    """Points that no other beats in both cost and error, by falling error."""
    best: list[Point] = []
    for point in sorted(points, key=lambda point: (point.cpu_s, point.key_error)):
        if np.isfinite(point.key_error) and (not best or point.key_error < best[-1].key_error):
            best.append(point)
    return best


def cost_at(points: Sequence[Point], error: float) -> float:
    """CPU seconds for a key error: between two points on straight lines in logarithms.

    Looser than the loosest point costs what that point costs; tighter than the tightest is not known: NaN.
    """
    best = envelope(points)
    if not best or error < best[-1].key_error:
        return float("nan")
    errors = np.log([point.key_error for point in best])[::-1]
    costs = np.log([point.cpu_s for point in best])[::-1]
    return float(np.exp(np.interp(np.log(error), errors, costs)))
