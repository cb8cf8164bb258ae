"""Wrong food tables: refused with what was found beside what was expected, no traceback, at once."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

import wrong_european_tables
import wrong_usda_tables
from calciroute.errors import InputError
from calciroute.intake.importers import delimited, source_files
from calciroute.intake.importers.layouts import read_food_table
from food_table_files import CIQUAL, FDC, FRIDA, sr28, workbook, written, xml_files

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


def test_damage_anywhere_is_a_refusal_or_a_table_never_a_traceback(tmp_path):
    """Bytes changed, dropped and doubled at random places of each layout; the seed is fixed."""
    chance = random.Random(6)
    (tmp_path / "ciqual.csv").write_text(CIQUAL, "utf-8")
    whole = {
        "sr": sr28(tmp_path / "sr"),
        "fdc": written(tmp_path / "fdc", FDC),
        "xml": written(tmp_path / "xml", xml_files()),
        "ciqual": tmp_path / "ciqual.csv",
        "frida": workbook(tmp_path / "frida.xlsx", FRIDA),
    }
    refusals = 0
    for path in whole.values():
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for _ in range(60):
            file = chance.choice(files)
            before = file.read_bytes()
            file.write_bytes(damaged(before, chance))
            begun = time.process_time()
            try:
                read_food_table(path)
            except InputError:
                refusals += 1
            assert time.process_time() - begun < SECONDS
            file.write_bytes(before)
    assert refusals > 100


def damaged(content: bytes, chance: random.Random) -> bytes:
    place, length = chance.randrange(len(content)), chance.randrange(1, 40)
    new = {
        "changed": bytes(chance.randrange(256) for _ in range(length)),
        "dropped": b"",
        "doubled": content[place : place + length] * 2,
        "signs": bytes(chance.choice(b',;^~"<>&\n\t') for _ in range(length)),
    }
    return content[:place] + new[chance.choice(sorted(new))] + content[place + length :]
