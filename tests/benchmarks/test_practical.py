"""Commands for every day: what is stored names each of them, and a slower one is told."""

import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.gate import fallen
from benchmarks.practical import COMMANDS, MOST_CPU_S, RESULT, _speeds, cpu_of


def test_the_stored_run_holds_every_command_below_what_is_asked():
    rows = json.loads(RESULT.read_text("utf-8"))["rows"]
    assert [row["command"] for row in rows] == list(COMMANDS)
    assert [row["command"] for row in rows if not 0 < row["cpu_s"] <= MOST_CPU_S] == []


def test_a_command_that_costs_more_fell():
    before = _speeds([{"command": "label", "bare_pythons": 20.0}])
    assert fallen(before, _speeds([{"command": "label", "bare_pythons": 21.0}])) == []
    assert len(fallen(before, _speeds([{"command": "label", "bare_pythons": 40.0}]))) == 1


def test_a_process_that_fails_is_no_measure(tmp_path: Path):
    with pytest.raises(RuntimeError, match="ended with 2"):
        cpu_of(("-c", "raise SystemExit(2)"), dict(os.environ), tmp_path)
