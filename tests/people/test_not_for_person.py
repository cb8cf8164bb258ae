"""Who is recognised: by a condition, a lab value or a medicine, and who is not."""

from __future__ import annotations

import pytest

from calciroute.people.not_for_arms import not_for_arms
from calciroute.people.not_for_person import not_for_medicines, not_for_person
from calciroute.people.person import parse_person
from calciroute.people.person_model import Medicines, Person
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.not_for_person import read_not_for_person

ROWS = read_not_for_person()
HEAD = '[person]\nsex = "female"\nage_years = 71\n'


def ids(person):
    return [one.left_out.id for one in not_for_person(person)]


def taking(*names):
    return Person(sex="female", age_years=71.0, medicines=Medicines(taken=names))


@pytest.mark.parametrize(
    ("row", "condition"),
    [(row, name) for row in ROWS for name in row.conditions],
    ids=lambda value: str(value)[:24],
)
def test_each_condition_is_recognised_when_it_holds_and_not_when_it_is_denied(row, condition):
    there = Person(sex="female", age_years=71.0, conditions={condition: True})
    denied = Person(sex="female", age_years=71.0, conditions={condition: False})
    assert row.id in ids(there)
    assert ids(denied) == []


def test_each_name_of_each_medicine_is_recognised():
    missed = []
    for row in ROWS:
        for kind, word in row.medicines:
            names = [
                name
                for name in read_medicine_names()
                if word
                == {"class": name.medicine_class, "ingredient": name.ingredient, "name": name.name}[kind]
            ]
            assert names, (row.id, word)
            missed += [name.name for name in names if row.id not in ids(taking(name.name, "aspirin"))]
    assert missed == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("alendronate 70 mg weekly", "bisphosphonate"),
        ("Fosamax", "bisphosphonate"),
        ("Alendronsäure 70 mg", "bisphosphonate"),
        ("acide zolédronique", "bisphosphonate"),
        ("アレンドロン酸", "bisphosphonate"),
        ("Prolia 60 mg", "denosumab"),
        ("Forsteo", "bone_builder"),
        ("Tymlos", "bone_builder"),
        ("Evenity", "romosozumab"),
        ("Evista 60 mg", "estrogen_modulator"),
        ("Duavee", "estrogen_modulator"),
        ("prednisolone 5 mg daily", "glucocorticoid"),
        ("Arimidex 1 mg", "aromatase_inhibitor"),
        ("Zoladex", "androgen_deprivation"),
        ("cinacalcet 30 mg", "calcimimetic"),
        ("Parsabiv", "calcimimetic"),
        ("alfacalcidol", "active_vitamin_d"),
        ("lithium carbonate 400 mg", "lithium"),
        ("Cozaar Comp", "thiazide"),
        ("furosemide 40 mg", "loop_diuretic"),
        ("Renvela", "phosphate_binder"),
        ("Glakay", "prescribed_vitamin_k"),
        ("atorvastatin 20 mg + alendronate 70 mg", "bisphosphonate"),
    ],
)
def test_medicines_as_people_write_them(written, expected):
    assert expected in ids(taking(written))


@pytest.mark.parametrize(
    "written",
    [
        "atorvastatin 20 mg", "metformin", "amlodipine 5 mg", "Vagifem", "Pulmicort", "warfarin 5 mg",
        "paracetamol", "Zorblax", "alendronte",
    ],
)  # fmt: skip
def test_other_medicines_and_near_spellings_are_not_guessed(written):
    assert ids(taking(written)) == []


def test_a_medicine_left_without_effect_counts_as_taken():
    assert ids(Person(sex="male", age_years=60.0, medicines=Medicines(not_modelled=("denosumab",)))) == [
        "denosumab"
    ]


@pytest.mark.parametrize(
    ("eGFR", "expected"),
    [(82, []), (38, []), (20, []), (19.9, ["low_filtration"]), (12, ["kidney_failure", "low_filtration"])],
)
def test_filtration_by_its_bounds(eGFR, expected):
    assert ids(parse_person(f'{HEAD}[labs]\neGFR = "{eGFR} mL/min"\n')) == expected


def test_kidney_disease_with_an_eGFR_is_in_the_model_and_without_one_it_is_not():
    named = f"{HEAD}[conditions]\nckd = true\n"
    assert ids(parse_person(named)) == ["kidney_disease_without_eGFR"]
    assert ids(parse_person(f'{named}[labs]\neGFR = "38 mL/min"\n')) == []


def test_dialysis_without_an_eGFR_has_a_filtration_of_its_own():
    assert ids(parse_person(f"{HEAD}[conditions]\ndialysis = true\nckd = true\n")) == ["kidney_failure"]


def test_estrogen_counts_by_its_field():
    listed = '[medicines]\ntaken = ["estradiol patch"]\n'
    assert ids(parse_person(HEAD + listed)) == ["estrogen_as_medicine"]
    assert ids(parse_person(f"{HEAD}estrogen_therapy = true\n{listed}")) == []
    assert ids(parse_person(f"{HEAD}estrogen_therapy = false\n{listed}")) == ["estrogen_as_medicine"]
    assert ids(parse_person(HEAD + '[medicines]\ntaken = ["tibolone"]\n')) == ["other_hormone"]


def test_what_was_found_is_told_as_written():
    person = parse_person(
        f'{HEAD}[conditions]\nmultiple_myeloma = true\nbone_metastases = true\n[labs]\neGFR = "18 mL/min"\n'
        '[medicines]\ntaken = ["Zometa 4 mg", "zoledronic acid"]\n'
    )
    found = {one.left_out.id: one.found for one in not_for_person(person)}
    assert found["cancer_in_bone"] == ("cancer that has spread to bone", "multiple myeloma")
    assert found["low_filtration"] == ("eGFR 18",)
    assert found["bisphosphonate"] == ("Zometa 4 mg", "zoledronic acid")


def test_a_plan_adds_only_what_its_medicines_bring_and_only_to_its_arm():
    stented = Person(sex="male", age_years=66.0, conditions={"coronary_stent": True})
    assert [one.left_out.id for one in not_for_medicines(stented, ["Prolia"])] == ["denosumab"]
    found = not_for_arms(stented, {"start": ["Prolia"], "walk": []})
    assert [(arm, one.left_out.id) for arm, one in found.findings()] == [
        ("", "coronary_stent"),
        ("start", "denosumab"),
    ]
    assert found.reason("CAC_agatston", "artery") == found.reason_in("walk", "CAC_agatston", "artery") != ""
    assert (
        found.reason("BMD_lumbar_spine", "bone") == found.reason_in("walk", "BMD_lumbar_spine", "bone") == ""
    )
    assert "denosumab" in found.reason_in("start", "BMD_lumbar_spine", "bone")
    assert found.reason_in("start", "SBP", "artery") == ""


def test_what_a_person_takes_already_is_not_told_again_for_a_plan():
    assert not not_for_arms(taking("alendronate"), {"more": ["Fosamax 70 mg"]}).plans
