"""The reference diet is a fixed point, warfarin at INR 2.45 another: printed values of all 26 states."""

import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.body.course import at_start, course
from physiology.printed import agrees, assert_printed, printed_rows
from physiology.vitamin_k_body import DAY, FROZEN, at_rest, vitamin_k_body

COLUMNS = {"reference": {}, "warfarin": {"warfarin_daily_mg": 6.569}}
STATES = [row["state"] for row in printed_rows("vitamin_k_states")]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.holds(
    "MGP_carboxylation", "OC_carboxylation", "factor_carboxylation", "VKOR_activity", "b_artery"
)
def test_closed_form_start_is_printed_state(column):
    states = at_rest(COLUMNS[column], ["INR"])
    rows = printed_rows("vitamin_k_states")
    assert len(rows) == 26
    misses = {
        row["state"]: states[row["state"]] for row in rows if not agrees(states[row["state"]], row[column])
    }
    assert not misses
    assert agrees(states["INR"], {"reference": "1.000", "warfarin": "2.450"}[column])


@pytest.mark.parametrize("column", COLUMNS)
def test_closed_form_start_stays_at_rest(column):
    inputs = {**FROZEN, **COLUMNS[column]}
    first, last = course(vitamin_k_body(), STATES, [0.0, 3650 * DAY], before=inputs)
    np.testing.assert_allclose(last, first, rtol=1e-8, atol=1e-12)


def test_whole_body_starts_from_the_same_states():
    body = assemble()
    for column, inputs in COLUMNS.items():
        states = at_start(body, {**FROZEN, **inputs})
        rows = printed_rows("vitamin_k_states")
        misses = {
            row["state"]: states[row["state"]]
            for row in rows
            if not agrees(states[row["state"]], row[column])
        }
        assert not misses


@pytest.mark.holds("b_liver", "b_bone", "b_artery", "C_K1", "C_MK7", "C_MK89")
def test_reference_diet_levels_and_unexplained_supply():
    assert_printed(
        "reference diet", at_rest({}, ["C_K1", "C_MK4", "C_MK7", "C_MK89", "b_liver", "b_bone", "b_artery"])
    )


@pytest.mark.holds("f0_MGP_person", "f0_OC_person")
def test_own_reference_of_a_person_is_share_at_rest_on_the_reference_diet():
    slow = {"CL_person_K1": 0.6, "CL_person_MK7": 0.7, "CL_person_MK89": 1.4, "F_person_MK7": 1.3}
    plain = at_rest(slow, ["f0_MGP_person", "MGP_carboxylation", "f0_OC_person", "OC_carboxylation"])
    assert plain["f0_MGP_person"] == pytest.approx(plain["MGP_carboxylation"], rel=1e-12)
    assert plain["f0_OC_person"] == pytest.approx(plain["OC_carboxylation"], rel=1e-12)
    assert plain["f0_MGP_person"] != pytest.approx(0.7621, rel=1e-3)
    treated = slow | {
        "warfarin_daily_mg": 5.0,
        "diet_MK7": 40.0,
        "takes_broad_antibiotic": 1.0,
        "takes_orlistat": 1.0,
    }
    assert at_rest(treated, ["f0_MGP_person"])["f0_MGP_person"] == pytest.approx(
        plain["f0_MGP_person"], rel=1e-12
    )
    assert at_rest({}, ["f0_MGP_person"])["f0_MGP_person"] == pytest.approx(0.7621, rel=1e-12)
