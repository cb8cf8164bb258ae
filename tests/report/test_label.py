"""What a person sees about labels: purpose and notice first, units everywhere, no forbidden words."""

import datetime
import json
import re
from pathlib import Path

import pytest

from calciroute.people.person import parse_person
from calciroute.purpose import PURPOSE
from calciroute.report.label import read_label
from calciroute.report.label_text import label_document, label_text
from calciroute.safety.notices import STANDARD_NOTICE, STOP_TITLE
from calciroute.tables.label_rules import read_label_rules

LABELS = sorted((Path(__file__).parents[1] / "intake" / "labels").glob("*.txt"))
DAY = datetime.date(2026, 11, 25)
# From the rules of the project about words; never in a sentence of ours.
FORBIDDEN = re.compile(
    r"\b(?:removes|cleans|dissolves|reverses) (?:arterial )?calcium|treats|prevents|cures"
    r"|safe with blood thinners"
    r"|no side effects|you are deficient|works in two weeks|doctor-approved|you will|take \d|✓|✔",
    re.IGNORECASE,
)
# A number is a count, a place or a year, or its unit stands in its name or beside it.
WITHOUT_UNIT = {"line", "label", "count", "pieces", "not_counted"}
IN_NAME = ("_mg", "_h", "_percent")


def answer(text, **options):
    return read_label(text, today=DAY, **options)


def person(words):
    return parse_person(f"[person]\nsex = 'female'\nage_years = 62.0\n{words}")


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_answer_opens_with_purpose_and_notice_and_fits_the_terminal(path):
    text = label_text(answer(path.read_text("utf-8")))
    joined = " ".join(text.split())
    assert joined.startswith(f"{PURPOSE} {STANDARD_NOTICE}")
    assert max(map(len, text.splitlines())) <= 100
    ours = re.sub(r"'[^']*'", "", joined.replace(STANDARD_NOTICE, ""))
    assert FORBIDDEN.findall(ours) == []


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_number_of_the_answer_has_a_unit(path):
    document = label_document(answer(path.read_text("utf-8")))
    assert list(document)[:2] == ["purpose", "notice"]
    json.dumps(document, allow_nan=False)
    missing = []

    def walk(value, names):
        if isinstance(value, dict):
            for name, inside in value.items():
                number = isinstance(inside, (int, float)) and not isinstance(inside, bool)
                if number and name not in WITHOUT_UNIT and not name.endswith(IN_NAME) and "unit" not in value:
                    missing.append((*names, name))
                walk(inside, (*names, name))
        elif isinstance(value, list):
            for inside in value:
                walk(inside, names)

    walk(document, ())
    assert missing == []


def test_the_check_of_units_can_fail():
    with pytest.raises(AssertionError):
        assert not [name for name in {"dose": 1.0} if name not in WITHOUT_UNIT and not name.endswith(IN_NAME)]


def test_every_amount_is_repeated_as_understood():
    text = label_text(answer("per capsule\nMK-7 180 mcg"))
    assert "MK-7: 180 mcg = 0.18 mg per 1 capsule. Line 2 has '180 mcg'" in text


def test_words_of_the_rules_hold_no_order_to_take_and_no_promise():
    for rule in read_label_rules().values():
        assert FORBIDDEN.findall(f"{rule.found} {rule.next_step}".replace("preventing", "")) == []


def test_an_antagonist_puts_the_stop_notice_first():
    report = answer("per capsule\nMK-7 10 mcg", person=person("[medicines]\ntaken = ['warfarin 5 mg']"))
    text = label_text(report)
    assert text.startswith(STOP_TITLE.split(".")[0])
    assert "S018" in {one.rule for one in report.findings}
    assert label_document(report)["stopped"]["gates"]


def test_a_direct_anticoagulant_gets_no_vitamin_k_rule():
    report = answer("per capsule\nMK-7 100 mcg", person=person("[medicines]\ntaken = ['apixaban 5 mg']"))
    assert "S018" not in {one.rule for one in report.findings}
    assert not [
        one for one in report.interactions if "K2" in one.meets and "apixaban" in " ".join(one.because)
    ]


def test_minerals_and_a_spaced_medicine_meet():
    report = answer(
        "per tablet\nCalcium 500 mg", person=person("[medicines]\ntaken = ['levothyroxine 50 mcg']")
    )
    spaced = [one for one in report.findings if one.rule == "S063"]
    assert spaced
    assert "4 h" in spaced[0].next_step


def test_menopause_pregnancy_and_kidneys_of_a_person():
    after = person("final_menstrual_period_age_years = 50.0")
    text = "per capsule\nRetinol 1600 mcg"
    assert "S052" in {one.rule for one in answer(text, person=after).findings}
    assert "S052" not in {one.rule for one in answer(text).findings}
    expecting = parse_person("[person]\nsex = 'female'\nage_years = 30.0\n[conditions]\npregnancy = true")
    assert "S052" in {one.rule for one in answer("per capsule\nRetinol 400 mcg", person=expecting).findings}
    kidneys = person("[conditions]\nckd = true")
    assert "S051" in {one.rule for one in answer("per capsule\nMagnesium 100 mg", person=kidneys).findings}


def test_no_rule_is_said_without_a_green_mark():
    text = label_text(answer("per capsule\nZinc 10 mg"))
    assert re.search(r"No rule of ours matched \(rule set of 20\d\d-\d\d-\d\d; \d+ rules\)", text)


def test_sums_of_two_products_pass_the_level_of_vitamin_d():
    report = answer("per drop\nVitamin D3 50 mcg\n---\nper tablet\nVitamin D3 60 mcg")
    assert [one.rule for one in report.findings if one.severity == "fail"] == ["S049"]
    assert [(one.name, one.over) for one in report.sums] == [("vitamin D", True)]
