"""Chance beside change: limits, verdicts and places in a cohort, where each is shown, what is never said."""

from __future__ import annotations

import math
import re

import pytest

from calciroute.people.lab_reading import LabReading
from calciroute.people.person import parse_person
from calciroute.report.bands import UNKNOWN, Band
from calciroute.report.build import build_report, build_table
from calciroute.report.chance import MEASURED_AGAIN, Chance, chances_of
from calciroute.report.chance_words import chance_lines
from calciroute.report.html import render_html
from calciroute.report.outcome_words import HEADLINES
from calciroute.report.result_json import result_of
from calciroute.report.standing import standing_of
from calciroute.report.terminal import render
from calciroute.tables.repeatability import read_repeatability, rule_for
from report.synthetic import PERSON, PLAN, SHAPES, simulation

SIZE = "weight_kg = 66\nheight_cm = 165\n"
SCORE = '[labs]\ncoronary_calcium = "45 AU"\n'
DBP = {"DBP": (78.0, 0.2, 0.0, 0.01, 0.0, 0.0)}


def _chances(made):
    return {chance.outcome: chance for chance in chances_of(build_table(made), made.person)}


@pytest.mark.holds("chances_of")
def test_limit_of_a_score_is_the_published_formula_at_the_level_without_the_plan():
    made = simulation(person=PERSON + SIZE)
    found = _chances(made)["CAC_agatston"]
    level = build_table(made).row("CAC_agatston").without.median
    printed = 0.17 * level + 4.89 * math.sqrt(level) + 0.44 * (66 / 1.65**2) - 10.84
    assert found.level == level
    assert found.limit == pytest.approx(printed, rel=1e-9)
    assert found.words == f"one rescan alone moves it by up to ±{printed:.0f}\u00a0AU (95\u00a0%)"


def test_without_body_size_the_other_formula_is_read():
    found = _chances(simulation())["CAC_agatston"]
    assert found.rule.source == "sevrukov2005"
    assert found.limit == pytest.approx(4.93 * math.sqrt(found.level), rel=1e-9)


def test_without_a_plan_the_limit_is_that_of_the_level_today():
    made = simulation(plans={})
    found = _chances(made)["CAC_agatston"]
    assert found.level == build_table(made).row("CAC_agatston").start.median


@pytest.mark.parametrize(("maker", "share"), [("Hologic", 0.0108), ("Lunar iDXA", 0.0122), ("", 0.0158)])
def test_the_maker_of_the_scanner_decides_the_limit_of_a_density(maker, share):
    made = simulation()
    text = "0.95 g/cm2"
    reading = LabReading(name="BMD_lumbar", written=text, value=0.95, unit="g/cm2", maker=maker)
    person = made.person.model_copy(update={"lab_readings": (reading,)})
    (found,) = [one for one in chances_of(build_table(made), person) if one.outcome == "BMD_lumbar_spine"]
    assert found.limit == pytest.approx(2.77 * share * found.level, rel=1e-9)
    assert found.of_whom.endswith("scanners" if maker else "since the maker is not given")


def test_only_outcomes_that_a_person_has_measured_are_spoken_of():
    assert set(_chances(simulation())) == set(MEASURED_AGAIN) & set(SHAPES)
    assert {rule.outcome for rule in read_repeatability()} <= set(MEASURED_AGAIN)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (Band(-2.0, -7.0, 4.0, 8), "inside"),
        (Band(0.0, 0.0, 0.0, 8), "inside"),
        (Band(-60.0, -67.0, 67.0, 8), "inside"),
        (Band(-60.0, -70.0, -50.0, 8), "partly"),
        (Band(0.0, -90.0, 90.0, 8), "partly"),
        (Band(-90.0, -120.0, -70.0, 8), "beyond"),
        (Band(90.0, 67.1, 120.0, 8), "beyond"),
        (UNKNOWN, "unknown"),
    ],
)
def test_verdicts(change, verdict):
    chance = Chance("CAC_agatston", "score", "AU", 100.0, rule_for("CAC_agatston", 100.0), 67.0)
    assert chance.verdict(change) == verdict


def test_an_outcome_without_a_source_says_so_and_gets_no_limit():
    made = simulation(shapes=DBP)
    found = _chances(made)["DBP"]
    assert (found.rule, found.limit) == (None, None)
    assert "not found in a source" in found.words
    (line,) = chance_lines(build_table(made), [found], ("DBP",))
    assert line.endswith("was not found in a source that could be read.")


def test_a_unit_of_another_kind_gets_no_limit():
    made = simulation()
    made.dataset["SBP"].attrs["unit"] = "kPa"
    assert _chances(made)["SBP"].rule is None


def test_a_density_in_percent_of_today_keeps_the_share_as_its_limit():
    made = simulation()
    made.dataset["BMD_lumbar_spine"].attrs["unit"] = "%"
    made.dataset["BMD_lumbar_spine"] *= 100.0
    made.dataset["BMD_lumbar_spine"].attrs = {**made.dataset["BMD_femoral_neck"].attrs, "unit": "%"}
    found = _chances(made)["BMD_lumbar_spine"]
    assert found.limit == pytest.approx(2.77 * 0.0158 * found.level, rel=1e-9)
    assert found.limit_text.endswith("\u00a0%")


def _without_pictures(monkeypatch):
    from calciroute.report import build

    monkeypatch.setattr(build, "_pictures", lambda *_, **__: ())


def test_the_printed_result_says_chance_and_place_below_the_table(monkeypatch):
    _without_pictures(monkeypatch)
    report = build_report(simulation(person=PERSON + SIZE + SCORE))
    text = render(report, [], colour=False)
    assert max(len(line) for line in text.splitlines()) <= 100
    flat = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert "By chance alone, measured again with nothing changed (95 %)" in flat
    assert (
        f"coronary calcium {report.chance('CAC_agatston').limit_text} (rescan)".replace("\u00a0", " ") in flat
    )
    assert "Their differences above are inside that" in flat
    assert "A score of 45 AU is between the 75th and the 90th percentile of 1 848 women of 45 to 74" in flat
    assert flat.index("PTH") < flat.index("By chance alone")


def test_a_difference_beyond_chance_is_told_from_one_inside(monkeypatch):
    _without_pictures(monkeypatch)
    shapes = {"SBP": (160.0, 0.0, -0.30, 0.001, 0.01, 1.0), "cfPWV": (9.3, 0.0, -0.4, 0.01, 1.5, 0.0)}
    made = simulation(shapes=shapes)
    report = build_report(made)
    assert report.chance("SBP").verdict(report.table.row("SBP").plans[0].effect.change) == "beyond"
    line = chance_lines(report.table, report.chances, HEADLINES)[1]
    assert "systolic pressure is beyond it" in line
    assert "cfPWV is partly inside" in line
    assert line.endswith("the others are inside.")


def test_json_holds_the_limit_its_source_and_the_verdict(monkeypatch):
    _without_pictures(monkeypatch)
    made = simulation(person=PERSON + SIZE + SCORE)
    result = result_of(build_report(made), made)
    score = result["outcomes"]["CAC_agatston"]
    assert score["chance"]["source"] == "chung2008"
    assert score["chance"]["limit_95"] == pytest.approx(_chances(made)["CAC_agatston"].limit)
    assert score["effects"]["mk7_180"]["beside_chance"] == "inside"
    assert result["outcomes"]["PTH"]["chance"] is None
    assert result["outcomes"]["PTH"]["effects"]["mk7_180"]["beside_chance"] is None
    standing = result["standing"]
    assert (standing["above_percentile"], standing["below_percentile"]) == (75.0, 90.0)
    assert (standing["cohort"], standing["source"]) == ("Heinz Nixdorf Recall", "erbel2014")


def test_page_and_caption_say_it_too():
    made = simulation(person=PERSON + SIZE + SCORE)
    report = build_report(made)
    (picture,) = [one for one in report.pictures if one.name == "CAC_agatston"]
    assert "One rescan alone moves it by up to ±" in picture.caption
    assert "A score of 45" in picture.caption
    page = render_html(report, made)
    assert '<h2 id="chance">Chance beside change</h2>' in page
    assert "inside what one rescan moves by chance" in page
    # Where the sentence speaks of calcium and bone, chance stands right below it.
    head = page.split('<nav aria-label="Contents">')[0]
    assert "By chance alone, measured again" in head
    assert f"coronary calcium {report.chance('CAC_agatston').limit_text}" in head
    for chance in report.chances:
        assert chance.of_whom in page


@pytest.mark.holds("standing_of")
@pytest.mark.parametrize(
    ("sex", "age", "score", "words"),
    [
        ("male", 60, 1, "below the 25th percentile of 1\u202f633 men"),
        ("male", 60, 45, "between the 50th and the 75th percentile of 1\u202f633 men"),
        ("male", 60, 900, "at or above the 90th percentile of 1\u202f633 men"),
        ("female", 74.9, 45, "between the 75th and the 90th percentile of 1\u202f848 women"),
        ("female", 45, 0, "below the 50th percentile of 1\u202f848 women"),
    ],
)
def test_place_of_a_score(sex, age, score, words):
    person = parse_person(f'[person]\nsex="{sex}"\nage_years={age}\n[labs]\ncoronary_calcium="{score} AU"\n')
    assert words in standing_of(person).words


@pytest.mark.parametrize("age", [44.9, 75, 90])
def test_outside_the_published_ages_there_is_no_percentile(age):
    person = parse_person(f'[person]\nsex="male"\nage_years={age}\n[labs]\ncoronary_calcium="45 AU"\n')
    standing = standing_of(person)
    assert (standing.above, standing.below, standing.distribution) == (None, None, None)
    assert "ages 45 to 74 (Heinz Nixdorf Recall) only" in standing.words


def test_a_score_that_nobody_measured_has_no_place():
    assert standing_of(parse_person(PERSON)).words.endswith("no score was given.")


def test_no_word_of_risk_benefit_or_order():
    made = simulation(person=PERSON + SIZE + SCORE, plans={"a": PLAN}, shapes=DBP)
    table = build_table(made)
    chances = chances_of(table, made.person)
    texts = [*chance_lines(table, chances, tuple(MEASURED_AGAIN)), standing_of(made.person).words]
    texts += [chance.words for chance in chances]
    told = " ".join(texts).casefold().replace("not a risk", "")
    assert not re.search(r"\brisk|\bbenefit|\bshould|\bmust|\byou\b|heart attack|revers", told)


def test_without_a_plan_the_changes_since_the_start_are_held_against_chance():
    still = simulation(plans={}, shapes={"CAC_agatston": (45.0, 1.0, 0.0, 0.04, 0.0, 0.0)})
    table = build_table(still)
    line = chance_lines(table, chances_of(table, still.person), HEADLINES)[1]
    assert line.startswith("What their medians move from start to end is inside that")
    growing = simulation(plans={}, shapes={"CAC_agatston": (45.0, 60.0, 0.0, 0.04, 0.0, 0.0)})
    table = build_table(growing)
    line = chance_lines(table, chances_of(table, growing.person), HEADLINES)[1]
    assert "coronary calcium is beyond it, the others are inside." in line
