"""The page of an intake: the answer first, units beside numbers, hostile text as text, a notice above all."""

import re
from itertools import pairwise

import pytest

from calciroute.intake.diary_items import foods_of
from calciroute.people.person import parse_person
from calciroute.purpose import PURPOSE
from calciroute.report.bound_words import bound
from calciroute.report.intake_answer import diary_intake
from calciroute.report.intake_page import intake_page
from calciroute.report.intake_sentence import intake_sentence
from calciroute.report.intake_words import contributor_lines, steadiness_lines
from calciroute.report.style import page_style
from calciroute.safety.notices import STANDARD_NOTICE
from report.test_html import Outline

WEEK = (
    "Monday\n60 g gouda; 100 g kale, raw; 1 zorblax<b>\n20 g hard cheese\nTuesday\n40 g natto\n300 g apple\n"
)
WARFARIN = '[person]\nsex = "female"\nage_years = 62\n[medicines]\ntaken = ["warfarin 5 mg"]\n'


def answer_of(text=WEEK, region="NL", body="efsa", person=None):
    return diary_intake(foods_of(text, region), body=body, person=parse_person(person) if person else None)


@pytest.fixture(scope="module")
def page():
    return intake_page(answer_of())


@pytest.fixture(scope="module")
def stopped():
    return intake_page(answer_of(person=WARFARIN))


def test_the_page_is_well_formed_and_no_heading_is_skipped(page, stopped):
    for text in (page, stopped):
        outline = Outline(text)
        assert not outline.wrong
        assert not outline.open
        assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
        assert text.endswith("</html>\n")
        assert outline.headings.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(outline.headings))
        assert len(outline.ids) == len(set(outline.ids))
        assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
        assert outline.tables == outline.captions == 3


def test_the_order_of_a_result(page):
    body = page[page.index("<body>") :]
    words = ('class="answer"', f'"purpose">{PURPOSE}', STANDARD_NOTICE[:40], 'id="table"', 'id="days"',
             'id="lines"', 'id="sources"', 'id="words"', "<footer>")  # fmt: skip
    places = [body.index(word) for word in words]
    assert places == sorted(places)


def test_under_a_notice_the_days_come_first_and_nothing_stands_beside_them(stopped):
    body = stopped[stopped.index("<body>") :]
    assert body.index("The programme stops here.") < body.index("<h1>") < body.index('class="answer"')
    assert body.index('id="days"') < body.index('id="how-even-the"') < body.index('id="table"')
    assert "reference intake" not in body
    assert "seen to eat" not in body
    assert "efsa" not in body.lower()
    assert "No target follows" in body


def test_nothing_is_fetched_runs_or_moves(page):
    assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b", page)
    assert not re.search(r"\son\w+=|javascript:|@import|url\((?!#)", page)
    assert "default-src 'none'" in page
    assert not re.search(r"\b(animation|transition|scroll-behavior)\b", page_style())


def test_user_text_stays_text(page):
    assert "zorblax<b>" not in page
    assert "zorblax&lt;b&gt;" in page


def test_every_cell_of_the_first_table_names_its_unit_or_says_that_it_is_not_known(page):
    table = page[page.index('id="table"') : page.index("</table>")]
    cells = re.findall(r'data-label="(?:Central|Low to high)">(.*?)</td>', table)
    assert len(cells) >= 20
    for cell in cells:
        assert re.search(r" (mcg|mg|g)/d$", cell) or cell in {"not known", "no spread shows"}, cell


def test_cited_sources_stand_on_the_page(page):
    for key in ("efsa2017", "gast2009"):
        assert re.search(rf"<li>{key}: <a href=\"https://", page), key
    body = page[page.index("<body>") :]
    assert "Adequate intake: " in body
    assert "Population reference intake: " in body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("100 g kale, raw", r"On its one day this diary holds [\d\u202f]+ mcg of K1"),
        ("50 g natto", r"most of is MK-7, [\d\u202f]+ mcg \(\d+ to [\d\u202f]+\), from 1 of 1 lines"),
        ("100 g gouda\n1 zorblax", r"at least \d+ mg of calcium \(1 of 2 lines have a value\)"),
        ("5 g sugar", r"No amount of a menaquinone \(MK-4 to MK-9\) is known in it, which is not zero\."),
    ],
)
def test_the_sentence_says_what_is_known_and_what_is_not(text, said):
    sentence = intake_sentence(answer_of(text))
    assert re.search(said, sentence), sentence
    assert ",." not in sentence


def test_one_day_cannot_show_how_even_the_days_are():
    sentence = intake_sentence(answer_of("100 g kale, raw", person=WARFARIN))
    assert sentence.startswith("One day cannot show how even the days are")


def test_days_that_are_alike_differ_by_nothing_and_a_small_share_is_no_zero():
    alike = answer_of("\n".join(f"Day {day}\n37 g gouda\n101 g kale, raw\n" for day in range(1, 8)))
    assert not [line for line in steadiness_lines(alike) if "e-" in line]
    assert any(line.endswith("standard deviation of the days 0 mcg") for line in steadiness_lines(alike))
    assert not any("(0 %)" in line for line in contributor_lines(alike))
    assert any("under 1 %" in line for line in contributor_lines(alike))


def test_dates_names_and_options_are_not_parted_and_marks_are_escaped():
    assert bound("<i> 2026-03-01 (--region)") == (
        '&lt;i&gt; <span class="nobr">2026-03-01</span> (<span class="nobr">--region</span>)'
    )
