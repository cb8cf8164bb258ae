"""Powers that stand in one product become one: x^a y^b z^c needs three logarithms and a single exponential.

Physiology is full of such products. A rewritten graph gives the same numbers up to rounding; what is used
elsewhere as well is left alone, so that nothing is found twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from calciroute.engine.graph import LEAVES, MOVING, Graph


def join_powers(graph: Graph, roots: Sequence[int], hot: Sequence[int]) -> list[int]:
    """Rewrite products of powers.

    Parameters
    ----------
    graph : Graph
        Grows.
    roots : sequence of int
        Nodes to rewrite.
    hot : sequence of int
        Those of the roots that are evaluated most, such as the rates: only uses below them count.

    Returns
    -------
    list of int
        A node for each root.

    Examples
    --------
    >>> graph = Graph()
    >>> exponents = [graph.apply("mul", graph.leaf("parameter", i), graph.leaf("state", i)) for i in (0, 1)]
    >>> product = graph.apply("mul", *(graph.apply("exp", exponent) for exponent in exponents))
    >>> graph.text(join_powers(graph, [product], [product])[0])
    'exp(add(mul(parameter0, state0), mul(parameter1, state1)))'
    """
    return _Joining(graph, hot).rewritten(roots)


class _Joining:
    def __init__(self, graph: Graph, hot: Sequence[int]) -> None:
        self._graph = graph
        self._uses = Counter(hot)
        seen: set[int] = set()
        stack = list(hot)
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            for argument in self._inputs(node):
                self._uses[argument] += 1
                stack.append(argument)
        # Logarithms that are found anyway: a logarithm of a product may be made of them.
        self._logarithms = {graph.arguments[node][0] for node in seen if graph.operators[node] == "ln_size"}
        self._new: dict[int, int] = {}

    def _inputs(self, node: int) -> tuple[int, ...]:
        return () if self._graph.operators[node] in LEAVES else self._graph.arguments[node]

    def rewritten(self, roots: Sequence[int]) -> list[int]:
        needed: set[int] = set()
        stack = list(roots)
        while stack:
            node = stack.pop()
            if node not in needed:
                needed.add(node)
                stack.extend(self._inputs(node))
        # A node always comes after what it is made of.
        for node in sorted(needed):
            self._new[node] = self._one(node)
        return [self._new[root] for root in roots]

    def _one(self, node: int) -> int:
        graph = self._graph
        operator = graph.operators[node]
        if operator in LEAVES or graph.levels[node] < MOVING:
            return node
        if operator == "mul":
            return self._product(node)
        if operator == "ln_size":
            return self._logarithm(graph.arguments[node][0])
        return graph.apply(operator, *(self._new[argument] for argument in graph.arguments[node]))

    def _factors(self, node: int, *, through: bool) -> tuple[list[int], bool]:
        """Factors of a product and whether its sign turns; `through` opens those that others use as well."""
        graph = self._graph
        factors: list[int] = []
        negative = False
        stack = [(node, True)]
        while stack:
            item, first = stack.pop()
            alone = first or through or self._uses[item] <= 1
            if graph.operators[item] == "mul" and alone and graph.levels[item] == MOVING:
                stack.extend((argument, False) for argument in reversed(graph.arguments[item]))
            elif graph.operators[item] == "neg" and alone and graph.levels[item] == MOVING:
                negative = not negative
                stack.append((graph.arguments[item][0], False))
            else:
                factors.append(item)
        return factors, negative

    def _is_power(self, node: int) -> bool:
        return self._graph.operators[node] == "exp" and self._graph.levels[node] == MOVING

    def _product(self, node: int) -> int:
        graph = self._graph
        factors, negative = self._factors(node, through=False)
        powers = [item for item in factors if self._is_power(item) and self._uses[item] <= 1]
        if len(powers) < 2:
            return graph.apply("mul", *(self._new[argument] for argument in graph.arguments[node]))
        exponent = self._new[graph.arguments[powers[0]][0]]
        for power in powers[1:]:
            exponent = graph.apply("add", exponent, self._new[graph.arguments[power][0]])
        result = graph.apply("exp", exponent)
        for item in factors:
            if item not in powers:
                result = graph.apply("mul", self._new[item], result)
        return graph.apply("neg", result) if negative else result

    def _logarithm(self, inner: int) -> int:
        """Logarithm of a product as a sum, where that spares an exponential or a logarithm."""
        graph = self._graph
        factors, _ = self._factors(inner, through=True)
        powers = [item for item in factors if self._is_power(item)]
        guards = [item for item in factors if self._is_guard(item)]
        fixed = [item for item in factors if graph.levels[item] < MOVING]
        other = [item for item in factors if item not in {*powers, *guards, *fixed}]
        spared = [self._under(item) for item in other if self._under(item) not in self._logarithms]
        if (len(factors) == 1 and not powers) or spared:
            return graph.apply("ln_size", self._new[inner])
        total = graph.number(0.0)
        for power in powers:
            total = graph.apply("add", total, self._new[graph.arguments[power][0]])
        for item in other:
            part = graph.apply("ln_size", self._new[self._under(item)])
            sign = "sub" if self._under(item) != item else "add"
            total = graph.apply(sign, total, part)
        scale = graph.number(1.0)
        for item in fixed:
            scale = graph.apply("mul", scale, item)
        total = graph.apply("add", total, graph.apply("ln_size", scale))
        for guard in guards:
            # 1, -1, or NaN where a power has no value: NaN has to come through.
            total = graph.apply("mul", total, graph.apply("abs", self._new[guard]))
        return total

    def _under(self, item: int) -> int:
        return self._graph.arguments[item][0] if self._graph.operators[item] == "reciprocal" else item

    def _is_guard(self, node: int) -> bool:
        """The sign of a power whose base may be negative, as `Graph.power` writes it."""
        graph = self._graph
        if graph.operators[node] != "select":
            return False
        _, sign, one = graph.arguments[node]
        known = graph.operators[sign] == "power_sign" or abs(graph.values.get(sign, 0.0)) == 1.0
        return known and graph.values.get(one) == 1.0
