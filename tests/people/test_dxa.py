"""T-scores, Z-scores and g/cm2 of three makers: the value, a question or a refusal, and never a guess."""

from __future__ import annotations

import itertools

import pytest

from calciroute.errors import InputError
from calciroute.people.dxa import DENSITY_FIELDS, T_SCORE, counted_from, on_one_scale, read_score
from calciroute.people.lab_outcome import LabQuestion, LabRefusal
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_text import read_lab
from calciroute.people.person import parse_person
from calciroute.tables.bone_density import (
    maker_called,
    on_model_scale,
    read_density_references,
    read_density_scales,
    reference_for,
)
from calciroute.tables.references import read_references

WORDS = [
    "T ",
    "T",
    "t ",
    "T: ",
    "T = ",
    "T-score ",
    "T-Score: ",
    "T score ",
    "T-Wert ",
    "T-Wert: ",
    "Tscore ",
]


@pytest.mark.holds("read_score")
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("number", ["-2.1", "-2,1", "\u22122.1", "\u20132,1", "- 2.1", "-2.1 SD", "-2.1SD"])
def test_every_spelling_of_a_t_score_gives_the_same_density(word, number):
    (reading,) = read_score("BMD_femoral_neck", word + number)
    assert reading.value == pytest.approx(0.858 - 2.1 * 0.120, abs=1e-12)
    assert (reading.unit, reading.limit, reading.written) == ("g/cm2", "", word + number)
    assert "NHANES III" in reading.remarks[0]
    assert "0.858 minus 2.1 times 0.12 g/cm2" in reading.remarks[0]
    assert "for men too" in reading.remarks[0]


@pytest.mark.parametrize(
    ("text", "density"), [("T +0.3", 0.894), ("T 0", 0.858), ("T +1", 0.978), ("T -4.6", 0.306)]
)
def test_signs_and_zero(text, density):
    assert read_score("BMD_femoral_neck", text)[0].value == pytest.approx(density, abs=1e-12)


@pytest.mark.parametrize(("sign", "limit"), [("<", "<"), ("> ", ">")])
def test_a_limit_stays_a_limit(sign, limit):
    (reading,) = read_score("BMD_femoral_neck", f"T {sign}-2.5")
    assert (reading.limit, reading.value) == (limit, pytest.approx(0.558))


@pytest.mark.parametrize("field", DENSITY_FIELDS)
@pytest.mark.parametrize("word", ["Z ", "Z-score ", "z-wert: ", "Z="])
@pytest.mark.parametrize("number", ["-1.2", "1.2", "-1,2"])
def test_a_z_score_is_refused_by_name_with_the_next_step(field, word, number):
    refused = read_score(field, word + number)
    assert isinstance(refused, LabRefusal)
    assert "Z-score" in refused.found
    assert "T-score or the g/cm2 of the same report" in refused.advice


@pytest.mark.parametrize("text", ["-2.1 SD", "-2.1", "\u22122,1", "+0.4"])
def test_a_number_that_does_not_say_t_or_z_is_asked_about(text):
    asked = read_score("BMD_femoral_neck", text)
    assert isinstance(asked, LabQuestion)
    assert asked.question.startswith("Is it a T-score")
    (choice,) = asked.choices
    assert read_score(choice.name, choice.text)[0].unit == "g/cm2"


@pytest.mark.parametrize("text", ["T 2.1", "T-score 2,1", "2.1 SD"])
def test_a_score_without_a_sign_is_asked_about_with_both_readings(text):
    asked = read_score("BMD_femoral_neck", text)
    assert isinstance(asked, LabQuestion)
    values = [read_score(choice.name, choice.text)[0].value for choice in asked.choices]
    assert values == [pytest.approx(0.606), pytest.approx(1.11)]
    assert "0.606 g/cm2" in asked.question
    assert "1.110 g/cm2" in asked.question


@pytest.mark.parametrize(
    "text", ["T", "T -9", "T +7", "T -2,134", "T -2.1 g/cm2", "T about -2", "T-score", "T--2"]
)
def test_what_is_no_score_is_refused_with_an_example(text):
    refused = read_score("BMD_femoral_neck", text)
    assert isinstance(refused, LabRefusal)
    assert '"T -2.1"' in refused.advice


@pytest.mark.parametrize("text", ["0.78 g/cm2", "0.78", "780 mg/cm2", "two", ""])
def test_other_texts_are_left_to_the_reader_of_amounts(text):
    assert read_score("BMD_femoral_neck", text) is None


def test_a_spine_score_without_a_maker_gives_no_density():
    (reading,) = read_score("BMD_lumbar", "T -1.8")
    assert (reading.value, reading.unit) == (-1.8, T_SCORE)
    assert "changes in percent only, no level in g/cm2" in reading.remarks[0]
    assert "the maker is not given" in reading.remarks[0]


@pytest.mark.parametrize("maker", ["Hologic", "hologic", "HOLOGIC Discovery", "Horizon"])
def test_a_spine_score_of_hologic_counts_from_its_own_reference(maker):
    (reading,) = read_score("BMD_lumbar", "T -1.8", maker)
    assert reading.value == pytest.approx(1.047 - 1.8 * 0.110)
    assert reading.maker == "Hologic"
    assert "Hologic" in reading.remarks[0]


@pytest.mark.parametrize("maker", ["GE Lunar", "Lunar Prodigy", "Norland"])
def test_a_reference_that_nobody_read_gives_no_density(maker):
    (reading,) = read_score("BMD_lumbar", "T -1.8", maker)
    assert reading.unit == T_SCORE
    assert maker_called(maker) in reading.remarks[0]
    assert "were not read" in reading.remarks[0]


def test_a_neck_score_is_the_same_whoever_made_the_scanner():
    values = {
        read_score("BMD_femoral_neck", "T -2", maker)[0].value for maker in ("", "GE", "Norland", "Hologic")
    }
    assert values == {0.618}


def test_an_unknown_maker_is_refused_with_the_known_ones():
    refused = read_score("BMD_lumbar", "T -1.8", "Holgic 3000")
    assert isinstance(refused, LabRefusal)
    assert refused.expected == "GE Lunar, Hologic, Norland"


def test_total_hip_counts_from_its_own_reference_and_keeps_its_name():
    (reading,) = read_score("BMD_total_hip", "T -1.0")
    assert (reading.name, reading.value) == ("BMD_total_hip", pytest.approx(0.942 - 0.122))
    assert "total hip" in reading.remarks[0]


def _printed(field, density, maker):
    text = f"{density} g/cm2"
    return LabReading(name=field, written=text, value=density, unit="g/cm2", maker=maker)


@pytest.mark.holds("on_one_scale")
def test_density_of_another_maker_is_brought_to_the_scale_of_the_model():
    # By hand: (-0.023 + 0.939 x 1.038 - 0.019) / 1.087.
    lunar = on_one_scale(_printed("BMD_femoral_neck", 1.038, "Lunar iDXA"))
    assert lunar.value == pytest.approx(0.858, abs=5e-4)
    assert lunar.maker == "GE Lunar"
    assert "1.038 g/cm2 of a GE Lunar scanner is 0.858 g/cm2" in lunar.remarks[-1]


def test_density_of_the_models_own_maker_is_left_alone():
    reading = _printed("BMD_lumbar", 0.95, "Hologic")
    assert on_one_scale(reading) == reading


def test_density_without_a_maker_is_taken_as_printed_and_says_so():
    reading = on_one_scale(_printed("BMD_femoral_neck", 0.78, ""))
    assert reading.value == 0.78
    assert "Taken as g/cm2 of a Hologic scanner" in reading.remarks[0]


def test_scales_of_the_makers_go_there_and_back():
    for (field, _), scale in read_density_scales().items():
        for density in (0.5, 0.8, 1.1):
            assert scale.from_standard(scale.to_standard(density)) == pytest.approx(density, abs=1e-12)
            assert on_model_scale(field, density, "Hologic") == pytest.approx(density, abs=1e-12)


def test_two_scanners_in_one_laboratory_agree_at_the_spine_within_what_its_paper_found():
    # 100 women: 0.950 g/cm2 (Hologic) and 1.068 g/cm2 (GE Lunar), pubmed 17289322.
    assert on_model_scale("BMD_lumbar", 1.068, "GE Lunar") == pytest.approx(0.950, rel=0.02)


def test_every_reference_in_use_has_a_source_and_no_remembered_one_is_used():
    for one in read_density_references():
        used = reference_for(one.field, one.maker)
        assert (used == one) == (one.verified != "memory")
        assert used is None or used.source in read_references()
    assert all(scale.source in read_references() for scale in read_density_scales().values())


def test_names_of_makers_are_not_shared():
    names = [
        {scale.maker.casefold(), *(name.casefold() for name in scale.also_called)}
        for (field, _), scale in read_density_scales().items()
        if field == "BMD_femoral_neck"
    ]
    assert all(not first & second for first, second in itertools.combinations(names, 2))


@pytest.mark.parametrize(
    ("text", "maker", "density"),
    [
        ("0.738 g/cm2 (T -1.0)", "", 0.738),
        ("0.891 g/cm2 (T -1.0)", "GE Lunar", 0.731),
        ("0.738 g/cm2 (T-Score -1,0)", "Hologic", 0.738),
    ],
)
def test_density_and_score_of_one_report_that_agree_are_one_value(text, maker, density):
    (reading,) = read_lab("BMD_femoral_neck", text, maker=maker)
    assert reading.value == pytest.approx(density, abs=5e-4)


def test_density_and_score_that_differ_point_to_the_maker():
    refused = read_lab("BMD_femoral_neck", "0.891 g/cm2 (T -1.0)")
    assert isinstance(refused, LabRefusal)
    assert 'maker = "GE Lunar"' in refused.advice


def test_a_score_that_gives_no_level_does_not_contradict_the_density_beside_it():
    (reading,) = read_lab("BMD_lumbar", "1.010 g/cm2 (T -1.4)", maker="GE Lunar")
    assert reading.value == pytest.approx(on_model_scale("BMD_lumbar", 1.010, "GE Lunar"))


LABS = """[person]
sex = "female"
age_years = 66
[labs]
BMD_femoral_neck = "T -2.1"
BMD_lumbar = "T -1.8"
BMD_total_hip = "T -1.5"
"""


def test_a_person_file_keeps_all_three_and_the_model_reads_the_neck_alone():
    person = parse_person(LABS)
    assert dict(person.labs) == {"BMD_femoral_neck": pytest.approx(0.606)}
    kept = {reading.name: (reading.written, reading.unit) for reading in person.lab_readings}
    assert kept == {
        "BMD_femoral_neck": ("T -2.1", "g/cm2"),
        "BMD_lumbar": ("T -1.8", T_SCORE),
        "BMD_total_hip": ("T -1.5", "g/cm2"),
    }


def test_a_total_hip_alone_never_becomes_a_neck():
    person = parse_person('[person]\nsex="male"\nage_years=70\n[labs]\nBMD_total_hip = "0.81 g/cm2"\n')
    assert dict(person.labs) == {}
    assert [reading.name for reading in person.lab_readings] == ["BMD_total_hip"]


def test_maker_in_braces_gives_the_spine_a_level():
    text = LABS.replace('"T -1.8"', '{ value = "T -1.8", maker = "Hologic" }')
    assert parse_person(text).labs["BMD_lumbar"] == pytest.approx(0.849)


@pytest.mark.parametrize("value", ['"Z -1.0"', '"-2.1 SD"', "-2.1", '"T 2.1"'])
def test_what_is_asked_or_refused_names_file_line_and_next_step(value):
    with pytest.raises(InputError) as caught:
        parse_person(LABS.replace('BMD_femoral_neck = "T -2.1"', f"BMD_femoral_neck = {value}"))
    (told,) = map(str, caught.value.problems)
    assert told.startswith("person.toml:5: BMD_femoral_neck")
    assert '"T -2.1"' in told


def test_a_misspelt_maker_gets_the_near_name():
    refused = read_lab("BMD_lumbar", "T -1.8", maker="Hologik")
    assert 'maker = "Hologic"' in refused.advice


@pytest.mark.parametrize(("text", "maker"), [("T -5", ""), ("0.35 g/cm2", "GE Lunar")])
def test_a_density_that_nobody_has_is_refused_with_the_band(text, maker):
    refused = read_lab("BMD_femoral_neck", text, maker=maker)
    assert isinstance(refused, LabRefusal)
    assert refused.expected == "0.3 to 1.6 g/cm2"


def test_a_result_can_name_whom_a_score_was_counted_from():
    assert counted_from(read_lab("BMD_femoral_neck", "T-Wert: -2,1")[0]).endswith("NHANES III")
    assert counted_from(read_lab("BMD_lumbar", "T -1.8", maker="Hologic")[0]).endswith("Hologic")
    for name, text in (("BMD_lumbar", "T -1.8"), ("BMD_femoral_neck", "0.78 g/cm2"), ("CRP", "1.5 mg/L")):
        assert counted_from(read_lab(name, text)[0]) == ""
