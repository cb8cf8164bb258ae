"""The page of practical items: every command on it runs and shows what it says, every test on it exists."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

from calciroute.cli import main
from calciroute.tables.interactions import read_interactions
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.protocol import read_protocol
from calciroute.tables.self_check import read_self_check
from calciroute.tables.supplements import read_supplements

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "practical_items.md"
# What the two articles name; a row of the page for each.
ITEMS = (
    "natto", "blood thinner", "curd", "leafy greens", "MK-4", "90 to 200", "liposomal", "magnesium",
    "omega-3",
    "vitamin A", "bruising", "over 40", "inflammation", "pregnancy", "sugar", "processed food", "sodium",
    "sitting", "smoking", "stress", "four yoga poses", "Anulom Vilom", "weeks 1-2", "30-day protocol",
    "four FAQ",
)  # fmt: skip


def _rows():
    lines = PAGE.read_text("utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ")
    ]
    return [row for row in cells if "`calciroute" in row[2]]


def _ids(cell):
    """``S001 to S003, S007`` is four ids."""
    for first, last in re.findall(r"\b([A-Z]\d{3})(?: to ([A-Z]\d{3}))?", cell):
        for number in range(int(first[1:]), int((last or first)[1:]) + 1):
            yield f"{first[0]}{number:03d}"


def test_every_item_has_a_row():
    told = " ".join(row[0] for row in _rows())
    assert [item for item in ITEMS if item not in told] == []


def test_every_row_of_a_table_that_is_named_exists():
    tables = (read_supplements(), read_protocol(), read_interactions(), read_lifestyle())
    known = {row.text("id") for table in tables for row in table} | set(read_self_check())
    gaps = {"L045", "Q042"}  # numbers that the research tables skip
    for row in _rows():
        missing = [name for name in _ids(row[1]) if name not in known | gaps]
        assert missing == [], row[0]


def test_every_test_that_is_named_exists():
    for row in _rows():
        file, _, name = row[5].strip("`").partition("::")
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, row[0]


@pytest.mark.parametrize("command", sorted({row[2] for row in _rows()}))
def test_every_command_runs_and_shows_what_the_page_says(command, capsys, monkeypatch, tmp_path):
    words = shlex.split(command.strip("`"))[1:]
    words = [str(ROOT / word) if word.startswith("docs/") else word for word in words]
    if words[0] == "plan":
        words += ["--start", "2026-03-01", "--out", str(tmp_path / "plan")]
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(words)
    out = " ".join(capsys.readouterr().out.split())
    for row in _rows():
        if row[2] == command:
            assert left.value.code == int(row[3]), row[0]
            assert row[4] in out, row[0]
