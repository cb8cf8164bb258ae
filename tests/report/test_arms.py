"""Stopping and several arms: in words, in the terminal, in pictures, on the page."""

import re
from pathlib import Path

import pytest

from calciroute.report import build
from calciroute.report.build import build_answer, build_report, build_table
from calciroute.report.compared import compared_arms
from calciroute.report.course_picture import course_picture
from calciroute.report.first_look import first_look
from calciroute.report.given import command_again
from calciroute.report.html import render_html
from calciroute.report.result_json import result_of
from calciroute.report.terminal import render
from calciroute.report.terminal_arms import arms_lines
from calciroute.simulate.read_inputs import supplements_today
from calciroute.simulate.result import Assumption
from report.synthetic import PERSON, PLAN, SHAPES, simulation

USER = PERSON + '[[supplement]]\nproduct = "MK-7 180 mcg softgel"\nsince = "2 years"\n'
FOUR = {f"mk7_{mcg}": PLAN.replace("180", str(mcg)) for mcg in (90, 180, 360, 720)}
PATHS = [Path("out/report.html"), Path("out/result.json"), Path("out/result.nc")]


def plain(text):
    return re.sub(r"[\s\u00a0\u2009\u202f]+", " ", text)


@pytest.fixture(scope="module")
def stopped():
    return simulation(person=USER, plans={}, stop=True)


@pytest.fixture(scope="module")
def five():
    return simulation(person=USER, plans=FOUR, stop=True)


def test_the_first_sentence_of_stopping_reads_as_one(stopped):
    sentence = plain(str(build_answer(stopped, build_table(stopped))))
    assert sentence.startswith(
        "In people like this, stopping today's 180 mcg of MK-7 a day for three years raises dp-ucMGP by about"
    )
    assert "you" not in sentence.split()
    assert not re.search(r"\b(stop|take|should|benefit)\b", sentence)


def test_an_outcome_that_stopping_leaves_alone_is_told_against_going_on():
    quiet = SHAPES | {
        name: (*SHAPES[name][:2], 0.0, *SHAPES[name][3:]) for name in ("dp_ucMGP", "CAC_agatston")
    }
    run = simulation(person=USER, plans={}, stop=True, shapes=quiet)
    sentence = plain(str(build_answer(run, build_table(run))))
    assert "leaves dp-ucMGP as it is when going on" in sentence
    assert "without" not in sentence


def test_a_plan_of_someone_who_takes_something_stands_on_top_of_it(five):
    first = plain(build_answer(five, build_table(five)).sentences[0])
    assert "90 mcg of MK-7 a day on top of what is taken today for three years" in first


def test_stopping_on_an_antagonist_is_about_INR_alone():
    run = simulation(person=USER + '[medicines]\ntaken = ["warfarin 5 mg"]\n', plans={}, stop=True)
    sentence = plain(str(build_answer(run, build_table(run))))
    assert sentence.startswith("INR first: in people like this on warfarin, INR at ")
    assert "as now and" in sentence
    assert "after stopping today's 180 mcg of MK-7 a day" in sentence
    assert "dp-ucMGP" not in sentence


def test_stopping_what_the_model_has_no_term_for_says_so():
    zinc = PERSON + '[[supplement]]\nproduct = "zinc 15 mg tablet"\n'
    none = (Assumption("zinc 15 mg", "without effect", "the model has no term for it"),)
    run = simulation(person=zinc, plans={}, stop=True, assumptions=none)
    written = [one.written for one in supplements_today(run.person)[0][0].product.contents]
    assert written == [one.field for one in none]
    assert "Stopping today's 15 mg of zinc a day has no term in the model" in plain(
        str(build_answer(run, build_table(run)))
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("draws", [8, 1])
def test_no_line_of_any_number_of_arms_is_longer_than_100_columns(count, draws, monkeypatch):
    monkeypatch.setattr(build, "_pictures", lambda *_, **__: ())
    plans = dict(list(FOUR.items())[:count])
    text = render(
        build_report(simulation(person=USER, plans=plans, stop=True, draws=draws)), PATHS, colour=False
    )
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "stopp" in text


def test_each_arm_has_its_difference_and_what_never_moves_is_named_once():
    run = simulation(person=USER, plans=dict(list(FOUR.items())[:1]), stop=True)
    table = build_table(run)
    lines = [line for _, line in arms_lines(table, {row.outcome for row in table.rows})]
    assert "as now" in lines[0]
    assert "mk7 90" in lines[0]
    assert lines[0].endswith("after stopping")
    marker = next(line for line in lines if line.startswith("dp-ucMGP"))
    assert len(re.findall(r"\(", marker)) == 2
    assert any(line.startswith("No change that shows in any arm:") and "PTH" in line for line in lines)


def test_arms_whose_names_are_cut_to_the_same_letters_get_numbers():
    names = [f"mk7_180_softgel_with_breakfast_and_walking_{letter}" for letter in "ab"]
    run = simulation(person=USER, plans=dict.fromkeys(names, PLAN))
    head = arms_lines(build_table(run), {"dp_ucMGP"})[0][1]
    assert "1 mk7 180" in head
    assert "2 mk7 180" in head


def test_one_figure_an_outcome_holds_all_arms_told_apart_by_marks(five):
    titles = [one.title for one in compared_arms(five)]
    picture = course_picture(five.dataset, build_table(five).row("dp_ucMGP"), titles, research=False)
    for label in ("as now", "with mk7 90", "with mk7 720", "stopped"):
        assert label in picture.svg
    assert picture.title.endswith("after stopping") or "with mk7" in picture.title
    assert picture.table.head == ("Time", "As now", *(title[0].upper() + title[1:] for title in titles))
    assert "bars at the right are the bands at the end" in picture.caption


def test_the_title_of_stopping_names_it(stopped):
    titles = [one.title for one in compared_arms(stopped)]
    title = course_picture(
        stopped.dataset, build_table(stopped).row("dp_ucMGP"), titles, research=False
    ).title
    assert title.startswith("dp-ucMGP")
    assert "rises" in title
    assert title.endswith("after stopping")


def test_page_first_look_json_and_command_carry_the_arm(stopped, five):
    page = plain(render_html(build_report(stopped), stopped))
    assert "as now and after stopping" in page
    assert "After stopping</th>" in page
    assert ">Without<" not in page
    look = first_look(five)
    assert "as now → with mk7 90 | with mk7 180 | with mk7 360 | with mk7 720 | after stopping" in look
    result = result_of(build_report(stopped), stopped)
    assert result["arms"] == ["as_now", "stop"]
    assert result["outcomes"]["dp_ucMGP"]["effects"]["stop"]["verdict"] == "rises"
    again = command_again({"model": {}, "inputs": {"person": {"name": "p.toml"}, "plans": [], "stop": True}})
    assert again == "calciroute simulate p.toml --stop"


def test_trials_are_sought_for_what_a_plan_adds_and_not_for_stopping(five):
    cells = build_table(five).row("dp_ucMGP").plans
    assert all(cell.trials.asked for cell in cells[:-1])
    assert not cells[-1].trials.asked
