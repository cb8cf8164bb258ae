"""Every item of the self-check has a question in plain words, and its numbers are those of the item."""

from __future__ import annotations

import pytest

from calciroute.errors import TableError
from calciroute.tables import self_check_questions
from calciroute.tables.lookup.in_data import data_places
from calciroute.tables.self_check import read_self_check
from calciroute.tables.self_check_questions import read_self_check_questions

# What a question for a lay person must not lean on.
_JARGON = ("INR above", "HOMA", "MGP", "B01AA", "contraindicat", "anamnesis")


def test_each_item_has_one_question_and_each_question_an_item():
    assert set(read_self_check_questions()) == set(read_self_check())


def test_what_is_asked_can_be_answered_with_yes_or_no():
    for question in read_self_check_questions().values():
        assert question.question.endswith("?"), question.id
        assert len(question.question) < 190, question.id


def test_what_is_asked_is_in_plain_words():
    for question in read_self_check_questions().values():
        if question.round != "none":
            assert not any(word in question.question for word in _JARGON), question.id


def test_a_finding_is_never_an_order():
    for question in read_self_check_questions().values():
        first = question.holds.split()[0]
        assert first not in {"take", "stop", "see", "eat", "ask", "avoid", "reduce"}, question.id


def test_each_sign_leads_to_somebody():
    for item in read_self_check().values():
        if item.group == "deficiency_sign":
            assert read_self_check_questions()[item.id].talk_to, item.id


def test_published_numbers_come_from_the_item(monkeypatch):
    assert "1.24 (1.07 to 1.45)" in read_self_check_questions()["Q030"].found
    monkeypatch.setattr(self_check_questions, "_numbers", lambda: {item: {} for item in read_self_check()})
    with pytest.raises(TableError, match="has no number 'weight'"):
        self_check_questions.read_self_check_question_rows.__wrapped__()


def test_where_finds_an_item_and_its_question():
    found = [place.title for place in data_places("Q057")]
    assert any("glaucoma" in words for words in found)
    assert any("Do you have glaucoma?" in words for words in found)
