"""Outcomes are read densely while markers move and monthly afterwards."""

import numpy as np
import pytest

from calciroute.simulate.times import output_days


def test_three_years_begin_weekly_and_go_on_every_28_days():
    days = output_days(3.0)
    np.testing.assert_array_equal(days[:13], np.arange(0, 85, 7))
    assert set(np.diff(days[12:-1])) == {28.0}
    assert days[-1] == 1095.0


@pytest.mark.parametrize("years", [0.01, 0.1, 0.23, 0.5, 1.0, 10.0])
def test_days_rise_and_end_with_the_last(years):
    days = output_days(years)
    assert days[0] == 0.0
    assert np.all(np.diff(days) > 0)
    assert days[-1] == int(years * 365.25)
