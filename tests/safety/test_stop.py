"""Gates run first and fail closed; what they say is plain and names someone to talk to."""

from __future__ import annotations

import pytest

from calciroute.intake.plan import parse_plan
from calciroute.people.person import parse_person
from calciroute.people.person_model import Medicines, Person
from calciroute.safety.notices import EMERGENCY_TITLE, STANDARD_NOTICE, STOP_TITLE, UNCHANGED
from calciroute.safety.stop import stop_notice
from calciroute.tables.gates import read_gates
from calciroute.tables.medicine_names import read_medicine_names

HEAD = '[person]\nsex = "female"\nage_years = 62\n'
NEVER_SAID = (
    "removes", "cleans", "dissolves", "reverses", "treats", "prevents", "cures", "safe with", "proven",
    "no side effects", "you are deficient", "take this", "doctor-approved", "stop taking", "skip",
)  # fmt: skip


def taking(*names: str) -> Person:
    return Person(sex="female", age_years=62.0, medicines=Medicines(taken=names))


def test_three_hundred_spellings_of_antagonists_all_stop() -> None:
    names = [row.name for row in read_medicine_names() if row.medicine_class == "vitamin_k_antagonist"]
    spellings = [text for name in names for text in (name, f"{name} 3 mg daily")]
    assert len(spellings) >= 300
    open_gates = [text for text in spellings if stop_notice(taking(text)) is None]
    assert open_gates == []


@pytest.mark.parametrize(
    "name", ["apixaban 5 mg", "dabigatran", "enoxaparin", "clopidogrel 75 mg", "aspirin"]
)
def test_other_blood_thinners_get_no_vitamin_k_warning(name: str) -> None:
    assert stop_notice(taking(name)) is None


def test_an_unknown_medicine_is_not_recognised_and_not_safe() -> None:
    notice = stop_notice(taking("atorvastatin 20 mg", "Zorblax 5 mg"))
    assert notice is not None
    assert notice.gates == ("Q062",)
    assert "'Zorblax 5 mg' not recognised" in str(notice)
    assert "atorvastatin" not in str(notice)


def test_a_name_left_without_effect_stays_not_recognised() -> None:
    person = Person(sex="male", age_years=50.0, medicines=Medicines(not_modelled=("Zorblax",)))
    notice = stop_notice(person)
    assert notice is not None
    assert notice.gates == ("Q062",)


def test_a_medicine_of_a_plan_counts() -> None:
    plan = parse_plan('[[medicine]]\nname = "Marcumar"\ndose = "3 mg"\n')
    notice = stop_notice(taking(), [plan])
    assert notice is not None
    assert notice.gates == ("Q061",)
    assert stop_notice(taking()) is None


EVERYWHERE = [gate for gate in read_gates() if gate.scope == "everywhere"]
CLOSED = [
    ("[conditions]\npregnancy = true", "Q007", STOP_TITLE),
    ("[conditions]\nbreastfeeding = true", "Q008", STOP_TITLE),
    ("[conditions]\ndialysis = true", "Q064", STOP_TITLE),
    ("[conditions]\nmalabsorption = true", "Q044", STOP_TITLE),
    ('[labs]\neGFR = "25 mL/min"', "Q009", STOP_TITLE),
    ('[labs]\nSBP = "150 mmHg"\nDBP = "112 mmHg"', "Q025", STOP_TITLE),
    ('[medicines]\ntaken = ["blood thinner"]', "Q002", STOP_TITLE),
    ("[answers]\nQ017 = true", "Q017", STOP_TITLE),
    ("[answers]\nQ019 = true", "Q019", EMERGENCY_TITLE),
    ("[answers]\nQ001 = true", "Q001", STOP_TITLE),
]


@pytest.mark.parametrize(("text", "gate", "title"), CLOSED)
def test_each_fact_closes_its_gate(text: str, gate: str, title: str) -> None:
    notice = stop_notice(parse_person(f"{HEAD}{text}\n"))
    assert notice is not None
    assert gate in notice.gates
    assert notice.title == title
    assert notice.who_to_talk_to
    assert notice.lines[-1] == UNCHANGED


def test_an_answer_of_no_closes_nothing() -> None:
    said = "\n".join(f"{gate.id} = false" for gate in read_gates())
    assert stop_notice(parse_person(f"{HEAD}[answers]\n{said}\n")) is None


def test_every_gate_closes_on_its_answer() -> None:
    for gate in EVERYWHERE:
        notice = stop_notice(parse_person(f"{HEAD}[answers]\n{gate.id} = true\n"))
        assert notice is not None
        assert gate.id in notice.gates


def test_a_child_is_stopped_even_when_made_in_python() -> None:
    notice = stop_notice(Person(sex="male", age_years=9.0))
    assert notice is not None
    assert "Q005" in notice.gates


def test_bleeding_on_a_blood_thinner_is_an_emergency() -> None:
    text = f'{HEAD}[answers]\nQ018 = true\n[medicines]\ntaken = ["apixaban"]\n'
    notice = stop_notice(parse_person(text))
    assert notice is not None
    assert notice.kind == "emergency"
    assert notice.gates[0] == "Q020"


def test_nothing_known_is_no_notice_and_no_promise() -> None:
    assert stop_notice(parse_person(HEAD)) is None


def test_notices_never_say_the_forbidden_words() -> None:
    answers = "\n".join(f"{gate.id} = true" for gate in read_gates())
    text = f'{HEAD}[medicines]\ntaken = ["warfarin", "warfrin"]\n[answers]\n{answers}\n'
    said = f"{stop_notice(parse_person(text))} {STANDARD_NOTICE}".casefold()
    assert [word for word in NEVER_SAID if word in said] == []


def test_what_was_written_cannot_break_a_terminal() -> None:
    assert "\x1b" not in str(stop_notice(taking("bad\x1b[31m name\nsecond line of it")))


@pytest.mark.parametrize(
    ("labs", "closes"),
    [
        ('eGFR = "<15 mL/min/1.73m2"', True),
        ('eGFR = "<30 mL/min/1.73m2"', True),
        ('eGFR = "<60 mL/min/1.73m2"', False),
        ('eGFR = ">60 mL/min/1.73m2"', False),
        (
            'eGFR = [ { date = 2026-01-01, value = "<15 mL/min" },'
            ' { date = 2026-02-01, value = "82 mL/min" } ]',
            False,
        ),
        ('Kreatinin = "4.5 mg/dL"', True),
    ],
)
def test_a_limit_that_leaves_nothing_else_open_closes_a_gate(labs: str, closes: bool) -> None:
    notice = stop_notice(parse_person(f"{HEAD}[labs]\n{labs}"))
    assert (notice is not None and "Q009" in notice.gates) is closes
