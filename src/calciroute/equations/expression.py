"""One expression: a number, a name, or an operator with its arguments.

Truth is a number: 1 for true, 0 for false; whatever is not 0 counts as true. Names are ids of the `System`
that holds the expression. The vocabulary is closed, so a solver can say at once what it cannot do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

# Operators and how many arguments they take: a number, or the least number for "this many or more".
FIXED = {
    "time": 0,
    "minus": 2,
    "negate": 1,
    "divide": 2,
    "power": 2,
    "quotient": 2,  # whole part of a division, cut toward zero
    "remainder": 2,  # what a division cut toward zero leaves: the sign of the first
    **dict.fromkeys(("abs", "exp", "ln", "floor", "ceiling", "factorial", "not"), 1),
    **dict.fromkeys(("sin", "cos", "tan", "sinh", "cosh", "tanh"), 1),
    **dict.fromkeys(("arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh"), 1),
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne"), 2),
}
AT_LEAST = {
    "plus": 0,
    "times": 0,
    "min": 1,
    "max": 1,
    "and": 0,
    "or": 0,
    "xor": 0,
    "piecewise": 1,  # value, condition, value, condition, ..., value otherwise: always odd
}
RELATIONS = frozenset(("lt", "le", "gt", "ge", "eq", "ne"))
LOGIC = frozenset(("and", "or", "xor", "not"))


@dataclass(frozen=True, slots=True)
class Call:
    """An operator with its arguments.

    Parameters
    ----------
    operator : str
        A key of `FIXED` or `AT_LEAST`; another raises ValueError, and so does a wrong number of arguments.
    arguments : tuple of Expression
        In order.
    """

    operator: str
    arguments: tuple[Expression, ...] = ()

    def __post_init__(self) -> None:
        count = len(self.arguments)
        if self.operator in FIXED:
            right = count == FIXED[self.operator]
        elif self.operator in AT_LEAST:
            right = count >= AT_LEAST[self.operator]
        else:
            raise ValueError(f"no operator is called {self.operator}")
        if not right or (self.operator == "piecewise" and count % 2 == 0):
            raise ValueError(f"{self.operator} does not take {count} arguments")


Expression: TypeAlias = "float | str | Call"

TIME = Call("time")


def names_in(expression: Expression) -> Iterator[str]:
    """Names that an expression reads, each as often as it stands there.

    Parameters
    ----------
    expression : Expression
        Any.

    Yields
    ------
    str
        From left to right.

    Examples
    --------
    >>> list(names_in(Call("times", ("k", Call("minus", ("A", 1.0))))))
    ['k', 'A']
    """
    stack = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Call):
            stack.extend(reversed(item.arguments))


def replace_names(expression: Expression, found: Callable[[str], Expression]) -> Expression:
    """The same expression with each name replaced.

    Parameters
    ----------
    expression : Expression
        Any.
    found : callable
        Gives what stands for a name; the name itself to leave it.

    Returns
    -------
    Expression
        New; unchanged parts are shared.

    Examples
    --------
    >>> replace_names(Call("exp", ("x",)), {"x": 2.0}.__getitem__)
    Call(operator='exp', arguments=(2.0,))
    """
    if isinstance(expression, str):
        return found(expression)
    if isinstance(expression, Call) and expression.arguments:
        return Call(expression.operator, tuple(replace_names(item, found) for item in expression.arguments))
    return expression
