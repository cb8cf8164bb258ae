"""Values counted by their leading bits: quantiles to a thousandth, in any order of portions."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "validation"))

from counted_values import CountedValues


@pytest.mark.parametrize("offset", [0.0, -1.0])
def test_quantiles_agree_with_those_of_all_values(offset):
    values = np.random.default_rng(1).lognormal(0.0, 2.0, 20_000) + offset
    counted = CountedValues()
    for part in np.array_split(values, 7):
        counted.add(part)
    assert counted.count == len(values)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        expected = float(np.quantile(values, share, method="inverted_cdf"))
        assert counted.quantile(share) == pytest.approx(expected, rel=1e-3)


def test_zeros_negatives_and_what_is_no_number():
    counted = CountedValues()
    counted.add(np.array([np.nan, -2.0, -1.0, 0.0, 1.0, np.inf]))
    assert counted.count == 4
    assert counted.quantile(0.25) == pytest.approx(-2.0, rel=1e-3)
    assert counted.quantile(0.5) == pytest.approx(-1.0, rel=1e-3)
    assert counted.quantile(0.75) == 0.0
    assert counted.quantile(1.0) == pytest.approx(1.0, rel=1e-3)
    assert np.isnan(CountedValues().quantile(0.5))


def test_memory_is_bounded_by_the_digits_not_by_the_number_of_values():
    counted = CountedValues()
    for seed in range(5):
        counted.add(np.random.default_rng(seed).uniform(1.0, 2.0, 50_000))
    assert len(counted._bins) <= 1024
