"""The page: whole, offline, in order, readable aloud, and hostile text stays text."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from calciroute.purpose import PURPOSE
from calciroute.report.build import build_report
from calciroute.report.html import render_html
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.simulate.result import Assumption
from report.synthetic import PERSON, PLAN, simulation

VOID = {"meta", "link", "br", "img", "use", "path", "input", "hr"}
WARFARIN = PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n'


class Outline(HTMLParser):
    """Headings, ids, links, tables and nesting of a page."""

    def __init__(self, page):
        super().__init__()
        self.open, self.headings, self.ids, self.links, self.wrong = [], [], [], [], []
        self.tables = self.captions = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "th" and "scope" not in found:
            self.wrong.append("a head cell without scope")
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")


def page_of(run):
    return render_html(build_report(run), run)


@pytest.fixture(scope="module")
def page():
    return page_of(simulation())


def test_the_page_is_well_formed(page):
    outline = Outline(page)
    assert not outline.wrong
    assert not outline.open
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert page.endswith("</html>\n")


def test_one_main_heading_and_no_level_is_skipped(page):
    levels = Outline(page).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_inner_links_lead_somewhere(page):
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)


def test_every_table_has_a_caption_and_every_picture_a_table(page):
    outline = Outline(page)
    assert outline.tables == outline.captions
    assert page.count("<figure") == page.count("<svg") == 11
    assert outline.tables == 11 + 4


def test_nothing_is_fetched_and_nothing_runs(page):
    assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b", page)
    assert not re.search(r"\son\w+=|javascript:|@import|url\((?!#)", page)
    assert "default-src 'none'" in page


def test_the_order_of_a_result(page):
    places = [
        page.index(words)
        for words in (
            "In people like this", f'<p class="purpose">{PURPOSE}', STANDARD_NOTICE[:40], 'id="table"',
            'id="pictures"', 'id="trials"', 'id="assumed"', 'id="method"', 'id="words"', "<footer>",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_what_chance_does_is_parted_from_the_reading_on_a_phone_too(page):
    text = re.sub(r"<[^>]+>", "", page)
    assert "no clear change; inside what one" in text
    assert not re.search(r"(change|shows|falls|rises)inside", text)


def test_each_place_stands_once_in_the_contents(page):
    links = [link for link in Outline(page[: page.index("</nav>")]).links if link.startswith("#")]
    assert len(links) == len(set(links)) + 1  # the skip link leads to the table as well


def test_the_stop_notice_stands_above_everything():
    page = page_of(simulation(person=WARFARIN))
    body = page[page.index("<body>") :]
    assert body.index("The programme stops here.") < body.index("<h1>")
    assert body.index("Talk to:") < body.index("INR first")
    assert "proposes none of them" in body
    assert not Outline(page).wrong


def test_no_words_to_one_person_and_no_praise(page):
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.search(r"\byou (will|should|must)\b|\byour (risk|score)\b", text, re.IGNORECASE)
    assert not re.search(r"!(?=\s)", text)
    assert not re.search(r"\b(nan|None|inf)\b", text)
    assert " ug" not in text


def test_every_assumption_is_listed_with_its_source(page):
    assert "labs.eGFR" in page
    assert "none: assumed" in page or "reference diet" in page
    assert "2 defaults that stood in" in page


def test_the_way_to_run_it_again_is_there(page):
    assert "calciroute simulate PERSON.toml --plan PLAN.toml --years 3 --draws 8 --seed 1" in page
    assert "0123abcd" in page


def test_a_person_with_nothing_filled_in_has_a_page(page):
    assert "nothing beyond sex and age" in page


def test_no_plan_no_trials_no_assumptions():
    page = page_of(simulation(plans={}, assumptions=(), years=0.5))
    outline = Outline(page)
    assert not outline.wrong
    assert 'id="trials"' not in page
    assert "No default was needed." in page


def test_two_plans_share_one_table():
    page = page_of(simulation(plans={"mk7_180": PLAN, "mk7_360": PLAN.replace("180", "360")}, years=0.5))
    outline = Outline(page)
    assert not outline.wrong
    assert page.count('rowspan="2"') > 10
    assert "With mk7 360" in page


def test_what_people_wrote_stays_text():
    nasty = "<script>alert(1)</script> & <b>"
    run = simulation(
        years=0.5,
        notes=(nasty,),
        failures=(nasty,),
        assumptions=(Assumption(nasty, nasty, nasty, nasty),),
        plans={"a_b<i>": PLAN, "c": PLAN},
    )
    page = page_of(run)
    assert "<script>" not in page
    assert "<i>" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 6
    assert not Outline(page).wrong


def test_dark_light_and_paper_have_their_colours(page):
    style = page[page.index("<style>") : page.index("</style>")]
    assert style.count("--plan:") == 3
    assert "@media (prefers-color-scheme: dark)" in style
    assert "@media print" in style
    assert "--page: #14191d" in style


def test_what_the_model_leaves_out_stands_on_the_page_with_its_reason(page):
    for words in ("What is not in the model", "omega-3 fats", "teeth", "oxygen delivery to tissues"):
        assert words in page
