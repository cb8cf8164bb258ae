"""A system evaluated in plain Python, one number at a time: what the engine's graph is held against.

It shares no code with the engine: expressions are walked as they stand, and courses come from SciPy.
"""

import math
from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

_ONE: dict[str, Callable[[float], float]] = {
    "negate": lambda x: -x,
    "abs": abs,
    "exp": math.exp,
    "ln": math.log,
    "floor": math.floor,
    "ceiling": math.ceil,
    "factorial": lambda x: math.gamma(x + 1.0),
    "not": lambda x: x == 0.0,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "arcsinh": math.asinh,
    "arccosh": math.acosh,
    "arctanh": math.atanh,
}
_TWO: dict[str, Callable[[float, float], float]] = {
    "minus": lambda x, y: x - y,
    "divide": lambda x, y: x / y,
    "power": math.pow,
    "quotient": lambda x, y: math.trunc(x / y),
    "remainder": math.fmod,
    "lt": lambda x, y: x < y,
    "le": lambda x, y: x <= y,
    "gt": lambda x, y: x > y,
    "ge": lambda x, y: x >= y,
    "eq": lambda x, y: x == y,
    "ne": lambda x, y: x != y,
}
_MANY: dict[str, Callable[[list[float]], float]] = {
    "plus": sum,
    "times": math.prod,
    "min": min,
    "max": max,
    "and": all,
    "or": any,
    "xor": lambda values: sum(value != 0.0 for value in values) % 2,
}


def evaluate(expression, value_of, time=0.0):
    """Value of an expression; `value_of` gives the value of a name."""
    if isinstance(expression, str):
        return value_of(expression)
    if not hasattr(expression, "operator"):
        return float(expression)
    name, arguments = expression.operator, expression.arguments
    if name == "time":
        return time
    if name == "piecewise":
        *pairs, otherwise = arguments
        for value, condition in zip(pairs[::2], pairs[1::2], strict=True):
            if evaluate(condition, value_of, time):
                return evaluate(value, value_of, time)
        return evaluate(otherwise, value_of, time)
    values = [float(evaluate(argument, value_of, time)) for argument in arguments]
    if name in _ONE:
        return float(_ONE[name](*values))
    return float(_TWO[name](*values) if name in _TWO else _MANY[name](values))


class Plain:
    """A system with some of its numbers replaced."""

    def __init__(self, system, parameters=(), start=()):
        self.system = system
        self.now = {**system.parameters, **dict(parameters)}
        self.state = dict.fromkeys(system.states, math.nan)
        self.time = 0.0
        starts = {name: state.start for name, state in system.states.items()}
        for name, state in {**starts, **dict(start)}.items():
            self.state[name] = float(evaluate(state, self.value, 0.0))
        self.now = {name: float(evaluate(number, self.value, 0.0)) for name, number in self.now.items()}

    def value(self, name):
        """Value of any id now."""
        if name in self.now:
            return evaluate(self.now[name], self.value, self.time)
        if name in self.system.equations:
            return evaluate(self.system.equations[name], self.value, self.time)
        return self.state[name]

    def put(self, time, state):
        """Set time and all states."""
        self.time = time
        self.state = dict(zip(self.system.states, state, strict=True))

    def rates(self, time, state):
        """Rates of all states, in their order."""
        self.put(time, state)
        return np.array([evaluate(one.rate, self.value, time) for one in self.system.states.values()])

    def add(self, target, amount):
        """A dose."""
        if target in self.state:
            self.state[target] += amount
        else:
            self.now[target] += amount


def scipy_course(case, method="DOP853", relative=1e-12):
    """Courses of a case without events, from SciPy, which stops at each dose and output.

    Its interpolation between steps is far less exact than its steps, so no output lies between steps.
    """
    plain = Plain(case.system, case.parameters, case.start)
    sizes = [float(np.max(np.abs(course))) for course in case.expected.values()]
    found = {name: np.full(len(case.times), np.nan) for name in case.expected}
    row_at = {time: index for index, time in enumerate(case.times)}
    doses_at = {}
    for dose in case.doses:
        doses_at.setdefault(dose.time, []).append(dose)
    now = 0.0
    for stop in sorted(time for time in {0.0, *row_at, *doses_at} if time <= case.times[-1]):
        if stop > now:
            state = np.array(list(plain.state.values()))
            solved = solve_ivp(
                plain.rates,
                (now, stop),
                state,
                method,
                (stop,),
                rtol=relative,
                atol=relative * min(sizes) / 100,
            )
            plain.put(stop, solved.y[:, -1])
            now = stop
        if stop in row_at:
            for name, values in found.items():
                values[row_at[stop]] = plain.value(name)
        for dose in doses_at.get(stop, ()):
            plain.add(dose.target, dose.amount)
    return found
