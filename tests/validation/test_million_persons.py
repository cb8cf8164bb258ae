"""The run of a million persons, for a few: everybody is counted, a person does not depend on the number."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "validation"))

from million_persons import Tally, rows, run_portion, summary
from persons_in_columns import VITAMERS, daily_vitamers, person_columns

from calciroute.body.assembly import assemble
from calciroute.body.outputs import read_outputs

OUTCOMES = [row for row in read_outputs().values() if row.outcome in ("serum_mk7", "dp_ucMGP")]


def test_everybody_is_counted_and_compared():
    tally = Tally(OUTCOMES, [1])
    run_portion(assemble(), tally, 20260101, 0, 16)
    figures = summary(tally, 16, 1.0, 1.0)
    assert figures["ran"] + sum(figures["failures"].values()) == 16
    assert figures["ran"] >= 12
    assert 0.0 < figures["largest_difference_of_sentinels"] < 5e-3
    table = rows(tally)
    assert [row["outcome"] for row in table] == ["serum_mk7", "dp_ucMGP"]
    assert all(row["persons"] == figures["ran"] for row in table)
    assert all(row["q5"] < row["q50"] < row["q95"] for row in table)


def test_a_portion_is_the_same_each_time_and_others_differ():
    body = assemble()
    first, again, other = (person_columns(body, 1, portion)["age_start"] for portion in (0, 0, 1))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    trains = daily_vitamers(body, 1, 0, 10)
    assert set(trains.target) == set(range(len(VITAMERS)))
    assert np.array_equal(trains.amount, daily_vitamers(body, 1, 0, 10).amount)
