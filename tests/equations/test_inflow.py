"""The hidden inflow of a state, and the hash of a system."""

import pytest

from calciroute.equations.expression import Call
from calciroute.equations.fingerprint import system_hash
from calciroute.equations.inflow import with_inflows
from calciroute.equations.system import Event, State, System

SYSTEM = System({"k": 0.1}, {"A": State(1.0, Call("times", ("k", "A"))), "B": State(0.0, "A")}, {"sum": "A"})


def test_only_the_named_states_change_and_the_rest_is_shared():
    made = with_inflows(SYSTEM, ["B", "B"])
    assert made.states["B"] == State(0.0, Call("plus", ("A", "infusion:B")))
    assert made.states["A"] is SYSTEM.states["A"]
    assert made.equations is SYSTEM.equations
    assert made.parameters == {"k": 0.1, "infusion:B": 0.0}
    assert SYSTEM.parameters == {"k": 0.1}


def test_without_a_state_it_is_the_system_itself():
    assert with_inflows(SYSTEM, []) is SYSTEM


def test_a_name_that_is_no_state_is_refused():
    with pytest.raises(ValueError, match="sum is not a state"):
        with_inflows(SYSTEM, ["sum"])


@pytest.mark.parametrize(
    "other",
    [
        System({"k": 0.2}, SYSTEM.states, SYSTEM.equations),
        System({"k": -0.1}, SYSTEM.states, SYSTEM.equations),
        System({"q": 0.1}, SYSTEM.states, SYSTEM.equations),
        System(SYSTEM.parameters, dict(reversed(SYSTEM.states.items())), SYSTEM.equations),
        System(SYSTEM.parameters, SYSTEM.states, {"sum": "B"}),
        System(SYSTEM.parameters, SYSTEM.states, SYSTEM.equations, (Event("e", 1.0, (("k", 1.0),)),)),
        with_inflows(SYSTEM, ["A"]),
    ],
)
def test_whatever_differs_has_another_hash(other):
    assert system_hash(other) != system_hash(SYSTEM)


def test_an_argument_more_or_an_operator_less_is_told_apart():
    one = System({}, {}, {"a": Call("plus", (Call("plus", ("x", "y")), "z"))})
    two = System({}, {}, {"a": Call("plus", ("x", Call("plus", ("y", "z"))))})
    three = System({}, {}, {"a": Call("plus", ("x", "y", "z"))})
    assert len({system_hash(item) for item in (one, two, three)}) == 3


def test_a_deep_formula_has_a_hash():
    deep = "x"
    for _ in range(20_000):
        deep = Call("negate", (deep,))
    assert len(system_hash(System({}, {}, {"a": deep}))) == 64
