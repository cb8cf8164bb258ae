"""Words of a notice: what is open, which languages stand beside it, what opens a gate again."""

from __future__ import annotations

import datetime
import pathlib
import re

import pytest

from calciroute.people.person_model import Medicines, Person
from calciroute.safety import met_rules
from calciroute.safety.gate_result import ClosedGates, PassedGates
from calciroute.safety.gates import ask_gates
from calciroute.tables.safety_limits import safety_limit_rows
from safety.persons import answered_person

TODAY = datetime.date(2026, 11, 25)


def closed(person):
    result = ask_gates(person, today=TODAY)
    assert isinstance(result, ClosedGates)
    return result


def passed(person):
    result = ask_gates(person, today=TODAY)
    assert isinstance(result, PassedGates), getattr(result, "notice", "")
    return result


def test_the_age_of_infants_and_of_old_rules_stands_in_a_table():
    infant = closed(answered_person(age_years=0.9))
    assert [one.gate for one in infant.closed][:2] == ["Q005", "Q006"]
    toddler = closed(answered_person(age_years=1.0))
    assert [one.gate for one in toddler.closed] == ["Q005"]
    rows = {row.text("id"): row for row in safety_limit_rows()}
    assert rows["infant_below"].number("value") == 1.0
    assert rows["rule_shows_its_age_after"].number("value") == 2.0
    assert {row.text("unit") for row in rows.values()} == {"y"}
    code = pathlib.Path(met_rules.__file__).read_text("utf-8")
    assert not re.search(r"age_years < \d|= 24\b", code)


def test_a_notice_of_a_child_tells_no_open_question():
    child = Person(sex="male", age_years=12.0)
    assert "Not answered" not in str(closed(child).notice)
    assert not closed(child).by_questions
    assert "Not answered" in str(closed(Person(sex="male", age_years=62.0)).notice)


def test_open_questions_are_named_in_words_and_counted():
    nothing = str(closed(Person(sex="male", age_years=62.0)).notice)
    assert "Not answered: the list of medicines; mechanical heart valve; any heart valve" in nothing
    assert re.search(r"; and [0-9]+ more questions\.", nothing)
    one = str(closed(answered_person(answers={}, medicines=Medicines())).notice)
    assert "Not answered: the list of medicines. What is not known" in one
    assert "Q0" not in nothing + one


def test_open_questions_alone_bring_no_other_language_and_neither_does_an_international_name():
    assert (
        closed(
            Person(sex="male", age_years=62.0, medicines=Medicines(taken=("atorvastatina",)))
        ).notice.languages
        == ()
    )
    assert closed(answered_person("acenocoumarol 1 mg")).notice.languages == ()
    assert closed(answered_person("warfarin", "metoprolol 50 mg")).notice.languages == ()
    assert closed(answered_person("варфарин")).notice.languages != ()


@pytest.mark.parametrize("name", ["none", "Nothing", "n/a", "no medicines."])
def test_a_word_for_an_empty_list_is_told_how_to_write_one(name):
    result = closed(answered_person(name))
    assert [one.gate for one in result.closed] == ["Q062"]
    assert any(way.endswith("an empty list says so: taken = []") for way in result.closed[0].reopen)


def test_a_vitamin_among_the_medicines_is_told_where_it_stands_and_an_antagonist_never():
    for name in ("vitamin K2 90 mcg", "MK-7 180 mcg", "K2 90 mcg"):
        ways = closed(answered_person(name)).closed[0].reopen
        assert any("under [[supplement]]" in way for way in ways)
        assert any("pharmacist's or doctor's word" in way for way in ways)
    for name in ("vitamin K antagonist", "anti vitamin K", "vitamin K2 blocker", "Zorblax 5 mg"):
        assert not any(
            "[[supplement]]" in way for one in closed(answered_person(name)).closed for way in one.reopen
        )


def test_a_rule_about_no_anticoagulant_is_silent_beside_one():
    fibrillation = {"conditions": {"atrial_fibrillation": True}}
    told = passed(answered_person(**fibrillation))
    assert "I061" in {one.rule for one in told.interactions}
    for name in ("apixaban 5 mg", "Eliquis", "enoxaparin"):
        beside = passed(answered_person(name, **fibrillation))
        assert "I061" not in {one.rule for one in (*beside.interactions, *beside.none_known)}
