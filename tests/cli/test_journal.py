"""``calciroute journal`` and ``calciroute data`` as they are typed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import calciroute
from calciroute.cli import main
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import EMERGENCY_TITLE, STANDARD_NOTICE, STOP_TITLE


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIROUTE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CALCIROUTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys, monkeypatch):
    def call(*words, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as left:
            main(list(words))
        printed = capsys.readouterr()
        return left.value.code or 0, printed.out, printed.err

    return call


PRODUCT = ("journal", "add", "dose", "MK-7", "180", "mcg", "softgel")


EVERY_COMMAND = (
    PRODUCT, ("journal", "add", "lab", "25OHD 55 nmol/L"), ("journal", "list"), ("journal", "summary"),
    ("journal", "history", "1"), ("journal", "edit", "1", "--missed"), ("journal", "remove", "1"),
    ("journal", "undo"), ("journal", "labs", "me.toml", "--out", "new.toml"), ("journal", "export", "j.json"),
    ("journal", "export", "j.csv"), ("journal", "import", "j.csv"), ("data", "where"),
    ("data", "export", "all.zip"), ("journal", "erase", "--yes"), ("data", "erase", "--yes"),
)  # fmt: skip


def test_every_answer_carries_purpose_and_standard_notice(run, tmp_path):
    (tmp_path / "me.toml").write_text('[person]\nsex = "female"\nage_years = 62\n')
    for words in EVERY_COMMAND:
        code, out, err = run(*words)
        assert (code, err) == (0, ""), words
        assert PURPOSE in out, words
        assert STANDARD_NOTICE in out, words


def test_every_answer_is_json_when_asked_with_the_purpose_first(run, tmp_path):
    (tmp_path / "me.toml").write_text('[person]\nsex = "female"\nage_years = 62\n')
    for words in EVERY_COMMAND:
        code, out, _ = run(*words, "--json")
        assert code == 0, words
        document = json.loads(out)
        assert list(document)[:2] == ["purpose", "standard_notice"], words


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("pressure", "185/95"), STOP_TITLE),
        (("symptom", "pain in the chest"), EMERGENCY_TITLE),
        (("dose", "Marcumar 3 mg"), STOP_TITLE),
        (("lab", "eGFR 20 mL/min"), STOP_TITLE),
    ],
)
def test_a_red_flag_is_kept_and_its_notice_stands_above_everything(run, words, title):
    code, out, _ = run("journal", "add", *words)
    assert code == 0
    assert out.startswith(title)
    assert words[1] in out
    code, out, _ = run("journal", "add", *words, "--json")
    assert json.loads(out)["notice"]["title"] == title
    assert len(json.loads(run("journal", "list", "--json")[1])["entries"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("journal", "add", "dinner", "x"), "dinner"),
        (("journal", "add", "dose", "MK-7 180 mg"), "MK-7 180 mg"),
        (("journal", "add", "weight", "66"), "66 kg"),
        (("journal", "add", "note", "x", "--on", "03/04/2026"), "2026-04-03"),
        (("journal", "add", "note", "x", "--on", "2099-01-01"), "after today"),
        (("journal", "add", "note", "x", "--missed"), "not taken or missed"),
        (("journal", "edit", "9", "x"), "entry 9"),
        (("journal", "undo"), "nothing to take back"),
        (("journal", "import", "none.json"), "does not exist"),
        (("journal", "export", "j.xlsx"), ".json or .csv"),
        (("journal", "labs", "none.toml", "--out", "x.toml"), "does not exist"),
        (("data", "export", "all.zip"), "nothing is kept"),
        (("journal", "erase"), "nothing was erased"),
    ],
)
def test_a_wrong_word_ends_with_2_keeps_what_was_typed_and_says_the_next_step(run, words, said):
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_words_may_come_from_standard_input_and_stay_out_of_the_shell(run):
    assert run("journal", "add", "symptom", "-", typed="leg cramps at night\n")[0] == 0
    assert "“leg cramps at night”" in run("journal", "list")[1]


def test_foods_go_over_as_a_diary_that_intake_reads(run, tmp_path):
    from calciroute.intake.diary_lines import diary_lines

    assert run("journal", "diary", "week.txt")[0] == 2
    run("journal", "add", "food", "50 g natto", "--on", "2026-03-02 08:30")
    run("journal", "add", "food", "100 g spinach", "--on", "2026-03-01")
    run("journal", "add", "note", "no food at all")
    assert run("journal", "diary", "week.txt")[0] == 0
    problems = []
    lines = diary_lines((tmp_path / "week.txt").read_text("utf-8"), "week.txt", problems)
    assert problems == []
    assert [(str(one.date), one.clock_h, one.text) for one in lines] == [
        ("2026-03-01", None, "100 g spinach"),
        ("2026-03-02", 8.5, "50 g natto"),
    ]


def test_looking_makes_no_file(run, tmp_path):
    for words in (("journal", "list"), ("journal", "summary"), ("data", "where")):
        assert run(*words)[0] == 0
    assert not (tmp_path / "data").exists()


def test_erasing_asks_and_no_keeps_everything(run, tmp_path):
    run(*PRODUCT)
    code, _, err = run("journal", "erase", typed="no\n")
    assert (code, "Erase?" in err) == (2, True)
    assert "“MK-7 180 mcg softgel”" in run("journal", "list")[1]
    assert run("data", "erase", typed="yes\n")[0] == 0
    assert not (tmp_path / "data").exists()


def test_files_that_are_not_ours_stay_when_data_are_erased(run, tmp_path):
    run(*PRODUCT)
    (tmp_path / "data" / "holiday.jpg").write_bytes(b"x")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / ("a" * 64 + ".xml")).write_text("<sbml/>")
    (tmp_path / "cache" / ("a" * 64)).write_text("of another program")
    assert "holiday.jpg  not calciroute's" in run("data", "where")[1]
    assert run("data", "erase", "--yes")[0] == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["holiday.jpg"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["a" * 64]


def test_an_export_never_goes_over_a_file_and_is_for_its_owner_alone(run, tmp_path):
    run(*PRODUCT)
    assert run("journal", "export", "j.json")[0] == 0
    before = (tmp_path / "j.json").read_bytes()
    code, _, err = run("journal", "export", "j.json")
    assert (code, "left as it is" in err) == (2, True)
    assert (tmp_path / "j.json").read_bytes() == before
    if sys.platform != "win32":
        assert (tmp_path / "j.json").stat().st_mode & 0o777 == 0o600


def test_the_archive_holds_journal_and_notice(run, tmp_path):
    run(*PRODUCT)
    (tmp_path / "data" / "mapping-app.toml").write_text("food = 'Item'")
    assert run("data", "export", "all.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"README.txt", "journal.json", "journal.csv", "mapping-app.toml"}
        assert STANDARD_NOTICE in archive.read("README.txt").decode()
        assert json.loads(archive.read("journal.json"))["entries"][0]["kind"] == "dose"


def test_no_line_of_the_list_is_wider_than_the_screen(run):
    run("journal", "add", "note", "納豆" * 400)
    run("journal", "add", "note", "x" * 1_500)
    from unicodedata import east_asian_width

    for line in run("journal", "list")[1].splitlines()[:2]:
        assert sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) <= 100
        assert line.endswith("…”")


_HEAVY = """
import sys
from calciroute.cli import _run
for words in (["add", "lab", "25OHD 55 nmol/L"], ["list"], ["summary"]):
    try:
        _run(["journal", *words])
    except SystemExit:
        pass
heavy = ("numpy", "scipy", "xarray", "llvmlite", "matplotlib", "libsbml")
print([name for name in heavy if name in sys.modules])
"""


def test_neither_numpy_nor_scipy_stands_behind_the_journal():
    env = {**os.environ, "PYTHONPATH": str(Path(calciroute.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", _HEAVY], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout
