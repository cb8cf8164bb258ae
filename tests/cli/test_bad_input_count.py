"""A tenth of the wrong inputs through the command line; validation/bad_input.py tries all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from wrong_fresh import fresh
from wrong_input import LONGEST_S, WrongInput, attempt, warm_up
from wrong_inputs import wrong_inputs

EVERY = wrong_inputs()


def test_the_list_is_long_and_of_many_causes() -> None:
    practical = [wrong for wrong in EVERY if wrong.kind in ("diary", "label", "journal")]
    assert len(EVERY) >= 1_500
    assert len(practical) >= 500
    assert len({wrong.cause for wrong in practical}) >= 40


def test_a_tenth_ends_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    rows = []
    (tmp_path / "warm").mkdir()
    warm_up(tmp_path / "warm")
    for number, wrong in enumerate(EVERY[4::10]):
        folder = tmp_path / str(number)
        folder.mkdir()
        rows.append(attempt(wrong, folder))
    assert [row for row in rows if row["missed"]] == []
    assert max(row["seconds"] for row in rows) < LONGEST_S
    # What is read without a word has a reason in its case.
    assert all(row["why"] for row in rows if row["outcome"] == "read")


@pytest.mark.parametrize("kind", ["diary", "label"])
def test_a_right_input_misses_the_bounds(kind: str, tmp_path: Path) -> None:
    """The count can fail: what is right is read, and is not counted as told."""
    text = {"diary": "50 g natto\n", "label": "Amount per capsule\nMK-7 100 mcg\n"}[kind]
    row = attempt(WrongInput(kind, "good.txt", "none", text.encode(), ("is not a number",), 2), tmp_path)
    assert row["outcome"] == "read"
    assert row["exit_code"] == 0
    assert row["missed"] == "read without a word"


def test_the_fresh_list_is_tried_whole(tmp_path: Path) -> None:
    """Causes of their own; what is to happen was written before the first run."""
    cases = [wrong for wrong in fresh() if wrong.kind != "person"]  # a person that is read would be simulated
    assert len(cases) >= 150
    assert len({wrong.cause for wrong in cases}) == len(cases)
    rows = []
    for number, wrong in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        rows.append(attempt(wrong, folder))
    assert [row for row in rows if row["missed"]] == []


def test_a_right_input_that_is_refused_misses_its_bound(tmp_path: Path) -> None:
    row = attempt(WrongInput("diary", "wrong.txt", "none", b"2 zorgs\n", (), 0, "a reason"), tmp_path)
    assert "to be read: a reason" in row["missed"]
