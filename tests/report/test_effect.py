"""How far a difference may be called a change."""

import numpy as np
import pytest

from calciroute.report.bands import Band, difference, level, percent_difference
from calciroute.report.effect import effect_of, judge
from report.synthetic import simulation

LEVEL = Band(100.0, 90.0, 110.0, 8)


@pytest.mark.parametrize(
    ("band", "verdict"),
    [
        (Band(-9.0, -12.0, -5.0, 8), "falls"),
        (Band(9.0, 5.0, 12.0, 8), "rises"),
        (Band(-9.0, -12.0, 1.0, 8), "unclear"),
        (Band(-9.0, -12.0, 0.0, 8), "unclear"),
        (Band(-0.1, -0.2, -0.05, 8), "same"),
        (Band(-0.3, -1.5, -0.1, 8), "unclear"),
        (Band(-9.0, -9.0, -9.0, 1), "no_band"),
        (Band(np.nan, np.nan, np.nan, 0), "unknown"),
    ],
)
def test_verdicts(band, verdict):
    assert judge(band, LEVEL, 3) == verdict


def test_a_wide_band_around_nothing_is_unclear_and_not_the_same():
    assert judge(Band(0.0, -20.0, 20.0, 8), LEVEL, 3) == "unclear"


def test_a_change_from_zero_shows():
    assert judge(Band(2.0, 1.0, 3.0, 8), Band(0.0, 0.0, 0.0, 8), 3) == "rises"


def test_differences_are_taken_within_a_draw():
    run = simulation(shapes={"dp_ucMGP": (450.0, 0.0, -0.5, 0.3, 0.0, 1.0)})
    apart = percent_difference(run.dataset, "dp_ucMGP", "mk7_180", "as_now")
    assert apart.high - apart.low < 1e-9, "levels differ by a third between draws, the plan's share does not"
    assert level(run.dataset, "dp_ucMGP", "as_now").high > 1.2 * level(run.dataset, "dp_ucMGP", "as_now").low


@pytest.mark.parametrize(("stays", "hangs"), [(0.0, True), (0.4, True), (0.6, False), (1.0, False)])
def test_a_change_hangs_on_the_links_when_less_than_half_stays_without_them(stays, hangs):
    run = simulation(shapes={"CAC_agatston": (45.0, 14.0, -0.2, 0.04, 0.1, stays)})
    effect = effect_of(run.dataset, "CAC_agatston", "coronary calcium", "mk7_180", "as_now")
    assert effect.verdict == "falls"
    assert effect.hangs_on_link is hangs


def test_a_change_that_only_the_draws_have_hangs_on_the_links():
    run = simulation(shapes={"BMD_lumbar_spine": (0.95, -0.006, 0.02, 0.01, 0.1, 0.0)})
    central = run.dataset["BMD_lumbar_spine_central"]
    central.loc[{"arm": "mk7_180"}] = central.sel(arm="as_now").values + 1e-6
    effect = effect_of(run.dataset, "BMD_lumbar_spine", "", "mk7_180", "as_now")
    assert effect.verdict == "rises"
    assert effect.hangs_on_link


def test_where_the_run_without_links_is_missing_an_artery_hangs_on_them_and_a_marker_does_not():
    run = simulation(shapes={"CAC_agatston": (45.0, 14.0, -0.2, 0.04, 0.1, 0.0)}, variants=("main",))
    assert effect_of(run.dataset, "CAC_agatston", "", "mk7_180", "as_now").hangs_on_link
    assert not effect_of(run.dataset, "dp_ucMGP", "", "mk7_180", "as_now").hangs_on_link


def test_less_than_half_a_percent_of_the_level_is_no_clear_change():
    tiny = simulation(shapes={"CAC_agatston": (300.0, 14.0, -0.003, 0.0002, 0.1, 0.0)})
    assert effect_of(tiny.dataset, "CAC_agatston", "", "mk7_180", "as_now").verdict == "unclear"


def test_less_than_the_printed_digits_is_the_same():
    tiny = simulation(shapes={"CAC_agatston": (300.0, 14.0, -0.0003, 0.0002, 0.1, 0.0)})
    assert effect_of(tiny.dataset, "CAC_agatston", "", "mk7_180", "as_now").verdict == "same"


def test_no_percent_of_a_percent():
    run = simulation()
    assert not effect_of(run.dataset, "percent_ucOC", "ucOC", "mk7_180", "as_now").percent.known
    assert effect_of(run.dataset, "percent_ucOC", "ucOC", "mk7_180", "as_now").unit == "%"


def test_no_draw_done_falls_back_on_the_central_run_without_a_band():
    run = simulation(draws=0)
    band = difference(run.dataset, "dp_ucMGP", "mk7_180", "as_now")
    assert band.known
    assert not band.has_band
