"""VKOR and what inhibits it: the way back from an INR, genotype, amiodarone, and what changes nothing."""

import numpy as np
import pytest

from calciroute.body.solver import Dose
from physiology.printed import assert_printed
from physiology.vitamin_k_body import DAY, at_rest, course, diet, of_variant


@pytest.mark.parametrize("index", [5, 10, 20])
@pytest.mark.holds("VKOR_activity", "INR", "percent_ucOC", "dp_ucMGP")
def test_index_of_other_antagonists(index):
    assert_printed(f"vka {index}", at_rest({"vka_target": index}, ["INR", "percent_ucOC", "dp_ucMGP"]))


@pytest.mark.holds("vka_for_INR", "VKOR_activity_for_INR", "warfarin_dose_for_INR")
@pytest.mark.parametrize("INR", ["2.0", "2.45"])
def test_back_from_INR(INR):
    names = ["vka_for_INR", "VKOR_activity_for_INR", "warfarin_dose_for_INR"]
    assert_printed(f"INR {INR} back", at_rest({"INR_target": float(INR)}, names))


PEOPLE = {
    "reference": {},
    "sensitive genotype": {"VKORC1_A_alleles": 2.0, "CYP2C9_star2_alleles": 1.0, "CYP2C9_star3_alleles": 1.0},
    "old, poor diet, vitamin E": {"age_start": 88.0, "takes_vitamin_E_high": 1.0} | diet(0.3),
    "on amiodarone, own INR 1.1": {
        "amiodarone_daily_mg": 250.0,
        "INR_without_antagonist": 1.1,
        "IC_warfarin_person": 1.7,
    },
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("INR", [1.4, 2.45, 3.5])
def test_inverse_formulas_give_back_the_INR(person, INR):
    who = PEOPLE[person]
    found = at_rest(who | {"INR_target": INR}, ["vka_for_INR", "warfarin_dose_for_INR"])
    by_dose = at_rest(who | {"warfarin_daily_mg": found["warfarin_dose_for_INR"]}, ["INR"])
    by_index = at_rest(who | {"vka_target": found["vka_for_INR"]}, ["INR"])
    assert by_dose["INR"] == pytest.approx(INR, rel=1e-9)
    assert by_index["INR"] == pytest.approx(INR, rel=1e-9)


@pytest.mark.holds("IC_warfarin_for_dose_and_INR")
def test_dose_and_INR_together_scale_the_sensitivity():
    given = {"warfarin_daily_mg": 3.0, "INR_target": 2.8, "VKORC1_A_alleles": 1.0}
    factor = at_rest(given, ["IC_warfarin_for_dose_and_INR"])["IC_warfarin_for_dose_and_INR"]
    assert at_rest(given | {"IC_warfarin_person": factor}, ["INR"])["INR"] == pytest.approx(2.8, rel=1e-9)


@pytest.mark.holds("IC_S_for_reference")
def test_reference_person_keeps_the_dose_under_any_draw():
    assert at_rest({}, ["IC_S_for_reference"])["IC_S_for_reference"] == pytest.approx(0.02105, rel=5e-5)
    draw = {"h_liver": 1.3, "eta_liver": 0.012, "f0_factors": 0.97, "CL_R_warfarin": 0.15, "IC_R_over_S": 4.0}
    # The person's own age, genotype and diet must not enter.
    other = {"age_start": 40.0, "VKORC1_A_alleles": 2.0, "diet_K1": 300.0}
    drawn = at_rest(draw | other, ["IC_S_for_reference"])["IC_S_for_reference"]
    reference = at_rest(draw | {"IC_S": drawn, "warfarin_daily_mg": 6.569}, ["INR"])
    assert reference["INR"] == pytest.approx(2.45, rel=1e-9)


@pytest.mark.holds(
    "warfarin_gut", "S_warfarin", "R_warfarin", "factor_II", "factor_VII", "factor_X", "PIVKA2"
)
def test_daily_warfarin_before_dose_8():
    names = [
        "C_S_warfarin",
        "C_R_warfarin",
        "VKOR_activity",
        "factor_II",
        "factor_VII",
        "factor_X",
        "PIVKA2",
        "INR",
    ]
    doses = [Dose(DAY * day, "warfarin_gut", 5.0) for day in range(7)]
    values = course(names, [7 * DAY], doses=doses)[0]
    assert_printed("warfarin 5 mg before dose 8", dict(zip(names, values, strict=True)))


def test_dose_by_genotype_lies_within_ten_percent_of_patients():
    doses = [
        at_rest({"VKORC1_A_alleles": alleles}, ["warfarin_dose_for_INR"])["warfarin_dose_for_INR"]
        for alleles in (0, 1, 2)
    ]
    np.testing.assert_allclose(doses, [6.84, 4.98, 3.47], rtol=0.10)


@pytest.mark.holds("vka_index", "half_life_vka")
@pytest.mark.parametrize(("phenprocoumon", "half_life_h"), [(0.0, 10.0), (1.0, 150.0)])
def test_index_comes_and_goes_with_the_half_life_of_the_medicine(phenprocoumon, half_life_h):
    kind = {"vka_is_phenprocoumon": phenprocoumon}
    times = [half_life_h, 2 * half_life_h]
    begun = course(["vka_index"], times, before=kind, now={"vka_target": 8.0})[:, 0]
    np.testing.assert_allclose(begun, [4.0, 6.0], rtol=1e-6)
    stopped = course(["vka_index"], times, before=kind | {"vka_target": 8.0}, now={"vka_target": 0.0})[:, 0]
    np.testing.assert_allclose(stopped, [4.0, 2.0], rtol=1e-6)


@pytest.mark.holds("amiodarone_full", "amiodarone_share", "amiodarone_IC")
@pytest.mark.parametrize(
    ("mg", "factor"), [(0, 1.0), (50, 0.875), (100, 0.75), (200, 0.70), (300, 0.65), (400, 0.60), (600, 0.60)]
)
def test_amiodarone_lowers_the_warfarin_dose(mg, factor):
    name = "warfarin_dose_for_INR"
    plain, taken = (at_rest({"amiodarone_daily_mg": dose}, [name])[name] for dose in (0.0, float(mg)))
    assert taken / plain == pytest.approx(factor, rel=1e-6)


def test_amiodarone_just_begun_reaches_its_effect_in_seven_weeks():
    begun = {"amiodarone_daily_mg": 400.0, "amiodarone_taken_before": 0.0}
    shares = course(["amiodarone_share"], [0.0, 1.4 * 7 * DAY, 7 * 7 * DAY], before=begun)[:, 0]
    np.testing.assert_allclose(shares, [0.0, 0.5, 31 / 32], atol=1e-9)


@pytest.mark.holds("DOAC_effect")
def test_DOAC_changes_nothing():
    names = ["INR", "uc_c_OC_ratio", "dp_ucMGP", "MGP_carboxylation", "PIVKA2"]
    for more in ({}, {"supplement_MK7": 180.0}, {"warfarin_daily_mg": 5.0}):
        without, with_it = (
            course(names, [0.0, 90 * DAY], now=more | {"takes_DOAC": on}) for on in (0.0, 1.0)
        )
        np.testing.assert_array_equal(without, with_it)


def test_VKOR_is_the_same_in_every_tissue_and_MGP_falls_to_a_quarter():
    state = at_rest({"warfarin_daily_mg": 6.569}, ["MGP_carboxylation", "OC_carboxylation", "VKOR_activity"])
    assert state["MGP_carboxylation"] == pytest.approx(0.27, abs=0.005)
    assert state["VKOR_activity"] == pytest.approx(0.03391, abs=5e-6)


@pytest.mark.parametrize("variant", ["liver_without_mk7_130", "liver_without_mk7_45", "ratio_452"])
def test_liver_variants_keep_the_dose_of_the_reference_person(variant):
    doses = at_rest(of_variant(variant), ["warfarin_dose_for_INR", "b_liver"])
    assert doses["warfarin_dose_for_INR"] == pytest.approx(6.57, rel=0.02)
    assert 0.3 < doses["b_liver"] < 0.8
