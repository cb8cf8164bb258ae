"""``calciroute run`` as people use it: files in, exit code, table, folder out."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import calciroute
from calciroute import PURPOSE
from calciroute.cli import main
from model.small_models import GOOD, OSCILLATOR

FILES = {"result.nc", "run.json"}


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "lanes.csv").write_text("lane,ka\nslow,0.5\nown,\n")
    (tmp_path / "doses.csv").write_text("lane,time_h,state,amount\n,0,gut,100\nslow,12,gut,50\n")
    return tmp_path


def run(tables, *more):
    return call(
        "run", GOOD, "--parameters", tables / "lanes.csv", "--doses", tables / "doses.csv", "--until", 24,
        "--out", tables / "out", *more,
    )  # fmt: skip


def test_a_run_leaves_courses_and_a_summary_and_prints_a_table(tables, capsys):
    assert run(tables) == 0
    assert {path.name for path in (tables / "out").iterdir()} == FILES
    printed = capsys.readouterr()
    assert "tablet: 2 lanes, 101 times from 0 to 24 h" in printed.out
    assert "plasma  umol/L" in printed.out
    assert PURPOSE in printed.out
    assert "lanes of the table" in printed.err
    with xr.open_dataset(tables / "out" / "result.nc", engine="h5netcdf") as dataset:
        assert dataset["plasma"].dims == ("lane", "time")
        assert list(dataset["lane"].values) == ["slow", "own"]
        assert dataset["plasma"].attrs["units"] == "umol/L"
        assert dataset.attrs["purpose"] == PURPOSE


def test_the_same_numbers_from_the_command_line_and_from_python(tables):
    assert run(tables, "--workers", 2) == 0
    made = calciroute.load_model(GOOD).run(
        parameters=tables / "lanes.csv", doses=tables / "doses.csv", until=24.0, workers=1
    )
    with xr.open_dataset(tables / "out" / "result.nc", engine="h5netcdf") as stored:
        for name in ("gut", "plasma"):
            assert np.array_equal(stored[name].values, made[name].values)
        assert stored.attrs["model_hash"] == made.attrs["model_hash"]


def test_json_goes_to_standard_output_alone(tables, capsys):
    assert run(tables, "--json", "--outputs", "plasma,elimination", "--outputs", "ka") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["purpose"] == PURPOSE
    assert document["lanes"] == 2
    assert document["failed_lanes"] == []
    assert list(document["outputs"]) == ["plasma", "elimination", "ka"]
    assert document["outputs"]["plasma"]["unit"] == "umol/L"
    assert document["outputs"]["ka"]["lowest"] == 0.5


def test_an_earlier_result_is_replaced_and_another_folder_is_refused(tables, capsys):
    assert run(tables) == 0
    assert run(tables, "--outputs", "plasma") == 0
    with xr.open_dataset(tables / "out" / "result.nc", engine="h5netcdf") as dataset:
        assert set(dataset.data_vars) == {"plasma", "status"}
    (tables / "out" / "letter.txt").write_text("keep")
    assert run(tables) == 2
    assert "nothing is replaced" in capsys.readouterr().err
    assert {path.name for path in (tables / "out").iterdir()} == {*FILES, "letter.txt"}


def test_output_times_by_hand(tables, capsys):
    words = (
        "run",
        GOOD,
        "--doses",
        tables / "doses.csv",
        "--times",
        "0,0.5, 1e1",
        "--out",
        tables / "out",
        "--json",
    )
    (tables / "doses.csv").write_text("time,state,amount\n0,gut,100\n")
    assert call(*words) == 0
    assert json.loads(capsys.readouterr().out)["time"] == {
        "first": 0.0,
        "last": 10.0,
        "count": 3,
        "unit": "h",
    }


def test_a_lane_that_fails_is_named_and_the_rest_go_on(tables, capsys):
    """A volume of 0 makes a concentration that is no number."""
    (tables / "lanes.csv").write_text("lane,body\nempty,0\nslow,5\n")
    assert run(tables) == 4
    assert "lane empty: " in capsys.readouterr().err
    with xr.open_dataset(tables / "out" / "result.nc", engine="h5netcdf") as dataset:
        assert dataset["status"].sel(lane="slow") == 0
        assert dataset["status"].sel(lane="empty") != 0
        assert "lane empty: " in dataset.attrs["failures"]
        assert np.isfinite(dataset["plasma"].sel(lane="slow")).all()
    summary = json.loads((tables / "out" / "run.json").read_text("utf-8"))
    assert summary["failed_lanes"] == ["empty"]


def test_an_interrupted_run_ends_with_130_and_writes_nothing(tables, monkeypatch):
    from calciroute.model import solve_lanes

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(solve_lanes, "solve", interrupted)
    assert run(tables) == 130
    assert not (tables / "out").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--until", "-1"), "--until: the end is -1"),
        (("--until", "nan"), "--until: the end is nan"),
        (("--steps", "0"), "--steps: 0 steps"),
        (("--until", "5", "--times", "1,2"), "--times"),
        (("--times", "1,x"), "an output time 'x' is not a number"),
        (("--times", "1,,2"), "an output time is empty"),
        (("--times", "2,1"), "the output time 1 after 2"),
        (("--outputs", "plasm"), "'plasm' is not in the model. Expected: ids of the model. Try: 'plasma'"),
        (("--outputs", ","), "no output is named"),
        (("--tolerance", "0"), "--tolerance: 0"),
        (("--tolerance", "nan"), "--tolerance: nan"),
        (("--workers", "0"), "--workers: 0"),
        (("--format", "csv"), "--format: 'csv'. Expected: netcdf or zarr"),
    ],
)
def test_wrong_words_end_with_two_and_write_nothing(tmp_path, capsys, words, told):
    assert call("run", GOOD, *words, "--out", tmp_path / "out") == 2
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def test_zarr_without_its_package_is_told_in_words(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("calciroute.report.model_result.importlib.util.find_spec", lambda name: None)
    assert call("run", GOOD, "--format", "zarr", "--out", tmp_path / "out") == 2
    assert "the package zarr is not installed" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_be_read_is_told_in_words(tmp_path, monkeypatch, capsys):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert call("run", GOOD, "--out", tmp_path / "out") == 2
    assert "good.xml: this file cannot be read: permission denied" in capsys.readouterr().err


def test_help_is_quick_and_loads_no_solver():
    code = (
        "import sys, time, runpy; sys.argv = ['calciroute', 'run', '--help']\n"
        "try:\n    runpy.run_module('calciroute', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "heavy = [name for name in ('numpy', 'numba', 'libsbml', 'xarray') if name in sys.modules]\n"
        "print(heavy, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--parameters" in ended.stdout
    assert ended.stderr.strip() == "[]"


def test_the_example_of_the_documentation_oscillates(tmp_path, capsys):
    assert call("run", OSCILLATOR, "--until", 200, "--steps", 2000, "--out", tmp_path / "out") == 0
    with xr.open_dataset(tmp_path / "out" / "result.nc", engine="h5netcdf") as dataset:
        kinase = dataset["M"].values[0]
        tops = np.flatnonzero((kinase[1:-1] > kinase[:-2]) & (kinase[1:-1] >= kinase[2:])) + 1
        periods = np.diff(dataset["time"].values[tops])
    np.testing.assert_allclose(periods[1:], 25.2, atol=0.2)


def test_a_time_that_is_no_number_is_told_without_advice_for_tables(tmp_path, capsys):
    assert call("run", GOOD, "--times", "0,nan", "--out", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "--times: an output time is nan. Expected: a finite number." in told
    assert "blank" not in told


def test_antimony_is_told_how_to_become_sbml(tmp_path, capsys):
    (tmp_path / "mine.ant").write_text("S1' = -k*S1; S1 = 1; k = 1")
    assert call("run", tmp_path / "mine.ant", "--out", tmp_path / "out") == 2
    assert "this file is Antimony, by its ending" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
