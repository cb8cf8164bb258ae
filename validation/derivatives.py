"""Derivatives of random expressions against SymPy's: how many agree, and the largest difference.

    python validation/derivatives.py [--cases 500]

Expressions are those of the engine's tests: every smooth operator, nested. Bound: 1e-8 of 1 + the derivative.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

import sympy  # noqa: E402
from hypothesis import HealthCheck, given, settings  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.equations.expression import Call, Expression  # noqa: E402
from engine.graph_walk import derivative_at  # noqa: E402
from engine.random_expressions import POINTS, SMOOTH, STATES  # noqa: E402

BOUND, TIME = 1e-8, 0.7
_FUNCTIONS = {
    "exp": sympy.exp, "ln": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan,
    "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh, "arcsin": sympy.asin, "arccos": sympy.acos,
    "arctan": sympy.atan, "arcsinh": sympy.asinh, "arccosh": sympy.acosh, "arctanh": sympy.atanh,
    "power": sympy.Pow, "plus": sympy.Add, "times": sympy.Mul,
    "negate": lambda x: -x, "minus": lambda x, y: x - y, "divide": lambda x, y: x / y,
}  # fmt: skip


def symbolic(expression: Expression) -> sympy.Expr:
    """The expression as SymPy writes it; numbers keep every digit."""
    if isinstance(expression, str):
        return sympy.Symbol(expression, real=True)
    if not isinstance(expression, Call):
        return sympy.Rational(float(expression))
    if expression.operator == "time":
        return sympy.Rational(TIME)
    return _FUNCTIONS[expression.operator](*map(symbolic, expression.arguments))


def main() -> int:
    """Run, print, store; 1 when a derivative differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=500)
    count = parser.parse_args().cases
    rows: list[dict[str, Any]] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(SMOOTH, POINTS)
    def compare(expression: Expression, point: dict[str, float]) -> None:
        for name in STATES:
            slope = sympy.diff(symbolic(expression), sympy.Symbol(name, real=True))
            values = {sympy.Symbol(key, real=True): sympy.Rational(value) for key, value in point.items()}
            expected = float(sympy.N(slope, 30, subs=values))
            found = derivative_at(expression, point, name, TIME)
            rows.append({"difference": abs(found - expected) / (1.0 + abs(expected)), "derivative": expected})

    compare()
    within = sum(row["difference"] <= BOUND for row in rows)
    largest = max(row["difference"] for row in rows)
    print(f"{within} of {len(rows)} derivatives as SymPy's, largest difference {largest:.1e}")
    figures = {"derivatives": len(rows), "within_bound": within, "bound": BOUND, "largest": largest}
    write_result("derivatives", figures, [])
    return int(within < len(rows))


if __name__ == "__main__":
    sys.exit(main())
