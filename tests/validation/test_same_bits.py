"""The comparison of bits sees one bit, and lanes turned round are the same lanes."""

import sys
from pathlib import Path

import numpy as np

from calciroute.engine.lanes import Doses, Lanes

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "validation")]

from same_bits import hashes, turned_round  # noqa: E402


def test_one_bit_of_one_person_shows():
    values = np.linspace(0.1, 1.0, 24).reshape(4, 3, 2)
    other = values.copy()
    other[2, 1, 1] = np.nextafter(other[2, 1, 1], 2.0)
    same = [one == two for one, two in zip(hashes(values), hashes(other), strict=True)]
    assert same == [True, True, False, True]
    assert hashes(values[::-1])[::-1] == hashes(values)


def test_lanes_turned_round_keep_their_doses():
    doses = Doses(np.array([0, 2]), np.array([1.0, 2.0]), np.array([0, 0]), np.array([5.0, 7.0]), ("A",))
    turned = turned_round(Lanes(3, {"k": np.array([1.0, 2.0, 3.0]), "v": 4.0}, {}, doses))
    assert turned.parameters["k"].tolist() == [3.0, 2.0, 1.0]
    assert turned.parameters["v"] == 4.0
    assert turned.doses.lane.tolist() == [2, 0]
