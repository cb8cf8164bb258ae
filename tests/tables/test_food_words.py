"""Words of foods: every row ends at a food, and a language that gives a word two meanings says so here."""

from __future__ import annotations

import pytest

from calciroute.intake.food_spelling import words_in
from calciroute.tables.base_foods import base_food
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_links import food_link_problems
from calciroute.tables.food_words import LANGUAGES, read_food_marks, read_food_regions, read_food_words

# Words with two meanings in one language: asked, never chosen.
TWO_MEANINGS = {("en", "chilli"), ("nordic", "kiks"), ("nordic", "blandet salat"), ("pt", "requeijao")}


def test_every_word_lender_and_ingredient_ends_at_a_food():
    assert list(food_link_problems()) == []


def test_each_language_gives_a_word_one_meaning():
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in read_food_words():
        for language in LANGUAGES:
            for word in row.words[language]:
                meanings.setdefault((language, " ".join(words_in(word))), set()).add(row.food)
    assert {key for key, foods in meanings.items() if len(foods) > 1} == TWO_MEANINGS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words(language):
    assert sum(len(row.words[language]) for row in read_food_words()) >= 50


def test_nothing_is_written_twice_in_a_cell_or_padded():
    for row in read_food_words():
        for language in LANGUAGES:
            words = row.words[language]
            assert len(words) == len({word.lower() for word in words}), (row.where, language)


def test_regions_name_languages_of_the_table():
    for region, languages in read_food_regions().items():
        assert len(region) == 2, region
        assert region.isupper(), region
        assert languages, region
        assert set(languages) <= set(LANGUAGES), region


def test_marks_are_no_foods():
    foods = {words_in(word) for row in read_food_words() for words in row.words.values() for word in words}
    marks = [
        word
        for kind, words in read_food_marks().items()
        if kind not in {"category", "maker"}
        for word in words
    ]
    # Alone they are dishes ("rôti" without its accent the bread); beside a food they say how it was cooked.
    dishes = {"rôti", "rôtis", "cocido", "sabzi", "bhaji", "poriyal", "thoran", "nimono", "煮物"}
    assert {word for word in marks if words_in(word) in foods} == dishes


def test_lenders_give_what_they_are_there_for():
    for row in read_food_words():
        if row.base:
            assert {"K1", "calcium"} <= set(base_food(row.base).amounts), row.where


def test_dishes_are_assumed_say_what_they_follow_and_bracket_their_shares():
    for dish in read_dishes().values():
        assert dish.basis == "assumed" or dish.source, dish.key
        assert dish.note, dish.key
        assert sum(part.low for part in dish.ingredients) <= 100.0, dish.key
        assert sum(part.high for part in dish.ingredients) >= 100.0, dish.key
        assert 10.0 <= dish.portion_g <= 700.0, dish.key
