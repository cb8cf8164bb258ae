"""``calciroute new DIR --ask`` as a person uses it: in a terminal, interrupted, with wrong answers."""

import csv
import sys
import tomllib
from pathlib import Path

import pytest

from calciroute import PURPOSE
from calciroute.simulate.read_inputs import read_inputs
from cli.ask_persons import WOMAN, Answers, asked
from cli.ask_terminal import CTRL_D, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal on this system")

with Path(__file__).with_name("wrong_answers.csv").open(encoding="utf-8", newline="") as _file:
    WRONG = list(csv.DictReader(_file))


def kept(folder):
    """Answers on disk."""
    path = folder / "answers.toml"
    return tomllib.loads(path.read_text("utf-8"))["answers"] if path.exists() else {}


def go_on(terminal, shown, answers, *, until=lambda question, done: False):
    """Answer until a question that `until` names, or the summary; give what was shown last."""
    done = 0
    while "Enter alone: write the files" not in shown:
        question = asked(shown)
        if until(question, done):
            break
        shown = terminal.type(answers.next(question))
        assert "Not taken" not in shown, shown
        done += 1
    return shown


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """One session from the first question to the result, every wrong answer typed before the right one."""
    folder = tmp_path_factory.mktemp("ask") / "me"
    told, lost = {}, []
    with Terminal(folder) as terminal:
        shown = terminal.prompt()
        answers, tried = Answers(WOMAN), set()
        while "Enter alone: write the files" not in shown:
            question = asked(shown)
            for row in WRONG if question.id not in tried else ():
                if row["question"] == question.id:
                    before = kept(folder)
                    said = terminal.type(row["answer"])
                    told[row["question"], row["answer"]] = said
                    lost += [row] if kept(folder) != before else []
            tried.add(question.id)
            shown = terminal.type(answers.next(question))
            assert "Not taken" not in shown, shown
        told["summary", "99999"] = terminal.type("99999")
        terminal.send("\n")
        shown, code = terminal.end()
    return folder, told, lost, shown, code


@pytest.mark.parametrize("row", WRONG, ids=lambda row: f"{row['question']}: {row['answer']}")
def test_a_wrong_answer_is_told_what_to_change(whole, row):
    _, told, _, _, _ = whole
    said = told[row["question"], row["answer"]]
    assert "Not taken" in said
    assert row["said"] in said
    assert said.count("Not taken") == 1
    assert "Traceback" not in said


def test_no_wrong_answer_loses_an_earlier_one(whole):
    _, told, lost, _, _ = whole
    assert len(told) >= 60
    assert lost == []
    assert "no number of the list" in told["summary", "99999"]


def test_it_ends_with_files_that_are_valid_and_with_the_result(whole):
    folder, _, _, shown, code = whole
    assert code == 0, shown
    person, (plan,) = read_inputs(folder / "person.toml", [folder / "plan.toml"])
    assert (person.sex, person.age_years, person.weight_kg, person.height_cm) == ("female", 62, 65.8, 167.6)
    assert person.medicines.taken[0] == "warfarin 5 mg"
    assert person.medicines.taken[2] == "atorvastatin 20 mg"
    assert person.conditions["hypertension"] is True
    assert person.conditions["ckd"] is False
    assert person.supplements[0].product == "D3 1000 IU tablet"
    assert plan.supplements[0].mean_per_day("MK7") == pytest.approx(162)
    assert [food.food for food in plan.foods] == ["natto"]
    assert [habit.lever for habit in plan.habits] == ["walking"]
    for name in ("report.html", "result.json", "result.nc"):
        assert (folder / "calciroute-out" / name).exists()
    assert f"Running: calciroute simulate {folder}".replace(" ", "") in shown.replace(" ", "")
    assert "--stop" in shown
    assert shown.index("Found: a vitamin K antagonist") < shown.index("After three weeks")


def test_the_purpose_stands_at_both_ends_and_nothing_is_coloured(whole):
    _, _, _, shown, _ = whole
    assert shown.rstrip().endswith(PURPOSE)
    assert "\x1b" not in shown


def test_interrupted_by_key_and_by_kill_and_taken_up_again_nothing_is_lost(whole, tmp_path):
    folder = tmp_path / "me"
    answers = Answers(WOMAN)
    leave = [
        ("weight_kg", lambda terminal: terminal.interrupt(), 130),
        ("medicine", lambda terminal: terminal.kill(), -9),
        ("supplement_since", lambda terminal: (terminal.send(CTRL_D), terminal.end())[1], 130),
        ("change_amount", lambda terminal: (terminal.send("quit\n"), terminal.end())[1], 130),
        ("bone_value", lambda terminal: terminal.kill(), -9),
    ]
    for name, go, code in leave:
        with Terminal(folder) as terminal:
            shown = terminal.prompt()
            before = kept(folder)
            assert ("Taken up again" in shown) == bool(before)
            shown = go_on(terminal, shown, answers, until=lambda question, done, at=name: question.id == at)
            held = kept(folder)
            assert before.items() <= held.items()
            terminal.send("half an ans")  # not sent off: no answer yet
            last, left = go(terminal) if code < 0 else (terminal.send("\x15"), go(terminal))[1]
            assert left == code, last
            if code == 130:
                assert f"{len(held)} answers are kept" in last
                assert "--ask" in last
                assert PURPOSE in last
        assert kept(folder) == held
    with Terminal(folder, "--draws", 2) as terminal:
        shown = go_on(terminal, terminal.prompt(), answers)
        last, left = terminal.interrupt()  # even at the summary
        assert left == 130, last
    assert not (folder / "person.toml").exists()
    straight = kept(whole[0])
    assert kept(folder) == {key: text for key, text in straight.items() if key != "draws"}


def test_an_old_person_file_is_kept_beside_the_new_one_and_an_answer_can_be_corrected(tmp_path):
    folder = tmp_path / "me"
    folder.mkdir()
    (folder / "person.toml").write_text("[person]\nsex = 'male'\nage_years = 50\n", "utf-8")
    answers = Answers({"sex": ["m"], "age_years": ["70"], "medicines_any": ["n"], "supplements_any": ["n"]})
    with Terminal(folder, "--years", 0.05, "--draws", 0) as terminal:
        shown = go_on(terminal, terminal.prompt(), answers)
        assert "person.toml stands there already" in shown
        shown = terminal.type("2")
        assert asked(shown).id == "age_years"
        assert "Before: 70" in shown
        assert "Understood: 71 years" in terminal.type("71")
        terminal.send("\n")
        shown = terminal.until("Running: calciroute simulate")
        last, left = terminal.interrupt()  # the files are there by now
        assert left == 130, last
    assert "person.old-1.toml" in shown
    assert "age_years = 50" in (folder / "person.old-1.toml").read_text("utf-8")
    assert "age_years = 71" in (folder / "person.toml").read_text("utf-8")
    assert not (folder / "plan.toml").exists()


def test_back_help_list_and_keeping_what_was_said(tmp_path):
    with Terminal(tmp_path / "me") as terminal:
        terminal.prompt()
        assert "first question" in terminal.type("back")
        terminal.type("male")
        assert asked(terminal.type("70")).id == "weight_kg"
        assert "10 st 5 lb" in terminal.type("?")
        assert "Age: 70 years" in terminal.type("list")
        shown = terminal.type("back")
        assert asked(shown).id == "age_years"
        assert "Before: 70. Enter keeps it." in shown
        assert asked(terminal.type("")).id == "weight_kg"
        assert kept(tmp_path / "me") == {"sex": "male", "age_years": "70"}
