"""The command line as people use it: files in, exit code, words and files out."""

import json
from pathlib import Path

import pytest

from calciroute import PURPOSE
from calciroute.cli import main
from calciroute.intake.plan import read_plan
from calciroute.people.person import read_person
from calciroute.report.build import build_report
from calciroute.report.result_json import canonical, result_of
from calciroute.simulate import job as simulate_job
from calciroute.simulate import run_person


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("person") / "files"
    assert call("new", place) == 0
    files = (place / "person.toml", "--plan", place / "plan.toml")
    code = call("simulate", *files, "--years", 0.1, "--draws", 2, "--out", place / "out")
    assert code == 0
    return place


def test_a_run_leaves_report_json_and_netcdf_with_the_purpose_line(folder):
    import xarray as xr

    assert {path.name for path in (folder / "out").iterdir()} == {"report.html", "result.json", "result.nc"}
    assert json.loads((folder / "out/result.json").read_text("utf-8"))["purpose"] == PURPOSE
    assert PURPOSE in (folder / "out/report.html").read_text("utf-8")
    with xr.open_dataset(folder / "out/result.nc", engine="h5netcdf") as dataset:
        assert dataset.attrs["purpose"] == PURPOSE
        assert dataset["dp_ucMGP"].dims == ("person", "arm", "draw", "time")
        assert dataset["dp_ucMGP"].attrs["sources"]


def test_the_result_is_the_same_bytes_from_the_command_line_and_from_python(folder):
    person, plan = read_person(folder / "person.toml"), read_plan(folder / "plan.toml")
    simulation = run_person(person, [plan], years=0.1, draws=2)
    stored = json.loads((folder / "out/result.json").read_text("utf-8"))["result"]
    assert canonical(result_of(build_report(simulation), simulation)) == canonical(stored)


def test_replay_reaches_every_byte_again(folder, capsys):
    assert call("replay", folder / "out/result.json") == 0
    assert "reached again" in capsys.readouterr().out


def test_replay_names_what_differs(folder, tmp_path, capsys):
    document = json.loads((folder / "out/result.json").read_text("utf-8"))
    document["result"]["courses"]["dp_ucMGP"]["unit"] = "nmol/L"
    changed = tmp_path / "result.json"
    changed.write_text(json.dumps(document), "utf-8")
    assert call("replay", changed) == 1
    assert "courses.dp_ucMGP.unit" in capsys.readouterr().err


def test_an_existing_result_is_replaced_and_another_folder_is_refused(folder, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    words = ("simulate", folder / "person.toml", "--years", 0.05, "--draws", 0, "--out")
    assert call(*words, tmp_path / "mine") == 2
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep"
    capsys.readouterr()
    assert call(*words, tmp_path / "new") == 0
    assert call(*words, tmp_path / "new") == 0


def test_json_goes_to_standard_output_alone(folder, tmp_path, capsys):
    code = call(
        "simulate", folder / "person.toml", "--years", 0.05, "--draws", 0, "--out", tmp_path / "o", "--json"
    )
    printed = capsys.readouterr()
    assert code == 0
    assert json.loads(printed.out)["result"]["arms"] == ["as_now"]
    assert "Central run" in printed.err


def test_an_interrupted_run_keeps_what_is_done(folder, tmp_path, monkeypatch, capsys):
    whole = simulate_job._run

    def interrupted(body, numbers, names, *rest, **more):
        if names == ["draw 1"]:
            raise KeyboardInterrupt
        return whole(body, numbers, names, *rest, **more)

    monkeypatch.setattr(simulate_job, "_run", interrupted)
    monkeypatch.setattr(simulate_job, "_LANES_AT_ONCE", 2)
    files = (folder / "person.toml", "--plan", folder / "plan.toml")
    assert call("simulate", *files, "--years", 0.05, "--draws", 5, "--out", tmp_path / "out") == 130
    result = json.loads((tmp_path / "out/result.json").read_text("utf-8"))["result"]
    assert result["draws_done"] == 1
    assert result["interrupted"] is True
    assert any("1 of 5 draws" in note for note in result["notes"])
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("simulate", "nobody.toml"), "nobody.toml"),
        (("simulate", "{person}", "--set", "CL_MK=1"), "CL_MK"),
        (("simulate", "{person}", "--variant", "vessel_quick"), "vessel_fast"),
        (("simulate", "{person}", "--years", "-1"), "--years"),
        (("replay", "{person}"), "not JSON"),
        (("simulate", "{person}", "--variant", "published"), "export --format sbml --variant published"),
        (("export", "--format", "omex", "--variant", "published", "--out", "{new}"), "without a person"),
        (("export", "--format", "sbmll"), "'sbml'"),
        (("where", "MGP_carboxylaton"), "MGP_carboxylation"),
    ],
)
def test_wrong_words_end_with_two_and_the_near_name(folder, tmp_path, capsys, words, told):
    words = [word.replace("{person}", str(folder / "person.toml")) for word in words]
    words = [word.replace("{new}", str(tmp_path / "out")) for word in words]
    if words[0] == "simulate":
        words += ["--out", str(tmp_path / "out")]
    assert call(*words) == 2
    printed = capsys.readouterr()
    assert told in printed.err + printed.out
    assert not (tmp_path / "out").exists()


def test_new_never_overwrites(folder, capsys):
    before = (folder / "person.toml").read_text("utf-8")
    assert call("new", folder) == 2
    assert (folder / "person.toml").read_text("utf-8") == before


@pytest.mark.parametrize("name", ["sbml", "antimony"])
def test_the_model_leaves_as_text_with_the_purpose_line(tmp_path, name, capsys):
    target = tmp_path / f"model.{name}"
    assert call("export", "--format", name, "--out", target) == 0
    assert "MGP_carboxylation" in target.read_text("utf-8")
    assert PURPOSE in capsys.readouterr().out
    assert call("export", "--format", name, "--out", target) == 2  # the file exists


def test_verify_prints_a_line_a_group_and_ends_with_zero(capsys):
    assert call("verify", "--json") == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert all(check["passed"] == check["total"] for check in checks)
    assert sum(check["total"] for check in checks) > 80


def test_the_version_carries_the_purpose_line(capsys):
    assert call("--version") == 0
    assert PURPOSE in capsys.readouterr().out


def test_a_folder_that_refuses_the_model_is_told_in_words(tmp_path, monkeypatch, capsys):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("calciroute.sbml.whole_file.os.replace", refuse)
    assert call("export", "--format", "sbml", "--out", tmp_path / "model.xml") == 2
    assert "cannot be written: permission denied" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_file_that_a_command_wrote_is_named_as_json(tmp_path, capsys):
    assert call("new", tmp_path / "mine", "--json") == 0
    written = json.loads(capsys.readouterr().out)
    assert written["purpose"] == PURPOSE
    assert [Path(name).name for name in written["written"]] == ["person.toml", "plan.toml", "week.csv"]
    assert call("export", "--format", "omex", "--out", tmp_path / "model.omex", "--json") == 0
    assert json.loads(capsys.readouterr().out)["written"] == [str(tmp_path / "model.omex")]
    plain = tmp_path / "plain"
    plain.touch()
    assert (tmp_path / "model.omex").stat().st_mode == plain.stat().st_mode  # others may read it as well
