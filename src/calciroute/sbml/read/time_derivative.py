"""How an expression changes per unit of time, from how its names change."""

from __future__ import annotations

from collections.abc import Callable

from calciroute.equations.expression import LOGIC, RELATIONS, Call, Expression

# Flat between jumps.
_STEPS = RELATIONS | LOGIC | {"floor", "ceiling", "quotient"}


class NoDerivative(Exception):
    """An operator that has no derivative here."""


def time_derivative(expression: Expression, change: Callable[[str], Expression]) -> Expression:
    """Change of an expression per unit of time, between jumps.

    Parameters
    ----------
    expression : Expression
        Any.
    change : callable
        Change of a name per unit of time.

    Returns
    -------
    Expression
        A plain 0 where nothing moves.

    Raises
    ------
    NoDerivative
        For a factorial of something that moves.

    Examples
    --------
    >>> time_derivative(Call("times", (3.0, "x")), lambda name: "rate:x")
    Call(operator='times', arguments=('rate:x', 3.0))
    >>> time_derivative(Call("exp", ("k",)), lambda name: 0.0)
    0.0
    """
    if isinstance(expression, str):
        return change(expression)
    if not isinstance(expression, Call):
        return 0.0
    operator, arguments = expression.operator, expression.arguments
    if operator == "time":
        return 1.0
    if operator in _STEPS:
        return 0.0
    if operator == "piecewise":
        return _piecewise(arguments, change)
    changes = [time_derivative(argument, change) for argument in arguments]
    if operator == "plus":
        return added(changes)
    if not any(_moves(item) for item in changes):
        return 0.0
    if operator in ("min", "max"):
        return _extreme(operator, arguments, changes)
    if operator == "times":
        return added(
            [
                multiplied([moved, *arguments[:index], *arguments[index + 1 :]])
                for index, moved in enumerate(changes)
            ]
        )
    if len(arguments) == 2:
        return _of_two(operator, arguments, changes)
    return multiplied([changes[0], _slope(operator, arguments[0])])


def added(terms: list[Expression]) -> Expression:
    """Sum without what is 0.

    Parameters
    ----------
    terms : list of Expression
        Any number.

    Returns
    -------
    Expression
        0 when nothing is left.
    """
    left = tuple(term for term in terms if _moves(term))
    return left[0] if len(left) == 1 else Call("plus", left) if left else 0.0


def multiplied(factors: list[Expression]) -> Expression:
    """Product without what is 1; 0 when the first factor is.

    Parameters
    ----------
    factors : list of Expression
        Any number.

    Returns
    -------
    Expression
        1 when nothing is left.
    """
    if factors and not _moves(factors[0]):
        return 0.0
    left = tuple(factor for factor in factors if factor != 1.0)
    return left[0] if len(left) == 1 else Call("times", left) if left else 1.0


def _moves(expression: Expression) -> bool:
    return expression != 0.0


def _piecewise(arguments: tuple[Expression, ...], change: Callable[[str], Expression]) -> Expression:
    pieces = [
        argument if index % 2 else time_derivative(argument, change)
        for index, argument in enumerate(arguments)
    ]
    return Call("piecewise", tuple(pieces)) if any(_moves(item) for item in pieces[::2]) else 0.0


def _extreme(operator: str, arguments: tuple[Expression, ...], changes: list[Expression]) -> Expression:
    whole = Call(operator, arguments)
    pieces: list[Expression] = []
    for argument, moved in zip(arguments[:-1], changes[:-1], strict=True):
        pieces += [moved, Call("eq", (argument, whole))]
    return Call("piecewise", (*pieces, changes[-1]))


def _of_two(operator: str, arguments: tuple[Expression, ...], changes: list[Expression]) -> Expression:
    a, b = arguments
    a_moves, b_moves = changes
    if operator == "minus":
        return Call("minus", (a_moves, b_moves)) if _moves(b_moves) else a_moves
    if operator == "divide":
        if not _moves(b_moves):
            return Call("divide", (a_moves, b))
        upper = Call("minus", (a_moves, Call("times", (b_moves, Call("divide", (a, b))))))
        return Call("divide", (upper, b))
    if operator == "remainder":  # a - b times the whole part of a/b
        return Call("minus", (a_moves, multiplied([b_moves, Call("quotient", (a, b))])))
    if operator == "power":
        base = multiplied([a_moves, b, Call("power", (a, Call("minus", (b, 1.0))))])
        exponent = multiplied([b_moves, Call("ln", (a,)), Call("power", (a, b))])
        return added([base, exponent])
    raise NoDerivative(operator)


def _slope(operator: str, of: Expression) -> Expression:
    def one_and(sign: str, power: float = 1.0) -> Expression:
        square = Call("times", (of, of))
        pair = (square, 1.0) if sign == "square less one" else (1.0, square)
        inner = Call("plus" if sign == "plus" else "minus", pair)
        return inner if power == 1.0 else Call("power", (inner, power))

    same = {"exp": "exp", "sin": "cos", "sinh": "cosh", "cosh": "sinh"}
    if operator in same:
        return Call(same[operator], (of,))
    if operator == "negate":
        return -1.0
    if operator == "ln":
        return Call("divide", (1.0, of))
    if operator == "abs":
        return Call("piecewise", (1.0, Call("gt", (of, 0.0)), -1.0, Call("lt", (of, 0.0)), 0.0))
    if operator == "cos":
        return Call("negate", (Call("sin", (of,)),))
    if operator in ("tan", "tanh"):
        square = Call("times", (Call(operator, (of,)), Call(operator, (of,))))
        return Call("plus" if operator == "tan" else "minus", (1.0, square))
    if operator == "arctan":
        return Call("divide", (1.0, one_and("plus")))
    if operator == "arctanh":
        return Call("divide", (1.0, one_and("minus")))
    if operator == "arccos":
        return Call("negate", (one_and("minus", -0.5),))
    roots = {"arcsin": "minus", "arcsinh": "plus", "arccosh": "square less one"}
    if operator in roots:
        return one_and(roots[operator], -0.5)
    raise NoDerivative(operator)
