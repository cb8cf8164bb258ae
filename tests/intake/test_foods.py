"""What a food holds in a region: missing apart from zero, totals read as the vitamer of the group."""

from __future__ import annotations

import pytest

from calciroute.errors import Problem
from calciroute.intake.foods import MENAQUINONES, NUTRIENTS, contents_of, find_food, is_dairy
from calciroute.tables.foods import read_foods
from calciroute.tables.k2_groups import read_k2_groups

FOODS = list(dict.fromkeys(food.food for food in read_foods().values()))
REGIONS = sorted({food.region for food in read_foods().values() if food.region})


def test_no_food_holds_less_than_nothing_anywhere() -> None:
    for food in FOODS:
        for region in (*REGIONS, None):
            for content in contents_of(food, region).values():
                assert 0 <= content.low <= content.central <= content.high


def test_an_unfermented_plant_holds_no_menaquinone_and_that_is_known() -> None:
    assert all(contents_of("almond", "NL")[NUTRIENTS[form]].central == 0 for form in MENAQUINONES)


def test_an_analysis_that_stopped_at_mk4_says_nothing_about_the_rest() -> None:
    held = contents_of("feta", "US")
    assert held["MK4"].central == pytest.approx(4.8)
    assert "MK7" not in held
    assert "MK9" not in held


def test_a_total_of_a_cheese_is_its_long_menaquinones() -> None:
    held = contents_of("gouda", "NL")
    assert held["MK9"].central == pytest.approx(65.6)
    assert held["MK9"].assumed
    assert held["MK4"].central == 0
    assert contents_of("chicken_gizzard", "IN")["MK4"].central == pytest.approx(28.58)


def test_a_total_that_includes_k1_is_no_vitamer() -> None:
    held = contents_of("danablu", "DK")
    assert not {NUTRIENTS[form] for form in MENAQUINONES} & held.keys()
    assert held["K1"].assumed  # lent by blue cheese of the base table


def test_menaquinones_are_not_borrowed_from_another_region_that_was_not_asked_for() -> None:
    assert "MK9" not in contents_of("gouda", "US")
    assert contents_of("gouda", "NL")["K1"].assumed  # K1 is: the Dutch analysis has none


def test_a_food_known_elsewhere_only_is_taken_from_there_and_marked() -> None:
    assert contents_of("natto_blackbean", "NL")["MK7"].assumed
    assert contents_of("natto_blackbean", "NL")["MK7"].central == 796


def test_a_food_that_no_table_holds_holds_nothing() -> None:
    assert contents_of("stone soup", "NL") == {}


def test_groups_of_totals_are_groups_of_the_table() -> None:
    assert set(read_k2_groups()) <= {food.group for food in read_foods().values()}
    assert set(read_k2_groups().values()) <= set(MENAQUINONES)


def test_an_unknown_food_comes_with_near_names() -> None:
    problems: list[Problem] = []
    assert find_food("nattoo", None, "d.csv:2", problems) is None
    assert str(problems[0]).startswith("d.csv:2: food 'nattoo' is not known")
    assert "natto" in problems[0].expected


def test_dairy_is_dairy() -> None:
    assert is_dairy("gouda")
    assert not is_dairy("natto")
