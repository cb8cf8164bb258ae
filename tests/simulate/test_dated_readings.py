"""Dated readings in a run: start, draws, sentences, and what they leave alone."""

import numpy as np
import pytest

from calciroute.report.build import build_report
from calciroute.report.result_json import canonical, result_of
from calciroute.report.terminal import render
from calciroute.simulate import run_person
from calciroute.simulate.central import central_lane
from calciroute.simulate.dated_readings import dated_readings
from simulate.dated import TWO, density, person, reading
from simulate.people import plan


def run(who, plans=(), draws=3, **more):
    return run_person(who, plans, years=0.1, draws=draws, seed=5, variants=(), **more)


def at_start(simulation, outcome="CAC_agatston"):
    return simulation.dataset[outcome].sel(arm="as_now").values[:, 0]


@pytest.fixture(scope="module")
def scanned():
    return run(person(*TWO), [plan()])


def told(simulation, field="coronary_calcium"):
    return next(one for one in simulation.narrowed if one.field == field)


def test_the_first_draws_of_many_are_the_draws_of_few(scanned):
    one = run(person(*TWO), [plan()], draws=1)
    for outcome in ("CAC_agatston", "BMD_femoral_neck", "dp_ucMGP"):
        np.testing.assert_array_equal(
            one.dataset[outcome].values[:, 0], scanned.dataset[outcome].values[:, 0]
        )


def test_arms_of_a_draw_share_growth_and_start(scanned):
    score = scanned.dataset["CAC_agatston"]
    np.testing.assert_array_equal(score.sel(arm="as_now").values[:, 0], score.sel(arm="mk7").values[:, 0])
    assert len(np.unique(at_start(scanned))) == 3  # the last score as read is not the start: it has its noise


def test_the_centre_is_the_middle_of_what_the_scans_leave(scanned):
    found = told(scanned)
    start = scanned.dataset["CAC_agatston_central"].sel(arm="as_now", variant="main").values
    assert start[0] == pytest.approx(found.start[1], rel=0.02)
    days = scanned.dataset.coords["time"].values
    pace = (start[-1] - start[0]) / (days[-1] - days[0]) * 365.25
    assert pace == pytest.approx(found.after[1], rel=0.02)


def test_the_report_says_by_how_much(scanned):
    found = told(scanned)
    assert found.before[0] < found.after[0] < found.after[2] < found.before[2]
    assert 5.0 < found.narrower_percent < 50.0
    words = " ".join(scanned.notes)
    assert "45 AU (2023-03-01) and 80 AU (2026-02-20)" in words
    assert f"the band is {found.narrower_percent:.0f} % narrower" in words
    assert "The chance of a rescan, SD" in words
    assert "revers" not in words.lower()
    result = result_of(build_report(scanned), scanned)
    stored = result["dated_readings"][0]
    assert stored["with_the_readings"]["median"] == found.after[1]
    assert stored["readings"][1] == {"date": "2026-02-20", "written": "80 AU"}
    assert '"narrower_percent"' in canonical(result)
    assert [one["speaks_of_change"] for one in result["labs"]] == [True, True]
    shown = " ".join(render(build_report(scanned), (), colour=False).split())
    assert found.sentences[0] in shown
    assert (
        "not in it, but for what dated values leave open of this person's own growth of coronary calcium."
        in shown
    )
    assert "45 AU of 2023-03-01 → own growth and start" in shown


def test_what_nobody_has_two_of_stays_as_it_was():
    one = run(person(TWO[1]))
    plain = person(TWO[1]).model_copy(update={"lab_readings": ()})
    np.testing.assert_array_equal(at_start(one), at_start(run(plain)))
    assert at_start(one) == pytest.approx(80.0)
    assert one.narrowed == ()


def test_a_scan_before_the_day_of_the_record_is_carried_forward(scanned):
    later = run(person(*TWO, as_of="2028-02-20"))
    assert told(later).carried_years == pytest.approx(2.0, abs=0.01)
    assert told(later).start[1] > told(scanned).start[1] + 20.0
    assert any("of 2026-02-20, 2 years before the start: it is carried forward" in one for one in later.notes)


def test_a_lower_score_is_told_as_slow_growth_and_chance():
    fallen = run(person(reading(400.0, "2023-03-01"), reading(300.0, "2026-02-20")), draws=0)
    words = " ".join(fallen.notes)
    assert "read as slow growth and the chance of a rescan" in words
    assert "hardly fit one course" in words
    assert told(fallen).after[1] < told(fallen).before[1]
    course = fallen.dataset["CAC_agatston_central"].values.ravel()
    assert np.all(np.diff(course) > 0.0)


def test_two_zeros_start_below_what_a_scan_sees():
    zeros = run(person(reading(0.0, "2023-03-01"), reading(0.0, "2026-02-20")))
    assert told(zeros).unit == "1/y"
    assert "not seen yet" in " ".join(zeros.notes)
    assert np.all(at_start(zeros) < 20.0)


def test_readings_that_cannot_show_change():
    day = (reading(45.0, "2026-02-20"), reading(50.0, "2026-02-20"))
    assert dated_readings(person(*day), "coronary_calcium") is None
    assert any("of one day, 2026-02-20" in note for note in run(person(*day), draws=0).notes)
    limits = (reading(10.0, "2023-03-01", limit="<"), reading(10.0, "2026-02-20", limit="<"))
    assert dated_readings(person(*limits), "coronary_calcium") is None
    valve = [
        reading(value, date, "aortic_valve_calcium")
        for value, date in ((5.0, "2023-03-01"), (9.0, "2026-02-20"))
    ]
    assert any(
        "Dated valve calcium scores narrow nothing" in note for note in run(person(*valve), draws=0).notes
    )


def test_one_old_value_stands_for_today_and_its_age_is_told():
    old = run(person(TWO[0], as_of="2026-03-01"), draws=1)
    assert at_start(old) == pytest.approx(45.0)
    assert any(
        "only calcium score is of 2023-03-01, 3.0 years before the start" in note for note in old.notes
    )


def test_order_and_limits_of_a_file_are_kept():
    mixed = person(TWO[1], reading(10.0, "2020-01-01", limit="<"), TWO[0])
    readings = dated_readings(mixed, "coronary_calcium")
    assert [one.value for one in readings.readings] == [10.0, 45.0, 80.0]
    assert readings.years[-1] == 0.0
    assert readings.years[0] == pytest.approx(-6.137, abs=0.01)
    assert told(run(mixed, draws=0)).after != told(run(person(*TWO), draws=0)).after


def test_a_setting_stands_over_the_scans():
    fixed = run(person(*TWO), settings={"k_CAC": "0.4 1/y"})
    assert fixed.narrowed == ()
    assert at_start(fixed) == pytest.approx(80.0)
    assert any("do not narrow growth here: it was set by hand" in note for note in fixed.notes)


def test_every_reading_of_the_evidence_explains_the_same_scans():
    """The scans see growth times drive: on warfarin, without the link, growth itself has to be larger."""
    far = (reading(45.0, "2016-02-20"), reading(250.0, "2026-02-20"))
    taker = person(*far).model_copy(
        update={"medicines": person().medicines.model_copy(update={"taken": ("warfarin 5 mg",)})}
    )
    both = run_person(taker, years=0.5, draws=0, seed=5, variants=("no_causal_effect",))
    course = both.dataset["CAC_agatston_central"].sel(arm="as_now").values[:, [0, -1]]
    growth = np.diff(course, axis=1).ravel()
    assert growth[1] == pytest.approx(growth[0], rel=0.1)  # the same growth would be a third less


def test_the_exported_lane_has_the_same_start(scanned):
    _, lane = central_lane(person(*TWO), years=0.1)
    start = scanned.dataset["CAC_agatston_central"].sel(arm="as_now", variant="main").values[0]
    q = 0.2216
    assert (1.0 + q * lane.start["CAC_x"]) ** (1.0 / q) - 1.0 == pytest.approx(float(start), rel=1e-6)


@pytest.mark.holds("age_drift_femoral_neck", "sd_BMD_femoral_neck_pace", "BMD_femoral_neck_pace_score")
def test_two_densities_narrow_the_pace_and_level():
    long = (density(0.80, "2016-02-20", maker="Hologic"), density(0.66, "2026-02-20", maker="Hologic"))
    measured = run_person(person(*long), years=2.0, draws=3, seed=5, variants=())
    found = told(measured, "BMD_femoral_neck")
    assert found.after[1] < found.before[1]
    assert 40.0 < found.narrower_percent < 75.0
    course = measured.dataset["BMD_femoral_neck_central"].values.ravel()
    alone = run_person(person(long[1]), years=2.0, draws=0, seed=5, variants=()).dataset
    beside = alone["BMD_femoral_neck_central"].values.ravel()
    assert beside[0] == pytest.approx(0.66)
    assert 0.66 < course[0] < 0.68  # towards what the first value says
    own = (found.after[1] - found.before[1]) / 100.0
    assert np.log(course[-1] / course[0]) - np.log(beside[-1] / beside[0]) == pytest.approx(
        2.0 * own, rel=0.02
    )


@pytest.mark.holds("age_drift_lumbar", "sd_BMD_lumbar_pace", "BMD_lumbar_pace_score")
def test_the_spine_has_a_pace_of_its_own():
    spine = (density(0.95, "2016-02-20", "BMD_lumbar"), density(0.93, "2026-02-20", "BMD_lumbar"))
    measured = run(person(*spine))
    found = told(measured, "BMD_lumbar")
    assert found.after[1] > found.before[1]
    assert at_start(measured, "BMD_lumbar_spine")[0] != at_start(measured, "BMD_lumbar_spine")[1]
    np.testing.assert_allclose(
        at_start(measured, "BMD_femoral_neck"), at_start(run(person()), "BMD_femoral_neck")
    )


def test_densities_of_two_makers_are_not_compared():
    two = (density(0.80, "2016-02-20", maker="Hologic"), density(0.66, "2026-02-20", maker="GE Lunar"))
    simulation = run(person(*two), draws=1)
    assert simulation.narrowed == ()
    assert at_start(simulation, "BMD_femoral_neck") == pytest.approx(0.66)
    assert any("scanners of different makers" in note for note in simulation.notes)
