"""Robertson's reaction and van der Pol's oscillator to 20 digits, for the engine's tests.

    python validation/stiff_references.py

Method: collocation at the nine nodes of Radau (order 17) in decimal arithmetic of 40 digits; a step counts
when one step and two half steps agree to 1e-22 of each size. Written to tests/engine/closed_forms as
stiff_references.json, with the largest difference to a run of another tolerance.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from math import comb
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
STAGES, DIGITS = 9, 40
Vector = list[Decimal]
Matrix = list[Vector]


def solved(matrix: Matrix, right: Matrix) -> Matrix:
    """Gauss' elimination with row exchange; `right` holds columns side by side."""
    size = len(matrix)
    rows = [list(row) + list(extra) for row, extra in zip(matrix, right, strict=True)]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda index: abs(rows[index][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for index in range(pivot + 1, size):
            factor = rows[index][pivot] / rows[pivot][pivot]
            if factor:
                rows[index] = [a - factor * b for a, b in zip(rows[index], rows[pivot], strict=True)]
    for pivot in range(size - 1, -1, -1):
        rows[pivot] = [entry / rows[pivot][pivot] for entry in rows[pivot]]
        for index in range(pivot):
            factor = rows[index][pivot]
            if factor:
                rows[index] = [a - factor * b for a, b in zip(rows[index], rows[pivot], strict=True)]
    return [row[size:] for row in rows]


def radau(stages: int) -> tuple[Vector, Matrix]:
    """Nodes and matrix of the collocation method."""

    def shifted(n: int) -> list[int]:
        return [(-1) ** (n + k) * comb(n, k) * comb(n + k, k) for k in range(n + 1)]

    high, low = shifted(stages), [*shifted(stages - 1), 0]
    polynomial = [Decimal(a - b) for a, b in zip(high, low, strict=True)]
    slope = [k * c for k, c in enumerate(polynomial)][1:]
    nodes = []
    for guess in sorted(np.roots([float(c) for c in reversed(polynomial)]).real):
        x = Decimal(float(guess))
        for _ in range(12):
            x -= _horner(polynomial, x) / _horner(slope, x)
        nodes.append(x)
    powers = [[c**k for c in nodes] for k in range(stages)]
    integrals = [[c ** (k + 1) / (k + 1) for c in nodes] for k in range(stages)]
    return nodes, [list(row) for row in zip(*solved(powers, integrals), strict=True)]


def _horner(polynomial: Sequence[Decimal], x: Decimal) -> Decimal:
    total = Decimal(0)
    for c in reversed(polynomial):
        total = total * x + c
    return total


class Problem:
    """Rates and their derivative, start, and where values are wanted."""

    def __init__(
        self,
        rates: Callable[[Vector], Vector],
        slopes: Callable[[Vector], Matrix],
        start: Sequence[int],
        times: Sequence[str],
        first_step: str,
    ) -> None:
        self.rates, self.slopes = rates, slopes
        self.start = [Decimal(value) for value in start]
        self.times = [Decimal(time) for time in times]
        self.first_step = Decimal(first_step)


def one_step(problem: Problem, matrix: Matrix, y: Vector, h: Decimal) -> Vector | None:
    """Value after a step of length h; None when Newton's rule does not settle."""
    size, stages = len(y), len(matrix)
    changes = [[Decimal(0)] * size for _ in range(stages)]
    for _ in range(25):
        at = [[a + b for a, b in zip(y, change, strict=True)] for change in changes]
        rates = [problem.rates(point) for point in at]
        slopes = [problem.slopes(point) for point in at]
        gap: Matrix = []
        whole: Matrix = []
        for i in range(stages):
            for n in range(size):
                gap.append(
                    [h * sum((matrix[i][j] * rates[j][n] for j in range(stages)), Decimal(0)) - changes[i][n]]
                )
                whole.append(
                    [
                        Decimal(i == j and n == m) - h * matrix[i][j] * slopes[j][n][m]
                        for j in range(stages)
                        for m in range(size)
                    ]
                )
        moved = [row[0] for row in solved(whole, gap)]
        for i in range(stages):
            changes[i] = [c + moved[i * size + n] for n, c in enumerate(changes[i])]
        if all(abs(moved[i * size + n]) <= Decimal("1e-34") for i in range(stages) for n in range(size)):
            return [a + b for a, b in zip(y, changes[-1], strict=True)]
        if max(map(abs, moved)) > Decimal("1e12"):
            return None
    return None


def course(problem: Problem, tolerance: Decimal) -> Matrix:
    """States at the wanted times."""
    _, matrix = radau(STAGES)
    y, now, h = problem.start, Decimal(0), problem.first_step
    size = [max(abs(value), Decimal("1e-5")) for value in y]
    rows = []
    for stop in problem.times:
        while now < stop:
            length = min(h, stop - now)
            whole = one_step(problem, matrix, y, length)
            half = None if whole is None else one_step(problem, matrix, y, length / 2)
            twice = None if half is None else one_step(problem, matrix, half, length / 2)
            if whole is None or twice is None:
                h = length / 4
                continue
            size = [max(s, abs(value)) for s, value in zip(size, twice, strict=True)]
            off = max(abs(a - b) / s for a, b, s in zip(whole, twice, size, strict=True)) / tolerance
            grown = Decimal(4) if off == 0 else Decimal(0.9 * float(off) ** (-1 / (2 * STAGES)))
            if off <= 1:
                now, y = now + length, twice
                h = max(h, length * min(grown, Decimal(4))) if length < h else length * min(grown, Decimal(4))
            else:
                h = length * max(grown, Decimal("0.2"))
        rows.append(y)
    return rows


def robertson() -> Problem:
    """A -> B slowly, B + B -> C + B very quickly, B + C -> A + C quickly; A + B + C = 1."""
    a, b, c = Decimal("0.04"), Decimal(30_000_000), Decimal(10_000)

    def rates(y: Vector) -> Vector:
        forth, fast, back = a * y[0], b * y[1] * y[1], c * y[1] * y[2]
        return [back - forth, forth - back - fast, fast]

    def slopes(y: Vector) -> Matrix:
        return [
            [-a, c * y[2], c * y[1]],
            [a, -c * y[2] - 2 * b * y[1], -c * y[1]],
            [Decimal(0), 2 * b * y[1], Decimal(0)],
        ]

    return Problem(rates, slopes, (1, 0, 0), ("0.4", "4", "40", "400", "4000", "400000", "4e7"), "1e-6")


def van_der_pol(mu: int, times: Sequence[str]) -> Problem:
    """x'' = mu (1 - x^2) x' - x from x = 2, x' = 0."""

    def rates(y: Vector) -> Vector:
        return [y[1], mu * (1 - y[0] * y[0]) * y[1] - y[0]]

    def slopes(y: Vector) -> Matrix:
        return [[Decimal(0), Decimal(1)], [-2 * mu * y[0] * y[1] - 1, mu * (1 - y[0] * y[0])]]

    return Problem(rates, slopes, (2, 0), times, "1e-6")


PROBLEMS = {
    "robertson": robertson,
    "van_der_pol_5": lambda: van_der_pol(5, ("1", "5", "10", "20", "30")),
    "van_der_pol_1000": lambda: van_der_pol(1000, ("1", "500", "1000", "1500", "2000")),
}


def main() -> int:
    """Compute, compare, store; 1 when two tolerances give values further apart than 1e-15."""
    stored = {}
    for name, problem in PROBLEMS.items():
        with localcontext() as context:
            context.prec = DIGITS
            near, far = (course(problem(), Decimal(t)) for t in ("1e-22", "1e-19"))
            apart = max(
                abs(a - b) / max(abs(a), Decimal("1e-300"))
                for one, other in zip(near, far, strict=True)
                for a, b in zip(one, other, strict=True)
            )
            stored[name] = {
                "times": [float(time) for time in problem().times],
                "values": [[f"{value:.20e}" for value in row] for row in near],
                "two_tolerances_apart": float(apart),
            }
        print(f"{name}: {float(apart):.1e} apart", flush=True)
    path = ROOT / "tests" / "engine" / "closed_forms" / "stiff_references.json"
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return int(any(one["two_tolerances_apart"] > 1e-15 for one in stored.values()))


if __name__ == "__main__":
    sys.exit(main())
