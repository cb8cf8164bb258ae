"""The rate of change of a formula against small differences of its value."""

import math

import pytest

from calciroute.equations.expression import TIME, Call
from calciroute.equations.system import State, System
from calciroute.sbml.read.time_derivative import NoDerivative, time_derivative
from sbml.plain_run import PlainRun

X, Y = 0.3, 1.7
RATES = {"x": 0.2, "y": -0.5}
PAIR = [
    Call(name, ("x", "y"))
    for name in ("plus", "minus", "times", "divide", "power", "min", "max", "remainder")
]
ONE = [
    Call(name, ("x",))
    for name in (
        "negate", "abs", "exp", "ln", "floor", "sin", "cos", "tan", "sinh", "cosh", "tanh",
        "arcsin", "arccos", "arctan", "arcsinh", "arctanh",
    )
]  # fmt: skip
OTHERS = [
    Call("arccosh", ("y",)),
    Call("times", (TIME, "x", "y")),
    Call("piecewise", ("x", Call("lt", ("x", "y")), Call("exp", ("y",)))),
    Call("divide", (Call("exp", (Call("times", ("x", "y")),)), Call("plus", (1.0, "x")))),
]


def value(formula, time):
    states = {
        "x": State(X + RATES["x"] * time, 0.0),
        "y": State(Y + RATES["y"] * time, 0.0),
        "t": State(time, 0.0),
    }
    moved = Call("plus", ("t",))
    written = _with_time(formula, moved)
    return PlainRun(System({}, states, {"f": written})).course([0.0])[0][0]["f"]


def _with_time(formula, moved):
    if formula == TIME:
        return moved
    if isinstance(formula, Call):
        return Call(formula.operator, tuple(_with_time(item, moved) for item in formula.arguments))
    return formula


@pytest.mark.parametrize("formula", PAIR + ONE + OTHERS, ids=lambda formula: formula.operator)
def test_the_derivative_is_what_differences_say(formula):
    step = 1e-5
    expected = (value(formula, step) - value(formula, -step)) / (2 * step)
    found = value(time_derivative(formula, RATES.__getitem__), 0.0)
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-9)


def test_what_does_not_move_has_a_plain_zero():
    assert time_derivative(Call("exp", (Call("times", ("k", 2.0)),)), lambda name: 0.0) == 0.0


def test_a_factorial_of_something_that_moves_has_none():
    with pytest.raises(NoDerivative):
        time_derivative(Call("factorial", ("x",)), RATES.__getitem__)
    assert math.isclose(value(Call("factorial", (3.0,)), 0.0), 6.0)
