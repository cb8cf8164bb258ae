"""``calciroute new DIR --ask`` without a terminal: answers from a pipe, broken input, files and folders."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest

from calciroute import PURPOSE
from calciroute.cli.ask_files import write_files
from calciroute.cli.ask_session import Left, Session
from calciroute.cli.ask_store import AnswerStore
from calciroute.errors import InputError
from calciroute.people.person import read_person
from calciroute.safety.stop import stop_notice
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.questions import read_questions
from cli.ask_persons import NOTHING_KNOWN, WOMAN, Answers, asked

SHORT = ("--years", "0.05", "--draws", "0")


def call(folder, text, *options):
    """Run the command with answers from a pipe."""
    given = text if isinstance(text, bytes) else text.encode("utf-8")
    words = [sys.executable, "-m", "calciroute", "new", str(folder), "--ask", *options]
    return subprocess.run(words, input=given, capture_output=True, timeout=300, check=False)


def answers_of(folder):
    path = folder / "answers.toml"
    return tomllib.loads(path.read_text("utf-8"))["answers"] if path.exists() else {}


class Script:
    """A console that a person's answers drive; it can be cut off before any of them."""

    is_terminal = True

    def __init__(self, answers, cut_after=None):
        self._answers, self._left, self.said = answers, cut_after, ""

    def say(self, text="", indent=0):
        self.said += text + "\n"

    def answer(self):
        if self._left is not None:
            if self._left == 0:
                raise KeyboardInterrupt
            self._left -= 1
        since = self.said[self.said.rfind("\n[") :]
        assert "Not taken" not in since, since
        self.said = self.said[-4000:] + "\n"
        if "Enter alone: write the files" in self.said[-600:]:
            return ""
        return self._answers.next(asked(re.sub(r"\s+", " ", since)))


def test_answers_from_a_pipe_give_files_and_the_result_on_standard_output(tmp_path):
    lines = ["male", "70", "dk", "180 cm", "no", "none", "never", "dk", "no", "not known", "", *[""] * 6]
    done = call(tmp_path / "me", "\n".join(lines) + "\n", *SHORT, "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["result"]["arms"] == ["as_now"]
    dialogue = done.stderr.decode("utf-8")
    assert dialogue.startswith(PURPOSE)
    assert dialogue.count("> ") >= 15
    assert not (tmp_path / "me" / "plan.toml").exists()


def test_input_that_ends_early_leaves_with_two_and_goes_on_later(tmp_path):
    done = call(tmp_path / "me", "female\n62\n")
    assert done.returncode == 2
    assert done.stdout == b""
    assert "2 answers are kept" in done.stderr.decode()
    assert f"--ask\n{PURPOSE}" in done.stderr.decode()
    again = call(tmp_path / "me", "51")  # the last line without its end counts too
    assert answers_of(tmp_path / "me") == {
        "sex": "female",
        "age_years": "62",
        "final_menstrual_period_age_years": "51",
    }
    assert "Taken up again: 2 answers are kept" in again.stderr.decode()


def test_a_child_is_refused_in_the_words_of_the_person_table(tmp_path):
    done = call(tmp_path / "me", "female\n8\n")
    assert "for a child ask a paediatrician or the family doctor" in done.stderr.decode()
    assert answers_of(tmp_path / "me") == {"sex": "female"}


def test_bytes_that_are_no_answer_are_told_and_nothing_is_lost(tmp_path):
    given = b"\xef\xbb\xbffemale\n\xff\xfe\n\x1b[A\n" + b"6" * 400 + b"\n62\n"
    done = call(tmp_path / "me", given)
    said = done.stderr.decode("utf-8")
    for words in ("not text in UTF-8", "control signs", "400 signs"):
        assert words in said
    assert answers_of(tmp_path / "me") == {"sex": "female", "age_years": "62"}


@pytest.mark.parametrize("options", [("--years", "0"), ("--draws", "-1"), ("--draws", "many")])
def test_wrong_options_are_told_before_the_first_question(tmp_path, options):
    done = call(tmp_path / "me", "female\n", *options)
    assert done.returncode == 2
    assert options[0] in done.stderr.decode()
    assert not (tmp_path / "me").exists()


def test_years_without_ask_is_told(tmp_path):
    words = [sys.executable, "-m", "calciroute", "new", str(tmp_path / "me"), "--years", "3"]
    done = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"--ask" in done.stderr
    assert not (tmp_path / "me").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version = 1\nbegan = 2026-01-01\n[answers]\nsex = 3\n", "answers.toml:4: 'sex' is not a text"),
        ("version = 9\nbegan = 2026-01-01\n", "version = 1"),
        ("version = 1\nbegan = 'today'\n", "began is not a day"),
        ("version = 1\nbegan = 2026-01-01\nanswers = 4\n", "answers is not a section"),
        ("this is no TOML", "answers.toml:1"),
    ],
)
def test_an_answers_file_of_somebody_else_is_left_alone(tmp_path, text, told):
    path = tmp_path / "answers.toml"
    path.write_text(text, "utf-8")
    done = call(tmp_path, "female\n")
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert path.read_text("utf-8") == text


def test_an_answer_that_no_longer_holds_is_asked_again_with_what_was_said(tmp_path):
    text = "version = 1\nbegan = 2026-01-01\n[answers]\nsex = 'male'\nage_years = '12'\nweight_kg = '66'\n"
    (tmp_path / "answers.toml").write_text(text, "utf-8")
    done = call(tmp_path, "71\n")
    said = " ".join(done.stderr.decode().split())
    assert "Before: 12. Enter keeps it." in said
    assert "18 to 105 years" in said
    assert answers_of(tmp_path) == {"sex": "male", "age_years": "71", "weight_kg": "66"}


def test_two_dialogues_over_one_folder_do_not_overwrite_each_other(tmp_path):
    first, second = AnswerStore(tmp_path), AnswerStore(tmp_path)
    first.keep("sex", "male")
    with pytest.raises(InputError, match="second dialogue"):
        second.keep("sex", "female")
    assert answers_of(tmp_path) == {"sex": "male"}


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be closed there")
def test_a_folder_that_refuses_is_told_and_what_was_kept_stays(tmp_path, monkeypatch):
    store = AnswerStore(tmp_path)
    store.keep("sex", "male")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="no space left on device"):
        store.keep("age_years", "70")
    monkeypatch.undo()
    assert answers_of(tmp_path) == {"sex": "male"}
    assert [path.name for path in tmp_path.iterdir()] == ["answers.toml"]


@pytest.mark.parametrize(
    ("person", "each"), [(NOTHING_KNOWN, 1), (WOMAN, 9)], ids=["at every question", "nearly all asked"]
)
def test_cut_off_again_and_again_the_answers_are_those_of_one_go(tmp_path, person, each):
    whole = AnswerStore(tmp_path / "whole")
    Session(whole, Script(Answers(person)), {}).run()
    answers, cuts, done = Answers(person), 0, False
    while not done and cuts < 100:
        try:
            Session(AnswerStore(tmp_path / "cut"), Script(answers, cut_after=each), {}).run()
            done = True
        except KeyboardInterrupt:
            cuts += 1
    assert cuts == len(whole.texts) // each
    assert answers_of(tmp_path / "cut") == whole.texts
    assert list(answers_of(tmp_path / "cut")) == list(whole.texts)


def test_every_question_of_the_table_is_asked_of_somebody(tmp_path):
    seen = set()
    pregnant = {**NOTHING_KNOWN, "sex": ["female"], "age_years": ["30"], "pregnancy": ["breastfeeding"]}
    diary = {**NOTHING_KNOWN, "diet_any": ["diary"], "diary": ["week.csv"]}
    for number, person in enumerate((WOMAN, pregnant, diary)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "week.csv").write_text("date,time,food,grams\n2026-03-02,08:00,gouda,30\n", "utf-8")
        session = Session(AnswerStore(folder), Script(Answers(person)), {})
        session.run()
        seen |= {step.question.id for step in session.standing.steps}
    assert seen == {question.id for question in read_questions()}


def test_pregnancy_and_an_unnamed_blood_thinner_open_with_the_notice(tmp_path):
    lines = ["female", "30", "no", "pregnant", "dk", "dk", "yes", "dk", "yes"]
    done = call(tmp_path / "me", "\n".join(lines) + "\n")
    said = " ".join(done.stderr.decode().split())
    assert "Found: pregnancy." in said
    assert "Talk to: the maternity team." in said
    assert "an unnamed blood thinner is taken" in said


def read_back(folder, answers):
    """The person of a session in which a person says some things and knows nothing else."""
    session = Session(AnswerStore(folder), Script(Answers({**NOTHING_KNOWN, **answers})), {})
    session.run()
    write_files(session.standing.written, folder)
    return read_person(folder / "person.toml")


def test_two_scans_are_a_dated_list(tmp_path):
    answers = {"scan_any": ["yes"], "scan": ["45", "80 AU", ""], "scan_date": ["2023-03-01", "2026-02-20"]}
    person = read_back(tmp_path, answers)
    assert [(str(one.date), one.value) for one in person.lab_readings] == [
        ("2023-03-01", 45),
        ("2026-02-20", 80),
    ]
    assert person.labs["coronary_calcium"] == 80


def test_limits_creatinine_and_german_lines_are_kept_as_the_lab_reader_keeps_them(tmp_path):
    lines = ["CRP < 0,5 mg/l", "Kreatinin 88 µmol/l", "25-OH Vitamin D: 22,5 ng/ml", ""]
    person = read_back(tmp_path, {"labs_any": ["yes"], "lab": lines})
    assert {one.name for one in person.lab_readings} >= {"CRP", "creatinine", "eGFR", "25OHD"}
    assert "CRP" not in person.labs
    assert person.labs["25OHD"] == pytest.approx(56.16, abs=0.1)


def test_an_entry_is_removed_and_a_name_without_a_row_is_kept_on_request(tmp_path):
    answers = {"medicines_any": ["yes"], "medicine": ["keep Zorblax 5 mg", "remove", "ramipril 5 mg", ""]}
    person = read_back(tmp_path, answers)
    assert person.medicines.taken == ("Zorblax 5 mg", "ramipril 5 mg")
    assert person.medicines.not_modelled == ("Zorblax 5 mg",)
    assert stop_notice(person).gates == ("Q062",)


def test_an_answer_that_can_be_read_in_two_ways_is_chosen_by_its_number(tmp_path):
    lines = [
        "male",
        "70",
        "dk",
        "180 cm",
        "no",
        "none",
        "never",
        "dk",
        "no",
        "DK",
        "1",
        "",
        "yes",
        "dk",
        "25OHD 55",
    ]
    done = call(tmp_path / "me", "\n".join([*lines, "2", ""]) + "\n")
    said = " ".join(done.stderr.decode("utf-8").split())
    assert "may be Denmark or: I do not know" in said
    assert "Understood: Denmark (DK)" in said
    assert "55 nmol/L or 55 ng/mL (137 nmol/L)?" in said
    assert "55 ng/mL = 137 nmol/L" in said


def test_no_question_tells_anybody_to_take_or_to_change_anything():
    imperative = re.compile(
        r"\b(take|swallow|start|increase|reduce|you will|reverse|should)\b", re.IGNORECASE
    )
    for question in read_questions():
        for text in (question.question, question.help):
            asked_about = re.sub(r"(do|did|have) you (really )?(take|taken)", "", text, flags=re.IGNORECASE)
            assert not imperative.search(asked_about), (question.id, text)


def test_every_condition_of_the_person_file_is_asked_about():
    asked_for = {
        word
        for question in read_questions()
        if question.section == "conditions"
        for word, _ in question.choices
    }
    assert set(read_people_fields("person_fields.csv")["conditions"]) <= asked_for


def test_quit_is_leaving(tmp_path):
    class Quits(Script):
        def answer(self):
            return "quit"

    with pytest.raises(Left):
        Session(AnswerStore(tmp_path), Quits(None), {}).run()
