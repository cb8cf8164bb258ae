"""Measurements laid over a run: read with unit and time, compared draw by draw, shown apart from trials."""

from __future__ import annotations

import datetime
import doctest
import json
from pathlib import Path

import numpy as np
import pytest

import calciroute
from calciroute.cli import main
from calciroute.errors import InputError
from calciroute.report.bands import course, course_bands
from calciroute.report.build import build_report
from calciroute.report.html import render_html
from calciroute.report.replay import replay
from calciroute.report.result_json import canonical, result_of
from calciroute.report.terminal import render
from calciroute.simulate.observed import read_observed
from calciroute.simulate.residuals import comparison_of, residuals_of, with_observed
from report.synthetic import PLAN, simulation

HEAD = "time_d,outcome,value,sd,unit,arm\n"


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    return path


def problems(text: str, tmp_path: Path, **more: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_observed(file(tmp_path, text), **more)
    return [str(problem) for problem in caught.value.problems]


# ---- reading


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("84,dp-ucMGP,310,30,pmol/L,", ("dp_ucMGP", 310.0, 30.0, "pmol/L")),
        ("84,dp_ucMGP,0.31,0.03,nmol/L,", ("dp_ucMGP", 310.0, 30.0, "pmol/L")),
        ("84,inactive MGP,310,,pmol/l,", ("dp_ucMGP", 310.0, None, "pmol/L")),
        ("84,MK-7 in plasma,2,,nmol/L,", ("serum_mk7", 1.298, None, "ng/mL")),
        ("84,serum_mk7,1.3,,ug/L,", ("serum_mk7", 1.3, None, "ng/mL")),
        ("84,25OHD,20,2,ng/mL,", ("calcidiol", 49.92, 4.992, "nmol/L")),
        ("84,serum calcium,9.2,,mg/dL,", ("serum_calcium", 2.2954, None, "mmol/L")),
        ("84,PTH,5,,pmol/L,", ("PTH", 47.0, None, "pg/mL")),
        ("84,calcitriol,100,,pmol/L,", ("calcitriol", 41.664, None, "pg/mL")),
        ("84,CAC,45,6,Agatston,", ("CAC_agatston", 45.0, 6.0, "AU")),
        ("84,INR,2.4,,INR,", ("INR", 2.4, None, "1")),
        ("84,percent_ucOC,27,,%,", ("percent_ucOC", 27.0, None, "%")),
        ("84,percent_ucOC,0.27,,1,", ("percent_ucOC", 27.0, None, "%")),
        ("84,uc_c_OC_ratio,37,,%,", ("uc_c_OC_ratio", 0.37, None, "1")),
        ("84,lumbar BMD,920,,mg/cm2,", ("BMD_lumbar_spine", 0.92, None, "g/cm2")),
        ("84,cfPWV,930,,cm/s,", ("cfPWV", 9.3, None, "m/s")),
        ("84,SBP,131,,mmHg,", ("SBP", 131.0, None, "mmHg")),
    ],
)
def test_a_value_is_brought_to_the_unit_of_the_outcome(row, expected, tmp_path):
    (point,) = read_observed(file(tmp_path, HEAD + row)).points
    outcome, value, sd, unit = expected
    assert (point.outcome, point.unit, point.days) == (outcome, unit, 84.0)
    assert point.value == pytest.approx(value, rel=2e-3)
    assert point.sd == (None if sd is None else pytest.approx(sd, rel=2e-3))


@pytest.mark.parametrize(
    ("head", "cell", "days"),
    [
        ("time_d", "84", 84.0), ("time_h", "36", 1.5), ("time_week", "12", 84.0),
        ("time_month", "6", 182.625), ("time_y", "1", 365.25), ("time", "12 weeks", 84.0),
        ("time", "3 months", 91.3125), ("time", "2 y", 730.5), ("time", "1,5 d", 1.5),
        ("date", "2026-03-26", 84.0), ("TIME_D ", "84", 84.0),
    ],
)  # fmt: skip
def test_a_time_says_what_it_counts(head, cell, days, tmp_path):
    text = f"{head};outcome;value;unit\n{cell};dp_ucMGP;300;pmol/L\n"
    (point,) = read_observed(file(tmp_path, text), as_of=datetime.date(2026, 1, 1)).points
    assert point.days == pytest.approx(days)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("84,dp-ucMGP,310,,,", "unit is empty"),
        ("84,dp-ucMGP,310,,ng/mL,", "'ng/mL' does not become pmol/L"),
        ("84,dp-ucMGP,310,,furlong,", "'furlong' does not become pmol/L"),
        ("84,CAC,45,,%,", "'%' does not become AU"),
        ("84,INR,80,,%,", "'%' does not become 1"),
        ("84,CTX,320,,ng/L,", "'ng/L' does not become 1 (a ratio)"),
        ("84,dp-ucMGP,<300,,pmol/L,", "is a limit"),
        ("84,dp-ucMGP,-3,,pmol/L,", "a number from 0 on"),
        ("84,dp-ucMGP,,,pmol/L,", "value is empty"),
        ("84,dp-ucMGP,nan,,pmol/L,", "is not a number"),
        ("84,dp-ucMGP,310,0,pmol/L,", "sd 0"),
        ("84,dp-ucMGP,310,few,pmol/L,", "sd 'few' is not a number"),
        ("84,dp-ucMPG,310,,pmol/L,", "'dp_ucMGP' or"),
        ("84,hip_fracture,0.1,,1/y,", "no course of it"),
        ("84,BMD total hip,0.8,,g/cm2,", "no course of it"),
        ("soon,dp-ucMGP,310,,pmol/L,", "time_d 'soon' is not a number"),
        (",dp-ucMGP,310,,pmol/L,", "time_d is empty"),
        ("84,dp-ucMGP,310,,pmol/L,mk7_18", "Try: 'mk7_180'"),
    ],
)
def test_a_cell_that_is_not_clear_is_told_and_nothing_is_guessed(row, said, tmp_path):
    (line,) = problems(HEAD + "0,dp_ucMGP,500,,pmol/L,\n" + row, tmp_path, arms=["as_now", "mk7_180"])
    assert line.split(": ")[0].endswith("data.csv:3")
    assert said in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("time,outcome,value,unit\n84,dp_ucMGP,3,pmol/L\n", "does not say what it counts"),
        ("outcome,value,unit\ndp_ucMGP,3,pmol/L\n", "no column of time"),
        ("time_d,time_h,outcome,value,unit\n1,2,dp_ucMGP,3,pmol/L\n", "2 columns of time"),
        ("time_d,outcome,value\n1,dp_ucMGP,3\n", "column 'unit' is missing"),
        ("time_d,outcome,value,units\n1,dp_ucMGP,3,pmol/L\n", "column 'units' is not known"),
        ("date,outcome,value,unit\n2026-01-01,dp_ucMGP,3,pmol/L\n", "as_of in the person file"),
        ("time_d,outcome,value,unit\n", "has headings and no row"),
    ],
)
def test_headings_that_do_not_say_enough_are_told(text, said, tmp_path):
    assert said in " ".join(problems(text, tmp_path))


def test_all_lines_are_told_at_once_twenty_at_most(tmp_path):
    assert len(problems(HEAD + "x,none,x,x,x,\n", tmp_path)) == 4
    assert 20 <= len(problems(HEAD + "x,none,x,x,x,\n" * 100, tmp_path)) < 25


def test_python_takes_rows_columns_and_frames(tmp_path):
    rows = [{"time_d": 0, "outcome": "CAC", "value": 45, "unit": "AU"}]
    columns = {"time_d": [0], "outcome": ["CAC"], "value": [45], "unit": "AU"}

    class Frame:  # what pandas offers, without pandas
        columns = ("time_d", "outcome", "value", "unit")

        def to_dict(self):
            raise AssertionError("rows are enough")

        def itertuples(self, index, name):
            return iter([(0, "CAC", 45, "AU")])

    made = [read_observed(given) for given in (rows, columns, Frame())]
    assert made[0] == made[1] == made[2]
    again = read_observed(file(tmp_path, made[0].text))
    assert [(one.days, one.outcome, one.value, one.sd, one.unit) for one in again.points] == [
        (0.0, "CAC_agatston", 45.0, None, "AU")
    ]


# ---- comparing


def test_a_residual_at_an_output_day_is_from_the_band_that_the_report_prints(tmp_path):
    run = simulation(draws=8)
    days = run.dataset.coords["time"].values
    for place in (0, 5, len(days) - 1):
        text = HEAD + f"{float(days[place])!r},dp_ucMGP,310,31,pmol/L,mk7_180\n"
        one = residuals_of(run.dataset, read_observed(file(tmp_path, text))).residuals[0]
        low, median, high = (band[place] for band in course_bands(course(run.dataset, "dp_ucMGP", "mk7_180")))
        assert (one.low, one.median, one.high) == pytest.approx((low, median, high), rel=1e-12)
        assert one.residual == pytest.approx(310.0 - median)
        assert one.residual_in_sd == pytest.approx((310.0 - median) / 31.0)
        assert one.band == ("below" if low > 310.0 else "above" if high < 310.0 else "inside")
        below = np.mean(run.dataset["dp_ucMGP"].sel(arm="mk7_180")[:, place].values < 310.0)
        assert one.share_below == pytest.approx(below)


def test_between_output_days_each_draw_is_taken_as_straight(tmp_path):
    run = simulation(draws=5)
    days = run.dataset.coords["time"].values
    middle = (days[3] + days[4]) / 2.0
    text = HEAD + f"{float(middle)!r},CAC_agatston,50,,AU,as_now\n"
    one = residuals_of(run.dataset, read_observed(file(tmp_path, text))).residuals[0]
    levels = run.dataset["CAC_agatston"].sel(arm="as_now").values
    assert one.median == pytest.approx(np.median((levels[:, 3] + levels[:, 4]) / 2.0))
    assert one.residual_in_sd is None


def test_a_measurement_of_the_run_itself_has_no_residual(tmp_path):
    run = simulation(draws=1)
    days, arm = run.dataset.coords["time"].values, run.dataset["dp_ucMGP"].sel(arm="as_now")[0].values
    rows = "".join(
        f"{float(day)!r},dp_ucMGP,{float(level)!r},10,pmol/L,as_now\n"
        for day, level in zip(days, arm, strict=True)
    )
    found = residuals_of(run.dataset, read_observed(file(tmp_path, HEAD + rows)))
    assert len(found.residuals) == len(days)
    assert max(abs(one.residual) for one in found.residuals) < 1e-9
    assert {one.band for one in found.residuals} == {"inside"}


def test_without_an_arm_every_arm_is_compared_and_nothing_is_dropped_in_silence(tmp_path):
    run = simulation(draws=4, years=1.0)
    text = HEAD + (
        "84,dp_ucMGP,310,,pmol/L,\n-3,dp_ucMGP,310,,pmol/L,\n900,dp_ucMGP,310,,pmol/L,\n"
        "84,calcitriol,40,,pg/mL,\n84,dp_ucMGP,310,,pmol/L,nobody\n365.25,dp_ucMGP,310,,pmol/L,as_now\n"
    )
    found = residuals_of(run.dataset, read_observed(file(tmp_path, text)))
    assert [(one.where, one.arm) for one in found.residuals] == [
        ("data.csv:2", "as_now"), ("data.csv:2", "mk7_180"), ("data.csv:7", "as_now"),
    ]  # fmt: skip
    assert {one.where: one.why for one in found.left_out} == {
        "data.csv:3": "3 days before the start",
        "data.csv:4": "after the last day of the run, 365",
        "data.csv:5": "this body has no course of it",
        "data.csv:6": "there is no arm 'nobody'",
    }


def test_failed_draws_are_left_out_and_the_central_run_stands_in_for_all(tmp_path):
    run = simulation(draws=4)
    data = read_observed(file(tmp_path, HEAD + "84,dp_ucMGP,310,,pmol/L,as_now\n"))
    run.dataset["dp_ucMGP"][:, 1:, :] = np.nan
    one = residuals_of(run.dataset, data).residuals[0]
    assert one.low == one.median == one.high
    run.dataset["dp_ucMGP"][:] = np.nan
    centre = run.dataset["dp_ucMGP_central"].sel(variant="main", arm="as_now", time=84.0)
    assert residuals_of(run.dataset, data).residuals[0].median == pytest.approx(float(centre))


def test_what_says_nothing_about_this_person_is_left_out_with_the_reason(tmp_path):
    person = '[person]\nsex = "female"\nage_years = 62\n[medicines]\ntaken = ["alendronate 70 mg"]\n'
    text = HEAD + "84,BMD_lumbar_spine,0.9,,g/cm2,\n84,dp_ucMGP,310,,pmol/L,as_now\n"
    run = with_observed(simulation(person=person), read_observed(file(tmp_path, text)))
    found = comparison_of(run)
    assert [one.outcome for one in found.residuals] == ["dp_ucMGP"]
    assert {one.outcome for one in found.left_out} == {"BMD_lumbar_spine"}
    assert all("not for this person" in one.why for one in found.left_out)


# ---- showing


@pytest.fixture
def measured(tmp_path):
    text = HEAD + (
        "0,dp_ucMGP,520,40,pmol/L,\n84,dp_ucMGP,310,30,pmol/L,mk7_180\n84,CAC,48,,AU,as_now\n"
        "84,uc_c_OC_ratio,0.2,,1,mk7_180\n84,INR,9.5,,INR,\n2000,CAC,80,,AU,\n"
    )
    return with_observed(simulation(draws=8), read_observed(file(tmp_path, text)))


def test_diamonds_stand_apart_from_the_circles_of_trials_and_are_named(measured):
    report = build_report(measured)
    by_name = {picture.name: picture for picture in report.pictures}
    picture = by_name["dp_ucMGP"]
    assert picture.svg.count('id="dp_ucMGP-own-data-') == 2 or picture.svg.count("own-data-") >= 2
    assert "your data" in picture.svg
    assert "Open diamonds: your data, with one standard deviation each way." in picture.caption
    assert "Open diamonds" in picture.alternative
    assert "uc_c_OC_ratio" in by_name, "what was measured gets a picture"
    assert "1 of your measurements lies too far off" in by_name["INR"].caption
    assert "Open diamonds" not in by_name["cfPWV"].caption
    plain = {picture.name: picture for picture in build_report(simulation(draws=8)).pictures}
    assert "own-data" not in plain["dp_ucMGP"].svg
    assert plain["cfPWV"].svg == by_name["cfPWV"].svg


def test_the_report_has_a_short_table_and_the_terminal_a_sentence(measured):
    report = build_report(measured)
    page = render_html(report, measured)
    assert "Your data beside the run" in page
    assert "520 ± 40" in page
    assert "data.csv:7: after the last day of the run" in page
    assert "straight between the two output times" in page
    said = render(report, [], colour=False)
    assert "Your data: 6 measurements" in " ".join(said.split())
    assert "1 is not compared" in " ".join(said.split())
    assert "Your data" not in render(build_report(simulation()), [], colour=False)


def test_result_json_holds_every_residual(measured):
    document = json.loads(canonical(result_of(build_report(measured), measured)))
    found = document["observed"]
    assert len(found["residuals"]) == 7  # two of five measurements have no arm and stand in both
    assert len(found["left_out"]) == 1
    first = found["residuals"][0]
    assert first["residual"] == pytest.approx(first["value"] - first["median"], rel=1e-4)
    assert document["inputs"]["observed"]["name"] == "data.csv"
    assert json.loads(canonical(result_of(build_report(simulation()), simulation())))["observed"] is None


# ---- the whole way


def test_files_command_replay_and_python_say_the_same(tmp_path, capsys):
    (tmp_path / "sub").mkdir()
    week = "date,food,grams\n2026-03-02,natto,40\n2026-03-03,tofu,100\n2026-03-04,tofu,90\n"
    (tmp_path / "sub" / "week.csv").write_text(week, encoding="utf-16")
    person = tmp_path / "me.toml"
    person.write_text(
        '[person]\nsex = "female"\nage_years = 62\nas_of = 2026-01-01\n[diet]\ndiary = "sub/week.csv"\n',
        "utf-8",
    )
    plan = tmp_path / "sub" / "me.toml"  # the same name in another folder
    plan.write_bytes(("# für mich\n" + PLAN).encode("cp1252"))
    data = tmp_path / "messung.csv"
    data.write_bytes(
        "date;outcome;value;sd;unit;note\n2026-01-08;dp-ucMGP;520;40;pmol/L;für mich\n".encode("cp1252")
    )
    out = tmp_path / "out"
    words = ["simulate", str(person), "--plan", str(plan), "--observed", str(data), "--out", str(out)]
    with pytest.raises(SystemExit) as left:
        main([*words, "--years", "0.05", "--draws", "2"])
    assert left.value.code == 0, capsys.readouterr().err
    result = json.loads((out / "result.json").read_text("utf-8"))["result"]
    assert [one["days"] for one in result["observed"]["residuals"]] == [7.0, 7.0]
    assert {file["encoding"] for file in (result["inputs"]["observed"], *result["inputs"]["plans"])} == {
        "cp1252"
    }
    made, differences = replay(out / "result.json")
    assert differences == []
    assert json.loads(made) == result
    in_utf16 = tmp_path / "printed.json"  # as a shell of Windows redirects what is printed
    in_utf16.write_text((out / "result.json").read_text("utf-8"), encoding="utf-16")
    assert replay(in_utf16)[0] == made
    dataset = calciroute.simulate_person(person, plan, observed=data, years=0.05, draws=2)
    in_python = json.loads(dataset.attrs["observed"])["residuals"]
    assert [one["median"] for one in in_python] == pytest.approx(
        [one["median"] for one in result["observed"]["residuals"]], rel=1e-4
    )


def test_problems_of_person_and_measurements_come_together(tmp_path, capsys):
    person = tmp_path / "me.toml"
    person.write_text("[person]\nsex = “female”\nage_years = 62\n", encoding="utf-8")
    data = file(tmp_path, HEAD + "84,dp_ucMGP,310,,ng/mL,\n")
    with pytest.raises(SystemExit) as left:
        main(["simulate", str(person), "--observed", str(data), "--out", str(tmp_path / "out")])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert "me.toml:2" in said
    assert "data.csv:2" in said


def test_the_page_runs_as_it_stands(tmp_path):
    page = Path(__file__).resolve().parents[2] / "docs" / "own_data.md"
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted >= 9
    assert found.failed == 0
    table = page.read_text("utf-8").split("```\n", 2)[1]
    points = read_observed(file(tmp_path, table), arms=["as_now", "mk7"]).points
    assert [one.outcome for one in points] == [
        "dp_ucMGP", "dp_ucMGP", "serum_mk7", "calcidiol", "CAC_agatston",
    ]  # fmt: skip
