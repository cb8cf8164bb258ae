"""Derivatives to the last digits without a formula for any of them: Im f(x + i h) / h with h = 1e-100."""

import cmath

_ONE = {
    "negate": lambda z: -z,
    "exp": cmath.exp,
    "ln": cmath.log,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "sinh": cmath.sinh,
    "cosh": cmath.cosh,
    "tanh": lambda z: cmath.sinh(z) / cmath.cosh(z),
    "arcsin": cmath.asin,
    "arccos": cmath.acos,
    "arctan": cmath.atan,
    "arcsinh": lambda z: cmath.log(z + cmath.sqrt(z * z + 1.0)),
    "arccosh": lambda z: cmath.log(z + cmath.sqrt(z * z - 1.0)),
    "arctanh": lambda z: cmath.log((1.0 + z) / (1.0 - z)) / 2.0,
}
STEP = 1e-100


def slope(expression, point, name, time=0.0):
    """Derivative of an analytic expression by one of its names."""
    values = {key: complex(value, STEP if key == name else 0.0) for key, value in point.items()}
    return _value(expression, values, time).imag / STEP


def _value(expression, values, time):
    if isinstance(expression, str):
        return values[expression]
    if not hasattr(expression, "operator"):
        return complex(expression)
    if expression.operator == "time":
        return complex(time)
    arguments = [_value(argument, values, time) for argument in expression.arguments]
    if expression.operator in _ONE:
        return _ONE[expression.operator](*arguments)
    if expression.operator == "plus":
        return sum(arguments, 0j)
    if expression.operator == "times":
        product = 1.0 + 0j
        for argument in arguments:
            product *= argument
        return product
    first, second = arguments
    if expression.operator == "minus":
        return first - second
    if expression.operator == "divide":
        return first / second
    if expression.operator == "power":
        return _power(first, second)
    raise ValueError(f"{expression.operator} is not analytic")


def _power(base, exponent):
    whole = exponent.imag == 0.0 and exponent.real == int(exponent.real)
    if not whole:
        return cmath.exp(exponent * cmath.log(base))
    product = 1.0 + 0j
    for _ in range(abs(int(exponent.real))):
        product *= base
    return product if exponent.real >= 0.0 else 1.0 / product
