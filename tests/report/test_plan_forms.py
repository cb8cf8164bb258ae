"""Page, PDF and calendar of a plan: readable aloud, on paper, in any calendar, in any script."""

import copy
import datetime
import re
from itertools import pairwise

import icalendar
import pytest
import typst

from calciroute.guide.public import plan_30_days
from calciroute.purpose import PURPOSE
from calciroute.report.effect_words import effect_words
from calciroute.report.plan_calendar import plan_calendar
from calciroute.report.plan_document import plan_document
from calciroute.report.plan_glossary import words_in
from calciroute.report.plan_page import plan_page
from calciroute.report.plan_pdf import BOXES, plan_pdf
from calciroute.tables.lifestyle import read_lifestyle
from guide.persons import HEAD, NATTO_WEEK, passing
from report.test_html import Outline

START = datetime.date(2026, 3, 1)
UNREADABLE = "\U00012000\ue000"  # a cuneiform sign and a private one: no usual font draws them


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    (folder / "week.csv").write_text(NATTO_WEEK, encoding="utf-8")
    head = HEAD.replace("taken = []", 'taken = ["levothyroxine 75 mcg"]')
    brought = '[conditions]\nsoy_allergy = true\n[[supplement]]\nproduct = "MK-4 45 mcg"\n'
    (folder / "me.toml").write_text(passing(brought, head=head, Q057=True), encoding="utf-8")
    return plan_document(plan_30_days(folder / "me.toml", start=START))


@pytest.fixture(scope="module")
def page(document):
    return plan_page(document)


def test_the_page_is_well_formed_and_every_table_has_its_caption_and_roles(page, document):
    assert document["left_out"]
    assert document["interactions"]
    outline = Outline(page)
    assert not outline.wrong
    assert not outline.open
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(outline.headings))
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert outline.tables == outline.captions == page.count('role="table"') == 2


def test_the_page_asks_no_host(page):
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b", page)


def test_no_date_breaks_at_its_hyphens(page):
    body = re.sub(
        r"<a href[^>]*>.*?</a>", "", page[page.index("<body>") :]
    )  # addresses may hold digits like it
    dates = re.findall(r"\d{4}-\d{2}-\d{2}", body)
    assert len(dates) > 10
    assert len(re.findall(r'<span class="nobr">\d{4}-\d{2}-\d{2}</span>', body)) == len(dates)


def test_thousands_of_people_are_parted_by_a_thin_space():
    said = " ".join(effect_words(row) for row in read_lifestyle())
    assert re.search(r"\d\u202f\d{3} people", said)
    assert not re.search(r"\b\d{4,} people", said)


def test_words_of_the_field_that_occur_are_explained_once(document, page):
    words = [one["word"] for one in document["words"]]
    assert {"RCT", "mmHg", "meta-analysis", "certainty", "in brackets"} <= set(words)
    assert len(words) == len(set(words))
    assert page.count(f"<dt>{words[0]}</dt>") == 1
    assert words_in(["nothing of the kind"]) == []


def test_the_pdf_is_one_for_those_who_listen(document):
    made = plan_pdf(document)
    assert b"pdfuaid:part" in made
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made


def test_letters_that_no_font_has_leave_a_pdf_that_says_so(document, monkeypatch):
    given = copy.deepcopy(document)
    given["confirmed"] = [f"By the file, a pharmacist said so of '{UNREADABLE}'."]
    asked = []
    compiled = typst.compile

    def seen(*words, **options):
        asked.append(options)
        return compiled(*words, **options)

    monkeypatch.setattr(typst, "compile", seen)
    made = plan_pdf(given)
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" not in made
    assert [one["sys_inputs"].get("boxes") for one in asked] == [None, BOXES]


def test_a_fault_of_the_template_is_not_taken_for_a_missing_letter(document):
    wrong = {name: value for name, value in document.items() if name != "weeks"}
    with pytest.raises(typst.TypstError):
        plan_pdf(wrong)


def test_the_calendar_keeps_to_its_standard(document):
    raw = plan_calendar(document)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line or len(line) > 75]
    assert all(line.decode("utf-8").isprintable() for line in lines)
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors
    assert calendar["VERSION"] == "2.0"
    assert not calendar.walk("VALARM")
    events = calendar.walk("VEVENT")
    assert len({event["UID"] for event in events}) == len(events) > 15
    for event in events:
        assert event["DTEND"].dt - event["DTSTART"].dt == datetime.timedelta(days=1)
        assert not isinstance(event["DTSTART"].dt, datetime.datetime)
        assert event["DTSTAMP"].dt.tzinfo is datetime.UTC or event["DTSTAMP"].dt.utcoffset().seconds == 0
        assert event["CLASS"] == "PRIVATE"
        assert event["TRANSP"] == "TRANSPARENT"
        assert PURPOSE in event["DESCRIPTION"]


def test_no_event_lasts_past_the_last_day_and_an_id_stays(document):
    first = START - datetime.timedelta(days=1)
    for event in icalendar.Calendar.from_ical(plan_calendar(document)).walk("VEVENT"):
        rule = event.get("RRULE", {})
        count, every = rule.get("COUNT", [1])[0], rule.get("INTERVAL", [1])[0]
        last = event["DTSTART"].dt + datetime.timedelta(days=(count - 1) * every)
        assert first <= event["DTSTART"].dt <= last <= START + datetime.timedelta(days=29)
        assert str(event["UID"]).endswith(f"-{START}@calciroute")


def test_commas_of_the_name_stand_escaped(document):
    raw = plan_calendar(document).replace(b"\r\n ", b"").decode("utf-8")
    for name in ("X-WR-CALNAME", "X-WR-CALDESC", "SUMMARY", "DESCRIPTION"):
        values = re.findall(rf"^{name}:(.*)\r$", raw, re.MULTILINE)
        assert values
        assert not [value for value in values if re.search(r"(?<!\\)[,;]", value)], name
