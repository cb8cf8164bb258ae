"""What the model does not hold: every row is recognised by something, touches something, and says why."""

from __future__ import annotations

import pytest

from broken_tables import broken_copy
from calciroute.body.outputs import GROUPS, read_outputs
from calciroute.errors import TableError
from calciroute.tables.medicine_effects import effects_of
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.not_for_person import read_not_for_person
from calciroute.tables.rules import MEMORY

ROWS = read_not_for_person()
STENT = {"id": "coronary_stent"}


def touched(row):
    return {
        name for name, output in read_outputs().items() if name in row.outcomes or output.group in row.groups
    }


@pytest.mark.holds("not_for_person.csv")
def test_the_treatments_and_conditions_that_were_asked_for_are_there():
    ids = {row.id for row in ROWS}
    assert ids >= {
        "bisphosphonate", "denosumab", "bone_builder", "romosozumab", "estrogen_modulator",
        "estrogen_as_medicine", "glucocorticoid", "coronary_stent", "coronary_bypass", "kidney_failure",
        "low_filtration", "kidney_transplant", "parathyroid_surgery", "weight_loss_operation",
        "cancer_in_bone", "heart_valve", "calcimimetic", "lithium", "thiazide", "active_vitamin_d",
        "paget_disease", "osteogenesis_imperfecta", "hyperparathyroidism", "sarcoidosis",
        "aromatase_inhibitor", "androgen_deprivation",
    }  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_touches_outcomes_of_the_catalogue_and_leaves_others(row):
    assert row.outcomes <= read_outputs().keys()
    assert row.groups <= set(GROUPS)
    assert 0 < len(touched(row)) < len(read_outputs())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_reason_is_one_clause_that_gives_no_number_and_no_advice(row):
    assert row.reason == row.reason.strip()
    assert "." not in row.reason
    assert not any(
        word in f" {row.reason} " for word in (" you ", " your ", " stop ", " should ", " safe ", " risk ")
    )


def test_what_no_one_read_is_marked():
    for row in ROWS:
        assert row.sources or row.locator or row.verified == MEMORY, row.id
        if row.basis in ("measured", "review", "label"):
            assert row.verified != MEMORY, row.id


def test_where_bone_says_nothing_its_flows_say_nothing():
    for row in ROWS:
        names = touched(row)
        if "BMD_lumbar_spine" in names and row.id != "kidney_disease_without_eGFR":
            assert {"Ca_to_bone_flow", "Ca_from_bone_flow"} <= names, row.id


def test_a_medicine_with_a_term_in_the_model_is_not_left_out():
    classes = {word for row in ROWS for kind, word in row.medicines if kind == "class"}
    ingredients = {word for row in ROWS for kind, word in row.medicines if kind == "ingredient"}
    for name in read_medicine_names():
        if name.medicine_class in classes or name.ingredient in ingredients:
            inputs = {one.input for one in effects_of((name.ingredient,), frozenset({name.medicine_class}))}
            assert inputs <= {"takes_DOAC"}, name.name


BROKEN = {
    "unknown condition": ({"conditions": "stent"}, "'stent' is not known"),
    "nothing recognises it": ({"conditions": ""}, "nothing recognises this row"),
    "unknown class": ({"medicines": "class:bisphosphonates"}, "Try: 'bisphosphonate'"),
    "unknown kind": ({"medicines": "brand:Fosamax"}, "'brand:Fosamax' is not known"),
    "unknown outcome": ({"outcomes": "CAC"}, "'CAC' is not known"),
    "unknown field": ({"unless": "labs.egfr"}, "'labs.egfr' is not known"),
    "no bound": ({"values": "eGFR under 20"}, "is not a bound of a known value"),
    "a digit": ({"reason": "above 400 a scan says nothing"}, "a digit in the reason"),
    "a full stop": ({"reason": "a stent is metal."}, "is no short clause"),
    "no source": ({"basis": "measured", "source": ""}, "basis measured without a source"),
    "unknown basis": ({"basis": "guessed"}, "basis 'guessed' is not known"),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_row_is_told_with_its_line(tmp_path, case):
    change, says = BROKEN[case]
    copy = broken_copy(tmp_path, "not_for_person.csv", STENT, change)
    with pytest.raises(TableError) as caught:
        read_not_for_person(copy)
    assert any(says in str(problem) for problem in caught.value.problems), str(caught.value)
    assert all(problem.where.startswith(f"{copy}:") for problem in caught.value.problems)
