"""Somebody under the age of adults: the notice and exit 3 where a plan is asked for, 2 in a simulation."""

from __future__ import annotations

import io
import json
import sys

import pytest

from calciroute import PURPOSE
from calciroute.cli import main
from calciroute.safety.notices import STANDARD_NOTICE, STOP_TITLE
from guide.persons import HEAD, passing
from safety.forbidden import assert_allowed

TALK = "Talk to: a paediatrician or the family doctor."


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


def person(folder, age, more=""):
    path = folder / "child.toml"
    path.write_text(f'[person]\nsex = "female"\nage_years = {age}\n{more}', encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["check", "plan"])
@pytest.mark.parametrize("age", ["17.9", "12", "1", "0.2", "0"])
def test_a_child_gets_the_notice_of_its_gate_and_no_question(command, age, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    path = person(tmp_path, age, "weight_kg = 8\n" if float(age) < 2 else "")
    assert call(command, path) == 3
    out, err = capsys.readouterr()
    assert out.startswith(STOP_TITLE)
    assert "Found: age under 18." in out
    assert ("an infant" in out) is (float(age) < 1)
    assert out.count(TALK) == 1
    assert PURPOSE in out
    assert STANDARD_NOTICE in " ".join(out.split())
    assert "Not answered" not in out
    assert "questions are open" not in out
    assert max(len(line) for line in out.splitlines()) <= 100
    assert err == ""
    assert_allowed(out)
    assert [one.name for one in tmp_path.iterdir()] == ["child.toml"]


def test_an_adult_of_eighteen_is_asked_as_before(tmp_path, capsys):
    assert call("check", person(tmp_path, "18")) == 3
    assert "age under" not in capsys.readouterr().out


def test_answers_that_deny_everything_open_no_plan_for_a_child(tmp_path, capsys):
    path = tmp_path / "child.toml"
    path.write_text(passing(head=HEAD.replace("62", "15")), encoding="utf-8")
    assert call("plan", path, "--out", tmp_path / "plan") == 3
    assert "age under 18" in capsys.readouterr().out
    assert not (tmp_path / "plan").exists()


def test_the_json_of_a_child_names_the_gate_and_leaves_nothing_open(tmp_path, capsys):
    assert call("check", person(tmp_path, "9"), "--json") == 3
    document = json.loads(capsys.readouterr().out)
    found = [gate for gate in document["stopped"]["gates"] if gate["kind"] == "stop"]
    assert [gate["id"] for gate in found] == ["Q005"]
    assert document["open"] == []
    assert document["groups"] == []


def test_the_questions_end_with_the_notice_and_leave_the_file(tmp_path, monkeypatch, capsys):
    path = person(tmp_path, "15")
    before = path.read_bytes()

    class NoMoreInput:
        buffer = io.BytesIO(b"no\n")

    monkeypatch.setattr(sys, "stdin", NoMoreInput)
    assert call("check", path, "--ask") == 3
    out, err = capsys.readouterr()
    assert STOP_TITLE in out
    assert "The questions go on" not in err
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_intake_and_label_open_with_the_notice_and_show_no_target(tmp_path, capsys):
    path = person(tmp_path, "10")
    diary, label = tmp_path / "day.txt", tmp_path / "label.txt"
    diary.write_text("50 g natto\n", encoding="utf-8")
    label.write_text("MK-7 100 mcg per capsule\n", encoding="utf-8")
    assert call("intake", diary, "--region", "NL", "--body", "efsa", "--person", path) == 0
    out = capsys.readouterr().out
    assert out.startswith(STOP_TITLE)
    assert TALK in out
    assert "reference intake" not in out.lower()
    assert call("label", label, "--person", path) == 0
    assert "age under 18" in capsys.readouterr().out


def test_a_simulation_refuses_a_child_as_before(tmp_path, capsys):
    path = person(tmp_path, "15")
    assert call("simulate", path, "--out", tmp_path / "out") == 2
    assert "calciroute describes adults only" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("age", ["-1", "nan", "106", '"15"', "true"])
def test_what_is_no_age_is_refused_in_a_check_too(age, tmp_path, capsys):
    assert call("check", person(tmp_path, age)) == 2
    assert "child.toml:3: age_years" in capsys.readouterr().err


def test_filtration_is_not_worked_out_for_a_child(tmp_path, capsys):
    path = person(tmp_path, "15", '[labs]\ncreatinine = "55 umol/L"\n')
    code = call("check", path)
    out, err = capsys.readouterr()
    assert "CKD-EPI" not in out + err
    assert code in (2, 3)
