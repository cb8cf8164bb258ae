"""The operators of SBML's mathematics in the closed vocabulary of `equations.expression`."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import libsbml

from calciroute.equations.expression import Call, Expression

Arguments = tuple[Expression, ...]
Build = Callable[[Arguments], Expression]
NAN = math.nan


def number(value: float) -> Build:
    """An operator without arguments that stands for a number."""
    return lambda _: value


def _plain(operator: str) -> Build:
    return lambda arguments: Call(operator, arguments)


def _sum_or_product(operator: str, empty: float) -> Build:
    def build(arguments: Arguments) -> Expression:
        if not arguments:
            return empty
        return arguments[0] if len(arguments) == 1 else Call(operator, arguments)

    return build


def _minus(arguments: Arguments) -> Expression:
    if len(arguments) == 1:
        return negated(arguments[0])
    return Call("minus", arguments)


def negated(expression: Expression) -> Expression:
    """The expression with the other sign; a number stays a number.

    Parameters
    ----------
    expression : Expression
        Any.

    Returns
    -------
    Expression
        A float for a float.

    Examples
    --------
    >>> negated(2.0)
    -2.0
    """
    return -expression if isinstance(expression, float) else Call("negate", (expression,))


def _chain(operator: str) -> Build:
    """A relation between neighbours: a < b < c is a < b and b < c; fewer than two always hold."""

    def build(arguments: Arguments) -> Expression:
        pairs = tuple(Call(operator, pair) for pair in pairwise(arguments))
        if not pairs:
            return 1.0
        return pairs[0] if len(pairs) == 1 else Call("and", pairs)

    return build


def _piecewise(arguments: Arguments) -> Expression:
    if len(arguments) % 2 == 0:  # no otherwise: where no condition holds there is no value
        arguments = (*arguments, NAN)
    return arguments[0] if len(arguments) == 1 else Call("piecewise", arguments)


def _log(arguments: Arguments) -> Expression:
    base, of = arguments if len(arguments) == 2 else (10.0, arguments[0])
    return Call("divide", (Call("ln", (of,)), Call("ln", (base,))))


def _root(arguments: Arguments) -> Expression:
    degree, of = arguments if len(arguments) == 2 else (2.0, arguments[0])
    share = 1.0 / degree if isinstance(degree, float) and degree else Call("divide", (1.0, degree))
    return Call("power", (of, share))


def _reciprocal_of(operator: str) -> Build:
    return lambda arguments: Call("divide", (1.0, Call(operator, arguments)))


def _of_reciprocal(operator: str) -> Build:
    return lambda arguments: Call(operator, (Call("divide", (1.0, arguments[0])),))


def _implies(arguments: Arguments) -> Expression:
    return Call("or", (Call("not", arguments[:1]), *arguments[1:]))


_L = libsbml
ONE, TWO, ANY = (1, 1), (2, 2), (0, 10**9)
_SIMILAR: dict[str, tuple[tuple[int, ...], tuple[int, int]]] = {
    "divide": ((_L.AST_DIVIDE,), TWO),
    "power": ((_L.AST_POWER, _L.AST_FUNCTION_POWER), TWO),
    "quotient": ((_L.AST_FUNCTION_QUOTIENT,), TWO),
    "remainder": ((_L.AST_FUNCTION_REM,), TWO),
    "abs": ((_L.AST_FUNCTION_ABS,), ONE),
    "exp": ((_L.AST_FUNCTION_EXP,), ONE),
    "ln": ((_L.AST_FUNCTION_LN,), ONE),
    "floor": ((_L.AST_FUNCTION_FLOOR,), ONE),
    "ceiling": ((_L.AST_FUNCTION_CEILING,), ONE),
    "factorial": ((_L.AST_FUNCTION_FACTORIAL,), ONE),
    "not": ((_L.AST_LOGICAL_NOT,), ONE),
    "and": ((_L.AST_LOGICAL_AND,), ANY),
    "or": ((_L.AST_LOGICAL_OR,), ANY),
    "xor": ((_L.AST_LOGICAL_XOR,), ANY),
    "min": ((_L.AST_FUNCTION_MIN,), (1, 10**9)),
    "max": ((_L.AST_FUNCTION_MAX,), (1, 10**9)),
    "sin": ((_L.AST_FUNCTION_SIN,), ONE),
    "cos": ((_L.AST_FUNCTION_COS,), ONE),
    "tan": ((_L.AST_FUNCTION_TAN,), ONE),
    "sinh": ((_L.AST_FUNCTION_SINH,), ONE),
    "cosh": ((_L.AST_FUNCTION_COSH,), ONE),
    "tanh": ((_L.AST_FUNCTION_TANH,), ONE),
    "arcsin": ((_L.AST_FUNCTION_ARCSIN,), ONE),
    "arccos": ((_L.AST_FUNCTION_ARCCOS,), ONE),
    "arctan": ((_L.AST_FUNCTION_ARCTAN,), ONE),
    "arcsinh": ((_L.AST_FUNCTION_ARCSINH,), ONE),
    "arccosh": ((_L.AST_FUNCTION_ARCCOSH,), ONE),
    "arctanh": ((_L.AST_FUNCTION_ARCTANH,), ONE),
}
# Type of a node in libSBML -> how many arguments it takes (least, most), and what it becomes.
OPERATORS: dict[int, tuple[tuple[int, int], Build]] = {
    kind: (counts, _plain(operator)) for operator, (kinds, counts) in _SIMILAR.items() for kind in kinds
}
OPERATORS |= {
    _L.AST_PLUS: (ANY, _sum_or_product("plus", 0.0)),
    _L.AST_TIMES: (ANY, _sum_or_product("times", 1.0)),
    _L.AST_MINUS: ((1, 2), _minus),
    _L.AST_FUNCTION_LOG: ((1, 2), _log),
    _L.AST_FUNCTION_ROOT: ((1, 2), _root),
    _L.AST_FUNCTION_PIECEWISE: (ANY, _piecewise),
    _L.AST_LOGICAL_IMPLIES: (TWO, _implies),
    _L.AST_RELATIONAL_LT: (ANY, _chain("lt")),
    _L.AST_RELATIONAL_LEQ: (ANY, _chain("le")),
    _L.AST_RELATIONAL_GT: (ANY, _chain("gt")),
    _L.AST_RELATIONAL_GEQ: (ANY, _chain("ge")),
    _L.AST_RELATIONAL_EQ: (ANY, _chain("eq")),
    _L.AST_RELATIONAL_NEQ: (TWO, _chain("ne")),
    _L.AST_FUNCTION_SEC: (ONE, _reciprocal_of("cos")),
    _L.AST_FUNCTION_CSC: (ONE, _reciprocal_of("sin")),
    _L.AST_FUNCTION_COT: (ONE, _reciprocal_of("tan")),
    _L.AST_FUNCTION_SECH: (ONE, _reciprocal_of("cosh")),
    _L.AST_FUNCTION_CSCH: (ONE, _reciprocal_of("sinh")),
    _L.AST_FUNCTION_COTH: (ONE, _reciprocal_of("tanh")),
    _L.AST_FUNCTION_ARCSEC: (ONE, _of_reciprocal("arccos")),
    _L.AST_FUNCTION_ARCCSC: (ONE, _of_reciprocal("arcsin")),
    _L.AST_FUNCTION_ARCCOT: (ONE, _of_reciprocal("arctan")),
    _L.AST_FUNCTION_ARCSECH: (ONE, _of_reciprocal("arccosh")),
    _L.AST_FUNCTION_ARCCSCH: (ONE, _of_reciprocal("arcsinh")),
    _L.AST_FUNCTION_ARCCOTH: (ONE, _of_reciprocal("arctanh")),
    _L.AST_CONSTANT_PI: (ANY, number(math.pi)),
    _L.AST_CONSTANT_E: (ANY, number(math.e)),
    _L.AST_CONSTANT_TRUE: (ANY, number(1.0)),
    _L.AST_CONSTANT_FALSE: (ANY, number(0.0)),
    _L.AST_NAME_AVOGADRO: (ANY, number(6.02214179e23)),  # the value that SBML Level 3 fixes
}
NUMBERS = frozenset((_L.AST_INTEGER, _L.AST_REAL, _L.AST_REAL_E, _L.AST_RATIONAL))
