"""The list of forbidden phrases catches what it is for, and our rules and notices pass it."""

from __future__ import annotations

import pytest

from calciroute.purpose import PURPOSE
from calciroute.safety.notices import (
    EMERGENCY_TITLE,
    RESEARCH_NOTICE,
    STANDARD_NOTICE,
    STOP_TITLE,
    UNANSWERED_TITLE,
    UNCHANGED,
)
from calciroute.tables.gates import read_gates
from calciroute.tables.interaction_matches import read_interaction_matches
from calciroute.tables.self_check import read_self_check
from safety.forbidden import Phrase, forbidden_in, phrases


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.id)
def test_each_phrase_is_caught_and_its_honest_form_is_not(phrase: Phrase) -> None:
    assert any(found.startswith(f"{phrase.id}:") for found in forbidden_in(phrase.example))
    assert forbidden_in(phrase.allowed) == []


def test_a_persons_own_words_in_a_marked_quote_are_exempt() -> None:
    assert forbidden_in("the label says 'reverses calcification, proven'") == []
    assert forbidden_in("<td><q>reverses calcification</q></td>") == []
    assert forbidden_in("the person's label reverses calcification, the doctor's word") != []


def test_the_standing_notice_is_exempt_by_exact_match_alone() -> None:
    assert forbidden_in(f"{STANDARD_NOTICE} {PURPOSE}") == []
    assert forbidden_in(STANDARD_NOTICE.replace("Do not start", "Please start")) != []


def test_markup_hides_nothing() -> None:
    assert forbidden_in("K2 <b>reverses</b> calcification") != []
    assert forbidden_in("you&nbsp;will feel it") != []
    assert forbidden_in('{"text": "you will\\nfeel it"}') != []


def test_notices_and_rules_say_nothing_forbidden() -> None:
    said = [STOP_TITLE, UNANSWERED_TITLE, EMERGENCY_TITLE, RESEARCH_NOTICE, UNCHANGED]
    said += [f"{gate.words}. {gate.talk_to}. {gate.reopen}." for gate in read_gates()]
    said += [rule.action for rule in read_interaction_matches()]
    said += [f"{item.item}. {item.action}." for item in read_self_check().values()]
    assert [found for text in said for found in forbidden_in(text)] == []
