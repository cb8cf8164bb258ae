"""How markers answer to supplements and kidneys: bands from trials, and the printed rows of the variants."""

import pytest

from physiology.printed import assert_printed
from physiology.vitamin_k_body import DAY, WEEK, YEAR, at_rest, course, diet, of_variant

MARKERS = ["uc_c_OC_ratio", "dp_ucMGP", "INR"]


def ratios(hours, now, variant="calciroute"):
    """Marker after a run over marker before, at constant input."""
    first, last = course(MARKERS, [0.0, hours], before=of_variant(variant), now=now)
    return dict(zip(MARKERS, last / first, strict=True))


@pytest.mark.parametrize(
    ("ug", "OCR", "OCR_band", "U", "U_band"), [(180, 0.40, 0.05, 0.69, 0.05), (360, 0.26, 0.04, 0.54, 0.06)]
)
def test_twelve_weeks_of_MK7(ug, OCR, OCR_band, U, U_band):
    found = ratios(12 * WEEK, {"supplement_MK7": ug})
    assert found["uc_c_OC_ratio"] == pytest.approx(OCR, abs=OCR_band)
    assert found["dp_ucMGP"] == pytest.approx(U, abs=U_band)


def test_three_years_of_MK7():
    assert ratios(3 * YEAR, {"supplement_MK7": 180.0})["dp_ucMGP"] == pytest.approx(0.50, abs=0.07)


def test_half_effect_doses():
    """OCR falls as 1/(1 + D/123 ug); dp-ucMGP at rest as 1/(1 + D/188 ug)."""
    plain = at_rest({}, MARKERS)
    for ug in (10.0, 123.0, 500.0):
        state = at_rest({"supplement_MK7": ug}, MARKERS)
        assert plain["uc_c_OC_ratio"] / state["uc_c_OC_ratio"] == pytest.approx(1 + ug / 123.3, rel=1e-3)
        assert plain["dp_ucMGP"] / state["dp_ucMGP"] == pytest.approx(1 + ug / 187.6, rel=1e-3)


@pytest.mark.holds("dp_ucMGP_clearance_relative", "f_renal_dp_ucMGP")
@pytest.mark.parametrize(("check", "inputs"), [
    ("eGFR 75", {"eGFR_true": 75.0}), ("eGFR 45", {"eGFR_true": 45.0}),
    ("eGFR 8 on the dialysis diet", {"eGFR_true": 8.0} | diet(0.7)),
])  # fmt: skip
def test_dp_ucMGP_by_kidney_function(check, inputs):
    assert_printed(check, at_rest(inputs))


@pytest.mark.holds("OC_clearance_relative", "osteocalcin_synthesis_relative")
def test_share_of_ucOC_knows_neither_kidney_nor_turnover():
    plain, other = (at_rest(more, ["percent_ucOC"]) for more in ({}, {"eGFR_true": 30.0, "OBr": 1.8}))
    assert other["ucOC"] == pytest.approx(plain["ucOC"] * 1.8 / (0.3 + 0.7 * 0.3))
    assert other["percent_ucOC"] == pytest.approx(plain["percent_ucOC"], rel=1e-12)


@pytest.mark.holds("MGP_synthesis_relative")
def test_MGP_synthesis_by_genotype_and_vitamin_D():
    assert at_rest({"MGP_major_homozygote": 1.0})["dp_ucMGP"] == pytest.approx(1.1 * 450)
    assert at_rest({"vitamin_D_signal_SD": 2.0, "f_vitamin_D_MGP": 1.2})["dp_ucMGP"] == pytest.approx(
        1.44 * 450
    )
    assert at_rest({"vitamin_D_signal_SD": 2.0})["dp_ucMGP"] == pytest.approx(450)


@pytest.mark.holds("plasma_dp_ucMGP", "serum_ucOC", "serum_PIVKA2", "uc_c_OC_ratio")
def test_assay_factors_change_reports_and_nothing_else():
    assays = {
        "assay_dp_ucMGP": 1.3,
        "assay_ucOC": 0.8,
        "assay_cOC": 1.1,
        "assay_OC_ratio": 0.7,
        "assay_PIVKA2": 2.0,
    }
    names = [
        "plasma_dp_ucMGP",
        "serum_ucOC",
        "serum_cOC",
        "serum_OC",
        "uc_c_OC_ratio",
        "serum_PIVKA2",
        "percent_ucOC",
    ]
    plain, scaled = (at_rest(more, names) for more in ({}, assays))
    assert all(scaled[name] == plain[name] for name in plain if name not in names)
    assert scaled["plasma_dp_ucMGP"] == pytest.approx(1.3 * 450)
    assert scaled["serum_OC"] == pytest.approx(0.8 * plain["ucOC"] + 1.1 * plain["cOC"])
    assert scaled["uc_c_OC_ratio"] == pytest.approx(0.7 * plain["uc_c_OC_ratio"])
    assert scaled["percent_ucOC"] == pytest.approx(100 / (1 + 1 / scaled["uc_c_OC_ratio"]))
    assert scaled["serum_PIVKA2"] == pytest.approx(4.0)


@pytest.mark.holds("bone_gain", "bone_accrual_by_OC", "OC_carboxylation_relative")
def test_osteocalcin_has_no_effect_on_accrual_unless_asked():
    supplement = {"supplement_MK7": 360.0}
    off, on = (
        at_rest(supplement | {"bone_gain": gain}, ["bone_accrual_by_OC", "OC_carboxylation"])
        for gain in (0.0, 0.05)
    )
    assert off["bone_accrual_by_OC"] == 1.0
    assert on["bone_accrual_by_OC"] == pytest.approx(1 + 0.05 * (on["OC_carboxylation"] - 0.8324))


@pytest.mark.parametrize(("variant", "tissue"), [("bone_curvature", "bone"), ("vessel_curvature", "artery")])
def test_curvature_variants_leave_a_tenth_of_supply_unexplained(variant, tissue):
    state = at_rest(of_variant(variant), [f"b_{tissue}"])
    assert state[f"b_{tissue}"] == pytest.approx(0.1, abs=0.001)
    assert state[f"cofactor_{tissue}"] == pytest.approx(1.0, abs=1e-9)


def test_printed_rows_of_the_variants():
    MK7 = {"supplement_MK7": 180.0}
    assert_printed(
        "bone_curvature", {"OCR on MK-7 180 12 wk": ratios(12 * WEEK, MK7, "bone_curvature")["uc_c_OC_ratio"]}
    )
    assert_printed("vessel_curvature", {
        "dp_ucMGP on MK-7 180 12 wk": ratios(12 * WEEK, MK7, "vessel_curvature")["dp_ucMGP"],
        "dp_ucMGP on MK-7 180 3 y": ratios(3 * YEAR, MK7, "vessel_curvature")["dp_ucMGP"],
    })  # fmt: skip
    assert_printed(
        "vessel_fast", {"dp_ucMGP on MK-7 180 3 y": ratios(3 * YEAR, MK7, "vessel_fast")["dp_ucMGP"]}
    )


def test_common_ratio_gives_the_printed_misfits():
    K1 = ratios(3 * YEAR, {"supplement_K1": 500.0}, "ratio_452")["dp_ucMGP"]
    variant = of_variant("ratio_452") | diet(0.5)
    index = at_rest(variant | {"INR_target": 2.0}, ["vka_for_INR"])["vka_for_INR"]
    held = variant | {"vka_target": index}
    state = None
    for ug in (10.0, 20.0, 45.0):
        names = sorted(at_rest({}))
        rows = course([*names, "INR"], [0.0, 14 * DAY], before=held, now={"supplement_MK7": ug}, start=state)
        state = dict(zip(names, rows[-1], strict=False))
    assert_printed("ratio_452", {"dp_ucMGP on K1 500 3 y": K1, "INR on MK-7 45 2 wk": rows[-1, -1]})
