"""Derivatives with respect to the states, kept sparse: a node has only the entries that are not zero."""

from __future__ import annotations

from calciroute.engine.graph import LEAVES, MOVING, Graph

Row = dict[int, int]  # state -> node of the derivative

_ZERO_SLOPE = frozenset(
    ("floor", "ceiling", "truncate", "sign", "power_sign", "lt", "le", "gt", "ge", "eq", "ne")
) | frozenset(("and", "or", "xor", "not", "factorial"))


def derivatives(graph: Graph, roots: list[int]) -> list[Row]:
    """Derivatives of nodes by all states.

    Parameters
    ----------
    graph : Graph
        Grows by the nodes that derivatives need.
    roots : list of int
        Nodes.

    Returns
    -------
    list of dict of int to int
        Per root: state to node; a state that is left out has derivative zero. Conditions and steps count as
        constant: where they jump there is none.

    Examples
    --------
    >>> graph = Graph()
    >>> x, k = graph.leaf("state", 0), graph.leaf("parameter", 0)
    >>> [row] = derivatives(graph, [graph.apply("mul", k, graph.apply("mul", x, x))])
    >>> graph.text(row[0])
    'mul(parameter0, add(state0, state0))'
    """
    known: dict[int, Row] = {}
    for root in roots:
        stack = [root]
        while stack:
            node = stack[-1]
            if node in known:
                stack.pop()
                continue
            missing = (
                []
                if graph.operators[node] in LEAVES
                else [argument for argument in graph.arguments[node] if argument not in known]
            )
            if graph.levels[node] == MOVING and missing:
                stack.extend(missing)
                continue
            known[node] = _row(graph, node, known)
            stack.pop()
    return [known[root] for root in roots]


def _row(graph: Graph, node: int, known: dict[int, Row]) -> Row:
    operator, arguments = graph.operators[node], graph.arguments[node]
    if graph.levels[node] < MOVING or operator in _ZERO_SLOPE:
        return {}
    if operator == "state":
        return {arguments[0]: graph.number(1.0)}
    if operator in LEAVES:
        return {}
    rows = [known[argument] for argument in arguments]
    if operator == "select":
        both = dict.fromkeys([*rows[1], *rows[2]])
        zero = graph.number(0.0)
        return _without_zeros(
            graph,
            {
                state: graph.apply("select", arguments[0], rows[1].get(state, zero), rows[2].get(state, zero))
                for state in both
            },
        )
    total: Row = {}
    for row, slope in zip(rows, _slopes(graph, node), strict=True):
        for state, inner in row.items():
            part = graph.apply("mul", slope, inner)
            total[state] = graph.apply("add", total[state], part) if state in total else part
    return _without_zeros(graph, total)


def _without_zeros(graph: Graph, row: Row) -> Row:
    return {state: node for state, node in row.items() if graph.values.get(node) != 0.0}


def _slopes(graph: Graph, node: int) -> list[int]:
    """Derivative of an operator by each of its arguments."""
    operator, arguments = graph.operators[node], graph.arguments[node]
    one = graph.number(1.0)
    a = arguments[0]
    if operator == "add":
        return [one, one]
    if operator == "sub":
        return [one, graph.number(-1.0)]
    if operator == "mul":
        return [arguments[1], a]
    if operator == "divide":
        inverse = graph.apply("reciprocal", arguments[1])
        return [inverse, graph.apply("neg", graph.apply("mul", node, inverse))]
    if operator in {"min", "max"}:
        first = graph.apply("lt" if operator == "min" else "gt", a, arguments[1])
        return [first, graph.apply("not", first)]
    return [_slope(graph, operator, a, node)]


def _slope(graph: Graph, operator: str, a: int, node: int) -> int:
    apply, one = graph.apply, graph.number(1.0)
    if operator == "neg":
        return graph.number(-1.0)
    if operator == "reciprocal":
        return apply("neg", apply("mul", node, node))
    if operator == "sqrt":
        return apply("mul", graph.number(0.5), _guarded_reciprocal(graph, node))
    if operator == "exp":
        return node
    if operator in {"ln", "ln_size"}:
        return _guarded_reciprocal(graph, a)
    if operator == "abs":
        return apply("sign", a)
    if operator == "tanh":
        return apply("sub", one, apply("mul", node, node))
    square = apply("mul", a, a)
    if operator == "sin":
        return apply("cos", a)
    if operator == "cos":
        return apply("neg", apply("sin", a))
    if operator == "tan":
        return apply("add", one, apply("mul", node, node))
    if operator == "sinh":
        return apply("cosh", a)
    if operator == "cosh":
        return apply("sinh", a)
    if operator == "arcsin":
        return apply("reciprocal", apply("sqrt", apply("sub", one, square)))
    if operator == "arccos":
        return apply("neg", apply("reciprocal", apply("sqrt", apply("sub", one, square))))
    if operator == "arctan":
        return apply("reciprocal", apply("add", one, square))
    if operator == "arcsinh":
        return apply("reciprocal", apply("sqrt", apply("add", square, one)))
    if operator == "arccosh":
        return apply("reciprocal", apply("sqrt", apply("sub", square, one)))
    if operator == "arctanh":
        return apply("reciprocal", apply("sub", one, square))
    raise ValueError(f"no derivative is known for {operator}")


def _guarded_reciprocal(graph: Graph, a: int) -> int:
    """1/a, and 1 at a = 0: there x to a power above 1 has slope 0, which 0 times infinity would not give."""
    zero = graph.apply("eq", a, graph.number(0.0))
    return graph.apply("reciprocal", graph.apply("select", zero, graph.number(1.0), a))
