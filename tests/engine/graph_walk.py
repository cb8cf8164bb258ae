"""Nodes of the engine's graph evaluated by the table of operators that all backends have to agree with."""

from calciroute.engine.derivative import derivatives
from calciroute.engine.graph import ON_NUMBERS, Graph
from calciroute.engine.lower import Lowering
from engine.random_expressions import PARAMETERS, STATES


def evaluated(graph, node, leaves):
    """Value of a node; `leaves` gives values by (kind, row)."""
    values = {}
    for index in range(node + 1):
        operator, arguments = graph.operators[index], graph.arguments[index]
        if operator == "number":
            values[index] = graph.values[index]
        elif operator in {"parameter", "state"}:
            values[index] = leaves[operator, arguments[0]]
        else:
            values[index] = ON_NUMBERS[operator](*(values[argument] for argument in arguments))
    return values[node]


def derivative_at(expression, point, name, time):
    """The engine's derivative of an expression by a state, at a point."""
    graph = Graph()
    leaves = {name: graph.leaf("parameter", row) for row, name in enumerate(PARAMETERS)}
    leaves |= {name: graph.leaf("state", row) for row, name in enumerate(STATES)}
    node = Lowering(graph, leaves, {}, graph.number(time), hold=False).node(expression)
    [row] = derivatives(graph, [node])
    place = STATES.index(name)
    if place not in row:
        return 0.0
    numbers = {("parameter", index): point[one] for index, one in enumerate(PARAMETERS)}
    numbers |= {("state", index): point[one] for index, one in enumerate(STATES)}
    return evaluated(graph, row[place], numbers)
