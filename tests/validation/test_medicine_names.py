"""A tenth of the counts of medicine names, and that each count can fail."""

from __future__ import annotations

import pytest

import spelled_medicines as spelled
from calciroute.people.medicines import recognise
from calciroute.safety.gates import ask_gates
from calciroute.tables.medicine_names import read_medicine_names
from safety.persons import answered_person

PEOPLE = list(spelled.persons())


def test_three_hundred_persons_none_of_them_from_the_table():
    kinds = [person.kind for person in PEOPLE]
    assert len(PEOPLE) == 300
    assert kinds.count("antagonist") == 120
    assert kinds.count("look_alike") == 60
    names = {row.name.casefold() for row in read_medicine_names()}
    assert not [one for one in PEOPLE if one.kind == "antagonist" and one.written.casefold() in names]


@pytest.mark.parametrize("person", PEOPLE[::10], ids=lambda person: f"{person.kind}-{person.written}")
def test_a_tenth_of_the_persons_is_judged_rightly(person):
    assert spelled.outcome(person) == "right"


def test_the_count_sees_an_antagonist_that_is_not_stopped():
    harmless = spelled.SpelledPerson("antagonist", "exact", "x", "apixaban", ("apixaban",))
    assert spelled.outcome(harmless) == "not stopped"
    warned = spelled.SpelledPerson("unknown", "exact", "x", "warfarin", ("warfarin",))
    assert spelled.outcome(warned) == "warned of vitamin K"


def test_lists_of_three_close_no_gate_for_an_unknown_name():
    drawn = [
        ("Atorvastatin", "Bisoprolol", "Co-codamol"),
        ("Pantoprazol", "L-Thyroxin", "Metoprolol"),
        ("Doliprane", "Kardegic", "Ésoméprazole"),
        ("irbesartan with hydrochlorothiazide", "Effexor XR", "Advair Diskus"),
        ("diltiazem hydrochloride", "ProAir HFA", "Ciprofloxacin eye drops"),
    ]
    for medicines in drawn:
        assert ask_gates(answered_person(*medicines)).passed, medicines
        with_antagonist = ask_gates(answered_person(*medicines, "Marcumar"))
        assert not with_antagonist.passed


def test_at_least_four_hundred_ingredients_each_name_with_a_source_or_marked():
    rows = read_medicine_names()
    assert len({row.ingredient for row in rows if row.ingredient}) >= 400
    assert all(row.source or row.verified == "memory" for row in rows)


def test_a_name_one_letter_from_an_antagonist_is_no_harmless_name():
    for text in ("warfarn", "warfarim", "Sintrum", "Synthrox", "Wirlin", "Marevam"):
        assert recognise(text).shuts_gate, text
