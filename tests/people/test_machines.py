"""Machines as they are: encodings, line ends, signs that look like others, names, folders, processes."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from calciroute.cli import main
from calciroute.errors import InputError
from calciroute.intake.diary import read_diary
from calciroute.intake.plan import read_plan
from calciroute.model.written_table import written_table
from calciroute.people.person import read_person
from calciroute.simulate.observed import read_observed
from calciroute.simulate.read_inputs import read_inputs
from people.file_variants import NOTED, TEXTS, WRITERS, WRONG, Wrong

ENDINGS = {"person": "toml", "plan": "toml", "diary": "csv", "observed": "csv", "run": "csv"}


def read(kind: str, path: Path) -> tuple[object, tuple[str, ...]]:
    """What a file says, and what was noted in reading it."""
    if kind == "person":
        person = read_person(path)
        said = (person.sex, person.age_years, dict(person.labs), dict(person.diet.amounts))
        return said, person.reading_notes
    if kind == "plan":
        plan = read_plan(path)
        return plan.supplements[0].mean_per_day("MK7"), plan.reading_notes
    if kind == "diary":
        diary = read_diary(path)
        return (diary.days, diary.items, diary.amounts["MK7"].central), diary.notes
    if kind == "observed":
        observed = read_observed(path)
        return [
            (one.outcome, one.days, one.value, one.sd, one.unit) for one in observed.points
        ], observed.notes
    table = written_table(path, "a table", "parameters")
    rows = [(place.rsplit(":", 1)[1], *(str(cell).strip() for cell in cells)) for place, cells in table.rows]
    return (table.headings, rows), ()


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_says_the_same_however_it_was_saved(kind: str, writer: str, tmp_path: Path) -> None:
    plain, other = (tmp_path / f"{name}.{ENDINGS[kind]}" for name in ("plain", "other"))
    plain.write_bytes(TEXTS[kind].encode("utf-8"))
    other.write_bytes(WRITERS[writer](TEXTS[kind]))
    said, notes = read(kind, other)
    assert said == read(kind, plain)[0]
    if kind != "run":
        assert [note for note in notes if note.startswith("read as")][:1] == [
            note for note in notes if writer in NOTED and NOTED[writer] in note
        ]
        assert (writer in NOTED) == any(note.startswith("read as") for note in notes)


@pytest.mark.parametrize("wrong", WRONG, ids=[one.name for one in WRONG])
def test_a_file_that_needs_a_word_gets_one_with_the_right_spelling(wrong: Wrong, tmp_path: Path) -> None:
    path = tmp_path / f"mine.{ENDINGS[wrong.kind]}"
    path.write_bytes(wrong.content)
    with pytest.raises(InputError) as caught:
        read(wrong.kind, path)
    problem = caught.value.problems[0]
    assert problem.where.endswith("mine." + ENDINGS[wrong.kind] + (f":{wrong.line}" if wrong.line else ""))
    assert wrong.said in problem.found
    assert wrong.shown in f"{problem.expected} {problem.advice}"
    assert len({one.where for one in caught.value.problems}) == len(caught.value.problems), (
        "a line told twice"
    )


@pytest.mark.parametrize("wrong", [one for one in WRONG if one.kind == "person" and one.line and one.shown],
                         ids=lambda one: one.name)  # fmt: skip
def test_the_shown_spelling_is_read_without_a_word(wrong: Wrong, tmp_path: Path) -> None:
    """A person who types what the message shows has mended the line."""
    path = tmp_path / "mine.toml"
    path.write_bytes(wrong.content)
    with pytest.raises(InputError) as caught:
        read_person(path)
    lines = wrong.content.decode("utf-8-sig").split("\n")
    lines[wrong.line - 1] = caught.value.problems[0].advice
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        read_person(path)
    except InputError as other:
        said = str(other)
        assert wrong.said not in said  # an age of -62 or an unknown medicine is another matter
        assert wrong.name in {"dash for a minus", "written as a number"} or "not TOML" not in said


def test_at_least_forty_variants_of_files() -> None:
    assert len(WRITERS) * len(TEXTS) + len(WRONG) >= 120
    assert len({one.name for one in WRONG}) == len(WRONG) >= 40


def test_all_lines_are_told_at_once_with_what_else_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text(
        '[person]\nsex = “female”\nage_years = 62,5\n[diet]\nregion =\u00a0"NL"\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        read_person(path)
    assert [problem.where.rsplit(":", 1)[1] for problem in caught.value.problems] == ["2", "5", "3"]
    assert "a decimal point" in caught.value.problems[2].advice


def test_letters_of_every_script_and_typographic_signs_are_free_in_comments_and_texts(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    text = (
        '[person] # “quoted”, 納豆, C:\\me\\x, a\u200bb\nsex = "female"\nage_years = 62\n'
        "[medicines]\nnot_modelled = [\"Grandma’s „Tee“ — 1 cup\", '納豆 C:\\me']\n[labs]\n"
        '"25OHD" = "55\u00a0nmol/L"\n'
    )
    path.write_text(text, encoding="utf-8")
    person = read_person(path)
    assert person.medicines.not_modelled == ("Grandma’s „Tee“ — 1 cup", "納豆 C:\\me")
    assert person.labs["25OHD"] == 55.0


def test_a_correct_double_backslash_and_a_numbered_letter_stay(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    text = '[person]\nsex = "f\\u0065male"\nage_years = 62\n[diet]\ndiary = "C:\\\\me\\\\week.csv"\n'
    path.write_text(text, encoding="utf-8")
    person = read_person(path)
    assert person.sex == "female"
    assert str(person.diet.diary).endswith("C:\\me\\week.csv")


# ---- names of files and folders


@pytest.mark.parametrize("name", ["my data", "Müller", "данные", "納豆の日", "a & b (2)", "it's"])
def test_files_and_folders_are_named_as_people_name_them(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / f"{name}.csv").write_text(TEXTS["diary"], encoding="utf-8")
    quoted = f'"""{name}.csv"""'
    person = folder / f"{name} me.toml"
    person.write_text(f'[person]\nsex = "male"\nage_years = 60\n[diet]\ndiary = {quoted}\n', encoding="utf-8")
    plan = folder / f"{name}.toml"
    plan.write_text(TEXTS["plan"], encoding="utf-8")
    who, (found,) = read_inputs(person, [plan])
    assert found.name == name
    assert who.diet.diary is not None
    assert read_diary(who.diet.diary).items == 3


def test_a_diary_of_a_mac_is_found_under_the_name_as_typed(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Käse.csv")).write_text(TEXTS["diary"], encoding="utf-8")
    person = tmp_path / "me.toml"
    person.write_text(
        '[person]\nsex = "male"\nage_years = 60\n[diet]\ndiary = "K\u00e4se.csv"\n', encoding="utf-8"
    )
    who, _ = read_inputs(person)
    assert who.diet.diary is not None
    assert read_diary(who.diet.diary).items == 3


def test_home_is_the_persons_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "week.csv").write_text(TEXTS["diary"], encoding="utf-8")
    text = '[person]\nsex = "male"\nage_years = 60\n[diet]\ndiary = "~/week.csv"\n'
    (tmp_path / "me.toml").write_text(text, encoding="utf-8")
    who, _ = read_inputs(Path("~/me.toml"))
    assert who.diet.diary == tmp_path / "week.csv"


def test_home_holds_behind_an_option_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    with pytest.raises(SystemExit) as left:
        main(["new", "~/mine"])
    assert left.value.code == 0
    with pytest.raises(SystemExit) as left:
        main(["simulate", "~/mine/person.toml", "--plan=~/mine/none.toml", "--out=~/out"])
    assert left.value.code == 2
    assert f"{tmp_path.as_posix()}/mine/none.toml: this file does not exist" in capsys.readouterr().err


def test_a_backslash_between_folders_is_told_where_it_parts_none(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("here a backslash does part folders")
    person = tmp_path / "me.toml"
    person.write_text(
        "[person]\nsex = 'male'\nage_years = 60\n[diet]\ndiary = 'data\\week.csv'\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"data/week\.csv"):
        read_inputs(person)


def test_a_long_path_is_read_and_its_file_named_in_full(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 3_000:
        folder /= "a folder with a rather long name " * 6
    folder.mkdir(parents=True)
    person = folder / f"{'p' * 180}.toml"
    person.write_text('[person]\nsex = "male"\nage_years = 6000\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_person(person)
    assert caught.value.problems[0].where.endswith(f"{person.name}:3")
    person.write_text('[person]\nsex = "male"\nage_years = 60\n', encoding="utf-8")
    assert read_person(person).age_years == 60


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as left:
        main([*words])
    printed = capsys.readouterr()
    assert left.value.code == 2, printed.err
    assert "central" not in printed.err, "told after the run had begun"
    assert "Traceback" not in printed.err
    return printed.err


def test_a_folder_for_results_that_cannot_be_is_told_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = tmp_path / "me.toml"
    person.write_text('[person]\nsex = "male"\nage_years = 60\n', encoding="utf-8")
    assert "name is too long" in told(capsys, "simulate", str(person), "--out", str(tmp_path / ("x" * 300)))
    assert "is not a folder" in told(capsys, "simulate", str(person), "--out", str(person / "out"))
    # Root may write anywhere, so the system's answer for a plain user is put in its place.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    assert "nothing may be written" in told(
        capsys, "simulate", str(person), "--out", str(tmp_path / "a" / "b")
    )


def test_a_long_name_of_the_result_folder_leaves_room_for_the_hidden_one(tmp_path: Path) -> None:
    from calciroute.report.result_folder import write_folder

    final = tmp_path / ("r" * 255)
    for text in ("first", "second"):
        write_folder(final, lambda made, text=text: (made / "run.json").write_text(_mark(text), "utf-8"))
    assert "second" in (final / "run.json").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [final.name]


def _mark(text: str) -> str:
    import json

    from calciroute.purpose import PURPOSE
    from calciroute.report.result_folder import RUN_KIND

    return json.dumps({"purpose": PURPOSE, "kind": RUN_KIND, "text": text})


# ---- processes

SCRIPT = """
import multiprocessing
import sys

multiprocessing.set_start_method(sys.argv[1])
import calciroute

# No `if __name__ == "__main__"` here, on purpose: notebooks and short scripts have none.
who = {"person": {"sex": "female", "age_years": 62}}
found = calciroute.simulate_person(who, years=0.02, draws=2, variants=())
print("done", found.sizes["draw"], len(multiprocessing.active_children()), flush=True)
"""


WORKERS = """
import multiprocessing
import sys


def level(seed):
    import calciroute

    who = {"person": {"sex": "female", "age_years": 62}}
    found = calciroute.simulate_person(who, years=0.02, draws=1, seed=seed, variants=())
    return round(float(found["dp_ucMGP"][0, 0, 0, -1]), 6)


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    with multiprocessing.Pool(1) as pool:
        print(pool.map(level, [1]) == [level(1)], flush=True)
"""


def run_script(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    script = folder / "mine.py"
    script.write_text(text, encoding="utf-8")
    sources = Path(read_person.__code__.co_filename).parents[2]
    return subprocess.run(
        [sys.executable, str(script), *words], capture_output=True, text=True, timeout=300, cwd=folder,
        check=False, env={**os.environ, "PYTHONPATH": str(sources)},
    )  # fmt: skip


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_persons_own_worker_processes_find_the_same_numbers(method: str, tmp_path: Path) -> None:
    if method == "forkserver" and os.name == "nt":
        pytest.skip("this system has no such start method")
    ended = run_script(tmp_path, WORKERS, method)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["True"]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_script_without_a_main_guard_ends_normally_once(method: str, tmp_path: Path) -> None:
    if method == "forkserver" and os.name == "nt":
        pytest.skip("this system has no such start method")
    ended = run_script(tmp_path, SCRIPT, method)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["done 2 0"]
    assert "bootstrapping" not in ended.stderr


def test_no_process_is_started_and_none_is_copied() -> None:
    """Threads alone: no start method is relied on, and no child inherits a lock in the wrong state."""
    package = Path(read_person.__code__.co_filename).parents[1]
    words = ("multiprocessing", "ProcessPool", "os.fork", "forkpty", "set_start_method")
    used = [
        f"{path.name}: {word}"
        for path in package.rglob("*.py")
        for word in words
        if word in path.read_text("utf-8")
    ]
    assert not used
