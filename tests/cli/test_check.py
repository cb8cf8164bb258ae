"""``calciroute check``: questions one at a time into the file, whose comments and form stay."""

from __future__ import annotations

import io
import json
import sys

import pytest

from calciroute import PURPOSE
from calciroute.cli import main
from calciroute.people.file_lines import with_value
from calciroute.people.person import read_person
from guide.persons import HEAD, passing
from safety.forbidden import assert_allowed


class _Input:
    """Standard input with lines in it; no terminal."""

    def __init__(self, text):
        self.buffer = io.BytesIO(text.encode("utf-8"))


def call(monkeypatch, lines, *words):
    monkeypatch.setattr(sys, "stdin", _Input("".join(f"{line}\n" for line in lines)))
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


@pytest.fixture
def me(tmp_path):
    path = tmp_path / "me.toml"
    path.write_text(HEAD, encoding="utf-8")
    return path


def test_all_questions_answered_pass_and_stand_in_the_file(monkeypatch, me, capsys):
    assert call(monkeypatch, ["no"] * 80, "check", me, "--ask") == 0
    out = capsys.readouterr().out
    assert out.startswith(PURPOSE)
    assert_allowed(out)
    person = read_person(me)
    assert person.answers["Q017"] is False
    assert call(monkeypatch, [], "check", me) == 0


def test_the_dialogue_says_nothing_forbidden(monkeypatch, me, capsys):
    call(monkeypatch, [line for _ in range(80) for line in ("?", "no")], "check", me, "--ask")
    assert_allowed(capsys.readouterr().err)


def test_comments_and_the_order_of_the_file_stay_and_the_old_file_is_kept(monkeypatch, me):
    before = me.read_text("utf-8")
    call(monkeypatch, ["no", "yes", "quit"], "check", me, "--ask")
    after = me.read_text("utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert "Q003 = false  # mechanical heart valve" in after or "= false  # " in after
    assert me.with_name("me.old-1.toml").read_text("utf-8") == before


def test_a_dialogue_is_left_and_taken_up_where_it_stood(monkeypatch, me, capsys):
    assert call(monkeypatch, ["no", "no", "quit"], "check", me, "--ask") == 130
    assert "Go on with: calciroute check" in capsys.readouterr().err
    first = set(read_person(me).answers)
    assert len(first) == 2
    assert call(monkeypatch, ["no"], "check", me, "--ask") == 2  # the input ends
    assert len(read_person(me).answers) == 3
    assert first < set(read_person(me).answers)


def test_i_do_not_know_keeps_the_gate_closed_and_is_asked_last(monkeypatch, me, capsys):
    assert call(monkeypatch, ["dk", *["no"] * 80], "check", me, "--ask") == 3
    person = read_person(me)
    assert len(person.answers_not_known) == 1
    capsys.readouterr()
    assert call(monkeypatch, ["no", *["no"] * 80], "check", me, "--ask") == 0
    assert "Before: I do not know" in capsys.readouterr().err


def test_back_asks_the_question_before_again(monkeypatch, me):
    call(monkeypatch, ["no", "back", "yes", "quit"], "check", me, "--ask")
    assert list(read_person(me).answers.values()) == [True]


def test_an_emergency_ends_the_dialogue_with_its_notice(monkeypatch, tmp_path, capsys):
    path = tmp_path / "me.toml"
    path.write_text(passing(Q022=None), encoding="utf-8")
    assert call(monkeypatch, ["yes"] * 3, "check", path, "--ask") == 3
    out, err = capsys.readouterr()
    assert "local emergency number" in err
    assert out.startswith("These signs can be an emergency.")
    assert "Q049" not in read_person(path).answers


def test_a_stop_is_told_at_once_and_the_questions_go_on(monkeypatch, tmp_path, capsys):
    path = tmp_path / "me.toml"
    path.write_text(passing(Q017=None), encoding="utf-8")
    assert call(monkeypatch, ["yes", *["no"] * 40], "check", path, "--ask") == 3
    err = capsys.readouterr().err
    assert "The questions go on." in err
    assert "new easy bruising" in err


def test_medicines_are_asked_by_name_and_none_is_an_answer(monkeypatch, tmp_path):
    path = tmp_path / "me.toml"
    path.write_text(HEAD.replace("taken = []\n", ""), encoding="utf-8")
    call(monkeypatch, ["apixaban 5 mg", 'say "aaa"', "", "quit"], "check", path, "--ask")
    assert read_person(path).medicines.taken == ("apixaban 5 mg", 'say "aaa"')
    path.write_text(HEAD.replace("[medicines]\ntaken = []\n", ""), encoding="utf-8")
    call(monkeypatch, ["none", "quit"], "check", path, "--ask")
    assert "taken = []" in path.read_text("utf-8")


def test_a_windows_file_keeps_its_line_ends_and_its_letters(monkeypatch, tmp_path):
    path = tmp_path / "me.toml"
    path.write_bytes(HEAD.replace("at birth", "été").replace("\n", "\r\n").encode("cp1252"))
    call(monkeypatch, ["no", "quit"], "check", path, "--ask")
    content = path.read_bytes()
    assert "été".encode("cp1252") in content
    assert content.count(b"\n") == content.count(b"\r\n")
    assert len(read_person(path).answers) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[answers]\n# mine\nQ018 = true # x\n[labs]\nINR = 1.1\n",
        "answers.Q018 = true\n[labs]\nINR = 1.1\n",
        "[labs]\nINR = 1.1",
        "[medicines]\ntaken = [\n 'a',\n 'b',\n]\n[answers]\n",
        "",
    ],
)
def test_one_line_is_added_and_nothing_else_moves(text):
    changed = with_value(text, "answers", "Q017", "false", "new easy bruising")
    assert "Q017 = false  # new easy bruising" in changed
    rest = [line for line in changed.split("\n") if "Q017" not in line and line not in {"", "[answers]"}]
    assert rest == [line for line in text.split("\n") if line not in {"", "[answers]"}]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another thing there")
def test_a_private_file_stays_private_and_a_link_stays_a_link(monkeypatch, tmp_path):
    path = tmp_path / "real.toml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0o600)
    link = tmp_path / "me.toml"
    link.symlink_to(path)
    call(monkeypatch, ["no", "quit"], "check", link, "--ask")
    assert link.is_symlink()
    assert len(read_person(path).answers) == 1
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_a_section_in_braces_is_refused_with_the_next_step(monkeypatch, tmp_path, capsys):
    path = tmp_path / "me.toml"
    before = "answers = { Q018 = false }\n" + HEAD
    path.write_text(before, encoding="utf-8")
    assert call(monkeypatch, ["no"], "check", path, "--ask") == 2
    assert "[answers] on a line of its own" in capsys.readouterr().err
    assert path.read_text("utf-8") == before


def test_json_is_one_object(monkeypatch, me, capsys):
    assert call(monkeypatch, [], "check", me, "--json") == 3
    document = json.loads(capsys.readouterr().out)
    assert document["kind"] == "self-check"
    assert document["purpose"] == PURPOSE
