"""docs/journal.md: its call gives what it shows, and its numbers are those of table and stored run."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

from calciroute.cli.journal import app
from calciroute.guide.journal_labs import PRESSURE_DAYS
from calciroute.people.lab_section import READINGS_LIMIT
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.tables.journal_rules import read_journal_rules

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "journal.md").read_text("utf-8")
STORED = json.loads((ROOT / "validation" / "results" / "kill.json").read_text("utf-8"))


def test_its_call_gives_what_it_shows():
    parsed = doctest.DocTestParser().get_doctest(PAGE, {}, "journal.md", None, 0)
    assert parsed.examples
    assert doctest.DocTestRunner().run(parsed).failed == 0


def test_it_carries_purpose_and_notice():
    assert PURPOSE in PAGE
    assert STANDARD_NOTICE in PAGE


def test_every_command_of_the_journal_stands_there_and_no_other():
    there = {command.name or command.callback.__name__ for command in app.registered_commands}
    named = set(re.findall(r"journal (\w+)", PAGE.partition("## Entries")[0])) | {
        "erase",
        "history",
        "undo",
        "remove",
    }
    assert named == there


@pytest.mark.parametrize("measure", ["adherence", "SBP", "weight"])
def test_its_table_of_needs_is_that_of_the_rules(measure):
    rule = read_journal_rules()[measure]
    words = {"adherence": "doses", "SBP": "readings", "weight": "entries"}[measure]
    assert f"{rule.window_days} days | {rule.least_entries} {words} of {rule.least_days} days" in PAGE


def test_its_limits_are_those_of_the_code():
    assert f"mean of the last {PRESSURE_DAYS} days" in PAGE
    assert f"takes {READINGS_LIMIT} readings of a test: the first and the last {READINGS_LIMIT - 1}" in PAGE


def test_its_figures_are_those_of_the_stored_run():
    figures = STORED["figures"]
    rows = {row["fault"]: row for row in STORED["rows"]}
    assert f"kill -9 while writing, {figures['kills']} times" in PAGE
    entries, kills = rows["kill_while_migrating"]["entries"], figures["migration_kills"]
    assert f"migration of {entries:,} entries, {kills} times" in PAGE
    assert rows["kill_while_writing"]["rolled_back"] > figures["kills"] / 2
    assert rows["kill_while_migrating"]["still_old"] * rows["kill_while_migrating"]["already_new"] > 0
    assert figures["two_writers_kept"] == figures["two_writers_written"] == 2_000
    assert figures["round_trips_identical"] == figures["round_trips"] == 500
    lost = [figures[name] for name in ("lost", "half", "migration_changed", "full_disk_lost")]
    assert lost == [0] * 4
    assert figures["markers_outside"] == figures["markers_after_erase"] == 0
    assert rows["markers"]["planted"] >= rows["markers"]["markers"] == 20
