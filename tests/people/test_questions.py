"""Answers about a person: sizes as people say them, medicines never guessed, lists with holes."""

from __future__ import annotations

import pytest

from calciroute.errors import Problem
from calciroute.people.question_answers import PERSON_READERS
from calciroute.people.questions import understand, walk
from calciroute.tables.answered import LEFT_OUT, Understood
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.questions import read_questions

QUESTIONS = {question.id: question for question in read_questions()}


def read(name, text, context=None):
    return understand(QUESTIONS[name], text, context or {}, PERSON_READERS)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("weight_kg", "66", 66.0),
        ("weight_kg", "66,5 kg", 66.5),
        ("weight_kg", "145 lbs", 65.8),
        ("weight_kg", "10 st 5", 65.8),
        ("weight_kg", "10 stone 5 pounds", 65.8),
        ("weight_kg", "10st", 63.5),
        ("height_cm", "165", 165.0),
        ("height_cm", "1,65 m", 165.0),
        ("height_cm", "1m65", 165.0),
        ("height_cm", "5 ft 6", 167.6),
        ("height_cm", "5'6\"", 167.6),
        ("height_cm", "5\u20326\u2033", 167.6),
        ("height_cm", "5 feet 6 inches", 167.6),
        ("height_cm", "66 in", 167.6),
    ],
)
def test_sizes_are_read_as_people_say_them(name, text, value):
    understood = read(name, text)
    assert isinstance(understood, Understood)
    assert understood.number == value
    assert f"{value:.3g}" in understood.shown or text in understood.shown


@pytest.mark.parametrize("text", ["", "kg 66", "66 kg 10 kg", "5 lb 10 st", "66 stones", "6'", "-66", "1e2"])
def test_other_sizes_are_refused_with_an_example(text):
    refused = read("weight_kg", text)
    assert isinstance(refused, Problem)
    assert "66 kg" in str(refused) or "30 to 300 kg" in str(refused)


def test_every_antagonist_is_tagged_so_that_the_INR_is_asked():
    names = [row.name for row in read_medicine_names() if row.medicine_class == "vitamin_k_antagonist"]
    assert len(names) > 50
    for name in names:
        understood = read("medicine", name)
        told = "vitamin_k_antagonist" in understood.tags if isinstance(understood, Understood) else True
        assert told, name


def test_a_near_name_is_never_chosen():
    for name in ("warfrin", "acenocoumrol", "phenprocoumn", "sintromm"):
        refused = read("medicine", name)
        assert isinstance(refused, Problem)
        assert "near:" in refused.expected
        assert isinstance(read("medicine", f"keep {name}"), Problem)


def test_an_entry_that_is_taken_out_leaves_the_others():
    answers = {"sex": "male", "age_years": "70", "weight_kg": "80", "height_cm": "180"}
    answers |= {"medicines_any": "yes"}
    answers |= {"medicine#1": "warfarin", "medicine#2": "remove", "medicine#3": "ramipril", "medicine#4": ""}
    steps = {step.key: step for step in walk(read_questions(), answers, PERSON_READERS)}
    assert steps["medicine#2"].understood.word == LEFT_OUT
    assert "ramipril" in steps["medicine#3"].understood.shown
    assert list(steps)[-1] == "INR"


def test_what_depends_on_an_earlier_answer_is_asked_only_then():
    young = {"sex": "female", "age_years": "24"}
    assert [step.key for step in walk(read_questions(), young, PERSON_READERS)][-1] == "pregnancy"
    older = {"sex": "female", "age_years": "70", "final_menstrual_period_age_years": "dk"}
    assert [step.key for step in walk(read_questions(), older, PERSON_READERS)][-1] == "weight_kg"
