"""What the model does not hold, in a run: told with what was assumed, marked in the file, no scan is read."""

import json

import pytest
import xarray as xr

from calciroute.intake.plan import parse_plan
from calciroute.people.person_model import Medicines
from calciroute.report.build import build_report
from calciroute.report.netcdf import write_netcdf
from calciroute.report.terminal import render
from calciroute.simulate import run_person
from simulate.dated import TWO, person

STENT = "the metal of a stent reads as calcium on a scan, and the model holds no stented artery"


@pytest.fixture(scope="module")
def stented():
    who = person(*TWO).model_copy(
        update={
            "conditions": {"coronary_stent": True, "hypertension": True},
            "medicines": Medicines(taken=("alendronate 70 mg weekly", "metformin")),
        }
    )
    start = parse_plan('[[medicine]]\nname = "denosumab"\ndose = "60 mg"\n')
    return run_person(who, [start], years=0.1, draws=2, seed=5, variants=())


def test_conditions_and_medicines_are_told_apart_from_those_without_effect(stented):
    said = {one.field: (one.value, one.why) for one in stented.assumptions}
    assert said["conditions.coronary_stent"] == ("not for this person", STENT)
    assert said["conditions.hypertension"][0] == "without effect"
    assert said["alendronate 70 mg weekly"][0] == "not for this person"
    assert said["metformin"] == ("without effect", "no term in the model")
    assert said["denosumab"][0] == "not for this person"


def test_scans_of_a_stented_artery_narrow_nothing(stented):
    assert stented.narrowed == ()
    assert any(note.endswith(f"narrow nothing; not for this person: {STENT}.") for note in stented.notes)
    free = run_person(person(*TWO), years=0.1, draws=1, seed=5, variants=())
    assert [one.field for one in free.narrowed] == ["coronary_calcium"]


def test_no_number_of_the_score_is_printed_but_the_scans_themselves(stented):
    text = render(build_report(stented), [], False)
    lines = [line for line in text.splitlines() if "AU" in line]
    scans = [f"{one.value:g}" for one in TWO]
    assert all("not for this" in line or any(scan in line for scan in scans) for line in lines), lines
    assert "a year" not in text


def test_the_file_says_it_to_readers_without_calciroute(stented, tmp_path):
    write_netcdf(stented, tmp_path / "result.nc")
    with xr.open_dataset(tmp_path / "result.nc", engine="h5netcdf") as data:
        assert data["CAC_agatston"].attrs["not_for_this_person"] == STENT
        assert "bisphosphonate" in data["BMD_lumbar_spine"].attrs["not_for_this_person"]
        assert (
            data["serum_calcium"]
            .attrs["not_for_this_person"]
            .startswith(f"{stented.plans[0].name}: denosumab")
        )
        assert "not_for_this_person" not in data["SBP"].attrs
        found = json.loads(data.attrs["not_for_this_person"])
    assert [(one["id"], one["arm"]) for one in found] == [
        ("coronary_stent", None),
        ("bisphosphonate", None),
        ("denosumab", stented.plans[0].name),
    ]
