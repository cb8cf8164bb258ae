"""A T-score of the spine without a maker: changes in percent only, no level in g/cm2 anywhere."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from calciroute.people.dxa import read_score
from calciroute.people.person import parse_person
from calciroute.report.build import build_report
from calciroute.report.html import render_html
from calciroute.report.result_json import canonical, result_of
from calciroute.report.terminal import render
from calciroute.simulate.percent_only import in_percent, percent_only
from calciroute.simulate.run import run_person
from report.synthetic import simulation

WOMAN = '[person]\nsex = "female"\nage_years = 62\n'
IDS = {"BMD_lumbar_spine": "BMD_lumbar_DXA", "BMD_femoral_neck": "BMD_femoral_neck_DXA", "SBP": "SBP"}


def _person(**scores):
    readings = [reading for name, text in scores.items() for reading in read_score(name, text)]
    labs = {reading.name: reading.value for reading in readings if reading.unit == "g/cm2"}
    return parse_person(WOMAN).model_copy(update={"lab_readings": tuple(readings), "labs": labs})


@pytest.mark.holds("percent_only")
def test_only_a_score_without_a_level_makes_an_outcome_relative():
    assert percent_only(_person(BMD_lumbar="T -1.8"), IDS) == ("BMD_lumbar_spine",)
    assert percent_only(_person(BMD_femoral_neck="T -1.8"), IDS) == ()
    assert percent_only(parse_person(WOMAN), IDS) == ()


def test_a_level_of_another_day_is_enough():
    person = _person(BMD_lumbar="T -1.8")
    assert percent_only(person.model_copy(update={"labs": {"BMD_lumbar": 0.9}}), IDS) == ()


def _relative():
    made = simulation()
    for name, values in made.dataset.data_vars.items():
        outcome = str(name).removesuffix("_central")
        values.attrs["model_id"] = IDS.get(outcome, outcome)
    person = _person(BMD_lumbar="T -1.8")
    return made, replace(made, dataset=in_percent(made.dataset, person, "as_now"), person=person)


def test_courses_are_in_percent_of_day_0_and_ratios_stay():
    whole, relative = _relative()
    values, levels = (one.dataset["BMD_lumbar_spine"] for one in (relative, whole))
    assert values.attrs["unit"] == "%"
    assert values.dims == levels.dims
    assert np.allclose(values.sel(arm="as_now").isel(time=0), 100.0)
    assert np.allclose(values / values.sel(arm="as_now"), levels / levels.sel(arm="as_now"))
    central = relative.dataset["BMD_lumbar_spine_central"]
    assert np.allclose(central.sel(arm="as_now").isel(time=0), 100.0)
    for other in ("BMD_femoral_neck", "CAC_agatston"):
        assert relative.dataset[other].equals(whole.dataset[other])


def test_no_level_of_the_spine_in_table_page_pictures_or_json():
    _, relative = _relative()
    report = build_report(relative)
    row = report.table.row("BMD_lumbar_spine")
    assert row.unit == "%"
    assert row.start_text == "100\u00a0%"
    assert "percentage points" in row.plans[0].difference
    result = result_of(report, relative)
    assert result["outcomes"]["BMD_lumbar_spine"]["unit"] == "%"
    assert "in % of today" in result["outcomes"]["BMD_lumbar_spine"]["name"]
    spine = canonical(result["outcomes"]["BMD_lumbar_spine"]) + canonical(
        result["courses"]["BMD_lumbar_spine"]
    )
    assert "g/cm2" not in spine.split('"trials"')[0]
    (picture,) = [one for one in report.pictures if one.name == "BMD_lumbar_spine"]
    assert "g/cm" not in picture.alternative
    assert "in % of today" in render_html(report, relative)
    terminal = render(report, [], colour=False)
    assert max(len(line) for line in terminal.splitlines()) <= 100
    level = re.compile(r"[\d)]\s*g/cm")  # a unit may be spoken of, a level in it may not
    assert not [line for line in terminal.splitlines() if "lumbar" in line and level.search(line)]


def test_a_run_starts_the_neck_at_its_score_and_the_spine_at_100_percent():
    person = parse_person(WOMAN + '[labs]\nBMD_lumbar = "T -1.8"\nBMD_femoral_neck = "T -2.1"\n')
    whole = parse_person(WOMAN + '[labs]\nBMD_lumbar = "0.9 g/cm2"\nBMD_femoral_neck = "T -2.1"\n')
    relative, levels = (run_person(one, years=0.3, draws=2, variants=()).dataset for one in (person, whole))
    assert np.allclose(relative["BMD_femoral_neck"].isel(time=0), 0.606, rtol=1e-6)
    spine = relative["BMD_lumbar_spine"]
    assert spine.attrs["unit"] == "%"
    assert np.allclose(spine.isel(time=0), 100.0)
    # The relative course does not hang on the level that is not known.
    course = levels["BMD_lumbar_spine"]
    assert np.allclose(spine / 100.0, course / course.isel(time=0), rtol=1e-6)
