"""From a row to an effect and its interval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scipy import stats

from calciroute.evidence.effects import effect_of_outcome, effect_of_point, plain_unit
from calciroute.evidence.trials import control_of, trial_points
from calciroute.tables.dose_response import read_dose_response
from calciroute.tables.outcomes import read_outcomes


def _row(study, outcome, arm=None):
    return next(
        row for row in read_outcomes()
        if row.study_id == study and row.outcome == outcome and row.result_as and arm in {None, row.arm}
    )  # fmt: skip


def test_a_printed_interval_is_taken_as_printed():
    effect = effect_of_outcome(_row("cheung2008", "BMD_lumbar_spine"))
    assert (effect.kind, effect.estimate, effect.low, effect.high) == (
        "percent_vs_placebo",
        -0.06,
        -0.67,
        0.54,
    )


def test_an_interval_follows_from_sd_and_n_by_student():
    effect = effect_of_outcome(_row("knapen2015", "cfPWV"))
    low, high = stats.t.interval(0.95, 110, loc=-0.36, scale=1.48 / 111**0.5)
    assert (effect.low, effect.high) == (pytest.approx(low), pytest.approx(high))
    assert effect.note == "interval computed from SD and n"


def test_a_median_gets_no_interval_from_an_sd():
    row = replace(_row("eelderink2023", "dp_ucMGP"), change_sd=100.0)
    effect = effect_of_outcome(row)
    assert (row.measure, effect.low) == ("median", None)


def test_an_sd_of_another_quantity_gives_no_interval_of_a_percent():
    row = replace(_row("mansour2017", "cfPWV"), change_sd=1.0)
    assert effect_of_outcome(row).low is None  # percent change of m/s; the SD would be in m/s


def test_a_ratio_of_means_becomes_a_percent_against_the_control_arm():
    effect = effect_of_outcome(_row("haroon2023", "CAC_agatston"))
    assert (effect.kind, effect.estimate, effect.low, effect.high) == ("percent_vs_placebo", -15, -45, 31)
    assert effect.note == "printed as a ratio of 0.85"


def test_a_fold_becomes_a_percent():
    effect = effect_of_outcome(_row("cheung2008", "serum_k1"))
    assert (effect.kind, effect.estimate, effect.note) == ("percent_from_baseline", 900, "printed as 10-fold")


def test_end_values_of_two_arms_become_a_difference_with_welchs_interval():
    row = _row("koitaya2014", "ucOC")
    control = control_of(row)
    effect = effect_of_outcome(row, control)
    test = stats.ttest_ind_from_stats(2.8, 1.0, row.n, 4.2, 2.1, control.n, equal_var=False)
    half = (effect.high - effect.low) / 2
    freedom = (1 / 24 + 2.1**2 / control.n) ** 2 / (
        (1 / 24) ** 2 / 23 + (2.1**2 / control.n) ** 2 / (control.n - 1)
    )
    assert effect.estimate == -1.4
    assert half == pytest.approx(stats.t.ppf(0.975, freedom) * effect.estimate / test.statistic)


def test_end_values_without_a_control_arm_are_no_effect():
    assert effect_of_outcome(_row("koitaya2014", "ucOC"), None) is None


def test_hazard_ratios_are_a_kind_of_their_own():
    effect = effect_of_outcome(_row("cheung2008", "any_fracture"))
    assert (effect.kind, effect.estimate, effect.unit) == ("ratio_vs_placebo", 0.45, "1")


def test_kinetic_rows_and_bare_directions_are_no_effect():
    kinds = {row.result_as for row in read_dose_response() if effect_of_point(row) is None}
    assert {"kinetic", "direction", "threshold"} <= kinds


def test_the_control_arm_is_told_beside_a_change_from_baseline():
    point = next(p for p in trial_points() if p.study_id == "knapen2015" and p.outcome == "cfPWV")
    assert "control arm 0.021 m/s" in point.note


def test_a_unit_loses_its_remark():
    assert plain_unit("ng/mL (printed ng/dL)") == "ng/mL"
