"""A food's card: each vitamer apart, its source, whether it was read there, and why it is missing."""

from __future__ import annotations

import pytest

from calciroute.intake.content import base_contents
from calciroute.intake.food_card import BLIND, CARD_NUTRIENTS, food_card
from calciroute.intake.food_sources import source_of
from calciroute.intake.foods import contents_of, lender_of
from calciroute.tables.dishes import read_dishes


def _line(card, nutrient):
    return next(line for line in card.lines if line.nutrient == nutrient)


def test_every_line_has_a_number_with_a_source_or_a_reason():
    for food in (
        "gouda",
        "natto",
        "sr28:18075",
        "dish:miso_soup",
        "blue_cheese",
        "kombucha",
        "paneer",
        "spinach",
    ):
        for region in (None, "NL", "US", "JP", "IN"):
            card = food_card(food, region)
            assert [line.nutrient for line in card.lines] == list(CARD_NUTRIENTS)
            for line in card.lines:
                assert (line.content is None) == bool(line.missing), (food, region, line.nutrient)
                assert (line.content is None) == (line.source is None), (food, region, line.nutrient)


def test_the_us_table_is_called_blind_and_its_gap_is_no_zero():
    card = food_card("sr28:16113")
    assert BLIND in card.remarks
    assert _line(card, "K1").content.central == 23.1
    assert _line(card, "MK7").content is None
    assert "US base table" in _line(card, "MK7").missing


def test_natto_of_japan_is_the_mean_of_its_market_not_the_best_strain():
    natto = contents_of("natto", "JP")["MK7"]
    assert natto.central == 939.0
    assert (natto.low, natto.high) == (775.0, 1765.0)


def test_a_remembered_number_is_not_verified():
    remembered = source_of("natto", "MK5", "NL")
    assert not remembered.verified
    read = source_of("natto", "MK7", "NL")
    assert read.verified
    assert read.read != "memory"


def test_what_follows_from_a_total_names_the_analysis_with_that_total():
    """Milner's maker prints MK-9 alone; that there is no MK-4 follows from another, remembered analysis."""
    assert source_of("milner", "MK9", "NL").source == "frieslandcampina_k2"
    rest = source_of("milner", "MK4", "NL")
    assert (rest.source, rest.verified) == ("vermeer2018", False)


def test_a_lent_number_names_the_food_that_lends_it():
    source = source_of("paneer", "K1", "IN")
    assert "Cheese, white, queso blanco" in source.how
    assert contents_of("paneer", "IN")["K1"].assumed
    assert lender_of("paneer") == "sr28:01229"


def test_menaquinones_are_never_lent():
    # USDA measured MK-4 in butter that it lends minerals from; a food of another country gets none of it.
    for food in ("gouda_young", "danablu", "paneer", "curd_dahi"):
        held = contents_of(food, "IN" if food in {"paneer", "curd_dahi"} else "NL")
        if "MK4" in held:
            assert source_of(food, "MK4", "NL").source != "usda_sr28"


def test_another_region_is_told():
    assert any("No analysis from NL" in remark for remark in food_card("sr28:18069", "NL").remarks)
    assert contents_of("sr28:18069", "NL")["K1"].assumed
    assert not contents_of("sr28:18069", "US")["K1"].assumed


def test_spread_of_k1_reaches_from_smallest_to_largest_sample():
    bread = base_contents("sr28:18075", None)["K1"]
    assert (bread.low, bread.central, bread.high) == (4.5, 7.8, 11.0)


def test_a_standard_error_stands_in_where_no_range_is_printed():
    butter = base_contents("sr28:01002", None)["K1"]
    assert butter.low <= butter.central <= butter.high


# The base table has no vitamin K for water spinach, and what one ingredient lacks a dish lacks.
WITHOUT_K1 = {"dish:water_spinach"}


@pytest.mark.parametrize("dish", list(read_dishes()))
def test_a_dish_is_the_sum_of_its_ingredients_and_all_of_it_is_assumed(dish):
    held = contents_of(dish, "US")
    parts = [(part, contents_of(part.food, "US")) for part in read_dishes()[dish].ingredients]
    assert {"calcium", "fat", "sodium"} <= set(held)
    assert "K1" in held or dish in WITHOUT_K1
    for name, content in held.items():
        assert content.assumed
        assert content.central == pytest.approx(
            sum(part.share * each[name].central for part, each in parts) / 100
        )
        assert content.low <= content.central <= content.high
    for name in {"K1", "MK4", "MK7", "MK9"} - set(held):
        assert any(name not in each for _, each in parts)


def test_a_key_of_no_table_is_refused():
    with pytest.raises(KeyError):
        food_card("zorblax")
