"""exp, ln and tanh of the machine code against numbers with more digits: how many units in the last place."""

from decimal import Decimal, getcontext

import numpy as np
import pytest

from calciroute.engine.lanes import Lanes
from calciroute.engine.solve import solve
from engine.formula import written
from engine.ready import ready

getcontext().prec = 40


@pytest.fixture(scope="module")
def found():
    """Values of each function on numbers of every size, one number a lane."""
    random = np.random.default_rng(11)
    wide = random.uniform(-700.0, 700.0, 1500)
    near = random.uniform(-1.0, 1.0, 1500) * 10.0 ** random.integers(-12, 2, 1500)
    numbers = np.concatenate([wide, near])
    system = written(
        {"a": 1.0, "size": 1.0}, {"x": (0, 0)}, {"exp_a": "exp(a)", "ln_a": "ln(size)", "tanh_a": "tanh(a)"}
    )
    sizes = np.concatenate([np.exp(wide), 1.0 + near / 100.0])
    names = ["exp_a", "ln_a", "tanh_a"]
    run = solve(ready(system), Lanes(3000, {"a": numbers, "size": sizes}), [0.0], outputs=names)
    assert not any(run.words)
    return numbers, sizes, dict(zip(names, run.values[:, 0].T, strict=True))


def tanh(number):
    twice = (2 * number).exp()
    # Near 0 the difference of two numbers near 1 would eat the digits, forty of them or not.
    return number - number**3 / 3 if abs(number) < Decimal("1e-9") else (twice - 1) / (twice + 1)


@pytest.mark.parametrize(
    ("name", "function", "bound"),
    [("exp_a", Decimal.exp, 1.0), ("ln_a", Decimal.ln, 2.0), ("tanh_a", tanh, 8.0)],
)
def test_a_function_is_right_to_the_last_digits(found, name, function, bound):
    numbers, sizes, values = found
    worst = 0.0
    for number, value in zip(sizes if name == "ln_a" else numbers, values[name], strict=True):
        exact = function(Decimal(float(number)))
        last_place = Decimal(float(np.spacing(abs(float(exact)))))
        worst = max(worst, float(abs(Decimal(float(value)) - exact) / last_place))
    assert worst < bound


def test_ends_of_the_range_are_those_of_floats():
    numbers = np.array([709.3, 709.8, 1e300, -707.0, -745.0, -1e300, 0.0, -0.0])
    system = written({"a": 1.0}, {"x": (0, 0)}, {"exp_a": "exp(a)", "tanh_a": "tanh(a)"})
    run = solve(ready(system), Lanes(8, {"a": numbers}), [0.0], outputs=["exp_a", "tanh_a"])
    exp, tanh = run.values[:, 0].T
    assert exp[1] == exp[2] == np.inf
    assert exp[4] == exp[5] == 0.0
    assert exp[6] == exp[7] == 1.0
    assert tanh.tolist() == [1.0, 1.0, 1.0, -1.0, -1.0, -1.0, 0.0, 0.0]
