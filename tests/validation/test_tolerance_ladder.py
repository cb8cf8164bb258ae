"""The measure of the tolerance ladder: a move counts against the value, and a lost lane counts as far off."""

import sys
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "validation")]

from tolerance_ladder import REFERENCE, RUNGS, moves, rung_row, shares  # noqa: E402


def courses(*rows):
    """Lane, time and one id."""
    return np.array(rows, dtype=float)[:, :, None]


def test_a_move_counts_against_the_value_or_a_part_of_the_largest():
    fine = courses([100.0, 1.0, 1e-3], [1e-9, 0.0, 0.0])
    found = moves(fine + 0.01, fine, np.array([[100.0], [1e-4]]))[:, :, 0]
    assert np.allclose(found[0], [1e-4, 1e-2, 0.1])  # the last against a thousandth of 100
    assert np.allclose(found[1], 1e5)


def test_what_is_no_number_counts_as_far_off():
    assert moves(courses([np.inf, np.nan]), courses([1.0, 1.0]), np.ones((1, 1))).min() == 1e300
    assert shares(np.array([np.nan, 0.5]), np.array([1.0, 0.0])).tolist() == [1e300, 0.5]


def test_a_rung_is_kept_or_not():
    fine = courses([1.0, 1.0])
    runs = {RUNGS[0]: fine + 9e-3, RUNGS[1]: fine + 2e-4, RUNGS[2]: fine, REFERENCE: fine}
    kept = [rung_row(runs, place, ["A"], ["A"], np.ones((1, 1)))["kept"] for place in range(3)]
    assert kept == [True, False, True]
