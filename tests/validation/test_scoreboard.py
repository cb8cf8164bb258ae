"""The scoreboard says what is reached, missed, missing and stale."""

import importlib.util
import json
import sys
import tomllib
from pathlib import Path

import pytest

VALIDATION = Path(__file__).resolve().parents[2] / "validation"
FIGURES = """
[[figure]]
name = "balance"
result = "balance"
target = "1e-9"
value = "gap"
at_most = 1e-9
shows = "{gap:.0e}"
[[figure]]
name = "cases"
result = "cases"
target = "all"
value = "right"
equals = "all"
shows = "{right} of {all}"
"""


@pytest.fixture(scope="module")
def scoreboard():
    spec = importlib.util.spec_from_file_location("scoreboard", VALIDATION / "scoreboard.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def board(scoreboard, tmp_path):
    table = tmp_path / "figures.toml"
    table.write_text(FIGURES)

    def read(changed=False, **results):
        for name, stored in results.items():
            text = stored if isinstance(stored, str) else json.dumps(stored)
            (tmp_path / f"{name}.json").write_text(text)
        lines = scoreboard.read_board(
            tmp_path, lambda variant: f"hash of {variant}", lambda *_: changed, table
        )
        return {line.name: line for line in lines}

    return read


def stored(commit="abc", model_hash="hash of calciroute", **figures):
    return {"commit": commit, "model_hash": model_hash, "figures": figures}


def test_nothing_measured_is_missing(board):
    assert {line.state for line in board().values()} == {"missing"}


def test_reached_and_missed(board):
    lines = board(balance=stored(gap=3e-12), cases=stored(right=3, all=4))
    assert (lines["balance"].state, lines["balance"].measured) == ("reached", "3e-12")
    assert (lines["cases"].state, lines["cases"].measured) == ("missed", "3 of 4")
    assert lines["balance"].stale == ""


@pytest.mark.parametrize(
    ("result", "changed", "words"),
    [
        (stored(model_hash="older", gap=0.0), False, "the model has changed"),
        (stored(commit="abc-dirty", gap=0.0), False, "measured between two commits"),
        (stored(gap=0.0), True, "the code has changed"),
        (stored(gap=0.0) | {"variant": "published"}, False, "the model has changed"),
    ],
)
def test_what_was_measured_on_something_else_is_stale(board, result, changed, words):
    line = board(changed, balance=result)["balance"]
    assert (line.state, line.stale) == ("reached", words)


@pytest.mark.parametrize("text", ["{", "{}", '{"figures": {}, "commit": "", "model_hash": ""}'])
def test_a_broken_result_does_not_stop_the_board(board, text):
    assert board(balance=text)["balance"].state == "unreadable"


def test_text_counts_and_names_what_is_not_on_the_board(scoreboard, board):
    lines = list(board(balance=stored(gap=0.0)).values())
    text = scoreboard.as_text(lines, ["speed"])
    assert "1 reached, 0 reached, stale, 0 missed, 1 missing" in text
    assert text.endswith("stored, not on the board: speed")


def test_what_a_result_depends_on_is_there(scoreboard):
    table = tomllib.loads((VALIDATION / "depends_on.toml").read_text("utf-8"))
    on_board = {
        row["result"]
        for file in ("scoreboard.toml", "scoreboard_practical.toml")
        for row in tomllib.loads((VALIDATION / file).read_text("utf-8"))["figure"]
    }
    assert set(table["results"]) <= on_board | {"derivatives"}
    assert set(table["results"].values()) <= set(table["groups"])
    for path in {path for group in table["groups"].values() for path in group}:
        assert list(VALIDATION.parent.glob(path.removeprefix(":(exclude)"))), path
    assert scoreboard._paths("sbml_suite") == table["groups"]["engine"]
    assert scoreboard._paths("of something new") == ["src"]


def test_every_figure_says_when_it_is_reached():
    files = [VALIDATION / "scoreboard.toml", VALIDATION / "scoreboard_practical.toml"]
    for row in [row for file in files for row in tomllib.loads(file.read_text("utf-8"))["figure"]]:
        assert sum(key in row for key in ("at_most", "at_least", "equals")) == 1, row["name"]
        assert {"name", "result", "target", "value", "shows"} <= set(row)
