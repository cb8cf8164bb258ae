"""A console of an old code page: signs that it lacks become plain ones of the same meaning."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DIARY = "Monday\n4 slices gouda\n1 litre milk\n500 g potatoes\n"


@pytest.mark.parametrize("page", ["cp437", "cp850", "cp1252", "cp932"])
def test_thousands_of_an_intake_are_parted_by_a_plain_space(page: str, tmp_path: Path) -> None:
    (tmp_path / "day.txt").write_text(DIARY, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": page}
    words = [sys.executable, "-m", "calciroute", "intake", str(tmp_path / "day.txt"), "--region", "NL"]
    done = subprocess.run(words, env=environment, capture_output=True, check=True)
    text = done.stdout.decode(page)
    calcium = next(line for line in text.splitlines() if line.startswith("calcium"))
    assert calcium.split()[2:4] == ["2", "070"]
    # "+ ?" marks what is not known; no other question mark may come out of a diary without a question.
    assert "?" not in text.replace("+ ?", "")


def test_a_sign_without_a_plain_one_is_marked_as_lost() -> None:
    from calciroute.cli import _plain_signs

    wrong = UnicodeEncodeError("cp437", "1\u202f000 納豆", 1, 2, "no such sign")
    assert _plain_signs(wrong) == (" ", 2)
    assert _plain_signs(UnicodeEncodeError("cp437", "納豆", 0, 2, "no such sign")) == ("??", 2)
