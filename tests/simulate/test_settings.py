"""Numbers set by hand: read with their unit or refused, and what they win over in a run."""

import math

import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.body.variant import read_variant
from calciroute.errors import InputError
from calciroute.people.person import parse_person
from calciroute.simulate import run_person
from calciroute.simulate.settings import parse_settings, read_settings
from calciroute.tables import renamed
from simulate.people import WOMAN, plan, woman


def value(text, name="CL_MK7"):
    return read_settings({name: text}, assemble())[0].value


def run(settings, person=None, plans=(), **more):
    return run_person(
        person or woman(), plans, years=0.1, settings=settings, variants=(), **{"draws": 0, **more}
    )


def end(simulation, outcome, arm="as_now"):
    return float(simulation.dataset[f"{outcome}_central"].sel(arm=arm, variant="main")[-1])


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("CL_MK7", "0.7 L/h", 0.7),
        ("CL_MK7", "0,7 L/h", 0.7),
        ("CL_MK7", "0.7L/h", 0.7),
        ("CL_MK7", " 7e-1   L/h ", 0.7),
        ("CL_MK7", "16.8 L/d", 0.7),
        ("CL_MK7", "7E+2 mL/h", 0.7),
        ("beta_calcification", 0.3, 0.3),
        ("beta_calcification", 1, 1.0),
        ("beta_calcification", np.float32(0.5), 0.5),
        ("beta_calcification", "30 %", 0.3),
        ("p_MK7_bone", "0.015 d/mcg", 0.015),
        ("p_MK7_bone", "0.015 d/µg", 0.015),
    ],
)
def test_a_value_is_read_in_any_unit_of_its_kind(name, text, expected):
    assert value(text, name) == pytest.approx(expected * scale_of(name), rel=1e-12)


def scale_of(name):
    """Declared unit in units of the row: the value of the row itself tells."""
    row = assemble().numbers[name]
    return value(f"{row.value!r} {'' if row.unit == '1' else row.unit}", name) / row.value


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("CL_MK7", "0.7", "CL_MK7 has no unit; write one. Expected: a number with a unit such as L/h"),
        ("CL_MK7", 0.7, "CL_MK7 has no unit"),
        ("CL_MK7", "0.7 mg", "they measure different things"),
        ("CL_MK7", "0.7 L/hour", "'hour' in 'L/hour' is not a known unit word"),
        ("CL_MK7", "1,500 L/h", "may be 1.5 or 1500"),
        ("CL_MK7", "nan L/h", "does not begin with a number"),
        ("CL_MK7", "1e999 L/h", "too large"),
        ("CL_MK7", "-1 L/h", "below 0"),
        ("CL_MK7", "", "does not begin with a number"),
        ("beta_calcification", math.inf, "does not begin with a number"),
        ("beta_calcification", math.nan, "does not begin with a number"),
        ("beta_calcification", True, "neither a text nor a number"),
        ("beta_calcification", None, "neither a text nor a number"),
        ("beta_calcification", "1/3", "1/3"),
        ("beta_calcifcation", "0.3", "Try: 'beta_calcification'"),
        ("cl_mk7", "0.7 L/h", "Try: 'CL_MK7'"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_next_step(name, text, told):
    with pytest.raises(InputError) as caught:
        read_settings({name: text}, assemble())
    assert str(caught.value).startswith("--set: ")
    assert told in str(caught.value)
    assert "Try: " in str(caught.value)


def test_all_wrong_settings_come_together():
    with pytest.raises(InputError) as caught:
        read_settings({"CL_MK": "1 L/h", "CL_MK7": "1", "beta_calcification": "x"}, assemble())
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(("texts", "told"), [
    (["beta_calcification"], "NAME=VALUE"), (["=1"], "NAME=VALUE"), (["k=1", "k=2"], "set twice"),
])  # fmt: skip
def test_a_text_on_the_command_line_needs_name_and_value_once(texts, told):
    with pytest.raises(InputError, match=told):
        parse_settings(texts)


def test_a_value_outside_its_range_runs_and_says_so():
    row = assemble().numbers["h_liver"]
    assert row.lower is not None
    assert row.lower > 0.9
    words = run({"h_liver": 0.9}).by_hand
    assert any("h_liver = 0.9 lies outside 1 to 2.2, the range of its table" in line for line in words)
    assert not any("outside" in line for line in run({"h_liver": 1.2}).by_hand)


def test_the_result_says_what_was_set_and_what_it_was():
    simulation = run({"CL_MK7": "0.7 L/h", "beta_calcification": 0.3})
    assert simulation.by_hand == (
        "Set by hand: CL_MK7 = 0.7 L/h instead of 1.19 L/h; beta_calcification = 0.3 instead of 0.9.",
    )
    assert [one.field for one in simulation.assumptions[:2]] == ["CL_MK7", "beta_calcification"]
    assert "set by hand instead of 1.19 L/h" in simulation.assumptions[0].why
    assert simulation.provenance["model"]["settings"] == {"CL_MK7": "0.7 L/h", "beta_calcification": "0.3"}
    assert run({}).by_hand == ()


def test_a_number_that_is_set_is_not_drawn():
    # Osteocalcin too, through bone and the calcium of blood: 4e-8 of the score.
    links = dict.fromkeys(read_variant("no_causal_effect").numbers, 0.0)
    assert {"beta_calcification", "beta_stiffness"} <= links.keys()
    simulation = run(links, plans=[plan()], draws=3)
    for outcome in ("CAC_agatston", "cfPWV"):
        with_plan, without = (simulation.dataset[outcome].sel(arm=arm).values for arm in ("mk7", "as_now"))
        np.testing.assert_allclose(with_plan, without, rtol=1e-12)
    marker = simulation.dataset["dp_ucMGP"]
    assert (marker.sel(arm="mk7").values[:, -1] < 0.95 * marker.sel(arm="as_now").values[:, -1]).all()
    drawn = run({}, plans=[plan()], draws=3).dataset["CAC_agatston"]
    assert np.abs(drawn.sel(arm="mk7") - drawn.sel(arm="as_now")).max() > 1e-6


def test_an_input_of_the_person_stands_over_the_file_and_takes_its_default_off_the_list():
    simulation = run({"calcidiol_start": "80 nmol/L", "eGFR_start": "70 mL/min"})
    assert float(
        simulation.dataset["calcidiol_central"].sel(arm="as_now", variant="main")[0]
    ) == pytest.approx(80)
    assert "stands over labs.25OHD of the person file" in simulation.assumptions[0].why
    fields = [one.field for one in run({"triglycerides": "2 mmol/L"}).assumptions]
    assert "labs.triglycerides" not in fields
    assert "labs.triglycerides" in [one.field for one in run({}).assumptions]


def test_a_laboratory_value_is_not_met_through_a_number_that_is_set():
    person = parse_person(WOMAN.replace("[medicines]", 'dp_ucMGP = "900 pmol/L"\n[medicines]'))
    met = run({}, person)
    set_by_hand = run({"assay_dp_ucMGP": 1.0}, person)
    start = [
        float(one.dataset["dp_ucMGP_central"].sel(arm="as_now", variant="main")[0])
        for one in (met, set_by_hand)
    ]
    assert start[0] == pytest.approx(900, rel=1e-6)
    assert start[1] < 700
    assert any("labs.dp_ucMGP is not met at the start" in note for note in set_by_hand.notes)


def test_a_measured_value_that_nothing_reads_is_refused():
    with pytest.raises(InputError, match="AVC_measured is read only where AVC_is_measured is 1"):
        run({"AVC_measured": "30"})
    simulation = run({"AVC_measured": "30", "AVC_is_measured": 1})
    assert simulation.failures == ()
    # The woman's own score was given: her flag is up, and the setting stands over it.
    assert end(run({"CAC_measured": "90"}), "CAC_agatston") > 89


def test_the_dose_of_an_antagonist_belongs_into_the_file_where_its_notice_hangs_on_it():
    with pytest.raises(InputError, match="so that its notice stands on the result"):
        run({"warfarin_daily_mg": "5 mg/d"})
    patient = parse_person(WOMAN.replace("atorvastatin 20 mg", "warfarin 5 mg"))
    with pytest.raises(InputError, match="is found from the dose and the INR"):
        run({"IC_warfarin_person": 1.2}, patient)


def test_what_follows_from_a_setting_follows_at_the_centre_as_in_the_draws():
    patient = parse_person(WOMAN.replace("atorvastatin 20 mg", "warfarin 5 mg"))
    simulation = run({"h_liver": 1.3}, patient)
    assert "IC_S follows: IC_S_for_reference moves with what was set." in simulation.by_hand
    kept = run({"h_liver": 1.3, "IC_S": "0.02105 mg/L"}, patient)
    assert any(line.startswith("IC_S stays as set") for line in kept.by_hand)
    assert abs(end(simulation, "INR") / end(kept, "INR") - 1) > 0.01


def test_a_setting_that_leaves_a_follower_without_a_value_is_refused():
    with pytest.raises(InputError, match=r"--set: under f0_factors = 1\.05 IC_S has no value"):
        run({"f0_factors": 1.05})


def test_a_plan_that_moves_a_number_on_top_of_a_setting_is_named():
    words = run({"eGFR_decline": "30 mL/min/y", "eGFR_start": "17 mL/min"}).by_hand
    assert any(
        "eGFR_decline is as set at the start; what changes it in as_now comes on top" in line
        for line in words
    )
    assert any("lies outside 20 to 120 mL/min" in line for line in words)


def test_the_old_name_of_a_number_is_taken_and_told(tmp_path, monkeypatch):
    file = tmp_path / "renamed.csv"
    file.write_text("old,new,since,until,note\nCl_MK7_old,CL_MK7,0.1.0,0.2.0,\n", "utf-8")
    rows = renamed.renamed_in(file)
    monkeypatch.setattr("calciroute.simulate.settings.read_renamed", lambda: rows)
    by_old = run({"Cl_MK7_old": "0.7 L/h"})
    assert (
        "'Cl_MK7_old' is called 'CL_MK7' since 0.1.0; 0.2.0 no longer knows the old name." in by_old.by_hand
    )
    assert by_old.provenance["model"]["settings"] == {"CL_MK7": "0.7 L/h"}
    np.testing.assert_array_equal(
        by_old.dataset["serum_mk7_central"], run({"CL_MK7": "0.7 L/h"}).dataset["serum_mk7_central"]
    )
    with pytest.raises(InputError, match="once by its old name"):
        run({"Cl_MK7_old": "0.7 L/h", "CL_MK7": "0.7 L/h"})


def test_another_body_is_said_and_an_unknown_one_gets_near_names():
    assert run({}, variant="vessel_fast").by_hand[0].startswith("Body of this run: vessel_fast. ")
    with pytest.raises(InputError) as caught:
        run({}, variant="vessel_quick")
    assert "--variant: no body is called 'vessel_quick'. Expected: calciroute, " in str(caught.value)
    assert "Try: 'vessel_fast'" in str(caught.value)
