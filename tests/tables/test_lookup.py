"""What `where` finds."""

from __future__ import annotations

import pytest

from calciroute.tables.lookup.find import find
from calciroute.tables.lookup.in_tests import held_names, places_in_tests


def _places(name, kind):
    return [place for place in find(name).places if place.kind == kind]


@pytest.mark.holds("where")
def test_an_equation_is_found_with_file_line_numbers_and_tests():
    (equation,) = _places("MGP_carboxylation", "equation")
    file, line = equation.where.split(":")
    assert file == "physiology/mgp.ant"
    assert equation.title.startswith("MGP_carboxylation :=")
    assert any(detail.startswith("number h_artery = ") for detail in equation.details)
    assert any("through q_MGP" in detail and "f0_MGP" in detail for detail in equation.details)
    from calciroute.tables.texts import physiology_text

    assert "MGP_carboxylation :=" in physiology_text("mgp.ant").read_text("utf-8").splitlines()[int(line) - 1]


def test_a_number_tells_its_source_and_who_reads_it():
    (number,) = _places("f_renal_dp_ucMGP", "number")
    assert number.where.startswith("physiology/mgp.csv:")
    assert any(
        detail.startswith("read by: dp_ucMGP_clearance_relative, physiology/mgp.ant:")
        for detail in number.details
    )


def test_a_number_tells_which_variants_replace_it():
    (number,) = _places("h_bone", "number")
    replaced = [line for line in number.details if line.startswith("replaced in a variant:")]
    assert len(replaced) == 1
    assert "physiology/variants/bone_curvature.toml:" in replaced[0]


def test_natto_is_found_in_every_region_with_its_rows():
    foods = _places("natto", "food")
    assert len(foods) == 8
    assert foods[0].title.startswith("natto_nl")
    assert any(
        "MK-7 998 ug per 100 g (882 to 1034), data/food_nutrients.csv:" in line for line in foods[0].details
    )


def test_a_remembered_number_says_so():
    natto = _places("natto", "food")[0]
    assert [
        line.endswith("(remembered, not read)") for line in natto.details if line.startswith("MK-5 ")
    ] == [True]


@pytest.mark.parametrize(
    ("name", "kind", "file"),
    [
        ("knapen2015", "study", "data/studies.csv"),
        ("Marcumar", "medicine", "data/medicine_names.csv"),
        ("I040", "row", "data/interactions.csv"),
        ("C001", "row", "data/claims.csv"),
        ("dp-ucMGP", "name", "data/nomenclature.csv"),
        ("CAC", "outcome", "data/outcomes.csv"),
        ("CAC", "equation", "physiology/coronary_calcium.ant"),
        ("mgp carboxylation", "equation", "physiology/mgp.ant"),
    ],
)
def test_other_things_are_found_where_they_live(name, kind, file):
    assert _places(name, kind)[0].where.startswith(file + ":")


def test_a_blind_study_is_shown_without_results():
    (study,) = _places("shea2009", "study")
    assert "results withheld: the model predicts them before anyone looks" in study.details
    assert not any("outcomes.csv" in line for line in study.details)


@pytest.mark.parametrize(
    ("word", "row"),
    [("coronary_stent", "a coronary stent"), ("Fosamax", "a bisphosphonate"), ("lithium", "lithium")],
)
def test_what_the_model_does_not_hold_is_found_by_condition_medicine_and_class(word, row):
    found = _places(word, "left out")
    assert len(found) == 1
    assert found[0].where.startswith("data/not_for_person.csv:")
    assert found[0].title.startswith(f"not for a person with {row}: ")
    assert found[0].details[0].startswith("touches: ")


def test_an_unknown_name_is_answered_with_near_names():
    finding = find("MGP_carboxilation")
    assert finding.places == ()
    assert finding.near[0] == "MGP_carboxylation"


def test_tests_are_found_by_marker_on_function_class_and_file(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_a.py").write_text(
        'import pytest\n\n@pytest.mark.holds("one", "two")\ndef test_x():\n    pass\n\n'
        '@pytest.mark.holds("one")\nclass TestY:\n    pass\n',
        "utf-8",
    )
    (tests / "test_b.py").write_text('import pytest\npytestmark = [pytest.mark.holds("one")]\n', "utf-8")
    assert [place.where for place in places_in_tests("one", tmp_path)] == [
        "tests/test_a.py:4",
        "tests/test_a.py:8",
        "tests/test_b.py:2",
    ]
    assert [place.title for place in places_in_tests("two", tmp_path)] == ["test_x"]
    assert len(held_names(tmp_path)) == 4


@pytest.mark.parametrize("word", ["CAC", "coronary calcium score", "CAC_agatston"])
def test_measuring_again_is_found_with_formula_people_and_source(word):
    found = _places(word, "measurement")
    assert any("0.17 level + 4.89 root of level + 0.44 body mass index AU" in place.title for place in found)
    assert any("50th 41, 75th 192.6" in place.title for place in found)
    assert all(
        place.where.split(":")[0] in {"data/repeatability.csv", "data/percentiles.csv"} for place in found
    )


def test_what_a_t_score_counts_from_is_found_and_a_remembered_one_says_so():
    found = {place.title: place.details for place in _places("BMD_lumbar", "measurement")}
    lunar = [details for title, details in found.items() if "GE Lunar: T 0" in title]
    assert lunar == [("remembered, not read: not used",)]
    assert any(title.startswith("BMD_lumbar, Hologic: T 0 is 1.047 g/cm2") for title in found)


def test_a_base_food_and_a_dish_are_found_by_their_keys():
    (natto,) = find("sr28:16113").places
    assert natto.where.startswith("data/base_foods.csv:")
    assert any("K1 23.1 ug" in detail for detail in natto.details)
    (soup,) = find("dish:miso_soup").places
    assert "recipe assumed" in soup.title
