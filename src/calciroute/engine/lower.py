"""From expressions to nodes: names are looked up, operators become the few that machine code knows."""

from __future__ import annotations

from collections.abc import Mapping

from calciroute.engine.graph import LEAVES, MOVING, Graph
from calciroute.equations.expression import RELATIONS, Call, Expression, names_in
from calciroute.errors import SolveError

# Operators that keep their meaning and number of arguments.
_PLAIN = {
    "negate": "neg",
    "not": "not",
    **{
        name: name
        for name in (
            *("abs", "exp", "ln", "floor", "ceiling", "factorial"),
            *("sin", "cos", "tan", "sinh", "cosh", "tanh"),
            *("arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh"),
        )
    },
}
_FOLDED = {
    "plus": ("add", 0.0),
    "times": ("mul", 1.0),
    "and": ("and", 1.0),
    "or": ("or", 0.0),
    "xor": ("xor", 0.0),
    "min": ("min", None),
    "max": ("max", None),
}


class Lowering:
    """What names mean, and the nodes they came to.

    Parameters
    ----------
    graph : Graph
        Grows.
    leaves : mapping of str to int
        Names that are read from memory.
    formulas : mapping of str to Expression
        Names that follow from others.
    time : int, optional
        Node of the time.
    hold : bool
        Whether comparisons that move are held during a step; each is then noted in `conditions` as
        (comparison, left side, right side).
    given : mapping of str to int, optional
        Names that a lane may have been given a value for, with the place of that value.
    """

    def __init__(
        self,
        graph: Graph,
        leaves: Mapping[str, int],
        formulas: Mapping[str, Expression],
        time: int | None,
        *,
        hold: bool,
        given: Mapping[str, int] | None = None,
    ) -> None:
        self.graph = graph
        self.conditions: list[tuple[int, int, int]] = []
        self._nodes: dict[str, int] = dict(leaves)
        self._formulas = formulas
        self._time = time
        self._hold = hold
        self._given = given or {}
        self._held: dict[int, int] = {}

    def named(self, name: str) -> int:
        """Node of a name; what it follows from is written down first, without recursion along chains.

        Parameters
        ----------
        name : str
            Id.

        Returns
        -------
        int
            Node.

        Raises
        ------
        SolveError
            For a name without a meaning, or one that follows from itself.
        """
        stack, open_names = [name], {name}
        while stack:
            top = stack[-1]
            if top in self._nodes:
                stack.pop()
                open_names.discard(top)
                continue
            if top not in self._formulas:
                raise SolveError(f"{top} has no meaning: it is no parameter, no state and no equation")
            missing = [item for item in names_in(self._formulas[top]) if item not in self._nodes]
            if not missing:
                self._nodes[top] = self._formula(top)
                continue
            if missing[0] in open_names:
                raise SolveError(f"{missing[0]} follows from itself: {_circle(stack, missing[0])}")
            open_names.add(missing[0])
            stack.append(missing[0])
        return self._nodes[name]

    def _formula(self, name: str) -> int:
        expression = self._formulas[name]
        if name in self._given:
            given = self._given[name]
            # A plain number is filled in where the lane's values are, so only formulas need the question.
            if isinstance(expression, float | int):
                return given
            return self.graph.apply("if_given", given, self._lower(expression))
        return self._lower(expression)

    def node(self, expression: Expression) -> int:
        """Node of an expression.

        Parameters
        ----------
        expression : Expression
            Any.

        Returns
        -------
        int
            Node.
        """
        for name in names_in(expression):
            self.named(name)
        return self._lower(expression)

    def _lower(self, expression: Expression) -> int:
        """Node of an expression whose names are known; without recursion, as files may nest without end."""
        done: list[int] = []
        waiting: list[tuple[Expression, bool]] = [(expression, False)]
        while waiting:
            item, ready = waiting.pop()
            if not isinstance(item, Call):
                done.append(self._nodes[item] if isinstance(item, str) else self.graph.number(float(item)))
            elif ready:
                count = len(item.arguments)
                nodes = done[len(done) - count :]
                del done[len(done) - count :]
                done.append(self._operator(item.operator, nodes))
            else:
                waiting.append((item, True))
                waiting.extend((argument, False) for argument in reversed(item.arguments))
        return done[0]

    def _operator(self, operator: str, nodes: list[int]) -> int:
        graph = self.graph
        if operator == "time":
            if self._time is None:
                raise SolveError("the time is read where there is none")
            return self._time
        if operator in _PLAIN:
            return graph.apply(_PLAIN[operator], nodes[0])
        if operator in _FOLDED:
            return self._fold(*_FOLDED[operator], nodes)
        if operator in RELATIONS:
            return self._relation(operator, nodes[0], nodes[1])
        if operator == "minus":
            return graph.apply("sub", nodes[0], nodes[1])
        if operator == "divide":
            return graph.divide(nodes[0], nodes[1])
        if operator == "power":
            return graph.power(nodes[0], nodes[1])
        if operator in {"quotient", "remainder"}:
            # A true division: 49 times 1/49 is less than 1, and a whole part of 0.
            whole = graph.apply("truncate", graph.apply("divide", nodes[0], nodes[1]))
            if operator == "quotient":
                return whole
            return graph.apply("sub", nodes[0], graph.apply("mul", nodes[1], whole))
        if operator == "piecewise":
            value = nodes[-1]
            for place in range(len(nodes) - 3, -1, -2):
                value = graph.apply("select", nodes[place + 1], nodes[place], value)
            return value
        raise SolveError(f"the operator {operator} is not known to the solver")

    def _fold(self, operator: str, empty: float | None, nodes: list[int]) -> int:
        graph = self.graph
        if not nodes:
            return graph.number(float("nan") if empty is None else empty)
        result = nodes[0]
        for node in nodes[1:]:
            result = graph.apply(operator, result, node)
        if operator in {"and", "or", "xor"} and len(nodes) == 1:
            return graph.apply("ne", result, graph.number(0.0))
        return result

    def _relation(self, operator: str, left: int, right: int) -> int:
        graph = self.graph
        exact = graph.apply(operator, left, right)
        if not self._hold or graph.levels[exact] < MOVING or graph.operators[exact] in LEAVES:
            return exact
        if exact not in self._held:
            self._held[exact] = graph.leaf("held", len(self.conditions))
            self.conditions.append((exact, left, right))
        return self._held[exact]


def _circle(stack: list[str], name: str) -> str:
    return " reads ".join([*stack[stack.index(name) :], name])
