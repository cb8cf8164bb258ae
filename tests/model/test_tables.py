"""Tables of lanes and doses as people write them: files of several kinds, and what Python holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calciroute.equations.expression import Call
from calciroute.equations.system import State, System
from calciroute.errors import InputError
from calciroute.model.dose_schedule import DosePlan
from calciroute.model.dose_table import Dose, read_doses
from calciroute.model.lane_table import read_lanes
from calciroute.model.output_times import output_times

SYSTEM = System(
    {"ka": 1.0, "V": 5.0, "moving": Call("times", (2.0, "V"))},
    {"gut": State(0.0, 0.0), "amount:drug": State(0.0, 0.0), "amount:fluid": State(0.0, 0.0)},
    {
        "drug": Call("divide", ("amount:drug", "V")),
        "concentration:drug": "drug",
        "fluid": Call("divide", ("amount:fluid", "moving")),
        "clearance": Call("times", ("ka", "V")),
    },
)


def lanes_of(content, tmp_path):
    file = tmp_path / "lanes.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_lanes(file, SYSTEM)


@pytest.mark.parametrize(
    "content",
    [
        "lane,ka\na,0.5\nb,\n",
        "lane;ka\r\na;0.5\r\nb;\r\n",
        "lane\tka\na\t5e-1\nb\t\n",
        "\ufefflane,ka\na,.5\nb, \n",
        "lane,ka\na,0.5\nb,\n".encode("utf-16"),
        "\n\nlane , ka\n a ,+0.5\n\nb,\n\n",
        '"lane","ka"\n"a","0.5"\n"b",""\n',
        "ka,lane\n0.50,a\n,b\n",
    ],
)
def test_spreadsheets_of_many_kinds_hold_the_same_table(content, tmp_path):
    made = lanes_of(content, tmp_path)
    assert made.names == ("a", "b")
    assert made.parameters["ka"].tolist()[0] == 0.5
    assert np.isnan(made.parameters["ka"][1])
    assert made.filled() == frozenset()


@pytest.mark.parametrize(
    "given",
    [
        {"lane": ["a", "b"], "ka": [0.5, None]},
        [{"lane": "a", "ka": 0.5}, {"lane": "b"}],
        pd.DataFrame({"lane": ["a", "b"], "ka": pd.array([0.5, pd.NA], dtype=object)}),
    ],
)
def test_python_holds_the_same_table(given):
    made = read_lanes(given, SYSTEM)
    assert made.names == ("a", "b")
    assert made.parameters["ka"][0] == 0.5
    assert np.isnan(made.parameters["ka"][1])


@pytest.mark.parametrize(
    "given",
    [{"ka": [1.0, float("nan")]}, {"ka": np.array([1.0, np.nan])}, pd.DataFrame({"ka": [1.0, np.nan]})],
)
def test_nan_is_no_blank(given):
    with pytest.raises(InputError, match=r"parameters, row 2: ka is nan\. Expected: a finite number\."):
        read_lanes(given, SYSTEM)


@pytest.mark.parametrize("value", [float("inf"), True, np.True_, "x", [1.0], 10**400], ids=type)
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(InputError, match="parameters, row 1: ka"):
        read_lanes([{"ka": value}], SYSTEM)


def test_one_number_stands_for_every_lane():
    made = read_lanes({"ka": np.arange(1, 4), "V": 2}, SYSTEM)
    assert made.names == ("1", "2", "3")
    assert made.parameters["V"].tolist() == [2.0, 2.0, 2.0]
    assert made.filled() == {"ka", "V"}


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(InputError, match="different lengths: ka 2, V 3"):
        read_lanes({"ka": [1, 2], "V": [1, 2, 3]}, SYSTEM)


def test_a_concentration_is_stored_as_an_amount_with_the_volume_of_its_lane():
    made = read_lanes({"drug": [1.0, 1.0, None], "V": [None, 3.0, 3.0]}, SYSTEM)
    assert made.start["amount:drug"].tolist()[:2] == [5.0, 3.0]
    assert np.isnan(made.start["amount:drug"][2])


def test_a_concentration_in_a_volume_that_follows_from_a_formula_asks_for_an_amount():
    with pytest.raises(InputError, match=r"column 'fluid' is a concentration.*'amount:fluid', with amounts"):
        read_lanes({"fluid": [1.0]}, SYSTEM)
    made = read_lanes({"fluid": [1.0], "moving": [4.0]}, SYSTEM)
    assert made.start["amount:fluid"].tolist() == [4.0]


def test_problems_come_together_and_end_somewhere(tmp_path):
    with pytest.raises(InputError) as caught:
        lanes_of("ka,V\nx,1\n1,y\n2,z\n", tmp_path)
    assert [problem.where.rsplit("/", 1)[1] for problem in caught.value.problems] == [
        "lanes.csv:2", "lanes.csv:3", "lanes.csv:4"
    ]  # fmt: skip
    with pytest.raises(InputError) as caught:
        lanes_of("ka\n" + "x\n" * 500, tmp_path)
    assert len(caught.value.problems) == 20


def test_what_is_no_table_is_refused():
    with pytest.raises(InputError, match="this is a int"):
        read_lanes(5, SYSTEM)


def test_the_seconds_of_a_model_and_rates_per_hour():
    given = {"time_h": [1.0], "state": ["gut"], "rate_per_h": [3600.0], "duration_h": [0.5]}
    (dose,) = read_doses(given, SYSTEM, 3600.0, ["1"])
    assert (dose.time, dose.duration, dose.amount) == (3600.0, 1800.0, 1800.0)


@pytest.mark.parametrize(
    "row",
    [
        {"time": 0, "rate": 1e300, "duration": 1e300},
        {"time": 0, "amount": 1e300, "duration": 1e-300},
        {"time_h": 1e308, "amount": 1.0},
    ],
)
def test_numbers_that_grow_beyond_all_floats_are_refused(row):
    with pytest.raises(InputError, match="too large once units and rates are worked out"):
        read_doses([{"state": "gut", **row}], SYSTEM, 3600.0, ["1"])
    with pytest.raises(InputError, match="makes an amount that is too large"):
        read_lanes({"drug": [1e308]}, SYSTEM)


def test_an_amount_may_be_taken_away():
    (dose,) = read_doses([{"time": 1, "state": "drug", "amount": -2, "duration": 4}], SYSTEM, None, ["1"])
    assert (dose.target, dose.amount, dose.duration) == ("amount:drug", -2.0, 4.0)


@pytest.mark.parametrize("shift", [0.0, 0.1, 1e3])
def test_where_nothing_flows_any_more_the_inflow_is_zero_to_the_last_bit(shift):
    rng = np.random.default_rng(1)
    doses = [
        Dose("", None, shift + float(start), "gut", float(amount), duration=float(duration))
        for start, amount, duration in zip(
            rng.uniform(0, 20, 60), rng.uniform(0.01, 9, 60), rng.uniform(0.1, 5, 60), strict=True
        )
    ]
    _, when, _, change = DosePlan(doses, shift + 100.0).of(["a"])
    order = np.argsort(when, kind="stable")
    level, levels = 0.0, []
    for amount in change[order]:
        level += float(amount)
        levels.append(level)
    assert level == 0.0
    assert min(levels) >= 0.0


def test_lanes_with_rows_of_their_own_get_the_common_rows_too():
    plan = DosePlan(
        [
            Dose("", None, 0.0, "gut", 1.0, interval=10.0, count=1_000_000_000),
            Dose("", "b", 5.0, "gut", 2.0),
            Dose("", "b", 99.0, "gut", 2.0),
        ],
        25.0,
    )
    lane, time, target, amount = plan.of(["a", "b", "c"])
    assert lane.tolist() == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
    assert time.tolist() == [0.0, 10.0, 20.0, 0.0, 10.0, 20.0, 5.0, 0.0, 10.0, 20.0]
    assert set(target.tolist()) == {0}
    assert amount.tolist() == [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0]
    assert plan.late == 1
    assert plan.largest() == 4


def test_a_dose_at_the_very_end_is_kept():
    assert DosePlan([Dose("", None, 5.0, "gut", 1.0)], 5.0).of(["a"])[1].tolist() == [5.0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"until": -1.0}, "the end is -1"),
        ({"until": float("nan")}, "the end is nan"),
        ({"until": float("inf")}, "the end is inf"),
        ({"steps": 0}, "0 steps"),
        ({"steps": 2_000_000}, "2000000 steps"),
        ({"times": [0.0, 2.0, 1.0]}, "the output time 1 after 2"),
        ({"times": [0.0, 1.0, 1.0]}, "the output time 1 after 1"),
        ({"times": [-1.0, 1.0]}, "the output time -1"),
        ({"times": []}, "no list of output times"),
        ({"times": [0.0]}, "no output time after 0"),
        ({"times": ["a"]}, "not numbers"),
        ({"times": [0.0, float("nan")]}, "not finite"),
        ({"times": [1.0], "until": 2.0}, "an end or steps beside them"),
    ],
)
def test_times_that_cannot_be(given, told):
    with pytest.raises(InputError, match=told):
        output_times(**given)
