"""Costs at equal error and the gate on ratios: arithmetic alone, no times."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.c_text import rates_in_c
from benchmarks.cases import Dose, persons, published_case
from benchmarks.curves import Point, cost_at, envelope
from benchmarks.errors import Reference
from benchmarks.gate import fallen
from benchmarks.ratios import LOOSE, all_ratios, ratio
from benchmarks.settled import constants

from calciroute.equations.expression import Call
from calciroute.equations.system import State, System


def points(tool: str, how: str, *rows: tuple[float, float]) -> list[Point]:
    return [Point("own", tool, how, 1e-4, cpu, error, error) for cpu, error in rows]


def test_cost_lies_on_a_straight_line_in_logarithms():
    line = points("a", "b", (1.0, 1e-2), (4.0, 1e-4))
    assert cost_at(line, 1e-3) == pytest.approx(2.0)


def test_an_error_looser_than_the_loosest_costs_what_that_costs():
    assert cost_at(points("a", "b", (1.0, 1e-5), (4.0, 1e-7)), 1e-3) == pytest.approx(1.0)


def test_an_error_tighter_than_the_tightest_is_not_known():
    assert np.isnan(cost_at(points("a", "b", (1.0, 1e-5)), 1e-6))


def test_a_looser_tolerance_that_costs_more_is_left_out():
    line = points("a", "b", (3.0, 1e-2), (2.0, 1e-4), (5.0, 1e-6))
    assert [point.cpu_s for point in envelope(line)] == [2.0, 5.0]


def test_a_run_that_gave_no_number_is_left_out():
    assert envelope(points("a", "b", (1.0, float("inf")))) == []


def test_the_faster_set_up_of_a_tool_counts():
    rows = points("calciroute", "lanes", (0.1, LOOSE), (0.2, 1e-7))
    rows += points("slow", "loop", (6.0, LOOSE), (9.0, 1e-7)) + points(
        "slow", "events", (4.0, LOOSE), (8.0, 1e-7)
    )
    assert ratio(rows, "own", "slow", LOOSE) == pytest.approx(40.0)
    assert all_ratios(rows)["own: slow / calciroute at 0.0004"] == pytest.approx(40.0)


def test_the_gate_lets_noise_pass_and_names_what_fell():
    stored = {"a": 40.0, "b": 20.0, "c": 3.0}
    words = fallen(stored, {"a": 32.0, "b": 14.0, "d": 1.0})
    assert len(words) == 2
    assert "b: 20 before, 14 now" in words[0]
    assert "c: 3 before, not measured now" in words[1]


def test_error_is_relative_with_a_floor_of_a_thousandth_of_the_size():
    reference = Reference(np.array([[2.0, 0.0]]), np.array([2.0, 5.0]), [0])
    key, every = reference.error(np.array([[2.002, 0.005]]))
    assert key == pytest.approx(0.002 / 2.002)
    assert every == pytest.approx(1.0)


def test_a_course_with_no_number_has_an_endless_error():
    reference = Reference(np.array([[2.0]]), np.array([2.0]), [0])
    assert reference.error(np.array([[np.nan]])) == (float("inf"), float("inf"))


def test_equations_of_constants_are_told_from_those_that_move():
    system = System(
        {"k": 2.0, "input": 1.0},
        {"A": State(1.0, "moving")},
        {
            "double": Call("times", (2.0, "k")),
            "again": Call("plus", ("double", 1.0)),
            "moving": Call("times", ("again", "A")),
            "dosed": Call("times", ("k", "input")),
            "clock": Call("time"),
        },
    )
    assert constants(system, {"input"}) == {"double", "again"}


def test_the_c_text_writes_each_equation_once_before_it_is_read():
    system = System(
        {"k": 2.0},
        {"A": State(1.0, "flow")},
        {"flow": Call("negate", ("speed",)), "speed": Call("times", ("k", "A"))},
    )
    text = rates_in_c(system, {"k": 2.0}, {"A": 4.0})
    assert text.index("// speed") < text.index("// flow")
    assert text.count("// speed") == 1
    assert "dy[0] = (x1)/4.0;" in text


def test_output_times_leave_out_dose_times_and_end_with_the_case():
    case = published_case()
    hours = set(case.times())
    assert len(hours) == 33
    assert not hours & {dose.time_h for dose in case.doses}
    short = case.for_days(90)
    assert max(short.times()) <= 90 * 24
    assert all(isinstance(dose, Dose) and dose.time_h < 90 * 24 for dose in short.doses)


def test_a_person_depends_on_its_number_alone():
    case = published_case()
    assert persons(case, 3)[2] == persons(case, 5)[2]
    assert persons(case, 3)[1] != persons(case, 3)[2]
