"""What vitamin K is worth to the tissues: diets, the three equal forms, MK-4, statins, antibiotics, F."""

import re

import numpy as np
import pytest

from calciroute.tables.texts import physiology_text
from physiology.printed import assert_printed
from physiology.vitamin_k_body import DAY, NO_DIET, at_rest, course, diet, dose

JAPANESE_DIET = {"diet_K1": 150.0, "diet_MK4": 5.0, "diet_MK7": 40.0, "diet_MK89": 10.0}
COFACTORS = ["cofactor_liver", "cofactor_bone", "cofactor_artery"]


@pytest.mark.holds("cofactor_liver", "cofactor_bone", "cofactor_artery")
def test_half_of_the_reference_diet():
    assert_printed("half the reference diet", at_rest(diet(0.5)))


@pytest.mark.holds("supply_bone", "MK4_worth", "MK7_worth", "K1_worth", "MK89_worth")
def test_japanese_diet_and_MK7_on_top():
    base = at_rest(JAPANESE_DIET)
    values = {"cofactor_bone": base["cofactor_bone"]}
    for ug in (50, 100, 200):
        more = at_rest(JAPANESE_DIET | {"supplement_MK7": ug})
        values[f"cOC/ucOC on MK-7 {ug}"] = more["cOC"] / more["ucOC"] * base["ucOC"] / base["cOC"]
    assert_printed("Japanese diet", values)


@pytest.mark.holds("reduced_K_liver", "reduced_K_bone", "reduced_K_artery", "supply_liver", "supply_artery")
def test_three_tissues_share_one_form():
    """Liver, bone and artery stand side by side: apart from vitamin E and the statin the same formulas."""
    text = physiology_text("vitamin_k_supply.ant").read_text("utf-8").replace("\\\n", " ")
    forms = {}
    for tissue in ("liver", "bone", "artery"):
        rules = re.findall(
            rf"^\s*\w*(?:supply|cofactor|reduced_K|b)_{tissue}\w*'? :?= .*$", text, re.MULTILINE
        )
        assert len(rules) == 8
        plain = [re.sub(rf"_{tissue}\b|_{tissue}(?=_)", "_TISSUE", rule) for rule in rules]
        plain = [rule.replace("*vitamin_E_TISSUE", "") for rule in plain]
        plain = [re.sub(r"statin_TISSUE\*\((.*)\);", r"\1;", rule) for rule in plain]
        forms[tissue] = [re.sub(r"\s+", " ", rule).strip() for rule in plain]
    assert forms["liver"] == forms["bone"] == forms["artery"]


def test_slow_clearance_raises_supply():
    typical, slow = (at_rest({"CL_person_MK7": factor}) for factor in (1.0, 0.5))
    assert slow["cofactor_artery"] > typical["cofactor_artery"]


def test_supply_of_doses_equals_the_same_amount_as_constant_flux():
    """A day's doses, averaged, feed the tissues as the flux does; only the ripple differs."""
    doses = [dose("MK4", 500, 8 * n, 0.1) for n in range(3 * 60)]
    now = {"MK4_dose_size": 500.0}
    pulsed = course(["cofactor_artery"], [0, 60 * DAY], now=now, doses=doses)[-1, 0]
    steady = course(["cofactor_artery"], [0, 60 * DAY], now=now | {"supplement_MK4": 1500.0})[-1, 0]
    assert pulsed == pytest.approx(steady, rel=2e-3)


@pytest.mark.holds("K_MK4_saturation", "MK4_worth_rest")
def test_MK4_bands():
    ratio = {}
    for name, now in {
        "1.5 mg": {"supplement_MK4": 1500.0, "MK4_dose_size": 1500.0},
        "45 mg": {"supplement_MK4": 45000.0, "MK4_dose_size": 15000.0},
        "MK-4 90 ug": {"supplement_MK4": 90.0, "MK4_dose_size": 90.0},
        "MK-7 90 ug": {"supplement_MK7": 90.0},
    }.items():
        first, last = course(["uc_c_OC_ratio", "percent_ucOC"], [0.0, 365 * DAY], now=now)
        ratio[name] = last / first
    assert ratio["1.5 mg"][0] == pytest.approx(0.66, abs=0.06)
    assert ratio["45 mg"][1] == pytest.approx(0.285, abs=0.0005)
    assert 0.20 <= ratio["45 mg"][1] <= 0.33
    assert ratio["MK-4 90 ug"][0] - ratio["MK-7 90 ug"][0] >= 0.3


def test_MK4_at_45_mg_is_worth_372_ug_of_MK7_in_bone():
    mk4 = at_rest({"supplement_MK4": 45000.0, "MK4_dose_size": 15000.0})["cofactor_bone"] - 1
    per_ug = at_rest({"supplement_MK7": 1.0})["cofactor_bone"] - 1
    assert mk4 / per_ug == pytest.approx(372, abs=2)
    once = at_rest({"supplement_MK4": 1500.0, "MK4_dose_size": 1500.0})["cofactor_bone"] - 1
    assert once / per_ug == pytest.approx(63, abs=0.6)


@pytest.mark.holds("F_medicines")
def test_medicines_on_absorption_multiply():
    every = {
        "takes_bile_acid_sequestrant": 0.7, "takes_orlistat": 0.6, "takes_mineral_oil": 0.7,
        "malabsorption": 0.3, "takes_vitamin_A_high": 1.0,
    }  # fmt: skip
    product = 1.0
    taken: dict[str, float] = {}
    for name, factor in every.items():
        taken[name] = 1.0
        product *= factor
        state = at_rest(taken, ["F_medicines"])
        assert state["F_medicines"] == pytest.approx(product)
        assert state["MK7_plasma"] == pytest.approx(product * at_rest({})["MK7_plasma"])
    # Doses feel them too.
    dosed = [course(["MK7_plasma"], [8.0], before=NO_DIET | more, doses=[dose("MK7", 180, 0, 1)])[0, 0]
             for more in ({}, {"takes_orlistat": 1.0})]  # fmt: skip
    assert dosed[1] == pytest.approx(0.6 * dosed[0], rel=1e-6)


@pytest.mark.holds("antibiotic_basal")
def test_antibiotic_lowers_unexplained_supply_in_every_tissue():
    names = ["b_liver", "b_bone", "b_artery"]
    treated = at_rest({"takes_broad_antibiotic": 1.0}, names)
    for tissue in ("liver", "bone", "artery"):
        assert treated[f"cofactor_{tissue}"] == pytest.approx(1 - 0.2 * treated[f"b_{tissue}"])


@pytest.mark.holds("statin_bone")
def test_statin_acts_on_bone_alone():
    plain = at_rest({}, ["uc_c_OC_ratio"])
    treated = at_rest({"takes_statin": 1.0}, ["uc_c_OC_ratio"])
    assert treated["uc_c_OC_ratio"] / plain["uc_c_OC_ratio"] == pytest.approx(1.05, abs=0.005)
    for name in ("dp_ucMGP", "PIVKA2", "cofactor_artery", "cofactor_liver"):
        assert treated[name] == pytest.approx(plain[name], rel=1e-12)


@pytest.mark.holds("vitamin_E_liver")
def test_vitamin_E_acts_on_the_liver_alone():
    plain, treated = at_rest({}), at_rest({"takes_vitamin_E_high": 1.0})
    assert treated["PIVKA2"] == pytest.approx(2.8, abs=0.05)
    for name in ("dp_ucMGP", "ucOC", "cOC"):
        assert treated[name] == pytest.approx(plain[name], rel=1e-12)


def test_added_vegetables_are_absorbed_less_than_the_mixed_diet():
    mixed, added = (
        at_rest({name: 100.0 + base})["K1_plasma"]
        for name, base in (("diet_K1", 100.0), ("diet_K1_vegetable", 0.0))
    )
    assert (added - at_rest({})["K1_plasma"]) / (mixed - at_rest({})["K1_plasma"]) == pytest.approx(
        0.18 / 0.5
    )


def test_slow_artery_answers_over_months():
    values = course(COFACTORS, [0.0, 7 * DAY, 83.5 * DAY], now={"supplement_MK7": 180.0})
    rise = (values - 1) / (np.array([at_rest({"supplement_MK7": 180.0})[name] for name in COFACTORS]) - 1)
    assert rise[1, 0] > 0.75
    assert rise[1, 2] < 0.08
    assert rise[2, 2] == pytest.approx(0.5, abs=0.03)
