"""Our own unit walk sees what libSBML lets pass: scale across an equals sign, and later terms of a sum."""

import pytest

from calciroute.sbml.merge import merge_parts
from calciroute.sbml.unit_check import check_units
from sbml.small_parts import GROWTH, PLASMA, growth, plasma


def problems(plasma_text=PLASMA, growth_text=GROWTH):
    return [
        str(problem)
        for problem in check_units(
            merge_parts([plasma(plasma_text), growth(growth_text)], "whole").getModel()
        )
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("C_drug has nM", "C_drug has mM_test"),
        ("C_drug := drug_plasma/V_drug", "C_drug := drug_plasma/V_drug + C_limit + drug_plasma"),
        ("effect_drug := excess_drug/C_limit", "effect_drug := excess_drug"),
        ("effect_drug := excess_drug/C_limit", "effect_drug := exp(excess_drug)"),
        ("effect_drug := excess_drug/C_limit", "effect_drug := 2^C_drug"),
        ("effect_drug := excess_drug/C_limit", "effect_drug := (C_drug*C_drug)^0.7/C_limit^1.4*C_drug"),
        ("CL_drug/V_drug*drug_plasma", "CL_drug/V_drug*C_drug"),
    ],
)
def test_a_fault_in_the_plasma_text_is_found(text, fault):
    assert text in PLASMA
    if "mM_test" in fault:  # a scale fault: litres where millilitres are meant, same dimension
        fault = "C_drug has ng_per_mL"
    assert problems(plasma_text=PLASMA.replace(text, fault))


def test_a_rate_per_year_without_the_hours_of_a_year_is_found():
    slow = GROWTH.replace("k_plaque/hours_per_year*plaque", "k_plaque*plaque")
    found = problems(growth_text=slow)
    assert len(found) == 1
    assert found[0].startswith("plaque:")


def test_a_whole_power_and_a_root_keep_units():
    fine = PLASMA.replace("effect_drug := excess_drug/C_limit", "effect_drug := sqrt(excess_drug^2)/C_limit")
    assert problems(plasma_text=fine) == []
