"""Wrong food tables: refused with what was found beside what was expected, no traceback, at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import wrong_european_tables
import wrong_usda_tables
from calciroute.errors import InputError
from calciroute.intake.importers import delimited, source_files
from calciroute.intake.importers.layouts import read_food_table
from food_table_files import CIQUAL, FDC, written

SECONDS = 5.0
WRONG = {**wrong_usda_tables.WRONG, **wrong_european_tables.WRONG}
STILL_READ = {"a workbook under the name of a text"}


def test_enough_causes_are_tried():
    assert len(WRONG) - len(STILL_READ) >= 90


@pytest.mark.parametrize("cause", WRONG)
def test_a_wrong_table_is_refused_with_the_difference(tmp_path, cause):
    path = WRONG[cause].make(tmp_path)
    assert isinstance(path, Path)
    begun = time.process_time()
    if cause in STILL_READ:
        assert read_food_table(path).layout == "frida"  # the content tells, not the name
        return
    with pytest.raises(InputError) as refused:
        read_food_table(path)
    assert time.process_time() - begun < SECONDS
    message = str(refused.value)
    for words in WRONG[cause].words:
        assert words in message
    assert len(refused.value.problems) <= 21
    if path.exists():
        assert str(tmp_path) not in message


def test_every_fault_is_told_at_once_and_the_rest_counted(tmp_path):
    text = CIQUAL.split("\n")[0] + "\n" + "".join(
        f"01;x;{code};Food {code};a;b;c;d;e;f;g;h\n" for code in range(1, 12)
    )  # fmt: skip
    path = tmp_path / "ciqual.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        read_food_table(path)
    assert "68 more of these" in str(refused.value)


def test_too_many_lines_and_too_large_files_are_refused(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(delimited, "ROWS", 5)
        with pytest.raises(InputError, match="more than 5 lines"):
            read_food_table(written(tmp_path / "f", FDC))
    monkeypatch.setattr(source_files, "LIMIT_BYTES", 1_000)
    with pytest.raises(InputError, match="at most 1 kB"):
        read_food_table(written(tmp_path / "g", {**FDC, "food.csv": FDC["food.csv"] * 4}))
