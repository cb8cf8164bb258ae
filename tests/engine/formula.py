"""Systems written as text in tests: `formula("-k * A")`, `written({"k": 1}, {"A": (10, "-k * A")})`.

The text is Python's own grammar: `+ - * / **`, comparisons, `a if c else b`, `and or not`, `time`, and every
operator of `calciroute.equations` as a call.
"""

import ast

from calciroute.equations.expression import AT_LEAST, FIXED, TIME, Call
from calciroute.equations.system import Event, State, System

_BINARY = {ast.Add: "plus", ast.Sub: "minus", ast.Mult: "times", ast.Div: "divide", ast.Pow: "power"}
_COMPARE = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}


def formula(text):
    """Expression of a text; a number stays a number."""
    if not isinstance(text, str):
        return float(text)
    return _expression(ast.parse(text.strip(), mode="eval").body)


def written(parameters, states, equations=(), events=()):
    """System of texts: states as {id: (start, rate)}, events as made by `event`."""
    return System(
        {name: formula(text) for name, text in dict(parameters).items()},
        {name: State(formula(start), formula(rate)) for name, (start, rate) in states.items()},
        {name: formula(text) for name, text in dict(equations).items()},
        tuple(events),
    )


def event(name, trigger, assignments, *, delay=None, priority=None, **rest):
    """Event of texts; what is left out stays as `Event` has it."""
    return Event(
        name,
        formula(trigger),
        tuple((target, formula(text)) for target, text in assignments.items()),
        delay=None if delay is None else formula(delay),
        priority=None if priority is None else formula(priority),
        **rest,
    )


def _expression(node):
    match node:
        case ast.Constant(value=value):
            return float(value)
        case ast.Name(id=name):
            return TIME if name == "time" else name
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return Call("negate", (_expression(inner),))
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            return Call("not", (_expression(inner),))
        case ast.BinOp(left=left, op=operator, right=right):
            return Call(_BINARY[type(operator)], (_expression(left), _expression(right)))
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return Call(_COMPARE[type(operator)], (_expression(left), _expression(right)))
        case ast.BoolOp(op=operator, values=values):
            name = "and" if isinstance(operator, ast.And) else "or"
            return Call(name, tuple(map(_expression, values)))
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            return Call("piecewise", tuple(map(_expression, (body, test, otherwise))))
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FIXED or name in AT_LEAST:
            return Call(name, tuple(map(_expression, arguments)))
    raise ValueError(f"not a formula: {ast.unparse(node)}")
