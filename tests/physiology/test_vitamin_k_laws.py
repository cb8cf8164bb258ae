"""Directions for everybody: vitamin K never raises, warfarin never lowers, dp-ucMGP and the OC ratio."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from physiology.vitamin_k_body import DAY, at_rest, course

MARKERS = ["dp_ucMGP", "uc_c_OC_ratio", "INR", "PIVKA2"]
SUPPLEMENTS = [
    "supplement_K1",
    "supplement_MK4",
    "supplement_MK7",
    "supplement_MK89",
    "diet_K1",
    "diet_MK7",
    "diet_MK4",
]


def amounts(most: float):
    """Amounts a person could take: multiples of a thousandth of the most, so no 1e-300 mg of warfarin."""
    return st.integers(0, 1000).map(lambda n: n * most / 1000)


@st.composite
def people(draw):
    """Someone: diet, kidneys, genotype, clearances, medicines."""
    share = amounts(3)
    factor = st.floats(0.3, 3)
    yes = st.sampled_from([0.0, 1.0])
    return {
        "diet_K1": 100 * draw(share), "diet_MK7": 2 * draw(share), "diet_MK89": 20 * draw(share),
        "diet_MK4": 20 * draw(share),
        "eGFR_true": draw(st.floats(5, 130)), "OBr": draw(factor), "CL_person_K1": draw(factor),
        "CL_person_MK7": draw(factor),
        "F_person_K1": draw(factor), "F_person_MK7": draw(factor), "age_start": draw(st.floats(20, 95)),
        "VKORC1_A_alleles": draw(st.sampled_from([0.0, 1.0, 2.0])), "warfarin_daily_mg": draw(amounts(10)),
        "takes_statin": draw(yes), "malabsorption": draw(yes), "takes_broad_antibiotic": draw(yes),
        "takes_vitamin_E_high": draw(yes), "MK4_dose_size": draw(st.sampled_from([100.0, 1500.0, 15000.0])),
    }  # fmt: skip


def never_above(after, before):
    """No marker rose, up to the last bits of a double."""
    return all(after[name] <= before[name] * (1 + 1e-12) for name in MARKERS)


@given(who=people(), what=st.sampled_from(SUPPLEMENTS), low=amounts(2000), more=amounts(2000))
@pytest.mark.holds("dp_ucMGP", "uc_c_OC_ratio", "INR")
def test_more_vitamin_K_never_raises_a_marker_at_rest(who, what, low, more):
    lower, higher = (at_rest(who | {what: ug}, MARKERS) for ug in (low, low + more))
    assert never_above(higher, lower)


@given(who=people(), more=amounts(10))
@pytest.mark.holds("dp_ucMGP", "uc_c_OC_ratio", "INR")
def test_more_warfarin_never_lowers_a_marker_at_rest(who, more):
    lower, higher = (
        at_rest(who | {"warfarin_daily_mg": who["warfarin_daily_mg"] + mg}, MARKERS) for mg in (0.0, more)
    )
    assert never_above(lower, higher)


@given(who=people(), ug=amounts(1000), mg=amounts(10))
def test_directions_hold_on_the_way(who, ug, mg):
    times = [0.0, 2 * DAY, 20 * DAY, 200 * DAY]
    plain = course(MARKERS, times, before=who)
    with_K = course(MARKERS, times, before=who, now={"supplement_MK7": ug})
    with_warfarin = course(
        MARKERS, times, before=who, now={"warfarin_daily_mg": who["warfarin_daily_mg"] + mg}
    )
    assert np.all(with_K <= plain * (1 + 1e-7))
    assert np.all(with_warfarin >= plain * (1 - 1e-7))


@given(who=people())
def test_a_DOAC_changes_nothing(who):
    assert at_rest(who, MARKERS) == at_rest(who | {"takes_DOAC": 1.0}, MARKERS)


@given(who=people())
def test_worse_kidneys_never_lower_dp_ucMGP(who):
    assert at_rest(who | {"eGFR_true": who["eGFR_true"] / 2})["dp_ucMGP"] >= at_rest(who)["dp_ucMGP"]
