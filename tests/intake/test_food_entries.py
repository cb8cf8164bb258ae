"""The kept index of names gives what the tables say, and is made anew where it cannot be trusted."""

import os
import stat

import pytest

from calciroute.intake import food_entries
from calciroute.intake.food_endings import has_endings, stems
from calciroute.intake.food_entries import all_names, base_foods_with, entries_for
from calciroute.intake.food_spelling import singular, words_in
from calciroute.tables.base_foods import base_names
from calciroute.tables.food_words import LANGUAGES, read_food_words

QUESTIONS = [
    "natto",
    "納豆",
    "Käse",
    "kaese",
    "tomatoes",
    "oude kaas",
    "roti",
    "гречка",
    "rotisserie chicken",
    "",
]


@pytest.fixture
def anew(tmp_path, monkeypatch):
    """The index as a process finds it that has not looked yet, with a cache of its own."""
    monkeypatch.setenv("CALCIROUTE_CACHE", str(tmp_path / "cache"))

    def forget():
        if food_entries._database.cache_info().currsize:
            food_entries._database().close()
        food_entries._database.cache_clear()
        food_entries._named.cache_clear()

    forget()
    yield forget
    forget()


def answers():
    return [entries_for(words_in(text), region) for text in QUESTIONS for region in (None, "NL", "PL")]


def test_every_name_of_the_tables_is_met_as_written_and_says_its_row():
    met = {}
    for row in read_food_words():
        for language in LANGUAGES:
            for word in row.words[language]:
                words = words_in(word)
                if words not in met:
                    met[words] = {(name.food, name.language, name.word) for name in entries_for(words)}
                assert (row.food, language, word) in met[words], row.where


def test_a_name_is_met_in_the_singular_in_another_order_and_without_its_ending():
    assert entries_for(singular(("tomatoes", "cherry")))[0].food == entries_for(("cherry", "tomato"))[0].food
    polish = next(word for row in read_food_words() for word in row.words["pl"] if " " not in word)
    assert has_endings("pl")
    assert food_entries._named("pl", stems(words_in(polish), "pl"))


def test_a_row_gives_a_name_of_its_own_that_means_nothing_else():
    for name in entries_for(("natto",)):
        assert {one.food for one in entries_for(words_in(name.own))} == {name.food}


def test_base_foods_are_found_by_each_word_but_not_by_what_they_lack():
    holds = [food for food, name in base_names().items() if "natto" in singular(words_in(name))]
    assert list(base_foods_with("natto")) == holds
    without = next(food for food, name in base_names().items() if name.endswith(", without salt"))
    assert without not in base_foods_with("salt")
    assert len(all_names()) == sum(len(cell) for row in read_food_words() for cell in row.words.values())


def test_kept_and_worked_out_are_the_same(anew, tmp_path):
    first = answers()
    kept = list((tmp_path / "cache").glob("*.code"))
    assert len(kept) == 1
    if os.name != "nt":
        assert stat.S_IMODE(kept[0].stat().st_mode) & 0o077 == 0
    anew()
    assert answers() == first
    assert list((tmp_path / "cache").glob("*.code")) == kept


def test_a_changed_file_is_not_trusted(anew, tmp_path):
    first = answers()
    (kept,) = (tmp_path / "cache").glob("*.code")
    kept.write_bytes(kept.read_bytes().replace(b"natto", b"bread"))
    anew()
    assert answers() == first


def test_where_nothing_can_be_kept_names_are_found_without_a_word(anew, tmp_path, recwarn):
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert entries_for(("natto",))[0].food == "natto"
    assert not recwarn.list
