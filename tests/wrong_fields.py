"""Wrong journals, persons and plans made from good ones: one rule is one cause and names the word said."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from calciroute.guide.journal import open_journal
from calciroute.guide.journal_files import as_csv, as_json
from calciroute.guide.journal_words import understand
from wrong_input import WrongInput

# A cause, the field of a revision (or of the entry), what stands there instead, a word of the message.
FIELD_RULES: tuple[tuple[str, str, Any, str], ...] = (
    ("journal: entry negative", "entry", -1, "from 1"),
    ("journal: entry a list", "entry", [1], "from 1"),
    ("journal: entry true", "entry", True, "from 1"),
    ("journal: uid a number", "uid", 7, "uid"),
    ("journal: uid far too long", "uid", "u" * 200_000, "uid"),
    ("journal: kind in capitals", "kind", "DOSE", "not known"),
    ("journal: kind missing its value", "kind", None, "kind"),
    ("journal: revision negative", "revision", -3, "from 1"),
    ("journal: revision half", "revision", 1.5, "from 1"),
    ("journal: state a number", "state", 1, "state"),
    ("journal: recorded a number", "recorded", 20260301, "recorded"),
    ("journal: recorded far ahead", "recorded", "9999-99-99 08:00:00", "recorded"),
    ("journal: date month 13", "date", "2026-13-01", "date"),
    ("journal: date with a point", "date", "01.03.2026", "year first"),
    ("journal: date none", "date", None, "date"),
    ("journal: date in words", "date", "yesterday", "date"),
    ("journal: time minute 60", "time", "08:60", "HH:MM"),
    ("journal: time in words", "time", "noon", "HH:MM"),
    ("journal: text a number", "text", 5, "text"),
    ("journal: text an object", "text", {"a": 1}, "text"),
    ("journal: text of 200,000 letters", "text", "x" * 200_000, "200000"),
    ("journal: text with a zero byte", "text", "a\0b", "cannot be seen"),
    ("journal: taken a text", "taken", "yes", "taken"),
    ("journal: assay a list", "assay", [], "assay"),
    ("journal: maker a number", "maker", 3, "maker"),
    ("journal: readings an object", "readings", {}, "no list"),
    ("journal: a reading that is a text", "readings", ["138"], "reading"),
    ("journal: brackets in the text", "text", [[[[]]]], "text"),
)  # fmt: skip


@cache
def exports() -> tuple[str, str]:
    """Both exports, JSON and CSV, of a journal of six entries."""
    with tempfile.TemporaryDirectory() as folder, open_journal(Path(folder) / "data") as journal:
        for kind, words in (
            ("pressure", "138/82"), ("dose", "MK-7 180 mcg softgel"), ("lab", "25-OH Vitamin D 22 ng/mL"),
            ("food", "40 g natto"), ("note", "slept well"), ("weight", "66 kg"),
        ):  # fmt: skip
            journal.add(kind, understand(kind, words, datetime.date(2026, 3, 1)))
        return as_json(journal.entries()), as_csv(journal.entries())


def journals() -> Iterator[WrongInput]:
    """Exports of a real journal with one field wrong, at each of its entries."""
    good = exports()[0]
    for cause, field, value, said in FIELD_RULES:
        for place in range(6):
            document = json.loads(good)
            entry = document["entries"][place]
            (entry if field in entry else entry["revisions"][0])[field] = value
            yield WrongInput("journal", f"{place}.json", cause, json.dumps(document).encode(), (said,), 0)


_NUMBERS = ("age_years", "final_menstrual_period_age_years", "weight_kg", "height_cm")
_TEXTS = ("sex",)
_LABS = ('"25OHD"', "coronary_calcium", "eGFR", "SBP", "PTH")
_GOOD = {"sex": '"female"', "age_years": "62", "final_menstrual_period_age_years": "51", "weight_kg": "66",
         "height_cm": "165"}  # fmt: skip
# A cause, what stands for the value of a number of [person], a word of the message (empty: the key).
VALUE_RULES: tuple[tuple[str, str, str], ...] = (
    ("person: number in words", '"sixty"', ""), ("person: negative", "-62", ""), ("person: NaN", "nan", ""),
    ("person: infinity", "-inf", ""), ("person: far too large", "62000", ""), ("person: list", "[62]", ""),
    ("person: true for a number", "true", ""), ("person: a date for a number", "2026-03-01", ""),
    ("person: a table for a number", "{ a = 1 }", ""), ("person: two points", "6.2.0", "TOML"),
    ("person: quote left open", '"62', ""), ("person: empty value", "", "TOML"),
    ("person: decimal comma", "62,5", ""), ("person: deep brackets", "[" * 5_000, "levels"),
    ("person: digits without end", "9" * 5_000, "40 digits"),
)  # fmt: skip
# The same for the value of a laboratory line.
LAB_RULES: tuple[tuple[str, str, str], ...] = (
    ("lab: no number", '"high"', ""), ("lab: negative", '"-55 nmol/L"', ""),
    ("lab: unit unknown", '"55 zorg"', ""),
    ("lab: two commas", '"1,5,5 nmol/L"', "1,5,5"), ("lab: a list", '["55"]', ""), ("lab: empty", '""', ""),
    ("lab: unit of length", '"55 km"', ""), ("lab: beyond all bodies", '"9e12 nmol/L"', ""),
    ("lab: true", "true", ""), ("lab: NaN", '"NaN nmol/L"', ""),
)  # fmt: skip
# The same for a line of a plan: key, wrong value.
PLAN_RULES: tuple[tuple[str, str, str], ...] = (
    ("plan: product a number", "product", "5"), ("plan: product empty", "product", '""'),
    ("plan: product unknown", "product", '"zorgblat 5 mcg"'), ("plan: no unit", "product", '"MK-7 180"'),
    ("plan: two commas", "product", '"MK-7 1,8,0 mcg"'), ("plan: thousandfold", "product", '"MK-7 180 mg"'),
    ("plan: times in words", "times", '"now and then"'), ("plan: hour 25", "times", '"daily 25:00"'),
    ("plan: times a number", "times", "8"), ("plan: adherence above one", "adherence", "1.9"),
    ("plan: adherence negative", "adherence", "-0.1"), ("plan: adherence NaN", "adherence", "nan"),
    ("plan: adherence a text", "adherence", '"often"'), ("plan: start negative", "start_day", "-5"),
    ("plan: start a text", "start_day", '"soon"'), ("plan: key unknown", "produkt", '"MK-7 180 mcg"'),
    ("plan: key of dots", "a.b.c", "1"),
)  # fmt: skip
_PLAN_WORDS = {"plan: product unknown": "zorgblat", "plan: no unit": "no unit", "plan: two commas": "1,8,0"}
_PRODUCTS = ("MK-7 180 mcg softgel", "D3 800 IU tablet", "K1 1 mg tablet")


def persons_and_plans() -> Iterator[WrongInput]:
    """One value of a good person or plan wrong, at each number, laboratory value and product."""
    for cause, value, said in VALUE_RULES:
        for place, key in enumerate(_NUMBERS):
            text = "[person]\n" + "".join(f"{one} = {old}\n" for one, old in {**_GOOD, key: value}.items())
            yield WrongInput("person", f"{place}.toml", cause, text.encode(), (said or key,), 0)
    for cause, value, said in LAB_RULES:
        for place, key in enumerate(_LABS):
            text = '[person]\nsex = "female"\nage_years = 62\n[labs]\n' + f"{key} = {value}\n"
            yield WrongInput("person", f"{place}.toml", cause, text.encode(), (said or key.strip('"'),), 5)
    for cause, key, value in PLAN_RULES:
        for place, product in enumerate(_PRODUCTS):
            lines = {"product": f'"{product}"', "times": '"daily 08:00 with a meal"', key: value}
            text = "[[supplement]]\n" + "".join(f"{one} = {old}\n" for one, old in lines.items())
            said = _PLAN_WORDS.get(cause, key.split(".")[0])
            yield WrongInput("plan", f"{place}.toml", cause, text.encode(), (said,), 0)
