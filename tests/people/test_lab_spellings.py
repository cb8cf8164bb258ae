"""Laboratory values as reports print them: the right value, a question or a refusal, never another number."""

from __future__ import annotations

import dataclasses
import datetime
import json

import pytest

import spelled_labs
from calciroute.people.lab_outcome import LabQuestion, LabRefusal
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_text import read_lab, read_lab_line
from calciroute.people.lab_value import Beside, lab_field, read_value
from calciroute.people.person import parse_person
from calciroute.tables.lab_names import fold_name, read_lab_names
from calciroute.tables.lab_tests import read_lab_tests
from calciroute.tables.lab_units import read_lab_units
from calciroute.tables.person_inputs import read_person_inputs
from spelled_labs import GIVEN, Spelling, by_hand, confusion, crossed, crossed_verdict, grid, printed

WOMAN = {"sex": "female", "age_years": 62.0}


def test_no_spelling_gives_another_number(capsys: pytest.CaptureFixture[str]) -> None:
    spellings = [*by_hand(), *grid(every=5)]
    counted, missed = confusion(spellings)
    with capsys.disabled():
        print(f"\n{len(spellings)} laboratory spellings", *printed(counted), sep="\n")
    assert len(spellings) >= 300
    assert spelled_labs.silently_wrong(counted) == 0
    assert missed == []


def test_every_unit_behind_every_test_gives_the_number_of_weights_and_prefixes_or_none() -> None:
    verdicts = {(one, crossed_verdict(*one)) for one in crossed(every=11)}
    assert [one for one, verdict in verdicts if verdict == "wrong"] == []
    assert sum(verdict == "value" for _, verdict in verdicts) > 20


def test_the_judge_sees_a_wrong_number_a_lost_limit_and_a_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Spelling("25OHD", "22 ng/mL", "value", "25OHD", 54.91, "nmol/L")
    limit = Spelling("CRP", "<0.6 mg/L", "limit", "CRP", 0.6, "mg/L", "<")
    bare = Spelling("25OHD", "55", "question")
    wrong = (LabReading(name="25OHD", written="22 ng/mL", value=22.0, unit="nmol/L"),)
    assert spelled_labs.verdict(good, wrong) == "wrong"
    lost = (LabReading(name="CRP", written="<0.6 mg/L", value=0.6, unit="mg/L"),)
    assert spelled_labs.verdict(limit, lost) == "wrong"
    assert spelled_labs.verdict(bare, wrong) == "wrong"
    units = read_lab_units()["25OHD"]
    broken = {**units, "ng/mL": dataclasses.replace(units["ng/mL"], factor=2.6)}
    monkeypatch.setitem(read_lab_units(), "25OHD", broken)
    counted, _ = confusion([good])
    assert spelled_labs.silently_wrong(counted) == 1


@pytest.mark.parametrize("test", [name for name in read_lab_units() if name != "blood_pressure"])
def test_every_unit_goes_there_and_back(test: str) -> None:
    field = lab_field(test)
    assert field.lower is not None
    assert field.upper is not None
    for unit in read_lab_units()[test].values():
        for share in (0.1, 0.37, 0.9):
            value = field.lower + share * (field.upper - field.lower)
            if unit.factor is None:
                continue
            assert unit.to_field(unit.from_field(value)) == pytest.approx(value, rel=1e-12)
            number = f"{unit.from_field(value):.9f}"
            for text in (f"{number} {unit.unit}", f"{number.replace('.', ',')} {unit.unit}"):
                outcome = read_value(test, text, Beside())
                assert isinstance(outcome, tuple), (text, outcome)
                assert outcome[0].value == pytest.approx(value, rel=1e-5)


def test_a_pressure_goes_there_and_back_in_every_unit() -> None:
    for unit in read_lab_units()["blood_pressure"].values():
        pair = "/".join(f"{unit.from_field(value):.6f}" for value in (138.0, 82.0))
        outcome = read_lab("blood_pressure", f"{pair} {unit.unit}")
        assert isinstance(outcome, tuple)
        assert [one.value for one in outcome] == pytest.approx([138.0, 82.0], rel=1e-6)


def test_answers_of_a_question_are_read_in_one_way() -> None:
    asked = 0
    for spelling in by_hand():
        outcome = spelled_labs.read(spelling)
        if isinstance(outcome, LabQuestion):
            asked += 1
            for choice in outcome.choices:
                again = read_lab(choice.name, choice.text, **WOMAN)  # type: ignore[arg-type]
                assert isinstance(again, tuple), (outcome.question, choice)
    assert asked > 30


def test_a_number_without_its_unit_is_asked_about_with_all_its_readings() -> None:
    outcome = read_lab("25OHD", "55")
    assert isinstance(outcome, LabQuestion)
    assert outcome.question == "25OHD 55: 55 nmol/L or 55 ng/mL (137 nmol/L)?"
    taken = {
        spelling.name
        for spelling in by_hand()
        if spelling.expected in GIVEN and spelling.text.strip().replace(",", "").replace(".", "").isdecimal()
    }
    assert {fold_name(name) for name in taken} <= {
        fold_name(name)
        for name in ("coronary calcium", "Agatston score", "Koronarkalk", "Calcium score", "INR", "МНО")
    }


def test_a_limit_is_kept_and_is_no_value() -> None:
    person = parse_person('[person]\nsex = "female"\nage_years = 62\n[labs]\nCRP = "<0.6 mg/L"\n')
    assert person.labs == {}
    assert [(one.limit, one.value) for one in person.lab_readings] == [("<", 0.6)]


def test_calcium_of_ionised_size_is_asked_about() -> None:
    for text in ("1.0 mmol/L", "1,22 mmol/l", "1.4 mmol/L"):
        outcome = read_lab("Calcium", text)
        assert isinstance(outcome, LabQuestion)
        assert "ionised" in outcome.question
        assert outcome.choices[0].name == "calcium_ionised"


@pytest.mark.parametrize(
    ("creatinine", "sex", "age", "expected"),
    # Worked through by hand from the printed equation.
    [
        ("0.9 mg/dL", "female", 55.0, 142 * (0.9 / 0.7) ** -1.2 * 0.9938**55 * 1.012),
        ("0.6 mg/dL", "female", 40.0, 142 * (0.6 / 0.7) ** -0.241 * 0.9938**40 * 1.012),
        ("1.3 mg/dL", "male", 70.0, 142 * (1.3 / 0.9) ** -1.2 * 0.9938**70),
        ("70.72 µmol/l", "male", 30.0, 142 * (0.8 / 0.9) ** -0.302 * 0.9938**30),
    ],
)
def test_creatinine_becomes_filtration_with_the_formula_shown(
    creatinine: str, sex: str, age: float, expected: float
) -> None:
    outcome = read_lab("Kreatinin", creatinine, sex=sex, age_years=age)
    assert isinstance(outcome, tuple)
    assert outcome[1].name == "eGFR"
    assert outcome[1].value == pytest.approx(expected, rel=1e-9)
    assert "CKD-EPI 2021 (inker2021): 142 min(Scr/" in outcome[1].remarks[0]


def test_what_the_model_uses_is_what_the_inputs_say() -> None:
    inputs = {
        row.field.removeprefix("labs.") for row in read_person_inputs() if row.field.startswith("labs.")
    }
    read_elsewhere = {"eGFR", "INR", "blood_pressure"}
    used = {test.test for test in read_lab_tests().values() if test.use == "model"}
    assert used == inputs | read_elsewhere


def test_names_in_other_languages_lead_to_one_test_each() -> None:
    names = read_lab_names()
    languages = {language for name in names.values() for language in name.languages}
    assert {
        "English",
        "German",
        "Dutch",
        "French",
        "Spanish",
        "Italian",
        "Portuguese",
        "Japanese",
    } <= languages
    named = {test for name in names.values() for test in name.tests}
    assert named == set(read_lab_tests())
    for test in read_lab_tests():
        assert names[fold_name(test)].tests == (test,)
        spoken = {language for name in names.values() if name.tests == (test,) for language in name.languages}
        assert len(spoken) >= 3, test


def test_a_line_of_a_report_is_name_and_value() -> None:
    for line in ("Kreatinin: 88 µmol/l", "Kreatinin 88 µmol/l", "Kreatinin\t88 µmol/l (49-90)"):
        outcome = read_lab_line(line, sex="male", age_years=70.0)
        assert isinstance(outcome, tuple)
        assert [one.name for one in outcome] == ["creatinine", "eGFR"]
    assert isinstance(read_lab_line("good morning 5"), LabRefusal)


def test_readings_are_plain_data() -> None:
    outcome = read_lab("dp-ucMGP", "480 pmol/L", date=datetime.date(2026, 2, 20), assay="InaKtif")
    assert isinstance(outcome, tuple)
    assert json.loads(outcome[0].model_dump_json())["assay"] == "InaKtif"
