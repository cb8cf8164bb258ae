"""Words to foods: whole words, many languages, nothing guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.intake.food_names import is_food
from calciroute.intake.food_search import Asked, Found, Unmatched, find_food
from calciroute.intake.food_spelling import singular, spelled_out, words_in
from calciroute.tables.food_words import LANGUAGES, read_food_words


def _food(text, region=None):
    answer = find_food(text, region, suggest=False)
    return answer.food if isinstance(answer, Found) else type(answer).__name__


@pytest.mark.parametrize("text", ["roti", "Roti", "2 roti"[2:], "tandoori roti"])
def test_roti_is_flatbread_and_never_rotisserie_chicken(text):
    assert "chapati" in find_food(text, "IN").name.casefold()


def test_cod_is_never_cod_liver_oil():
    assert find_food("cod").name == "Fish, cod, Atlantic, cooked, dry heat"
    assert _food("cod liver oil") == "cod_liver_oil"
    assert _food("cod liver") == "Unmatched"


@pytest.mark.parametrize(
    ("part", "whole"),
    [("ham", "hamburger"), ("pea", "peanut"), ("rice", "licorice"), ("egg", "eggplant"), ("corn", "acorn")],
)
def test_a_part_of_a_word_is_no_word(part, whole):
    assert _food(whole) != _food(part)
    for place in range(2, len(whole) - 1):
        cut = find_food(whole[:place], "US", suggest=False)
        assert not isinstance(cut, Found) or whole not in cut.name.casefold().split()


@pytest.mark.parametrize(
    ("text", "region", "food"),
    [
        ("volkorenbrood", "NL", "wholewheat_bread"),
        ("ei, gekookt", "NL", "egg_boiled"),
        ("gekookte bloemkool", "NL", "sr28:11136"),
        ("Brötchen", "DE", "sr28:18353"),
        ("Broetchen", "DE", "sr28:18353"),
        ("haricots verts cuits", "FR", "sr28:11053"),
        ("Œuf à la coque", "FR", "egg_boiled"),
        ("oeuf a la coque", "FR", "egg_boiled"),
        ("aceite de oliva virgen extra", "ES", "olive_oil"),
        ("zucchine grigliate", "IT", "sr28:11478"),
        ("grønkål", "DK", "kale"),
        ("grönkål", "SE", "kale"),
        ("なっとう", "JP", "natto"),
        ("納豆", None, "natto"),
        ("ナットウ", "JP", "natto"),
        ("ほうれん草のおひたし", "JP", "spinach_cooked"),
        ("palak", "IN", "spinach"),
        ("steamed broccoli", "US", "broccoli_cooked"),
        ("TOMATOES", "GB", "tomato"),
        ("fresh organic spinach", None, "spinach"),
        ("gouda_old", "NL", "gouda_old"),
        ("sr28:18075", None, "sr28:18075"),
        ("Fennel, bulb, raw", None, "sr28:11957"),
    ],
)
def test_words_of_many_kitchens(text, region, food):
    assert _food(text, region) == food


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("chips", ("GB", "french_fries"), ("US", "potato_chips")),
        ("prunes", ("FR", "sr28:09279"), ("US", "prunes")),
        ("raisin", ("FR", "grapes"), ("GB", "sr28:09298")),
        ("latte", ("IT", "milk_whole"), ("US", "dish:latte_large")),
        ("curd", ("IN", "curd_dahi"), ("US", "yogurt_whole")),
        ("tomato puree", ("GB", "sr28:11546"), ("US", "sr28:11547")),
    ],
)
def test_a_word_of_two_countries_is_settled_by_the_region_and_asked_without(text, one, other):
    assert _food(text, one[0]) == one[1]
    assert _food(text, other[0]) == other[1]
    if text not in {"tomato puree"}:  # an English word of no country stands beside the two
        asked = find_food(text)
        assert isinstance(asked, Asked)
        assert {one[1], other[1]} <= {choice.food for choice in asked.choices}


def test_a_choice_is_told():
    assert "white wheat bread" in find_food("bread").note
    assert find_food("wholemeal bread").note


def test_a_word_of_another_country_says_so():
    assert "read as Japanese" in find_food("horenso", "NL").note


@pytest.mark.parametrize(
    "text", ["zorblax", "!!!", "", "  ", "💊", "a" * 5000, "0", "sr28:00000", "dish:none"]
)
def test_what_is_no_food_stays_unmatched(text):
    assert isinstance(find_food(text), Unmatched)


@pytest.mark.parametrize(
    ("typo", "food"),
    [
        ("broccolj", "broccoli"),
        ("nattoo", "natto"),
        ("spinnach", "spinach"),
        ("volkorebrood", "wholewheat_bread"),
    ],
)
def test_a_typo_lists_near_names_and_chooses_none(typo, food):
    answer = find_food(typo)
    assert isinstance(answer, Unmatched)
    assert food in {choice.food for choice in answer.near}


def test_base_names_need_the_whole_head_of_a_name():
    # Every word has to be written that says what the food is.
    assert _food("snow") == "Unmatched"
    assert isinstance(find_food("baked", suggest=False), Unmatched)


def test_every_word_of_the_table_finds_its_own_row():
    rows = read_food_words()
    meanings: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        for words in row.words.values():
            for word in words:
                meanings.setdefault(words_in(word), set()).add(row.food)
    for row in rows:
        for language in LANGUAGES:
            for word in row.words[language]:
                answer = find_food(word, suggest=False)
                assert not isinstance(answer, Unmatched), word
                if len(meanings[words_in(word)]) == 1:
                    assert isinstance(answer, Found), word
                    assert answer.food == row.food, word


@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    answer = find_food(text, suggest=False)
    assert isinstance(answer, Found | Asked | Unmatched)
    if isinstance(answer, Found):
        assert is_food(answer.food)


def test_spellings():
    assert words_in("Œufs, brouillés (2)") == ("oeufs", "brouilles", "2")
    assert words_in("ごはん") != words_in("こはん")
    assert spelled_out(("muesli",)) == ("musli",)
    assert singular(("cherries", "glass", "tomatoes", "gas")) == ("cherry", "gas", "glass", "tomato")
