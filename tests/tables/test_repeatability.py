"""What a repeated measurement moves by chance, and where a score stands: against the formulas as printed."""

from __future__ import annotations

import math

import pytest

from calciroute.tables.percentiles import distributions_of, read_percentiles
from calciroute.tables.references import read_references
from calciroute.tables.repeatability import (
    density_noise,
    measurement_noise,
    read_repeatability,
    rule_for,
    score_noise,
)


@pytest.mark.holds("repeatability")
@pytest.mark.parametrize("level", [1.0, 10.0, 45.0, 100.0, 400.0, 2000.0])
@pytest.mark.parametrize("body_mass_index", [20.0, 27.0, 38.0])
def test_rescan_limit_is_the_printed_formula_of_the_mesa_pairs(level, body_mass_index):
    rule = rule_for("CAC_agatston", level, body_mass_index)
    printed = 0.17 * level + 4.89 * math.sqrt(level) + 0.44 * body_mass_index - 10.84
    assert rule.source == "chung2008"
    assert rule.limit(level, body_mass_index) == pytest.approx(printed, rel=1e-12)


@pytest.mark.parametrize("level", [1.0, 45.0, 900.0])
def test_without_weight_and_height_the_other_published_formula_is_used(level):
    rule = rule_for("CAC_agatston", level)
    assert rule.source == "sevrukov2005"
    assert rule.limit(level) == pytest.approx(4.930 * math.sqrt(level), rel=1e-12)


@pytest.mark.parametrize("body_mass_index", [None, 18.0, 27.0])
def test_no_calcium_has_a_limit_of_its_own(body_mass_index):
    assert rule_for("CAC_agatston", 0.0, body_mass_index).limit(0.0, body_mass_index) == 11.6
    assert rule_for("CAC_agatston", 0.99, body_mass_index).limit(0.99, body_mass_index) == 11.6


def test_the_limit_of_a_rescan_grows_with_the_score_and_its_share_falls():
    scores = [2.0, 10.0, 45.0, 100.0, 400.0, 1500.0]
    noise = [score_noise(score, 27.0) for score in scores]
    assert noise == sorted(noise)
    shares = [sd / score for sd, score in zip(noise, scores, strict=True)]
    assert shares == sorted(shares, reverse=True)


def test_noise_of_one_measurement_gives_back_the_limit_of_two():
    for outcome, level, index in (("CAC_agatston", 100.0, 27.0), ("SBP", 130.0, None), ("cfPWV", 9.0, None)):
        limit = rule_for(outcome, level, index).limit(level, index)
        assert 1.959964 * math.sqrt(2.0) * measurement_noise(outcome, level, index) == pytest.approx(
            limit, 1e-6
        )


@pytest.mark.parametrize(
    ("outcome", "maker", "percent"),
    [
        ("BMD_lumbar_spine", "Hologic", 1.08),
        ("BMD_lumbar_spine", "GE Lunar", 1.22),
        ("BMD_lumbar_spine", "Norland", 1.58),
        ("BMD_femoral_neck", "Hologic", 1.50),
        ("BMD_femoral_neck", "GE Lunar", 1.97),
        ("BMD_femoral_neck", "Norland", 2.30),
    ],
)
def test_least_significant_change_is_2_77_times_the_precision_error(outcome, maker, percent):
    limit = rule_for(outcome, 0.8, maker=maker).limit(0.8)
    assert limit == pytest.approx(2.77 * percent / 100.0 * 0.8, rel=1e-12)
    assert density_noise(outcome, 0.8, maker) == pytest.approx(percent / 100.0 * 0.8, rel=1e-3)


@pytest.mark.parametrize("outcome", ["BMD_lumbar_spine", "BMD_femoral_neck"])
def test_without_a_maker_the_widest_limit_is_taken(outcome):
    assert rule_for(outcome, 0.8).maker == "Norland"
    assert rule_for(outcome, 0.8, maker="somebody").maker == "Norland"


def test_pressure_limit_follows_from_the_variance_that_its_source_prints():
    one_visit = (200.9 - 14.4) / 2.0
    assert rule_for("SBP", 140.0).limit(140.0) == pytest.approx(2.77 * math.sqrt(one_visit), abs=0.02)


@pytest.mark.parametrize("outcome", ["DBP", "dp_ucMGP", "bone_strength"])
def test_where_no_source_was_read_there_is_no_rule(outcome):
    assert rule_for(outcome, 80.0) is None
    assert measurement_noise(outcome, 80.0) is None


def test_rules_and_percentiles_name_sources_that_exist_and_none_is_remembered():
    rows = [*read_repeatability(), *read_percentiles()]
    assert rows
    assert all(row.source in read_references() for row in rows)
    assert all(row.verified != "memory" for row in rows)


@pytest.mark.holds("percentiles")
@pytest.mark.parametrize(
    ("sex", "level", "around"),
    [
        ("male", 0.0, (None, 25.0)),
        ("male", 2.3, (25.0, 50.0)),
        ("male", 45.0, (50.0, 75.0)),
        ("male", 557.0, (90.0, None)),
        ("female", 0.0, (None, 50.0)),
        ("female", 24.4, (50.0, 75.0)),
        ("female", 45.0, (75.0, 90.0)),
        ("female", 1000.0, (90.0, None)),
    ],
)
def test_a_score_stands_between_the_printed_percentiles(sex, level, around):
    (men_or_women,) = distributions_of("CAC_agatston", sex)
    assert (men_or_women.age_from, men_or_women.age_to) == (45.0, 74.0)
    assert men_or_women.around(level) == around


def test_percentiles_rise_with_the_level():
    for one in read_percentiles():
        assert [value for _, value in one.points] == sorted(value for _, value in one.points)
