"""Another order of a kernel, the same results: nothing is read before it is there, nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine.graph import ON_NUMBERS
from calciroute.engine.instructions import Instruction, Listing
from calciroute.engine.pairing import AT_ONCE, PAIRED, side_by_side, together
from engine.random_expressions import ANY, PARAMETERS, POINTS, STATES
from engine.test_instructions import lowered, run


def groups_of(instructions, most):
    """How many calls go together, one number for each place with more than one."""
    found, index = [], 0
    while index < len(instructions):
        count = together(instructions, index, most)
        found += [count] if count > 1 else []
        index += count
    return found


@pytest.mark.parametrize("most", sorted(AT_ONCE))
@settings(max_examples=60, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=4), POINTS)
def test_a_kernel_in_another_order_stores_the_same_bits(most, expressions, point):
    graph, nodes = lowered(expressions)
    listing = Listing(graph, {})
    for row, node in enumerate(nodes):
        listing.store(listing.node(node), "rate", row)
    memory = {("parameter", row): point[name] for row, name in enumerate(PARAMETERS)}
    memory |= {("state", row): point[name] for row, name in enumerate(STATES)}
    plain = run(listing.instructions, dict(memory))
    ordered = run(side_by_side(side_by_side(listing.instructions), most), dict(memory))
    assert {key: repr(value) for key, value in plain.items()} == {
        key: repr(value) for key, value in ordered.items()
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
    assert groups_of(chain(6), 2) == []
    assert groups_of(side_by_side(chain(6)), 2) == [2] * 6
    assert groups_of(side_by_side(chain(8), 4), 4) == [4] * 4
    # Two in a row cannot go together when one waits for the other.
    assert groups_of(side_by_side(chain(1)), 2) == []


def test_what_is_left_over_goes_in_less_company_and_nothing_is_lost():
    ordered = side_by_side(chain(3))
    assert groups_of(ordered, 2) == [2, 2]  # the third row has nobody left to go with
    assert sorted(one.operator for one in ordered) == sorted(one.operator for one in chain(3))
    ordered = side_by_side(chain(7), 4)
    assert sum(groups_of(ordered, 4)) == 12
    assert sorted(one.operator for one in ordered) == sorted(one.operator for one in chain(7))


def test_each_paired_function_is_an_operator():
    assert set(PAIRED) <= set(ON_NUMBERS)
