"""Dated densities: level and pace from closed forms, checked against weighted draws and by counting."""

import numpy as np
import pytest

from calciroute.simulate.densities import DensityEvidence

BAND = (0.05, 0.5, 0.95)


def test_a_long_gap_says_more_than_a_short_one():
    spread = [
        DensityEvidence((-years, 0.0), (-0.2, -0.25), (0.02, 0.02), 0.0048).score[1]
        for years in (0.02, 3.0, 10.0)
    ]
    assert spread[0] == pytest.approx(1.0, abs=1e-4)
    assert spread[0] > spread[1] > spread[2]
    assert spread[2] < 0.6


def test_the_closed_form_is_the_posterior():
    years, logs, noises, sd = (-6.0, -2.0, 0.0), (-0.20, -0.26, -0.25), (0.015, 0.02, 0.015), 0.006
    found = DensityEvidence(years, logs, noises, sd)
    random, count = np.random.default_rng(4), 400_000
    score = random.standard_normal(count)
    level = -0.24 + 0.06 * random.standard_normal(count)  # proposed wide, weighed back to a flat prior
    weights = 0.5 * ((level + 0.24) / 0.06) ** 2
    for at, log, noise in zip(years, logs, noises, strict=True):
        weights -= 0.5 * ((log - level - score * sd * at) / noise) ** 2
    weights = np.exp(weights - weights.max())
    mean = np.sum(weights * score) / weights.sum()
    spread = np.sqrt(np.sum(weights * (score - mean) ** 2) / weights.sum())
    assert found.score == pytest.approx((mean, spread), abs=0.01)
    assert found.own(0.5, 0.5)[1] == pytest.approx(np.sum(weights * level) / weights.sum(), abs=3e-4)


def test_bands_hold_the_truth_as_often_as_they_say():
    random, held = np.random.default_rng(5), 0
    for _ in range(400):
        times = np.sort(-random.uniform(0.0, 8.0, 3))
        truth = float(random.standard_normal())
        logs = -0.3 + truth * 0.005 * times + 0.02 * random.standard_normal(3)
        found = DensityEvidence(tuple(times), tuple(logs), (0.02,) * 3, 0.005)
        held += found.own(0.05, 0.5)[0] <= truth <= found.own(0.95, 0.5)[0]
    assert 340 <= held <= 380  # 360 expected, SD 6


def test_a_value_that_chance_hardly_explains_is_rare():
    usual = DensityEvidence((-3.0, 0.0), (-0.2, -0.2), (0.02, 0.02), 0.005)
    rising = DensityEvidence((-3.0, 0.0), (-0.3, -0.2), (0.02, 0.02), 0.005)
    assert usual.chance_of_lower == pytest.approx(0.5)
    assert rising.chance_of_lower > 0.99
