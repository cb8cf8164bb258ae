"""Expressions as one graph: equal parts exist once, and each part knows what can change it.

A node is a whole number; its operator and arguments stand in two lists. Equal operators with equal arguments
give the same node, so what two rates share is found by writing it down, and what follows from parameters
alone (level `PARAMETER`) is told from what moves with the states (level `MOVING`).
"""

from __future__ import annotations

import math
from collections.abc import Callable

NUMBER_LEVEL, PARAMETER, MOVING = 0, 1, 2

# Places a value is read from: each is a section of the solver's memory, with a row.
LEAVES = {
    "parameter": PARAMETER,
    "state": MOVING,
    "held": MOVING,  # a condition, as it stood when the step began
    "given_parameter": MOVING,  # what a lane was given, NaN for "by its formula"; read at the start only
    "given_state": MOVING,
}
COMMUTATIVE = frozenset(("add", "mul", "min", "max", "eq", "ne", "and", "or", "xor"))
_LARGEST_WHOLE_POWER = 16


def _safely(function: Callable[..., float]) -> Callable[..., float]:
    def safe(*values: float) -> float:
        try:
            return float(function(*values))
        except (ValueError, ZeroDivisionError):
            return math.nan
        except OverflowError:
            return math.inf

    return safe


def _divide_one(x: float) -> float:
    return math.copysign(math.inf, x) if x == 0.0 else 1.0 / x


def _least(a: float, b: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else min(a, b)


def _largest(a: float, b: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else max(a, b)


def _log_of_size(x: float) -> float:
    return -1e300 if x == 0.0 else math.log(abs(x))


def _sign_of_power(b: float) -> float:
    if b != math.floor(b):
        return math.nan
    return 1.0 if b % 2.0 == 0.0 else -1.0


# What each operator does to numbers. Backends must agree with this table; tests hold them to it.
ON_NUMBERS: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "neg": lambda a: -a,
    "reciprocal": _divide_one,
    "divide": lambda a, b: a * _divide_one(b) if b == 0.0 else a / b,
    "sqrt": _safely(math.sqrt),
    "exp": _safely(math.exp),
    "ln": lambda x: -math.inf if x == 0.0 else _safely(math.log)(x),
    "ln_size": _log_of_size,  # ln |x|, and -1e300 at 0, so that 0 to the power 0 is 1
    "power_sign": _sign_of_power,  # sign of a negative number to this power; NaN when there is none
    "abs": abs,
    "sign": lambda a: a if math.isnan(a) else float((a > 0.0) - (a < 0.0)),
    "floor": lambda a: a if math.isinf(a) or math.isnan(a) else float(math.floor(a)),
    "ceiling": lambda a: a if math.isinf(a) or math.isnan(a) else float(math.ceil(a)),
    "truncate": lambda a: a if math.isinf(a) or math.isnan(a) else float(math.trunc(a)),
    "min": _least,
    "max": _largest,
    "lt": lambda a, b: float(a < b),
    "le": lambda a, b: float(a <= b),
    "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b),
    "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b),
    "and": lambda a, b: float(a != 0.0 and b != 0.0),
    "or": lambda a, b: float(a != 0.0 or b != 0.0),
    "xor": lambda a, b: float((a != 0.0) != (b != 0.0)),
    "not": lambda a: float(a == 0.0),
    "select": lambda c, a, b: a if c != 0.0 else b,
    "if_given": lambda g, f: f if math.isnan(g) else g,
    "tanh": math.tanh,
    "factorial": _safely(lambda a: math.gamma(a + 1.0)),
    **{
        name: _safely(getattr(math, function))
        for name, function in {
            "sin": "sin",
            "cos": "cos",
            "tan": "tan",
            "sinh": "sinh",
            "cosh": "cosh",
            "arcsin": "asin",
            "arccos": "acos",
            "arctan": "atan",
            "arcsinh": "asinh",
            "arccosh": "acosh",
            "arctanh": "atanh",
        }.items()
    },
}


class Graph:
    """All nodes of one system."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self.arguments: list[tuple[int, ...]] = []
        self.levels: list[int] = []
        self.values: dict[int, float] = {}
        self._known: dict[object, int] = {}

    def _node(self, key: object, operator: str, arguments: tuple[int, ...], level: int) -> int:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.operators)
            self.operators.append(operator)
            self.arguments.append(arguments)
            self.levels.append(level)
        return found

    def number(self, value: float) -> int:
        """A number.

        Parameters
        ----------
        value : float
            Any, NaN and infinities too.

        Returns
        -------
        int
            Node.
        """
        value = float(value)
        node = self._node(("number", value.hex(), math.copysign(1.0, value)), "number", (), NUMBER_LEVEL)
        self.values[node] = value
        return node

    def leaf(self, kind: str, row: int) -> int:
        """A value read from memory.

        Parameters
        ----------
        kind : str
            A key of `LEAVES`.
        row : int
            Which one, from 0.

        Returns
        -------
        int
            Node.
        """
        return self._node((kind, row), kind, (row,), LEAVES[kind])

    def apply(self, operator: str, *arguments: int) -> int:
        """An operator on nodes, written as simply as is safe.

        Parameters
        ----------
        operator : str
            A key of `ON_NUMBERS`.
        *arguments : int
            Nodes.

        Returns
        -------
        int
            Node, an old one where the same was asked before.

        Examples
        --------
        >>> graph = Graph()
        >>> x = graph.leaf("state", 0)
        >>> graph.apply("mul", x, graph.number(1.0)) == x
        True
        >>> graph.text(graph.apply("add", x, graph.apply("neg", x)))
        'sub(state0, state0)'
        """
        if all(argument in self.values for argument in arguments):
            return self.number(ON_NUMBERS[operator](*(self.values[argument] for argument in arguments)))
        simpler = self._simpler(operator, arguments)
        if simpler is not None:
            return simpler
        if operator in COMMUTATIVE and arguments[0] > arguments[1]:
            arguments = (arguments[1], arguments[0])
        level = max(self.levels[argument] for argument in arguments)
        return self._node((operator, arguments), operator, arguments, level)

    def _is(self, node: int, value: float) -> bool:
        return self.values.get(node) == value

    def _simpler(self, operator: str, arguments: tuple[int, ...]) -> int | None:
        """A simpler node of the same value, if one is known; 0 times x is 0, whatever x may become."""
        a = arguments[0]
        b = arguments[1] if len(arguments) > 1 else a
        if operator == "add":
            if self._is(a, 0.0):
                return b
            if self._is(b, 0.0):
                return a
            if self.operators[b] == "neg":
                return self.apply("sub", a, self.arguments[b][0])
            if self.operators[a] == "neg":
                return self.apply("sub", b, self.arguments[a][0])
        elif operator == "sub":
            if self._is(b, 0.0):
                return a
            if self._is(a, 0.0):
                return self.apply("neg", b)
            if self.operators[b] == "neg":
                return self.apply("add", a, self.arguments[b][0])
        elif operator == "mul":
            return self._simpler_product(a, b)
        elif operator in {"neg", "reciprocal"} and self.operators[a] == operator:
            return self.arguments[a][0]
        elif operator == "abs" and self.operators[a] in {"abs", "exp", "sqrt"}:
            return a
        elif operator == "abs" and self.operators[a] == "neg":
            return self.apply("abs", self.arguments[a][0])
        elif operator == "select":
            if a in self.values:
                return b if self.values[a] != 0.0 else arguments[2]
            if b == arguments[2]:
                return b
        return None

    def _simpler_product(self, a: int, b: int) -> int | None:
        for one, other in ((a, b), (b, a)):
            if self._is(one, 0.0):
                return one
            if self._is(one, 1.0):
                return other
            if self._is(one, -1.0):
                return self.apply("neg", other)
        if self.operators[a] == "neg" and self.operators[b] == "neg":
            return self.apply("mul", self.arguments[a][0], self.arguments[b][0])
        for one, other in ((a, b), (b, a)):
            # The sign goes outward, so that a product and its negative share their work.
            if self.operators[one] == "neg":
                return self.apply("neg", self.apply("mul", self.arguments[one][0], other))
        for one, other in ((a, b), (b, a)):
            # What follows from parameters is gathered: k1 * (k2 * x) is (k1 * k2) * x, found once per lane.
            if self.levels[one] < MOVING and self.operators[other] == "mul" and self.levels[other] == MOVING:
                left, right = self.arguments[other]
                if self.levels[left] < MOVING:
                    return self.apply("mul", self.apply("mul", one, left), right)
                if self.levels[right] < MOVING:
                    return self.apply("mul", self.apply("mul", one, right), left)
        return None

    def divide(self, a: int, b: int) -> int:
        """Quotient of two nodes: a product with the reciprocal, which others may share.

        Parameters
        ----------
        a, b : int
            Nodes.

        Returns
        -------
        int
            Node.
        """
        if a in self.values and b in self.values and self.values[b] != 0.0:
            return self.number(self.values[a] / self.values[b])
        return self.apply("mul", a, self.apply("reciprocal", b))

    def power(self, base: int, exponent: int) -> int:
        """A power: whole small ones as products, others through the logarithm, which others may share.

        Parameters
        ----------
        base, exponent : int
            Nodes.

        Returns
        -------
        int
            Node. A negative number to a power that is not whole is NaN; 0 to the power 0 is 1.
        """
        value = self.values.get(exponent)
        if value is not None:
            if base in self.values:
                return self.number(_power_of_numbers(self.values[base], value))
            if value == whole_number(value) and abs(value) <= _LARGEST_WHOLE_POWER:
                product = self._whole_power(base, int(abs(value)))
                return product if value >= 0 else self.apply("reciprocal", product)
            if value == 0.5:
                return self.apply("sqrt", base)
        size = self.apply("exp", self.apply("mul", exponent, self.apply("ln_size", base)))
        if base in self.values and self.values[base] > 0.0:
            return size
        negative = self.apply("lt", base, self.number(0.0))
        sign = self.apply("select", negative, self.apply("power_sign", exponent), self.number(1.0))
        return self.apply("mul", sign, size)

    def _whole_power(self, base: int, count: int) -> int:
        if count == 0:
            return self.number(1.0)
        half = self._whole_power(base, count // 2)
        square = self.apply("mul", half, half) if count > 1 else self.number(1.0)
        return self.apply("mul", square, base) if count % 2 else square

    def text(self, node: int) -> str:
        """A node written out, for people and tests.

        Parameters
        ----------
        node : int
            Node.

        Returns
        -------
        str
            Operators as functions, leaves with their row.
        """
        if node in self.values:
            return f"{self.values[node]:g}"
        if self.operators[node] in LEAVES:
            return f"{self.operators[node]}{self.arguments[node][0]}"
        return f"{self.operators[node]}({', '.join(self.text(item) for item in self.arguments[node])})"


def whole_number(value: float) -> int | None:
    """The whole number that a float is, if it is one.

    Parameters
    ----------
    value : float
        Any.

    Returns
    -------
    int or None
        The number.

    Examples
    --------
    >>> whole_number(3.0), whole_number(0.5)
    (3, None)
    """
    return int(value) if math.isfinite(value) and value == math.floor(value) else None


def _power_of_numbers(base: float, exponent: float) -> float:
    try:
        return float(math.pow(base, exponent))
    except ValueError:
        return math.inf if base == 0.0 else math.nan
    except OverflowError:
        return math.inf
