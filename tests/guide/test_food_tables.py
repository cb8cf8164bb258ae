"""Food tables that a person keeps: the same after a round trip, private, found by name, gone when erased."""

from __future__ import annotations

import datetime
import os
import stat

import pytest

from calciroute.errors import InputError
from calciroute.guide.food_tables import forget_table, keep_table, kept_tables, named_tables
from calciroute.intake.importers.layouts import read_food_table
from calciroute.people.data_folder import own_files
from food_table_files import CIQUAL, FDC, FRIDA, SR28, workbook, written

DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    monkeypatch.setenv("CALCIROUTE_DATA", str(folder))
    return folder


def tables(tmp_path):
    (tmp_path / "ciqual.csv").write_text(CIQUAL, "utf-8")
    paths = (
        SR28,
        tmp_path / "ciqual.csv",
        written(tmp_path / "fdc", FDC),
        workbook(tmp_path / "frida.xlsx", FRIDA),
    )
    return [read_food_table(path) for path in paths]


def test_a_kept_table_is_the_same_table(tmp_path, home):
    for table in tables(tmp_path):
        kept = keep_table(table, DAY)
        (back,) = named_tables([kept.key])
        assert dict(back.foods) == dict(table.foods)
        assert (back.sha256, back.tried, back.notes, back.read_on) == (
            table.sha256, table.tried, table.notes, "2026-03-02",
        )  # fmt: skip
        assert (kept.count, kept.title, kept.file) == (len(table.foods), table.title, table.file)


def test_kept_tables_are_named_with_source_date_and_hash(tmp_path, home):
    for table in tables(tmp_path):
        keep_table(table, DAY)
    assert [one.key.split("-")[0] for one in kept_tables()] == ["ciqual", "fdc", "frida", "sr"]
    for one in kept_tables():
        assert len(one.sha256) == 64
        assert one.key.endswith(one.sha256[:8])
        assert one.read_on == "2026-03-02"
        assert one.attribution


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_only_the_owner_can_read_it_and_it_is_erased_with_the_rest(tmp_path, home):
    kept = keep_table(tables(tmp_path)[0], DAY)
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert kept.path in [file.path for file in own_files(home)]


def test_a_table_is_found_by_layout_where_one_has_it_and_asked_where_two_do(tmp_path, home):
    first = keep_table(tables(tmp_path)[1], DAY)
    assert named_tables(["Ciqual"])[0].key == first.key
    (tmp_path / "other.csv").write_text(CIQUAL.replace("310", "311"), "utf-8")
    keep_table(read_food_table(tmp_path / "other.csv"), DAY)
    with pytest.raises(InputError, match="may be several kept tables"):
        named_tables(["ciqual"])
    assert forget_table(first.key).key == first.key
    assert len(kept_tables()) == 1


def test_an_unknown_name_says_what_is_kept(tmp_path, home):
    with pytest.raises(InputError, match="no table is kept"):
        named_tables(["frida"])
    kept = keep_table(tables(tmp_path)[0], DAY)
    with pytest.raises(InputError, match=kept.key):
        named_tables(["frida"])


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda content: b"", "no food table as this version"),
        (lambda content: content.replace(b'"version": 1', b'"version": 9'), "no food table as this version"),
        (lambda content: content[:-40], "changed or cut"),
        (lambda content: content.rsplit(b"\n", 2)[0] + b"\n", "changed or cut"),
        (lambda content: content.replace(b'"value":', b'"worth":', 1), "changed or cut"),
        (lambda content: content.replace(b'"title"', b'"tittle"', 1), "its first line is not whole"),
    ],
)
def test_a_damaged_kept_table_is_refused(tmp_path, home, broken, words):
    kept = keep_table(tables(tmp_path)[0], DAY)
    kept.path.write_bytes(broken(kept.path.read_bytes()))
    with pytest.raises(InputError, match=words):
        named_tables([kept.key])
