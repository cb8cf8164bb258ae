"""A nutrient that nobody told is never taken as zero, and what stands in for it is listed."""

import pytest

from calciroute.body.assembly import assemble
from calciroute.people.person import parse_person
from calciroute.simulate.person_inputs import default_value
from calciroute.simulate.regimen import inputs_and_arms
from simulate.people import plan

WOMAN = '[person]\nsex = "female"\nage_years = 62\n'


def inputs_of(text, person=WOMAN):
    return inputs_and_arms(parse_person(person + text), (), assemble(), 1.0, 0)[0]


def listed(inputs):
    return {one.field: one.value for one in inputs.assumptions}


def of_diary(tmp_path, text, region):
    (tmp_path / "week.csv").write_text(text, "utf-8")
    person = tmp_path / "person.toml"
    person.write_text(f'{WOMAN}[diet]\ndiary = "week.csv"\nregion = "{region}"\n', "utf-8")
    from calciroute.people.person import read_person

    return inputs_and_arms(read_person(person), (), assemble(), 1.0, 0)[0]


def test_mk8_without_mk9_leaves_the_rest_of_the_reference_to_mk9():
    inputs = inputs_of('[diet]\nMK8 = "6 mcg"\n')
    assert inputs.values["diet_MK89"] == default_value(assemble(), "diet_MK89")
    assert listed(inputs)["diet.MK9"] == "14 mcg/d"
    assert inputs_of('[diet]\nMK8 = "6 mcg"\nMK9 = "1 mcg"\n').values["diet_MK89"] == pytest.approx(7.0)
    assert inputs_of('[diet]\nMK8 = "50 mcg"\n').values["diet_MK89"] == pytest.approx(50.0)


def test_a_diary_that_knows_mk9_alone_takes_the_reference(tmp_path):
    inputs = of_diary(tmp_path, "date,food,grams\n2026-03-02,emmental aged,30\n", "CH")
    assert inputs.values.get("diet_MK89", 20.0) == 20.0
    assert "diet.MK8 and diet.MK9" in listed(inputs)


def test_a_diary_with_times_and_too_little_calcium_runs(tmp_path):
    lines = "2026-03-02,08:00,kombucha,30\n2026-03-02,09:00,kombucha,30\n2026-03-02,10:00,apple,30\n"
    inputs = of_diary(tmp_path, "date,time,food,grams\n" + lines, "NO")
    assert listed(inputs)["diet.calcium"].endswith("mg/d")
    assert "calcium_meal_1" not in inputs.values


def test_a_default_is_told_in_the_unit_that_people_write():
    found = listed(inputs_of(""))
    assert found["diet.calcium"] == "964.1 mg/d"
    assert found["diet.phosphorus"] == "1250 mg/d"
    assert found["diet.MK8 and diet.MK9"] == "20 mcg/d"


def test_what_no_input_reads_is_listed():
    found = listed(inputs_of('[diet]\nsodium = "2600 mg"\nfermented_foods_per_week = 3\n'))
    assert found["diet.sodium"] == found["diet.fermented_foods_per_week"] == "without effect"
    assert "diet.K1" in found


def test_a_plans_food_names_what_the_table_does_not_know_of_it():
    kombucha = plan('[[food]]\nfood = "kombucha"\ngrams = 40\ntimes = "daily 08:00"\n')
    inputs, _ = inputs_and_arms(parse_person(WOMAN), [kombucha], assemble(), 1.0, 0)
    assert listed(inputs)["kombucha"] == "without its K1, MK4, MK7, MK8, MK9, calcium, phosphorus"
    natto = plan('[[food]]\nfood = "natto"\ngrams = 40\ntimes = "daily 08:00"\n')
    inputs, (_, arm) = inputs_and_arms(parse_person(WOMAN), [natto], assemble(), 1.0, 0)
    assert "natto" not in listed(inputs)
    assert {one.target: one.amount for one in arm.swallowed}["diet_MK7"] == pytest.approx(0.4 * 998)


def test_what_was_said_is_not_listed_as_not_stated():
    denied = listed(inputs_of("[conditions]\ndiabetes = false\nmalabsorption = false\n"))
    assert not {"conditions.diabetes", "conditions.malabsorption"} & denied.keys()
    coeliac = inputs_of("[conditions]\ncoeliac = true\nmalabsorption = false\n")
    assert coeliac.values["malabsorption"] == 1.0
    assert "conditions.malabsorption" not in listed(inputs_of("[conditions]\ncoeliac = true\n"))


def test_a_man_has_no_final_menstrual_period():
    man = listed(inputs_of("", '[person]\nsex = "male"\nage_years = 62\n'))
    assert not any("menstrual" in field or "estrogen" in field for field in man)
    assert "person.final_menstrual_period_age_years" in listed(inputs_of(""))


def test_how_long_a_product_was_taken_is_told_where_the_start_is_run_in():
    product = '[[supplement]]\nproduct = "MK-7 180 mcg softgel"\nsince = "1 week"\n'
    inputs = inputs_of(product)
    assert any("MK-7 180 mcg softgel has been taken for 7 days" in note for note in inputs.notes)
    assert not any(one.field.endswith(": since") for one in inputs.assumptions)
