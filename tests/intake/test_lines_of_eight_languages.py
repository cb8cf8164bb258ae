"""Lines and tables of diaries as people of eight languages write them; each was missed once."""

import pytest

from calciroute.intake.diary_clock import clock_of
from calciroute.intake.diary_items import foods_of
from calciroute.intake.food_search import Found, find_food
from calciroute.tables.local_headings import local_roles


@pytest.mark.parametrize(
    ("line", "region", "foods"),
    [
        ("2 boterhammen met oude kaas", "NL", {"sr28:18069": 58.0, "gouda_old": 50.0}),
        ("2 kromki chleba żytniego z masłem", "PL", {"rye_bread": 64.0, "butter": 12.0}),
        ("2 Tassen Kaffee mit Zucker", "DE", {"coffee": 300.0, "sugar": 10.0}),
        ("jabłko i garść orzechów", "PL", {"apple": 120.0, "sr28:12135": 30.0}),
        ("tortilla francesa de 2 huevos", "ES", {"sr28:01130": 122.0}),
        ("1 Flasche Bier (0,5 l)", "DE", {"sr28:14003": 502.0}),
        ("1 øl", "DK", {"sr28:14003": 330.0}),
        ("3 blokjes jonge kaas", "NL", {"gouda_young": 24.0}),
        ("thee zonder suiker", "NL", {"tea_black": 240.0}),
    ],
)
def test_a_line_of_several_foods_holds_each_of_them_once(line, region, foods):
    found = foods_of(line, region)
    assert not found.open
    assert {one.food: round(one.weighed.grams) for one in found.eaten} == pytest.approx(foods, abs=1.0)


@pytest.mark.parametrize("line", ["brood met zorblax", "200 g riso e patate", "pão com zorblax"])
def test_a_line_with_an_unknown_part_or_one_weight_for_two_stays_open(line):
    found = foods_of(f"{line}\n100 g natto", "NL" if "brood" in line else "IT" if "riso" in line else "PT")
    assert [one.written.text for one in found.open] == [line]


@pytest.mark.parametrize(
    ("words", "food"), [("masłem", "butter"), ("ogórków kiszonych", "pickles_dill"), ("szynki", "sr28:07029")]
)
def test_polish_words_are_met_in_every_case_and_only_where_polish_is_spoken(words, food):
    here = find_food(words, "PL", suggest=False)
    assert isinstance(here, Found)
    assert here.food == food
    assert not isinstance(find_food(words, "NL", suggest=False), Found)


def test_a_table_with_headings_of_its_language_is_read_and_its_dates_begin_with_the_day():
    text = (
        "fecha;comida;alimento;cantidad\n02/03/2026;cena;espinacas;1,5 tazas\n02/03/2026;cena;pan;2 zorblax\n"
    )
    found = foods_of(text, "ES", table=True)
    assert [(one.food, one.written.day, one.written.clock_h) for one in found.eaten] == [
        ("spinach", "2026-03-02", 18.5)
    ]
    assert [one.kind for one in found.open] == ["unweighed"]


@pytest.mark.parametrize(
    "headings", [("Day", "Food Name", "Amount"), ("Datum", "Menge"), ("Datum", "Datum", "Menge")]
)
def test_headings_that_leave_a_question_are_not_taken(headings):
    assert local_roles(headings) == ()


@pytest.mark.parametrize(
    ("line", "hour", "rest"),
    [
        ("8h : 1 café", 8.0, "1 café"),
        ("ore 13 pasta e fagioli", 13.0, "pasta e fagioli"),
        ("07.30 2 beschuiten", 7.5, "2 beschuiten"),
        ("18.00 klontje boter", 18.0, "klontje boter"),
        ("um 8 Uhr Müsli", 8.0, "Müsli"),
        ("7.50 dl melk", None, "7.50 dl melk"),
    ],
)
def test_hours_as_eight_languages_write_them(line, hour, rest):
    assert clock_of(line, None, "day.txt:1", []) == (hour, rest)
