"""``[labs]`` of a person file: dated lists, tables, names in other languages, and what is refused."""

from __future__ import annotations

import pytest

from calciroute.errors import InputError
from calciroute.people.lab_use import sort_readings
from calciroute.people.person import parse_person
from calciroute.people.person_model import Person

HEAD = '[person]\nas_of = 2026-03-01\nsex = "female"\nage_years = 62\n[labs]\n'


def read(labs: str, head: str = HEAD) -> Person:
    return parse_person(head + labs)


def problems_of(labs: str, head: str = HEAD) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(labs, head)
    return [str(problem) for problem in caught.value.problems]


def test_the_latest_of_dated_readings_is_used_and_all_are_kept() -> None:
    person = read(
        'coronary_calcium = [ { date = 2026-02-20, value = "80 AU" },'
        ' { date = 2023-03-01, value = "45 AU" } ]'
    )
    assert person.labs == {"coronary_calcium": 80.0}
    assert [one.value for one in person.lab_readings] == [80.0, 45.0]
    assert [(one.used, one.why) for one in sort_readings(person.lab_readings)] == [
        (True, ""),
        (False, "a later one is today's value"),
    ]


def test_a_limit_after_a_value_leaves_the_value_in_use() -> None:
    person = read(
        'CRP = [ { date = 2025-01-01, value = "2 mg/L" }, { date = 2026-01-01, value = "<0.6 mg/L" } ]'
    )
    assert person.labs == {"CRP": 2.0}


def test_a_german_report_is_understood() -> None:
    person = read(
        '"25-OH-Vitamin D" = "22,0 µg/l"\n"Kreatinin" = "88 µmol/l"\n"Calcium" = "2,35 mmol/l"\n'
        '"Parathormon" = "45 ng/l"\n"Albumin" = "42 g/l"\n"CRP" = "< 5 mg/l"\n'
        '"HbA1c" = "5,6 % (38 mmol/mol)"\n"Blutdruck" = "138/82 mmHg"\n'
    )
    assert person.labs == {
        "25OHD": pytest.approx(54.91, rel=1e-3),
        "eGFR": pytest.approx(64.0, abs=0.1),
        "calcium": 2.35,
        "PTH": pytest.approx(4.79, rel=1e-3),
        "SBP": 138.0,
        "DBP": 82.0,
    }
    why = {one.reading.name: one.why for one in sort_readings(person.lab_readings) if not one.used}
    assert set(why) == {"creatinine", "albumin", "CRP", "HbA1c"}
    assert "as it was measured" in why["albumin"]


def test_a_given_filtration_wins_over_creatinine_and_it_is_said() -> None:
    person = read('creatinine = "88 umol/L"\neGFR = "71 mL/min/1.73m2"')
    assert person.labs == {"eGFR": 71.0}
    told = {one.reading.written: one.why for one in sort_readings(person.lab_readings)}
    assert told["creatinine 88 umol/L"] == "the eGFR that is given is used"


def test_the_filtration_of_an_old_creatinine_counts_from_the_age_then() -> None:
    old = read('creatinine = [ { date = 2016-03-01, value = "88 umol/L" } ]').labs["eGFR"]
    now = read('creatinine = "88 umol/L"').labs["eGFR"]
    assert old / now == pytest.approx(0.9938**-10.0, rel=1e-3)


def test_on_dialysis_creatinine_gives_no_filtration() -> None:
    person = read('creatinine = "600 umol/L"\n[conditions]\ndialysis = true\n')
    assert person.labs == {}
    assert "on dialysis" in " ".join(person.lab_readings[0].remarks)


def test_an_assay_and_a_maker_stay_with_the_reading() -> None:
    person = read('dp_ucMGP = { value = "480 pmol/L", assay = "InaKtif MGP" }')
    assert person.lab_readings[0].assay == "InaKtif MGP"
    assert person.labs == {"dp_ucMGP": 480.0}


def test_an_assay_unit_of_PIVKA_is_kept_and_not_used() -> None:
    person = read('PIVKA2 = "24 mAU/mL"')
    assert person.labs == {}
    assert (person.lab_readings[0].value, person.lab_readings[0].unit) == (24.0, "mAU/mL")


def test_a_bare_number_of_the_file_is_never_a_thousand() -> None:
    assert read("coronary_calcium = 1.234").labs == {"coronary_calcium": 1.234}
    assert read("INR = 2.4").labs == {"INR": 2.4}


def test_one_pressure_alone_is_said_not_to_count() -> None:
    person = read('SBP = "138 mmHg"')
    assert [one.why for one in sort_readings(person.lab_readings)] == [
        "a pressure counts with both its values"
    ]


@pytest.mark.parametrize(
    ("labs", "words"),
    [
        (
            '"25OHD" = 55',
            ["25OHD 55 has no unit: 55 nmol/L or 55 ng/mL (137 nmol/L)?", '"25OHD" = "55 nmol/L" or'],
        ),
        ('calcium = "1.2 mmol/L"', ["is it ionised calcium", 'calcium_ionised = "1.2 mmol/L"']),
        ('"25OHD" = "55 nmol/L"\n"Vitamin D (25-OH)" = "22 ng/mL"', ["are the same test (25OHD)"]),
        ('SBP = "138 mmHg"\nblood_pressure = "138/82 mmHg"', ["are the same test (SBP)"]),
        ('CRP = [ { date = 2026-04-01, value = "2 mg/L" } ]', ["dated 2026-04-01, after as_of 2026-03-01"]),
        ('CRP = [ { value = "2 mg/L" } ]', ["reading 1 of CRP has no date"]),
        ('CRP = [ "2 mg/L" ]', ["reading 1 of CRP has no date"]),
        ("CRP = [ ]", ["a list of 0 readings"]),
        (
            'CRP = [ { date = 2026-01-01, value = "2 mg/L" }, { date = 2026-01-01, value = "3 mg/L" } ]',
            ["two readings of 2026-01-01"],
        ),
        ('CRP = { value = "2 mg/L", datum = 2026-01-01 }', ["'datum' is not known in CRP", "'date'"]),
        ("CRP = { date = 2026-01-01 }", ["CRP has no value"]),
        ('CRP = { date = "01.02.2026", value = "2 mg/L" }', ["date of CRP is the text '01.02.2026'"]),
        ("CRP = true", ["CRP is true"]),
        ("CRP = nan", ["CRP is not a finite number"]),
        ('"Quick" = "90 %"', ["not the INR"]),
        ('Zorblax = "5 mg/L"', ["'Zorblax' is not known in [labs]"]),
        ('BMD_lumbar = { value = "T -1.8", maker = "Acme" }', ["maker 'Acme'"]),
    ],
)
def test_what_is_refused_is_told_with_its_line(labs: str, words: list[str]) -> None:
    said = "\n".join(problems_of(labs))
    assert "person.toml:" in said
    for word in words:
        assert word in said


def test_labs_that_are_no_section_are_told() -> None:
    with pytest.raises(InputError) as caught:
        parse_person('labs = 5\n[person]\nsex = "male"\nage_years = 70\n')
    assert "'labs' is the number 5" in str(caught.value)
