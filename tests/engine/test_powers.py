"""Products of powers that became one power: the same values, fewer exponentials, and nothing found twice."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine.graph import Graph
from calciroute.engine.lower import Lowering
from calciroute.engine.powers import join_powers
from calciroute.equations.expression import Call
from engine.formula import formula
from engine.graph_walk import evaluated
from engine.random_expressions import ANY, NAMES, PARAMETERS, POINTS, STATES

POWERS = st.tuples(NAMES, st.one_of(st.sampled_from(PARAMETERS), st.sampled_from((0.5, 1.7, -2.3, 3.0)))).map(
    lambda pair: Call("power", pair)
)
FACTORS = st.one_of(POWERS, NAMES, NAMES.map(lambda name: Call("negate", (name,))))
PRODUCTS = st.recursive(
    FACTORS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=5).map(lambda items: Call("times", tuple(items))),
        st.tuples(inner, inner).map(lambda pair: Call("divide", pair)),
        st.tuples(inner, st.sampled_from((2.0, 1.5, -0.7))).map(lambda pair: Call("power", pair)),
    ),
    max_leaves=8,
)
# Sums stand outermost: where they cancel, a power of them would blow up the rounding of their terms.
SUMS = st.lists(PRODUCTS, min_size=1, max_size=3).map(lambda items: Call("plus", tuple(items)))


def lowered(*formulas):
    """A graph and a node for each formula."""
    graph = Graph()
    leaves = {name: graph.leaf("parameter", row) for row, name in enumerate(PARAMETERS)}
    leaves |= {name: graph.leaf("state", row) for row, name in enumerate(STATES)}
    lowering = Lowering(graph, leaves, {}, graph.number(0.3), hold=False)
    return graph, [lowering.node(item) for item in formulas]


def count(graph, roots, operator):
    """How many nodes below the roots have an operator."""
    seen, stack = set(), list(roots)
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            if graph.operators[node] not in {"parameter", "state", "number"}:
                stack.extend(graph.arguments[node])
    return sum(graph.operators[node] == operator for node in seen)


def value(graph, node, point):
    leaves = {("parameter", row): point[name] for row, name in enumerate(PARAMETERS)}
    leaves |= {("state", row): point[name] for row, name in enumerate(STATES)}
    return evaluated(graph, node, leaves)


@settings(max_examples=80)
@given(st.lists(st.one_of(SUMS, ANY), min_size=1, max_size=3), POINTS)
def test_values_stay_and_exponentials_do_not_grow(formulas, point):
    graph, before = lowered(*formulas)
    after = join_powers(graph, before, before)
    for old, new in zip(before, after, strict=True):
        expected = value(graph, old, point)
        # Where a product has no value or leaves the range of numbers on the way, the joined one may have one.
        if math.isfinite(expected) and abs(expected) > 1e-300:
            assert math.isclose(value(graph, new, point), expected, rel_tol=1e-9, abs_tol=1e-9)
    assert count(graph, after, "exp") <= count(graph, before, "exp")


def test_three_powers_need_three_logarithms_and_one_exponential():
    graph, before = lowered(formula("x ** a * y ** b * z ** c"))
    after = join_powers(graph, before, before)
    assert [count(graph, roots, "exp") for roots in (before, after)] == [3, 1]
    assert count(graph, after, "ln_size") == 3


def test_a_power_of_a_product_of_powers_takes_no_logarithm_of_it():
    graph, before = lowered(formula("(x ** a * y ** b) ** c"))
    after = join_powers(graph, before, before)
    # One for the power, one for the sign of what stands under it.
    assert [count(graph, roots, "exp") for roots in (before, after)] == [3, 2]
    assert [count(graph, roots, "ln_size") for roots in (before, after)] == [3, 2]
    point = {"x": 0.7, "y": 2.1, "z": 1.0, "a": 1.4, "b": -0.6, "c": 2.2}
    assert math.isclose(value(graph, after[0], point), (0.7**1.4 * 2.1**-0.6) ** 2.2, rel_tol=1e-14)


def test_a_power_that_another_rate_uses_is_left_alone():
    graph, before = lowered(formula("x ** a * y ** b"), formula("x ** a"))
    after = join_powers(graph, before, before)
    assert after == before


def test_uses_outside_the_rates_do_not_count():
    graph, before = lowered(formula("x ** a * y ** b"), formula("x ** a"))
    after = join_powers(graph, before, before[:1])
    assert count(graph, after[:1], "exp") == 1
    assert graph.text(after[1]) == graph.text(before[1])


def test_what_follows_from_parameters_alone_is_left_to_its_own_kernel():
    graph, before = lowered(formula("a ** b * b ** c"))
    assert join_powers(graph, before, before) == before


def test_a_negative_base_keeps_its_sign_and_its_lack_of_a_value():
    graph, before = lowered(formula("x ** a * y ** b"))
    [joined] = join_powers(graph, before, before)
    point = {"x": -2.0, "y": 3.0, "z": 1.0, "a": 3.0, "b": 0.5, "c": 1.0}
    assert math.isclose(value(graph, joined, point), -8.0 * math.sqrt(3.0), rel_tol=1e-14)
    assert math.isnan(value(graph, joined, {**point, "a": 2.5}))
    assert value(graph, joined, {**point, "x": 0.0}) == 0.0
