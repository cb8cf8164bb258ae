"""A listing run line by line gives what the graph says; nothing is done twice or in the wrong kernel."""

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine.graph import ON_NUMBERS, Graph
from calciroute.engine.instructions import Listing, list_constants, needed_constants
from calciroute.engine.lower import Lowering
from calciroute.equations.expression import Call
from engine.graph_walk import evaluated
from engine.random_expressions import ANY, PARAMETERS, POINTS, STATES


def run(instructions, memory):
    """Carry out a listing on a memory {(section, row): value}."""
    results = []
    for one in instructions:
        # Only a result that was there before can be read.
        if one.operator == "number":
            results.append(one.value)
        elif one.operator == "load":
            results.append(memory[one.section, one.arguments[0]])
        elif one.operator == "store":
            memory[one.section, one.arguments[1]] = results[one.arguments[0]]
            results.append(None)
        else:
            results.append(ON_NUMBERS[one.operator](*(results[item] for item in one.arguments)))
    return memory


def lowered(expressions):
    graph = Graph()
    leaves = {name: graph.leaf("parameter", row) for row, name in enumerate(PARAMETERS)}
    leaves |= {name: graph.leaf("state", row) for row, name in enumerate(STATES)}
    lowering = Lowering(graph, leaves, {}, graph.number(0.3), hold=False)
    return graph, [lowering.node(item) for item in expressions]


def bits(value):
    return struct.pack("<d", value) if value == value else "no number"


@settings(max_examples=40)
@given(st.lists(ANY, min_size=1, max_size=4), POINTS)
def test_both_kernels_together_give_the_values_of_the_graph(expressions, point):
    graph, roots = lowered(expressions)
    rows = {node: row for row, node in enumerate(needed_constants(graph, roots))}
    memory = {("parameter", row): point[name] for row, name in enumerate(PARAMETERS)}
    first = list_constants(graph, rows)
    run(first, memory)
    # States stand elsewhere in the memory of this kernel, as they do inside a step.
    memory |= {("trial", row): point[name] for row, name in enumerate(STATES)}
    listing = Listing(graph, rows, "trial")
    for row, root in enumerate(roots):
        listing.store(listing.node(root), "rate", row)
    run(listing.instructions, memory)
    leaves = {("parameter", row): point[name] for row, name in enumerate(PARAMETERS)}
    leaves |= {("state", row): point[name] for row, name in enumerate(STATES)}
    for row, root in enumerate(roots):
        assert bits(memory["rate", row]) == bits(evaluated(graph, root, leaves))
    assert {one.section for one in first if one.operator == "load"} <= {"parameter"}


@settings(max_examples=40)
@given(st.lists(ANY, min_size=1, max_size=4))
def test_nothing_is_done_twice_and_what_does_not_move_is_only_read(expressions):
    graph, roots = lowered(expressions)
    listing = Listing(graph, {node: row for row, node in enumerate(needed_constants(graph, roots))})
    for row, root in enumerate(roots):
        listing.store(listing.node(root), "rate", row)
    done = [one for one in listing.instructions if one.operator not in {"store", "number"}]
    assert len(set(done)) == len(done)
    moves = []
    for one in listing.instructions:
        reads = one.section == "state" if one.operator == "load" else False
        moves.append(
            reads or (one.operator != "load" and any(moves[i] for i in one.arguments[: _inputs(one)]))
        )
        if one.operator not in {"store", "number", "load"}:
            assert moves[-1], one


def _inputs(one):
    return 1 if one.operator == "store" else len(one.arguments)


def test_a_value_is_made_after_what_was_stored_before_it():
    """Registers are few: all of the first rate comes before anything that only the second needs."""
    graph, roots = lowered([Call("exp", ("x",)), Call("plus", (Call("sin", ("y",)), Call("exp", ("x",))))])
    listing = Listing(graph, {})
    for row, root in enumerate(roots):
        listing.store(listing.node(root), "rate", row)
    assert [one.operator for one in listing.instructions] == [
        "load", "exp", "store", "load", "sin", "add", "store",
    ]  # fmt: skip


def test_numbers_are_told_apart_by_their_bits():
    listing = Listing(Graph(), {})
    assert listing.number(0.0) != listing.number(-0.0)
    assert listing.number(0.1) == listing.number(0.1)


def test_a_deep_formula_needs_no_recursion():
    graph, [root] = lowered([deep(5000)])
    listing = Listing(graph, {})
    listing.store(listing.node(root), "rate", 0)
    assert run(listing.instructions, {("state", 0): 1.0})["rate", 0] == 5001.0


def deep(levels):
    expression = "x"
    for _ in range(levels):
        expression = Call("plus", (expression, 1.0))
    return expression
