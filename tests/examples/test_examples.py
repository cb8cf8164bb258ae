"""The persons of examples/: what each page tells is what its command prints, and its words keep the rules."""

import re
import sys
from functools import cache
from pathlib import Path

import pytest

from calciroute.people.person import read_person
from calciroute.purpose import PURPOSE
from report.test_claims import NOTHING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "validation"))

from examples import answer_of, missing, pages, printed, rendered  # noqa: E402

PAGES = {page.path.parent.name: page for page in pages()}
TOLD = {
    "supplement_user", "stent", "alendronate", "kidney_stage_3b", "warfarin", "natto_eater", "low_vitamin_d",
    "age_and_sex", "two_scans", "t_score_only", "german_lab_report", "us_lab_report",
}  # fmt: skip
# These run as a command with all its files; the others without writing, which halves their time.
WHOLE = {"supplement_user": 0, "warfarin": 4}
SIGNED = re.compile(r"(−?\d[\d.]*) to (−?\d[\d.]*)")
CHANGE = re.compile(r"\b(lower|raise)s? ([^,;:]*?) by about [−\d.]+ ?[^(]*\(([^)]*)\)")


@cache
def output(name):
    if name in WHOLE:
        code, lines = printed(PAGES[name].command)
        assert code == WHOLE[name]
        return lines
    return rendered(PAGES[name].command)


def sentences(name):
    return " ".join(answer_of(output(name)))


def ends(words):
    return [float(one.replace("−", "-")) for one in SIGNED.search(words).groups()]


def test_twelve_persons_are_told_and_listed():
    assert set(PAGES) == TOLD
    listed = (ROOT / "examples/README.md").read_text("utf-8")
    for name, page in PAGES.items():
        assert f"({name}/README.md)" in listed
        assert f"examples/{name}/person.toml" in page.command
        assert PURPOSE in page.text


@pytest.mark.parametrize("name", sorted(TOLD))
def test_what_the_page_tells_is_what_the_command_prints(name):
    page = PAGES[name]
    assert page.answer
    assert page.notice
    assert not missing(page, output(name))


@pytest.mark.parametrize("name", sorted(TOLD))
def test_no_benefit_where_the_band_holds_no_change(name):
    words = sentences(name)
    for _, thing, band in CHANGE.findall(words):
        low, high = ends(band)
        assert low > 0.0, (thing, band)
        assert high >= low
    for _, inside in re.findall(r"(no clear change|hardly changes).*?\(([^)]*)\)", words):
        low, high = ends(inside)
        assert low <= 0.0 <= high


@pytest.mark.parametrize("name", sorted(TOLD))
def test_nothing_is_said_to_stay_where_a_change_shows(name):
    words = sentences(name)
    assert "no effect" not in words
    if NOTHING.search(re.sub("human data do not settle|does not hold|do not change vitamin K", "", words)):
        # Only of rows whose whole band is less than the step at which a score is reported.
        said = re.search(r"leaves (.*?) as (?:it is|they are)", words).group(1)
        rows = [line for line in output(name) if line.startswith(f"  {said},")]
        assert rows
        assert all(re.search(r" (0|−0\.1) \((0|−0\.1) to (0|0\.1)\)", row) for row in rows)


@pytest.mark.parametrize("name", sorted(TOLD))
def test_the_words_are_about_people_and_advise_nothing(name):
    text = " ".join(output(name))
    assert not re.search(r"\byou will\b|\breverse|\bcure|\bsafe\b|\bshould\b", text)
    assert PURPOSE in text
    assert "people like this" in sentences(name)


def test_a_change_of_an_artery_is_said_to_hang_on_links():
    seen = 0
    for name in sorted(TOLD):
        words = sentences(name)
        for found in re.finditer(r"(lower|raise)s? coronary calcium by", words):
            seen += 1
            assert "only if links hold that human data do not settle would it" in words[: found.start()]
    assert seen >= 7


@pytest.mark.parametrize(
    ("name", "outcome"), [("stent", "coronary calcium"), ("alendronate", "bone density of the lumbar spine")]
)
def test_what_is_not_this_persons_has_no_number(name, outcome):
    clause = sentences(name).split(f"{outcome} is not for this person: ")[1]
    assert not re.search(r"\d", clause)
    assert not re.search(rf"(lower|raise)s? {outcome}", sentences(name))


def test_warfarin_stops_first_and_is_told_of_INR_alone():
    lines = output("warfarin")
    assert lines[0].startswith("The programme stops here.")
    assert "Talk to: the clinic that checks the INR." in lines
    words = sentences("warfarin").split("INR first: ")[1]
    assert not re.search(r"dp-ucMGP|coronary|bone", words)


def test_where_the_model_ends_is_no_finding():
    words = sentences("us_lab_report")
    assert "the model has no path from this to coronary calcium or bone density" in words
    assert not re.search(r"leaves|hardly|does not|do not", words)


def test_a_German_and_a_US_report_are_read_as_they_are_printed():
    german = read_person(ROOT / "examples/german_lab_report/person.toml")
    assert german.labs["25OHD"] == 48.5
    assert german.labs["calcium"] == 2.36
    assert "CRP" not in german.labs  # a limit is no value
    assert 80.0 < german.labs["eGFR"] < 85.0  # 92 umol/L at 59 years by CKD-EPI 2021
    american = read_person(ROOT / "examples/us_lab_report/person.toml")
    assert american.labs["25OHD"] == pytest.approx(31 * 2.496, rel=1e-3)
    assert american.labs["calcium"] == pytest.approx(9.4 * 0.2495, rel=1e-3)
    assert (american.labs["SBP"], american.labs["DBP"]) == (138.0, 82.0)
    assert american.labs["coronary_calcium"] == 96.0
