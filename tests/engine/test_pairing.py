"""Another order of a kernel, the same results: nothing is read before it is there, nothing is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine.graph import ON_NUMBERS
from calciroute.engine.instructions import Instruction, Listing
from calciroute.engine.pairing import PAIRED, in_pairs, is_pair
from engine.random_expressions import ANY, PARAMETERS, POINTS, STATES
from engine.test_instructions import lowered, run


def pairs_of(instructions):
    found, index = 0, 0
    while index < len(instructions):
        together = is_pair(instructions[index : index + 2], index)
        found += together
        index += 2 if together else 1
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=4), POINTS)
def test_a_kernel_in_pairs_stores_the_same_bits(expressions, point):
    graph, nodes = lowered(expressions)
    listing = Listing(graph, {})
    for row, node in enumerate(nodes):
        listing.store(listing.node(node), "rate", row)
    memory = {("parameter", row): point[name] for row, name in enumerate(PARAMETERS)}
    memory |= {("state", row): point[name] for row, name in enumerate(STATES)}
    plain = run(listing.instructions, dict(memory))
    paired = run(in_pairs(listing.instructions), dict(memory))
    assert {key: repr(value) for key, value in plain.items()} == {
        key: repr(value) for key, value in paired.items()
    }


def chain(count):
    """Loads, then exp of each, then exp of each result, all stored."""
    kernel = []
    for row in range(count):
        kernel.append(Instruction("load", (row,), "state"))
        kernel.append(Instruction("exp", (len(kernel) - 1,)))
        kernel.append(Instruction("exp", (len(kernel) - 1,)))
        kernel.append(Instruction("store", (len(kernel) - 1, row), "rate"))
    return kernel


def test_calls_that_do_not_wait_for_each_other_stand_side_by_side():
    assert pairs_of(chain(6)) == 0
    assert pairs_of(in_pairs(chain(6))) == 6
    # Two in a row cannot go together when one waits for the other.
    assert pairs_of(in_pairs(chain(1))) == 0


def test_an_odd_call_stands_alone_and_nothing_is_lost():
    ordered = in_pairs(chain(3))
    assert pairs_of(ordered) == 2  # the third row has nobody left to go with
    assert sorted(one.operator for one in ordered) == sorted(one.operator for one in chain(3))


def test_each_paired_function_is_an_operator():
    assert set(PAIRED) <= set(ON_NUMBERS)
