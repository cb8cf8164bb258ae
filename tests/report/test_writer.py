"""The folder of results: whole or not at all, never over somebody else's things."""

import json

import pytest
import xarray as xr

from calciroute.errors import InputError
from calciroute.purpose import PURPOSE
from calciroute.report import writer
from calciroute.report.build import build_report
from calciroute.report.result_folder import check_folder
from calciroute.report.writer import write_outputs, write_purpose_beside
from report.synthetic import simulation

FILES = {"report.html", "result.json", "result.nc"}


@pytest.fixture(scope="module")
def run():
    made = simulation(years=0.5)
    return build_report(made), made


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_new_folder_holds_report_result_and_courses(run, tmp_path):
    paths = write_outputs(*run, tmp_path / "deep" / "out")
    assert [path.name for path in paths] == ["report.html", "result.json", "result.nc"]
    assert names(tmp_path / "deep" / "out") == FILES
    assert names(tmp_path / "deep") == {"out"}, "nothing temporary is left beside it"


def test_an_empty_folder_is_used_and_a_result_folder_of_ours_is_replaced_whole(run, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    write_outputs(*run, out)
    (out / "report.html").write_text("an earlier report")
    write_outputs(*run, out)
    assert "<!DOCTYPE html>" in (out / "report.html").read_text("utf-8")
    assert names(tmp_path) == {"out"}


@pytest.mark.parametrize(
    "content",
    [
        {"notes.txt": "mine"},
        {"result.json": "{}"},
        {"result.json": json.dumps({"purpose": PURPOSE})},
        {"result.json": json.dumps({"purpose": PURPOSE, "result": {"kind": "something else"}})},
        {"result.json": "not json"},
    ],
)
def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_was(run, tmp_path, content):
    for name, text in content.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match="nothing is replaced"):
        write_outputs(*run, tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == content


def test_a_file_that_somebody_added_to_a_result_folder_is_not_removed(run, tmp_path):
    write_outputs(*run, tmp_path / "out")
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="nothing is replaced"):
        check_folder(tmp_path / "out")


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="this is a file, not a folder"):
        check_folder(tmp_path / "out")


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_on_the_way_leaves_the_earlier_result_and_nothing_else(run, tmp_path, monkeypatch, stop):
    out = tmp_path / "out"
    write_outputs(*run, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def fails(*_):
        raise stop

    monkeypatch.setattr(writer, "write_netcdf", fails)
    with pytest.raises((InputError, KeyboardInterrupt)):
        write_outputs(*run, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(tmp_path) == {"out"}


def test_when_the_new_folder_cannot_take_its_name_the_earlier_one_gets_it_back(run, tmp_path, monkeypatch):
    from pathlib import Path

    out = tmp_path / "out"
    write_outputs(*run, out)
    before = (out / "result.json").read_bytes()
    rename = Path.rename

    def refuses(self, target):
        if self.name.startswith(".out-") and "earlier" not in str(self):
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(InputError, match="Permission denied"):
        write_outputs(*run, out)
    assert (out / "result.json").read_bytes() == before
    assert names(tmp_path) == {"out"}


def test_every_file_carries_the_purpose_line(run, tmp_path):
    report, result, courses = write_outputs(*run, tmp_path / "out")
    assert report.read_text("utf-8").count(PURPOSE) >= 2
    assert json.loads(result.read_text("utf-8"))["purpose"] == PURPOSE
    with xr.open_dataset(courses, engine="h5netcdf") as dataset:
        assert dataset.attrs["purpose"] == PURPOSE


def test_a_csv_file_gets_the_purpose_line_beside_it(tmp_path):
    beside = write_purpose_beside(tmp_path / "courses.csv")
    assert beside.name == "courses.csv.purpose.txt"
    assert beside.read_text("utf-8").strip() == PURPOSE


def test_netcdf_reads_back_as_it_was(run, tmp_path):
    *_, courses = write_outputs(*run, tmp_path / "out")
    with xr.open_dataset(courses, engine="h5netcdf") as dataset:
        dataset.load()
        one = dataset.isel(person=0, drop=True)
        xr.testing.assert_allclose(one.drop_attrs(), run[1].dataset.drop_attrs())
        assert dataset["dp_ucMGP"].attrs["unit"] == "pmol/L"
        assert json.loads(dataset.attrs["model"])["model_hash"] == "0123abcd"


def test_a_run_stopped_before_its_first_draw_is_written_too(tmp_path):
    made = simulation(years=0.5, draws=0)
    paths = write_outputs(build_report(made), made, tmp_path / "out")
    with xr.open_dataset(paths[2], engine="h5netcdf") as dataset:
        assert dataset.sizes["draw"] == 0
