"""The measure of the tolerance ladder: a move counts against the value, and a lost lane counts as far off."""

import sys
from pathlib import Path

import numpy as np

from calciroute.engine.lanes import Doses, Lanes

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "validation")]

from tolerance_ladder import REFERENCE, RUNGS, largest_doses, moves, of_size, rung_row  # noqa: E402


def courses(*rows):
    """Lane, time and one id."""
    return np.array(rows, dtype=float)[:, :, None]


def test_a_move_counts_against_the_value_or_a_floor():
    fine = courses([100.0, 1.0, 1e-3], [1e-9, 0.0, 0.0])
    coarse = fine + 0.01
    found = moves(coarse, fine)[:, :, 0]
    assert np.allclose(found[0], [1e-4, 1e-2, 0.1])  # the last against a thousandth of 100
    assert np.allclose(found[1], 100.0)  # against a millionth of what anybody has


def test_what_is_no_number_counts_as_far_off():
    assert moves(courses([np.inf, np.nan]), courses([1.0, 1.0])).min() == 1e300
    assert of_size(courses([np.inf]), courses([1.0]), np.zeros((1, 1))).max() == 1e300


def test_the_size_of_a_state_is_that_of_its_doses_when_no_time_saw_them():
    doses = Doses(
        np.array([0, 0, 1]), np.zeros(3), np.array([0, 0, 1]), np.array([5.0, -8.0, 3.0]), ("A", "k")
    )
    largest = largest_doses(Lanes(2, {}, {}, doses), ["B", "A"])
    assert largest.tolist() == [[0.0, 8.0], [0.0, 0.0]]
    assert np.allclose(of_size(courses([0.4]), courses([0.0]), largest[:1, 1:]), 0.05)


def test_a_rung_is_kept_or_not():
    fine = courses([1.0, 1.0])
    runs = {RUNGS[0]: fine + 9e-3, RUNGS[1]: fine + 2e-4, RUNGS[2]: fine, REFERENCE: fine}
    kept = [rung_row(runs, place, ["A"], ["A"], np.zeros((1, 1)))["kept"] for place in range(3)]
    assert kept == [True, False, True]
