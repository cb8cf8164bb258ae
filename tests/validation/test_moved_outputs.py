"""The comparison of two versions: a move is found, with its size, its person and values that only one has."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "validation"))

from moved_outputs import SCENARIOS, compare

from calciroute.intake.plan import parse_plan
from calciroute.people.person import parse_person


def version(**courses):
    """Two persons with the same courses, as `run_version` gives them."""
    units = dict.fromkeys(courses, "nM")
    return {
        name: ({key: np.array(values) for key, values in courses.items()}, units, [], "hash") for name in "AB"
    }


def test_a_move_counts_against_the_largest_size():
    old, new = version(x=[1.0, 100.0], y=[2.0, 2.0]), version(x=[1.0, 100.0], y=[2.0, 2.0])
    new["B"][0]["x"][0] = 1.5
    first, second = compare(old, new)
    assert (first["outcome"], first["person"], first["change"], first["unit"]) == ("x", "B", 0.5, "nM")
    assert first["share"] == pytest.approx(0.005)
    assert second["share"] == 0.0


def test_a_value_that_only_one_version_has_is_counted():
    old, new = version(x=[1.0, 2.0]), version(x=[1.0, np.nan])
    [row] = compare(old, new)
    assert row["gaps"] == 2
    assert row["share"] == 0.0


def test_failures_that_are_new_are_told(capsys):
    old, new = version(x=[1.0]), version(x=[1.0])
    new["A"][2].append("draw 1: stopped")
    compare(old, new)
    assert "A: failures [] are now ['draw 1: stopped']" in capsys.readouterr().out


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_can_be_read(name):
    person, plan = SCENARIOS[name]
    assert parse_person(person).sex in {"female", "male"}
    assert parse_plan(plan, "plan.toml").name == "plan"
