"""Events due at one instant: what nothing puts in order has to end alike in every order, or a lane stops."""

import pytest

from calciroute.engine.lanes import Lanes
from calciroute.engine.solve import solve
from engine.formula import event, written
from engine.ready import ready

LATE = {"values_from_trigger": False, "before": False}


def end(*events, states=None, parameters=None):
    system = written(parameters or {}, states or {"x": (1, 0), "y": (1, 0)}, events=events)
    run = solve(ready(system), Lanes(1), [2.0], outputs=("x", "y"))
    return run.words[0], run.values[0, 0].tolist()


def test_two_doses_at_one_time_add_up():
    words, values = end(
        event("one", "time >= 1", {"x": "x + 3"}, **LATE), event("two", "time >= 1", {"x": "x + 4"}, **LATE)
    )
    assert (words, values) == ("", [8.0, 1.0])


def test_a_sum_and_a_product_in_either_order_differ():
    words, _ = end(
        event("one", "time >= 1", {"x": "x + 3"}, **LATE), event("two", "time >= 1", {"x": "x * 4"}, **LATE)
    )
    assert "order matters" in words


def test_values_of_the_trigger_that_differ_are_left_to_chance():
    words, _ = end(
        event("one", "time >= 1", {"x": "x + 3"}, before=False),
        event("two", "time >= 1", {"x": "x + 4"}, before=False),
    )
    assert "order matters" in words


def test_a_priority_puts_them_in_order():
    words, values = end(
        event("one", "time >= 1", {"x": "x + 3"}, priority="1", **LATE),
        event("two", "time >= 1", {"x": "x * 4"}, priority="2", **LATE),
    )
    assert (words, values) == ("", [7.0, 1.0])


@pytest.mark.parametrize("level", [3.5, 4.5])
def test_a_third_event_that_only_one_order_sets_off_is_left_to_chance(level):
    # 1 + 3 passes 3.5 and 1 - 4 does not, though both orders end at 0.
    words, values = end(
        event("one", "time >= 1", {"x": "x + 3"}, **LATE),
        event("two", "time >= 1", {"x": "x - 4"}, **LATE),
        event("third", "x > level", {"y": "y + 1"}, **LATE),
        parameters={"level": level},
    )
    if level > 4.0:
        assert (words, values) == ("", [0.0, 1.0])
    else:
        assert "order matters" in words
