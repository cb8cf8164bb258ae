"""``--stop`` on the command line: run, stored, run again, refused."""

import json

import pytest

from calciroute.cli import main

USER = """
[person]
sex = "female"
age_years = 62
[[supplement]]
product = "MK-7 180 mcg softgel"
since = "2 years"
"""
PLAN = '[[supplement]]\nproduct = "K1 500 mcg tablet"\n'


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("stop")
    (place / "me.toml").write_text(USER, "utf-8")
    (place / "k1.toml").write_text(PLAN, "utf-8")
    words = ("--plan", place / "k1.toml", "--stop", "--years", 0.1, "--draws", 2, "--out", place / "out")
    assert call("simulate", place / "me.toml", *words) == 0
    return place


def test_the_arm_stands_in_the_result_and_its_command(folder):
    result = json.loads((folder / "out/result.json").read_text("utf-8"))["result"]
    assert result["arms"] == ["as_now", "k1", "stop"]
    assert result["inputs"]["stop"] is True
    assert "--plan k1.toml --stop" in (folder / "out/report.html").read_text("utf-8")
    assert "stopping today's" in result["answer"][1]


def test_a_replay_stops_too(folder, capsys):
    assert call("replay", folder / "out/result.json") == 0
    assert "every byte" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("person", "words", "told"),
    [
        ('[person]\nsex = "male"\nage_years = 70\n', ["--stop"], "nothing to stop"),
        (USER, [word for number in range(5) for word in ("--plan", f"p{number}.toml")], "at most 4 plans"),
        (USER, ["--plan", "stop.toml"], "'stop' cannot name an arm"),
    ],
)
def test_what_cannot_be_is_refused_with_words_before_the_run(
    person, words, told, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "me.toml").write_text(person, "utf-8")
    for name in (*(f"p{number}" for number in range(5)), "stop"):
        (tmp_path / f"{name}.toml").write_text(PLAN, "utf-8")
    assert call("simulate", "me.toml", *words) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "calciroute-out").exists()
