"""The lines of a plan: each on a step of the protocol, with a certainty, in words that order no dose."""

from __future__ import annotations

import re

import pytest

from calciroute.errors import TableError
from calciroute.tables import plan_lines
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.plan_lines import SECTIONS, read_plan_lines
from calciroute.tables.product_holds import read_product_holds
from calciroute.tables.products import read_substances
from calciroute.tables.protocol import read_protocol
from safety.forbidden import assert_allowed

# Steps that are no line: the gates themselves, the products that a person brings, and the age gate.
ELSEWHERE = {"P001", "P002", "P016", "P050"}
POSES = {"bridge", "legs_up", "triangle", "sun"}


def _row(line):
    return next(row for row in read_plan_lines() if row.line == line)


def test_each_step_of_the_protocol_is_a_line_or_stands_elsewhere():
    steps = {row.text("id") for row in read_protocol()}
    assert {row.step.text("id") for row in read_plan_lines()} == steps - ELSEWHERE


def test_each_section_has_lines_and_each_line_a_certainty():
    for section in SECTIONS:
        assert any(row.section == section for row in read_plan_lines()), section
    for row in read_plan_lines():
        assert row.certainty or any(one.text("certainty") for one in row.evidence), row.line


def test_words_say_nothing_forbidden():
    for row in read_plan_lines():
        assert_allowed(" ".join((row.title + ".", row.words, row.caution, row.instead, row.calendar)))


def test_no_line_says_how_much_of_a_product_to_swallow():
    for row in read_plan_lines():
        if row.section == "supplement":
            first = re.match(r"\w+", row.words).group().casefold()
            assert first not in {"take", "swallow", "use", "start", "add", "choose"}, row.line


def test_the_four_poses_and_their_limits():
    assert {row.line for row in read_plan_lines() if row.section == "yoga"} == POSES
    for line in POSES - {"triangle"}:
        row = _row(line)
        assert {(bound.name, bound.bound) for bound in row.needs} == {("SBP", 160.0), ("DBP", 100.0)}, line
        assert {"glaucoma", "Q057", "Q088"} <= set(row.not_with), line
        assert row.instead, line


def test_no_breath_is_held():
    for row in read_plan_lines():
        assert "breath_hold" not in row.holds
        if row.section == "breathing":
            assert "never held" in row.caution, row.line


def test_both_pooled_results_of_slow_breathing_stand_there():
    effects = {row.text("id"): row.number("effect_high") for row in _row("slow").evidence}
    assert effects["L032"] < 0.0 < effects["L034"]


def test_a_number_in_words_is_that_of_its_row():
    rise = next(row for row in read_lifestyle() if row.text("id") == "L046").number("effect")
    assert f"rose by {rise:g} %" in _row("faq_remove").words


def test_a_line_without_evidence_and_certainty_is_refused(monkeypatch, tmp_path):
    text = plan_lines.data_text("plan_lines.csv").read_text("utf-8")
    file = tmp_path / "plan_lines.csv"
    file.write_text(text.replace(",safety rule,,\n", ",,,\n", 1), encoding="utf-8")
    monkeypatch.setattr(plan_lines, "data_text", lambda name: file)
    with pytest.raises(TableError, match="neither evidence nor certainty"):
        read_plan_lines.__wrapped__()


def test_what_a_product_holds_is_known_for_every_substance_of_a_rule():
    ruled = {"K1", "MK4", "MK7", "K2", "D3", "D2", "calcium", "magnesium", "A", "E", "zinc", "iron"}
    assert ruled <= set(read_product_holds())
    assert set(read_product_holds()) <= {row.id for row in read_substances().values()}
    assert "soy" in read_product_holds()["MK7"]  # the label seldom says where it comes from
