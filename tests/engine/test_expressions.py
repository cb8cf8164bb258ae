"""Random expressions through graph, machine code and oracle against a plain walk over the expression."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine.derivative import derivatives
from calciroute.engine.graph import Graph
from calciroute.engine.lanes import Lanes
from calciroute.engine.lower import Lowering
from calciroute.engine.solve import solve
from calciroute.equations.expression import Call
from calciroute.equations.system import State, System
from calciroute.errors import SolveError
from engine.complex_step import slope
from engine.formula import formula, written
from engine.graph_walk import derivative_at, evaluated
from engine.plain import evaluate
from engine.random_expressions import ANY, PARAMETERS, POINTS, SMOOTH, STATES
from engine.ready import ready


def close(found, expected, *, relative=1e-10):
    """Equal but for rounding; cancellation inside an expression may cost digits of a small result."""
    return math.isclose(found, expected, rel_tol=relative, abs_tol=relative * 10.0)


def through(backend, expressions, points):
    """Values (point, expression) at time 0, each point a lane."""
    system = System(
        dict.fromkeys(PARAMETERS, 1.0),
        {name: State(1.0, 0.0) for name in STATES},
        {f"e{index}": expression for index, expression in enumerate(expressions)},
    )
    program = ready(system, backend=backend)
    columns = {name: np.array([point[name] for point in points]) for name in (*PARAMETERS, *STATES)}
    lanes = Lanes(
        len(points), {name: columns[name] for name in PARAMETERS}, {name: columns[name] for name in STATES}
    )
    names = [f"e{index}" for index in range(len(expressions))]
    run = solve(program, lanes, [0.0], outputs=names)
    assert not any(run.words)
    return run.values[:, 0]


@pytest.mark.parametrize("backend", ["machine", "python"])
@settings(max_examples=10)
@given(st.lists(ANY, min_size=25, max_size=25), st.lists(POINTS, min_size=1, max_size=11))
def test_values_are_those_of_a_plain_walk(backend, expressions, points):
    found = through(backend, expressions, points)
    for row, point in zip(found, points, strict=True):
        for expression, value in zip(expressions, row, strict=True):
            expected = plain_value(expression, point)
            assert expected is None or close(value, expected), (expression, point, value, expected)


def plain_value(expression, point):
    """Value by the plain walk; None where it has none, such as a remainder by 0."""
    try:
        return float(evaluate(expression, point.__getitem__))
    except (ZeroDivisionError, ValueError, OverflowError):
        return None


@settings(max_examples=100)
@given(SMOOTH, POINTS)
def test_derivatives_are_those_of_complex_steps(expression, point):
    for name in STATES:
        expected = slope(expression, point, name, time=0.7)
        found = derivative_at(expression, point, name, 0.7)
        assert close(found, expected, relative=1e-8), (name, found, expected)


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("x ** 3", {"x": -2.0}, 12.0),
        ("x ** 2", {"x": 0.0}, 0.0),
        ("x ** 2.5", {"x": 0.0}, 0.0),
        ("abs(x)", {"x": -3.0}, -1.0),
        ("min(x, 2 * x)", {"x": 1.0}, 1.0),
        ("max(x, 2 * x)", {"x": 1.0}, 2.0),
        ("x if x < 1 else 5 * x", {"x": 2.0}, 5.0),
        ("floor(x) * x", {"x": 2.5}, 2.0),
        ("remainder(x, 2)", {"x": 5.5}, 1.0),
    ],
)
def test_derivatives_at_corners(text, point, expected):
    graph = Graph()
    lowering = Lowering(graph, {"x": graph.leaf("state", 0)}, {}, None, hold=False)
    [row] = derivatives(graph, [lowering.node(formula(text))])
    assert (evaluated(graph, row[0], {("state", 0): point["x"]}) if row else 0.0) == expected


@pytest.mark.parametrize("backend", ["machine", "python"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quotient(49, b)", 1.0),
        ("remainder(49, b)", 0.0),
        ("quotient(-7, 2)", -3.0),
        ("remainder(-7, 2)", -1.0),
        ("quotient(a, 0.1)", 29.0),
        ("factorial(5)", 120.0),
        ("factorial(a)", math.gamma(3.95)),
        ("0 ** 0", 1.0),
        ("(a - a) ** (b - b)", 1.0),
        ("((a - a) ** 4.5 * a ** 2.5) ** (b - b)", 1.0),
        ("(-a) ** 2", 2.95**2),
        ("(-a) ** 17", -(2.95**17)),
        ("ln(a - a)", -math.inf),
        ("ln(-a)", math.nan),
        ("(-a) ** 0.5", math.nan),
        ("a / (b - b)", math.inf),
        ("-a / (b - b)", -math.inf),
        ("exp(a * 1000)", math.inf),
        ("exp(-a * 1000)", 0.0),
        ("xor(1, 1, 1)", 1.0),
        ("xor(2, 0, 5)", 0.0),
        ("5 if a < 1 else (6 if a < 3 else 7)", 6.0),
        ("floor(-a)", -3.0),
        ("ceiling(-a)", -2.0),
        ("arccosh(cosh(a))", 2.95),
        ("tanh(1000 * a)", 1.0),
        ("tanh(a / 1e9)", math.tanh(2.95e-9)),
        ("sinh(a / 1e9)", math.sinh(2.95e-9)),
        ("arcsinh(a / 1e9)", math.asinh(2.95e-9)),
        ("arctanh(a / 1e9)", math.atanh(2.95e-9)),
        ("arcsinh(-a * 1e9)", math.asinh(-2.95e9)),
        ("exp(a * 200) / exp(a * 200)", 1.0),
        ("ln(a * 1e-300)", math.log(2.95e-300)),
        ("a ** -300", 2.95**-300.0),
        ("sin(a * 1e6)", math.sin(2.95e6)),
    ],
)
def test_corners(backend, text, expected):
    system = written({"a": 2.95, "b": 49.0}, {"x": (0, 0)}, {"e": text})
    value = solve(ready(system, backend=backend), Lanes(1), [0.0], outputs=["e"]).values[0, 0, 0]
    assert value == pytest.approx(expected, rel=1e-13, abs=0.0, nan_ok=True)


def test_a_name_without_a_meaning_and_a_circle_are_told():
    with pytest.raises(SolveError, match="nobody has no meaning"):
        ready(written({}, {"x": (0, "nobody")}))
    with pytest.raises(SolveError, match="follows from itself"):
        ready(written({}, {"x": (0, "p")}, {"p": "q", "q": "p + 1"}))


def test_a_very_deep_expression_is_no_stack_overflow():
    deep = "x"
    for _ in range(5000):
        deep = Call("plus", (deep, 1.0))
    system = System({}, {"x": State(1.0, 0.0)}, {"e": deep})
    run = solve(ready(system), Lanes(1), [0.0], outputs=["e"])
    assert run.values[0, 0, 0] == 5001.0
