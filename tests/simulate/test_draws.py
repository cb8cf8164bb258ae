"""Draws of what nobody knows: stable by id, inside bounds, the rules of the table."""

import math

import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.simulate.draws import draw, draws, is_drawn
from calciroute.tables.parameters import Parameter


def row(name="k", value=1.0, prior="", params=(), lower=None, upper=None):
    return Parameter(
        name, value, "1/h", "assumed", "", "", prior, params, None, lower, upper, "", "test", "t.csv:2"
    )


def test_fewer_draws_are_the_beginning_of_more():
    number = row(lower=0.5, upper=2.0)
    np.testing.assert_array_equal(draw(number, 7, 8), draw(number, 7, 100)[:8])


def test_another_id_or_seed_draws_otherwise():
    assert not np.any(
        draw(row("k", lower=0.5, upper=2.0), 7, 20) == draw(row("l", lower=0.5, upper=2.0), 7, 20)
    )
    assert not np.any(
        draw(row("k", lower=0.5, upper=2.0), 7, 20) == draw(row("k", lower=0.5, upper=2.0), 8, 20)
    )


def test_a_range_is_read_as_95_percent_about_the_value_and_cut_at_its_ends():
    values = draw(row(value=1.0, lower=0.25, upper=4.0), 1, 20_000)
    assert values.min() >= 0.25
    assert values.max() <= 4.0
    assert np.median(values) == pytest.approx(1.0, rel=0.02)
    # Cutting a normal at its 95 % bounds leaves 0.87 of its spread.
    assert np.log(values).std() == pytest.approx(0.87 * math.log(16.0) / 3.92, rel=0.03)


def test_a_range_across_zero_is_normal():
    values = draw(row(value=0.0, lower=-2.0, upper=2.0), 1, 20_000)
    assert (values < 0).mean() == pytest.approx(0.5, abs=0.02)
    assert np.abs(values).max() <= 2.0


@pytest.mark.parametrize(
    ("prior", "params", "low", "high", "median"),
    [
        ("uniform", (0.0, 0.3), 0.0, 0.3, 0.15),
        ("log-uniform", (0.3, 2.5), 0.3, 2.5, math.sqrt(0.75)),
        ("log-normal", (0.0, 0.5), 0.0, np.inf, 1.0),
        ("normal", (2.0, 0.5), -np.inf, np.inf, 2.0),
    ],
)
def test_a_stated_prior_stands_first(prior, params, low, high, median):
    values = draw(row(prior=prior, params=params), 3, 20_000)
    assert values.min() >= low
    assert values.max() <= high
    assert np.median(values) == pytest.approx(median, rel=0.03)


def test_half_of_a_half_prior_is_exactly_one():
    values = draw(row(prior="half-one-log-normal", params=(0.5, math.log(1.22), 0.068)), 3, 20_000)
    assert (values == 1.0).mean() == pytest.approx(0.5, abs=0.02)
    assert np.median(values[values != 1.0]) == pytest.approx(1.22, rel=0.02)


def test_fixed_numbers_and_numbers_without_range_stay():
    assert not is_drawn(row(prior="fixed", lower=0.5, upper=2.0))
    assert not is_drawn(row())
    assert draws([row(prior="fixed"), row("l")], 1, 5) == {}


@pytest.mark.holds("beta_calcification", "beta_stiffness")
def test_the_shipped_draws_are_finite_and_inside_their_bounds():
    numbers = assemble().numbers
    found = draws(numbers.values(), 20260101, 50)
    assert {"beta_calcification", "beta_stiffness", "k_CAC"} <= found.keys()
    for name, values in found.items():
        assert np.isfinite(values).all(), name
        number = numbers[name]
        assert number.lower is None or values.min() >= number.lower * (1 - 1e-9) - 1e-12, name
        assert number.upper is None or values.max() <= number.upper * (1 + 1e-9) + 1e-12, name
