"""Ten ordinary days, written before the tables were mapped: most lines are known and none is another food."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

VALIDATION = Path(__file__).resolve().parents[2] / "validation"
if str(VALIDATION) not in sys.path:
    sys.path.insert(0, str(VALIDATION))

from food_cover import AIM, REGIONS, cover_lines, fits  # noqa: E402


@pytest.fixture(scope="module")
def lines():
    return cover_lines()


def test_ten_kitchens_are_there_and_every_line_is_judged(lines):
    assert len(REGIONS) == 10
    assert len(lines) == 201
    for diary in REGIONS:
        written = (VALIDATION.parent / "tests" / "intake" / "cover" / f"{diary}.txt").read_text("utf-8")
        assert [line.text for line in lines if line.diary == diary] == written.splitlines()


def test_at_least_85_percent_of_the_lines_get_k1_and_calcium(lines):
    assert sum(line.known for line in lines) / len(lines) >= AIM


def test_no_line_is_another_food(lines):
    assert [(line.diary, line.text, line.name) for line in lines if line.wrong] == []


def test_the_judge_refuses_what_it_should():
    assert not fits(
        "Chicken, broiler, rotisserie, BBQ, breast meat only", "chapati|roti|bread", "rotiss|chicken"
    )
    assert not fits("Fish oil, cod liver", "cod|fish & batter|fried", "oil")
    assert fits("Bread, white (includes soft bread crumbs)", "bread & white", "crumbs")
