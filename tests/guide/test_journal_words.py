"""Words of an entry: read as files are read, asked about where they say too little, never changed."""

from __future__ import annotations

import datetime

import pytest

from calciroute.errors import InputError
from calciroute.guide.journal_entry import Content, Entry, Revision
from calciroute.guide.journal_notice import notice_for
from calciroute.guide.journal_words import read_when, understand
from calciroute.tables.symptom_words import flags_in, read_symptom_words

DAY = datetime.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("kind", "text", "readings"),
    [
        ("dose", "MK-7 180 mcg softgel", [("MK-7", "", 180.0, "ug")]),
        ("dose", "warfarin 5 mg", [("warfarin", "", None, "")]),
        ("pressure", "138/82", [("SBP", "", 138.0, "mmHg"), ("DBP", "", 82.0, "mmHg")]),
        ("lab", "coronary_calcium 45 AU", [("coronary_calcium", "", 45.0, "AU")]),
        ("lab", "CRP <0,6 mg/L", [("CRP", "<", 0.6, "mg/L")]),
        ("weight", "66,5 kg", [("weight", "", 66.5, "kg")]),
        ("food", "50 g natto", []),
        ("symptom", "leg cramps", []),
    ],
)
def test_what_is_understood_stands_beside_the_words_as_given(kind, text, readings):
    content = understand(kind, f" {text} ", DAY)
    assert content.text == text
    assert [(one.name, one.sign, one.value, one.unit) for one in content.readings] == readings


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("dose", "MK-7 180 mg softgel", ["180000 mcg", "MK-7 180 mg softgel"]),
        ("dose", "MK-7 180", ["MK-7"]),
        ("lab", "25OHD 55", ["55 nmol/L or 55 ng/mL", "'25OHD 55 nmol/L' or '25OHD 55 ng/mL'"]),
        ("lab", "Quick 95 %", ["not the INR"]),
        ("lab", "nonsense 5", ["not known"]),
        ("pressure", "82/138", ["not above the diastolic"]),
        ("pressure", "13,8/8,2", ["cmHg", "kPa", "'13.8/8.2 cmHg'"]),
        ("weight", "66", ["no unit", "66 kg"]),
        ("weight", "150 lb", ["lb", "0.4536"]),
        ("weight", "900 kg", ["900 kg"]),
        ("note", "", ["nothing is written"]),
        ("note", "a\u200bb", ["zero width space"]),
        ("note", "x" * 2001, ["2001 letters"]),
    ],
)
def test_words_that_say_too_little_are_asked_about_with_what_was_typed(kind, text, words):
    with pytest.raises(InputError) as refused:
        understand(kind, text, DAY)
    for word in words:
        assert word in str(refused.value)


def test_a_name_that_no_table_has_is_kept_and_told_as_not_recognised():
    content = understand("dose", "Qwertzu forte", DAY)
    assert content.readings[0].remarks == ("not recognised: kept as written",)
    assert "'Qwertzu forte' not recognised" in str(notice_for("dose", content))


@pytest.mark.parametrize(
    ("words", "taken"),
    [({"taken": True}, "note"), ({"assay": "ELISA"}, "note"), ({"maker": "GE"}, "dose")],
)
def test_what_belongs_to_another_kind_is_refused(words, taken):
    with pytest.raises(InputError):
        understand(taken, "MK-7 180 mcg", DAY, **words)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("", DAY, "07:15"),
        ("2026-02-20", datetime.date(2026, 2, 20), ""),
        ("20.02.2026 8:05", datetime.date(2026, 2, 20), "08:05"),
        ("2026-02-20T23:59:10", datetime.date(2026, 2, 20), "23:59"),
    ],
)
def test_a_day_is_read_in_its_usual_forms(text, day, clock):
    assert read_when(text, datetime.datetime(2026, 3, 1, 7, 15)) == (day, clock)


@pytest.mark.parametrize(
    "text", ["yesterday", "03/04/2026", "2026-02-30", "2026-02-20 25:00", "2026-02-20 8 am"]
)
def test_a_day_that_is_none_or_may_be_two_is_refused(text):
    with pytest.raises(InputError):
        read_when(text, datetime.datetime(2026, 3, 1))


def test_tomorrow_is_let_through_as_clocks_differ_and_later_is_not():
    understand("note", "x", DAY + datetime.timedelta(1), today=DAY)
    with pytest.raises(InputError, match="after today"):
        understand("note", "x", DAY + datetime.timedelta(2), today=DAY)


# ---- red flags


@pytest.mark.holds("symptom_words")
@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("pain in my chest since noon", "Q022"), ("chset pain", "Q022"), ("CHEST TIGHTNESS", "Q022"),
        ("black stools twice", "Q019"), ("blood in my urine", "Q019"), ("new bruises on both arms", "Q017"),
        ("nosebleed again", "Q018"), ("slurred speech this morning", "Q023"), ("my face drooped", "Q023"),
        ("hives after natto", "Q084"), ("left calf is swollen", "Q083"), ("Brustschmerzen", "Q022"),
        ("Nasenbluten", "Q018"), ("pijn op de borst", "Q022"), ("douleur dans la poitrine", "Q022"),
        ("dolor en el pecho", "Q022"), ("dolore al petto", "Q022"), ("胸痛があった", "Q022"),
        ("鼻血", "Q018"),
        ("सीने में दर्द", "Q022"), ("no chest pain", "Q022"),
    ],
)  # fmt: skip
def test_red_flags_are_seen_in_what_people_write(text, gate):
    assert gate in flags_in(text)
    assert notice_for("symptom", Content(DAY, "", text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "slept well", "walked 30 min, legs fine", "dismayed by the news", "chest of drawers moved",
        "breathing practice 10 min", "blood test booked", "50 g natto", "feeling blue", "stool soft",
        "new box opened", "cut vegetables for an hour",
    ],
)  # fmt: skip
def test_plain_notes_close_nothing(text):
    assert flags_in(text) == {}


def test_each_language_has_words_for_the_emergencies():
    by_language = {}
    for row in read_symptom_words():
        by_language.setdefault(row.language, set()).add(row.gate)
    assert set(by_language) == {"en", "de", "nl", "fr", "es", "it", "ja", "hi"}
    for gates in by_language.values():
        assert {"Q017", "Q018", "Q019", "Q022", "Q023"} <= gates


@pytest.mark.parametrize(("text", "closed"), [("180/80", True), ("130/110", True), ("179/109", False)])
def test_a_pressure_of_180_or_110_and_more_is_told_first(text, closed):
    notice = notice_for("pressure", understand("pressure", text, DAY))
    assert (notice is not None) == closed
    if notice is not None:
        assert "Q025" in notice.gates


def test_a_filtration_below_30_is_told_also_as_a_limit():
    assert "Q009" in notice_for("lab", understand("lab", "eGFR 25 mL/min", DAY)).gates
    assert "Q009" in notice_for("lab", understand("lab", "eGFR <15 mL/min", DAY)).gates
    assert notice_for("lab", understand("lab", "eGFR 82 mL/min", DAY)) is None


def test_bleeding_on_a_blood_thinner_of_the_journal_is_an_emergency():
    content = understand("dose", "apixaban 5 mg", DAY - datetime.timedelta(3))
    dose = Entry(1, "a", "dose", (Revision(1, "2026-02-26 08:00:00", "kept", None, content),))
    symptom = understand("symptom", "nosebleed", DAY)
    assert notice_for("symptom", symptom).kind == "stop"
    assert notice_for("symptom", symptom, [dose]).kind == "emergency"
    assert notice_for("note", understand("note", "slept well", DAY), [dose]) is None


def test_an_antagonist_is_told_with_each_entry_and_a_direct_one_is_not():
    assert "Q061" in notice_for("dose", understand("dose", "Marcumar 3 mg", DAY)).gates
    for name in ("apixaban 5 mg", "enoxaparin 40 mg", "clopidogrel 75 mg", "MK-7 180 mcg softgel"):
        assert notice_for("dose", understand("dose", name, DAY)) is None
