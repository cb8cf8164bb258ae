"""The journal: nothing lost, nothing half, every edit can be taken back, and what goes out comes back."""

from __future__ import annotations

import dataclasses
import datetime
import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given

from calciroute.errors import InputError
from calciroute.guide.journal import open_journal
from calciroute.guide.journal_entry import Content
from calciroute.guide.journal_erase import erase_journal
from calciroute.guide.journal_files import as_csv, as_json
from calciroute.guide.journal_import import import_entries, read_export
from calciroute.guide.journal_schema import FILE_NAME, MIGRATIONS, copy_name
from calciroute.guide.journal_words import understand
from journal_cases import WRONG_EXPORTS, comes_back_identical, fault, histories, markers_left

DAY = datetime.date(2026, 3, 1)
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and rights of POSIX")


def note(text: str) -> Content:
    return Content(DAY, "", text)


@pytest.fixture
def journal(tmp_path):
    with open_journal(tmp_path / "data") as opened:
        yield opened


# ---- edit, undo, history


def test_every_edit_stays_in_the_history_and_is_taken_back_step_by_step(journal):
    journal.add("note", note("first"))
    journal.edit(1, note("second"))
    journal.edit(1, note("third"))
    assert [journal.undo().content.text for _ in range(2)] == ["second", "first"]
    gone = journal.undo()
    assert not gone.kept
    assert journal.entries() == ()
    assert [one.content.text for one in gone.revisions] == [
        "first",
        "second",
        "third",
        "second",
        "first",
        "first",
    ]
    with pytest.raises(InputError, match="nothing to take back"):
        journal.undo()


def test_undo_without_a_number_takes_the_last_change_of_all_entries(journal):
    journal.add("note", note("a"))
    journal.add("note", note("b"))
    journal.remove(1)
    assert journal.undo().id == 1
    assert [entry.content.text for entry in journal.entries()] == ["a", "b"]
    assert journal.undo().id == 2


def test_an_edit_after_an_undo_can_be_taken_back_too(journal):
    journal.add("note", note("a"))
    journal.edit(1, note("b"))
    journal.undo(1)
    journal.edit(1, note("c"))
    assert journal.undo(1).content.text == "a"


@pytest.mark.parametrize("number", [0, 2, -1, 10**30])
def test_a_number_that_is_not_there_is_named(journal, number):
    journal.add("note", note("a"))
    for call in (journal.entry, journal.remove, journal.undo, lambda one: journal.edit(one, note("b"))):
        with pytest.raises(InputError, match="is not in the journal"):
            call(number)


# ---- the file


@posix
def test_folder_and_files_are_for_their_owner_alone(tmp_path):
    old = os.umask(0)
    try:
        with open_journal(tmp_path / "data") as opened, opened.writing() as connection:
            connection.execute("INSERT INTO entry (uid, kind) VALUES ('a', 'note')")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    finally:
        os.umask(old)
    assert modes == {FILE_NAME: 0o600, f"{FILE_NAME}-journal": 0o600}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@posix
def test_rights_that_are_too_wide_are_taken_away_but_never_from_a_folder_of_others(tmp_path):
    open_journal(tmp_path / "data").close()
    (tmp_path / "data").chmod(0o755)
    (tmp_path / "data" / FILE_NAME).chmod(0o644)
    open_journal(tmp_path / "data").close()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / FILE_NAME).stat().st_mode) == 0o600
    (tmp_path / "shared").mkdir(mode=0o755)
    (tmp_path / "shared" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="not calciroute's"):
        open_journal(tmp_path / "shared")
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o755


def test_the_settings_are_those_that_keep_entries(journal):
    ask = journal._connection.execute
    asked = {
        name: ask(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "user_version")
    }
    assert asked == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "user_version": len(MIGRATIONS),
    }
    strict = ask(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'"
    )
    assert dict(strict) == {"entry": 1, "revision": 1, "reading": 1}
    with pytest.raises(sqlite3.IntegrityError):
        ask("INSERT INTO revision SELECT 99, 1, '', 'kept', NULL, '', '', '', NULL, '', '', 0")


def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    open_journal(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(InputError, match="version 99"):
        open_journal(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_file_of_another_program_is_refused(tmp_path):
    tmp_path.chmod(0o700)
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("CREATE TABLE cookies (a)")
    connection.close()
    with pytest.raises(InputError, match="another program"):
        open_journal(tmp_path)


@pytest.mark.parametrize("damage", ["text", "page", "cut"])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path, damage):
    with open_journal(tmp_path) as opened:
        for number in range(50):
            opened.add("note", note(f"{number} " + "x" * 1_000))
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    if damage == "text":
        content = bytearray(b"this was a journal once\n" * 100)
    elif damage == "page":
        content[4096 * 3 : 4096 * 12] = os.urandom(4096 * 9)
    else:
        del content[len(content) // 2 :]
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"damaged|cannot be used"):
        open_journal(tmp_path)
    assert path.read_bytes() == bytes(content)


def test_a_migration_keeps_every_entry_and_a_copy_of_the_file_before(tmp_path):
    with open_journal(tmp_path) as opened:
        opened.add("pressure", understand("pressure", "138/82", DAY))
        before = opened.entries()
    later = (*MIGRATIONS, ("CREATE INDEX revision_by_day ON revision (day)",))
    with open_journal(tmp_path, later) as opened:
        assert opened.entries() == before
    copy = tmp_path / "older"
    copy.mkdir()
    os.replace(tmp_path / copy_name(1), copy / FILE_NAME)
    with open_journal(copy) as opened:
        assert opened.entries() == before
    with pytest.raises(InputError, match="version 2"):
        open_journal(tmp_path)


def test_a_migration_that_fails_changes_nothing(tmp_path):
    with open_journal(tmp_path) as opened:
        opened.add("note", note("a"))
        before = opened.entries()
    broken = (
        *MIGRATIONS,
        ("CREATE TABLE more (a) STRICT", "DROP TABLE reading", "INSERT INTO nowhere VALUES (1)"),
    )
    with pytest.raises(InputError):
        open_journal(tmp_path, broken)
    with open_journal(tmp_path) as opened:
        assert opened.entries() == before


def test_who_waits_while_the_journal_is_erased_writes_nothing_into_the_void(tmp_path):
    with open_journal(tmp_path / "data") as opened:
        opened.add("note", note("a"))
        erase_journal(tmp_path / "data")
        with pytest.raises(InputError, match="erased meanwhile"):
            opened.add("note", note("b"))


def test_a_second_command_that_waits_in_vain_says_so(tmp_path):
    with open_journal(tmp_path) as first, open_journal(tmp_path) as second:
        second._connection.execute("PRAGMA busy_timeout = 1")
        with first.writing(), pytest.raises(InputError, match="another command holds the journal"):
            second.add("note", note("b"))
        second.add("note", note("c"))
        assert [entry.content.text for entry in first.entries()] == ["c"]


# ---- faults, a tenth of validation/journal.py


@posix
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path):
    counted = fault("kill_while_writing", tmp_path / "data", 20)
    assert counted["acknowledged"] > 0
    assert {name: counted[name] for name in ("lost", "half", "damaged")} == {
        "lost": 0,
        "half": 0,
        "damaged": 0,
    }


@posix
def test_a_kill_during_a_migration_changes_no_entry(tmp_path):
    counted = fault("kill_while_migrating", tmp_path / "data", 5)
    assert counted["entries"] > 1_000
    assert (counted["changed"], counted["damaged"]) == (0, 0)


@posix
def test_two_writers_keep_every_entry(tmp_path):
    counted = fault("two_writers", tmp_path / "data", 100)
    assert counted == {"written": 200, "acknowledged": 200, "kept": 200, "failed": 0}


@posix
def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path):
    counted = fault("full_disk", tmp_path / "data", 3)
    assert (counted["changed"], counted["half"]) == (0, 0)
    assert all("nothing was written" in message for message in counted["messages"])
    assert counted["messages"]


@posix
def test_a_folder_that_may_not_be_written_is_told_and_can_be_read(tmp_path):
    import tempfile

    # Not below the folder of the test run, into which nobody else may look.
    folder = Path(tempfile.mkdtemp())
    counted = fault("read_only", folder, 1)
    assert counted["kept"] == 1
    assert "cannot be written" in counted["messages"][0]
    assert "rights" in counted["messages"][0]


@posix
def test_marker_words_stand_in_the_journal_alone_and_nowhere_once_erased(tmp_path):
    counted = markers_left(tmp_path)
    assert counted["planted"] >= counted["markers"] == 20
    assert (counted["outside"], counted["after_erase"], counted["files_after_erase"]) == (0, 0, 0)


# ---- out and back


@given(steps=histories())
def test_exported_erased_and_imported_the_journal_is_the_same(tmp_path_factory, steps):
    assert comes_back_identical(tmp_path_factory.mktemp("round"), steps)


def some_entries(folder):
    with open_journal(folder) as opened:
        opened.add("pressure", understand("pressure", "138/82", DAY))
        opened.add("dose", understand("dose", "MK-7 180 mcg softgel", DAY))
        opened.add("lab", understand("lab", "25-OH Vitamin D 22 ng/mL", DAY))
        return opened.entries()


@pytest.mark.parametrize(
    ("cause", "made", "word"), WRONG_EXPORTS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_wrong_export_is_refused_with_its_cause_and_nothing_is_taken(tmp_path, cause, made, word):
    entries = some_entries(tmp_path / "data")
    name, text = made(as_json(entries), as_csv(entries))
    path = tmp_path / name
    path.write_bytes(text.encode("latin-1" if "PNG" in text[:5] else "utf-8", "surrogatepass"))
    with open_journal(tmp_path / "other") as other:
        with pytest.raises(InputError) as refused:
            import_entries(other, read_export(path))
        assert other.entries(removed=True) == ()
    said = str(refused.value)
    assert word in said
    assert name in said
    assert len(refused.value.problems) <= 21


def test_an_import_beside_other_entries_takes_free_numbers_and_longer_histories(tmp_path):
    entries = some_entries(tmp_path / "data")
    export = tmp_path / "old.json"
    export.write_text(as_json(entries), encoding="utf-8")
    with open_journal(tmp_path / "data") as opened:
        opened.edit(1, understand("pressure", "130/80", DAY))
        newer = as_json(opened.entries())
    with open_journal(tmp_path / "other") as other:
        other.add("note", note("mine"))
        assert import_entries(other, read_export(export)).new == 3
        assert [entry.id for entry in other.entries()] == [1, 2, 3, 4]
        (tmp_path / "new.json").write_text(newer, encoding="utf-8")
        assert dataclasses.astuple(import_entries(other, read_export(tmp_path / "new.json"))) == (0, 2, 1)
        assert import_entries(other, read_export(export)).same == 3
    with open_journal(tmp_path / "data") as opened:
        opened.undo(1)
        other_history = opened.entries()
    changed = dataclasses.replace(other_history[0], revisions=other_history[0].revisions[1:])
    with open_journal(tmp_path / "other") as other, pytest.raises(InputError, match="another history"):
        import_entries(other, [changed])


def test_a_spreadsheet_may_save_the_csv_with_semicolons_in_its_own_encoding(tmp_path):
    import csv
    import io

    entries = some_entries(tmp_path / "data")
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(as_csv(entries))))
    (tmp_path / "saved.csv").write_bytes(out.getvalue().encode("utf-8-sig"))
    assert read_export(tmp_path / "saved.csv") == entries
