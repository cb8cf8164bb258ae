"""The vitamin K texts as texts: units hold, forms of a dose exist, variants name what there is."""

import re

import libsbml
import pytest

from calciroute.sbml.consistency import libsbml_messages
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.unit_check import check_units
from calciroute.tables.texts import data_text, physiology_text
from physiology.printed import printed_rows
from physiology.vitamin_k_body import PROCESSES, at_rest, of_variant, parts, vitamin_k_body

VARIANTS = [
    "vessel_fast",
    "vessel_curvature",
    "bone_curvature",
    "ratio_452",
    "liver_without_mk7_130",
    "liver_without_mk7_45",
]


def test_units_hold():
    document = merge_parts(parts(), "vitamin_k")
    assert libsbml_messages(document) == []
    assert check_units(document.getModel()) == []


def test_every_id_has_a_meaning():
    model = libsbml.readSBMLFromString(vitamin_k_body().sbml).getModel()
    stub = {"eGFR_true", "eGFR_ref", "OBr"}
    for kind in ("Compartments", "Species", "Parameters", "Reactions"):
        for item in getattr(model, "getListOf" + kind)():
            assert item.isSetName() or item.getId() in stub, item.getId()


def test_liposomal_is_oil_with_a_wide_prior():
    numbers = vitamin_k_body().numbers
    for vitamer, oil in (("K1", "oil"), ("MK4", "food"), ("MK7", "softgel")):
        liposomal = numbers[f"F_matrix_{vitamer}_liposomal"]
        assert liposomal.value == numbers[f"F_matrix_{vitamer}_{oil}"].value
        assert liposomal.upper / liposomal.lower >= 10


@pytest.mark.parametrize("variant", VARIANTS)
def test_variant_replaces_numbers_and_keeps_the_reference_diet_at_one(variant):
    numbers = of_variant(variant)
    assert set(numbers) <= set(vitamin_k_body().numbers)
    state = at_rest(numbers)
    for tissue in ("liver", "bone", "artery"):
        assert state[f"cofactor_{tissue}"] == pytest.approx(1.0, abs=1e-9)


def test_every_source_is_in_the_references():
    keys = set(re.findall(r"^@\w+\{(\w+),", data_text("references.bib").read_text("utf-8"), re.MULTILINE))
    missing = {row.source for row in vitamin_k_body().numbers.values() if row.source} - keys
    assert missing == set()


def test_check_values_stand_in_no_equation():
    ids = set(vitamin_k_body().numbers)
    assert {row["symbol"] for row in printed_rows("vitamin_k_checks")}.isdisjoint(ids)


def test_no_number_hides_in_a_text():
    """Only what algebra needs: halves, thirds, percent; every number of physiology has a row."""
    for name in PROCESSES:
        text = re.sub(r'//.*|"[^"]*"', "", physiology_text(f"{name}.ant").read_text("utf-8"))
        literals = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])", text))
        assert literals <= {"0", "1", "2", "3", "100"}, name
