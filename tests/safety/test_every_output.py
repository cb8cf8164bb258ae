"""Every command in every form says only what may be said, with purpose line and notice; red flags stop."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess

import pytest

from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.tables.questions import read_questions
from calciroute.tables.self_check_questions import read_self_check_questions
from safety.every_output import CLAIM, PRACTICAL, Output, call, faults, outputs, quoted_wrong
from safety.forbidden import assert_allowed, forbidden_in
from safety.red_flags import Case, cases, red_flags_without_a_case
from safety.red_flags import faults as faults_of_case

COMMANDS = "simulate new run where verify foods export intake label check plan journal data"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    return list(outputs(tmp_path_factory.mktemp("every")))


def test_nothing_forbidden_is_said_and_purpose_and_notice_stand_everywhere(said):
    assert [fault for output in said for fault in faults(output)] == []
    assert {output.command.split()[0] for output in said} == set(COMMANDS.split())
    assert len(said) > 150


def test_every_run_ends_as_it_should(said):
    left = ("new asked --ask", "check asked.toml --ask")
    wrong = [one.name for one in said if one.code not in {0, 3} and one.command not in left]
    assert wrong == []
    stopped = {one.command.split()[1].split("/")[-1] for one in said if one.code == 3}
    assert {"warfarin.toml", "bruises.toml", "pregnant.toml"} <= stopped


def test_a_persons_own_words_stand_in_a_marked_quote(said):
    assert [one.name for one in said if quoted_wrong(one)] == []
    assert sum(CLAIM in " ".join(one.text.split()) for one in said) > 3


def test_a_fault_would_be_found():
    good = Output("label x", "words", 0, f"{PURPOSE} {STANDARD_NOTICE}", noticed=True)
    assert faults(good) == []
    for text in (good.text + " K2 reverses calcification", STANDARD_NOTICE, PURPOSE, good.text + " ✓"):
        assert faults(dataclasses.replace(good, text=text)), text
    assert faults(dataclasses.replace(good, form="json", text=f'{{"a": ["{PURPOSE}", "you will feel it"]}}'))


def test_questions_say_nothing_forbidden():
    texts = [f"{one.title}. {one.question} {one.hint} {one.help}" for one in read_questions()]
    for asked in read_self_check_questions().values():
        texts.append(f"{asked.question} {asked.help} {asked.holds}. {asked.found} {asked.talk_to}")
    assert [hit for text in texts for hit in forbidden_in(text)] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads the PDF back")
def test_the_pdf_says_nothing_forbidden(tmp_path):
    pytest.importorskip("typst")
    assert call("plan", PRACTICAL / "everyday.toml", "--out", tmp_path / "plan")[0] == 0
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "plan/plan.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert_allowed(text)
    flat = " ".join(text.split())
    assert PURPOSE in flat
    assert STANDARD_NOTICE in flat


def test_each_red_flag_stops_in_every_way_that_a_file_carries_it(tmp_path):
    every = cases()
    assert red_flags_without_a_case() == set()
    assert len(every) > 100
    assert [fault for case in every for fault in faults_of_case(case, tmp_path)] == []


def test_a_red_flag_that_is_let_through_would_be_found(tmp_path):
    text = (PRACTICAL / "everyday.toml").read_text("utf-8").replace('diary = "day.txt"\n', "")
    found = " ".join(faults_of_case(Case("Q017", "answer", text), tmp_path))
    for words in ("ends with 0", "wrote a plan", "does not stop first", "speaks of a dose", "holds a plan"):
        assert words in found
