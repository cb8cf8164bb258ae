"""A second list of wrong inputs, a cause each; what is to happen was written before the first run.

A case without a reason is to be refused or told. One with a reason (``why``) is right after all and is read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from guide.persons import HEAD, passing
from wrong_fields import exports
from wrong_input import WrongInput

# Column of a diary, what stands there, a word of the message.
CELLS: tuple[tuple[str, str, str, str], ...] = (
    ("a minus behind the number", "grams", "50-", "50-"),
    ("a number with a guess behind it", "grams", "50 g or so", "or so"),
    ("grams a day", "grams", "50 gr/day", "50 gr/day"),
    ("a letter O for a zero", "grams", "5O", "5O"),
    ("a letter l for a one", "grams", "l00", "l00"),
    ("two amounts in a cell", "grams", "50 g 20 g", "50 g 20"),
    ("a negative number of bookkeepers", "grams", "(40)", "(40)"),
    ("a share for an amount", "grams", "40%", "40%"),
    ("a currency", "grams", "€40", "€40"),
    ("a temperature", "grams", "40 °C", "40 °C"),
    ("a clock time for an amount", "grams", "12:30", "12:30"),
    ("a date for an amount", "grams", "2026-03-02", "2026-03-02"),
    ("a check mark for an amount", "grams", "✓", "✓"),
    ("yes for an amount", "grams", "yes", "yes"),
    ("a limit for an amount", "grams", "<40", "<40"),
    ("a root", "grams", "√1600", "√1600"),
    ("a million grams with blanks", "grams", "1 000 000", "3000"),
    ("a week for a date", "date", "2026-W10-1", "2026-W10-1"),
    ("a day of the week for a date", "date", "Mon", "Mon"),
    ("a zero for a date", "date", "0", "0"),
    ("a span of dates", "date", "2026-03-02 to 2026-03-04", "2026-03-04"),
    ("a quarter for a date", "date", "2026-Q1", "2026-Q1"),
    ("a date of an Islamic year", "date", "1447-09-13", "1447-09-13"),
    ("a negative time", "time", "-08:00", "-08:00"),
    ("a time with both halves of the day", "time", "8 am pm", "8 am pm"),
    ("a time of four parts", "time", "08:30:15:20", "08:30:15:20"),
    ("an amount for a food", "food", "50 g", "50 g"),
    ("a sum of a spreadsheet for a food", "food", "=SUM(D2:D9)", "formula"),
    ("a command of a database", "food", "natto; DROP TABLE foods", "DROP"),
    ("question marks for a food", "food", "???", "???"),
    ("a picture sign for a food", "food", "🍣", "🍣"),
    ("N/A for a food", "food", "N/A", "N/A"),
    ("the same as yesterday", "food", "same as yesterday", "same as yesterday"),
    ("leftovers", "food", "leftovers", "leftovers"),
    ("a path for a food", "food", "../../foods.csv", "foods.csv"),
    ("a mail address for a food", "food", "me@example.org", "me@example.org"),
    ("a telephone number for a food", "food", "+31 20 123 4567", "4567"),
)
# Whole diaries in lines, a word of the message.
LINES: tuple[tuple[str, str, str], ...] = (
    ("a line with two amounts of two foods", "50 g natto 100 g gouda", "100 g gouda"),
    ("an amount times days", "50 g natto x 3 days", "x 3 days"),
    ("an amount per hour", "50 g natto per hour", "per hour"),
    ("a dash alone", "50 g natto\n-", "-"),
    ("a number alone", "50", "50"),
    ("a unit without a number", "g natto", "no number"),
    ("a fraction left open", "3/ banana", "3/"),
    ("an amount too small to weigh", "0.0001 g natto", "0.0001"),
    ("grains", "50 grains natto", "grains"),
    ("stones", "2 stones spinach", "stones"),
    ("half a sentence", "50 gram natto and 20", "and 20"),
    ("a food that was not eaten", "50 g no natto", "no natto"),
    ("a day without food in words", "did not eat anything", "did not eat"),
    ("a food marked as not eaten", "50 g natto (not eaten)", "not eaten"),
    ("a date behind the food", "50 g natto 2026-03-02", "2026-03-02"),
    ("meals in one line", "Breakfast 50 g natto Lunch 100 g gouda", "Lunch"),
    ("a dose of radiation", "50 Gy natto", "Gy"),
    ("a mass of astronomers", "50 Mg natto", "Mg"),
    ("an unfinished unit", "50 g/ natto", "g/"),
    ("a range turned about", "80-50 g natto", "80-50"),
    ("three numbers of a range", "50-60-70 g natto", "fresh.txt:1"),
    ("a capsule for a food", "MK-7 180 mcg capsule", "MK-7"),
    ("a recipe's step", "Preheat the oven to 200 degrees", "oven"),
    ("a diary of a program", "import calciroute", "import"),
    ("an address of the web", "https://example.org/diary", "example.org"),
)
# Whole labels, a word of the message.
LABELS: tuple[tuple[str, str, str], ...] = (
    ("two amounts side by side", "MK-7 100 mcg 50 mg", "do not agree"),
    ("a trace", "MK-7 trace", "no amount"),
    ("a volume", "MK-7 100 µL", "µL"),
    ("parts a million", "MK-7 100 ppm", "ppm"),
    ("units of bacteria", "MK-7 100 CFU", "CFU"),
    ("drops without a strength", "MK-7 10 drops", "no amount"),
    ("the letter O for zero", "MK-7 1OO mcg", "1OO"),
    ("the letter l for one", "MK-7 l00 mcg", "l00"),
    ("a limit", "MK-7 <100 mcg", "<100"),
    ("up to", "MK-7 up to 100 mcg", "a limit"),
    ("a range", "MK-7 100 mcg - 200 mcg", "200 mcg"),
    ("a power of ten", "MK-7 1e2 mcg", "1e2"),
    ("a number of programs", "MK-7 0x64 mcg", "0x64"),
    ("a menaquinone that nobody knows", "MK-99 100 mcg", "no substance"),
    ("a vitamin that nobody knows", "Vitamin Q 5 mg", "no substance"),
    ("rules of a line alone", "---\n---", "no substance"),
    ("a bar code", "8712345678901", "no substance"),
    ("an address alone", "https://example.org/k2", "no amount"),
    ("the beginning of a photo", "\xff\xd8\xff\xe0 JFIF", "text"),
    ("dashes for an amount", "MK-7 -- mcg", "--"),
    ("a sign that turns letters about", "MK-7 \u202e001 mcg", "signs that"),
    ("a question for an amount", "MK-7 ? mcg", "?"),
    ("an amount for a kilogram of body", "MK-7 1 mcg/kg", "for a kilogram"),
    ("molar amounts", "MK-7 100 nmol", "nmol"),
    ("grams of a vitamin", "Vitamin K1 5 g", "Vitamin K1"),
    ("a share alone", "MK-7 250 %", "%"),
)
# Looked wrong and is right: kind, cause, text, why.
RIGHT: tuple[tuple[str, str, str, str], ...] = (
    ("diary", "a product of numbers", "5*10 g natto", "five times 10 g are 50 g"),
    ("label", "per no capsule", "Amount per 0 capsules\nMK-7 100 mcg", "none of something says nothing: the "
     "amounts are taken for one capsule, and the answer says so"),
    ("label", "per fewer than no capsules", "Amount per -2 capsules\nMK-7 100 mcg",
     "a dash before a count is a mark of a list"),
)  # fmt: skip
# Kind and words of `journal add`, a word of the message.
ADDED: tuple[tuple[str, str, str, str], ...] = (
    ("a weight without a unit", "weight", "66", "kg"),
    ("a weight in stones", "weight", "10 stones", "stones"),
    ("a negative weight", "weight", "-66 kg", "-6"),
    ("no weight", "weight", "0 kg", "0"),
    ("a weight of an elephant", "weight", "6600 kg", "6600"),
    ("two weights", "weight", "66 kg 67 kg", "66 kg 67 kg"),
    ("a weight in grams of a letter", "weight", "20 g", "20 g"),
    ("half a pressure", "pressure", "138", "138"),
    ("a pressure turned about", "pressure", "82/138", "82/138"),
    ("a pressure with a pulse", "pressure", "138/82/70", "138/82/70"),
    ("a pressure of a tyre", "pressure", "2.3 bar", "2.3 bar"),
    ("a pressure beyond all bodies", "pressure", "1380/82", "1380"),
    ("a test without a value", "lab", "LDL", "LDL"),
    ("a test that nobody knows", "lab", "zorgblat 5 mg", "zorgblat"),
    ("a value in words", "lab", "INR high", "INR high"),
    ("two tests in one line", "lab", "INR 2.4 eGFR 80", "INR 2.4 eGFR 80"),
    ("no words", "note", " ", "nothing is written"),
    ("a control sign", "symptom", "head\x07ache", "cannot be seen"),
)
_MEDICINE_WORDS = "no plan"
# A list of medicines of somebody who passes every other gate: what is written, a word of the notice.
MEDICINES: tuple[tuple[str, str, str], ...] = (
    ("a misspelt antagonist", '"wafarin 5mg"', "wafarin"),
    ("an antagonist twice in one text", '"warfarin warfarin"', "warfarin"),
    ("the word none", '"none"', "taken = []"),
    ("the word nothing", '"nothing"', "taken = []"),
    ("a medicine by its look", '"a little white pill"', "a little white pill"),
    ("a dose alone", '"5 mg"', "5 mg"),
    ("question mark", '"?"', "?"),
    ("an antagonist behind a sign", '"aspirin & warfarin"', "warfarin"),
    ("an antagonist that was stopped", '"stopped warfarin in 2019"', "warfarin"),
    ("an antagonist denied", '"not warfarin"', "warfarin"),
    ("letters with blanks between", '"W A R F A R I N"', "W A R F A R I N"),
    ("a letter of another script", '"w\u0430rfarin"', "rfarin"),
    ("a word of a class", '"vitamin K antagonist"', "vitamin K antagonist"),
    ("a medicine and something else", '"apixaban 5 mg, and something else"', "something else"),
    ("an antagonist in brackets", '"rivaroxaban (was on Sintrom)"', "Sintrom"),
    ("an antagonist turned about", '"nirafraw"', "nirafraw"),
    ("names run together", '"warfarinaspirin"', "warfarinaspirin"),
    ("an antagonist in capitals with a dose in it", '"WARFARIN5MG"', "WARFARIN5MG"),
)
_BARE = '[person]\nsex = "female"\nage_years = 62\n'
# Text of a person file, a word of the message.
PERSONS: tuple[tuple[str, str, str], ...] = (
    ("sex true", _BARE.replace('"female"', "true"), "sex"),
    ("the day far ahead", _BARE + "as_of = 2999-01-01\n", "as_of"),
    ("a day with a time", _BARE + "as_of = 2026-03-01T08:00:00\n", "as_of"),
    ("a height in metres", _BARE + "height_cm = 1.65\n", "height_cm"),
    ("medicines as one text", _BARE + '[medicines]\ntaken = "warfarin"\n', "taken"),
    ("medicines in a list of lists", _BARE + '[medicines]\ntaken = [["warfarin"]]\n', "taken"),
    ("a number for a medicine", _BARE + "[medicines]\ntaken = [5]\n", "taken"),
    ("a word of a neighbour", _BARE + '[medicines]\ntaken = ["Zorblax"]\nconfirmed = [{ name = "Zorblax", '
     'by = "neighbour", date = 2026-01-01 }]\n', "neighbour"),
    ("a word of a day to come", _BARE + '[medicines]\ntaken = ["Zorblax"]\nconfirmed = [{ name = "Zorblax", '
     'by = "pharmacist", date = 2999-01-01 }]\n', "2999-01-01"),
    ("a word without a name", _BARE + '[medicines]\ntaken = []\nconfirmed = [{ by = "doctor", '
     "date = 2026-01-01 }]\n", "name"),
    ("an answer to no question", _BARE + "[answers]\nQ999 = true\n", "Q999"),
    ("perhaps for an answer", _BARE + '[answers]\nQ003 = "perhaps"\n', "Q003"),
    ("yes for a condition", _BARE + '[conditions]\nhypertension = "yes"\n', "hypertension"),
    ("half a pressure in a file", _BARE + '[labs]\nblood_pressure = "138"\n', "138"),
    ("a pressure turned about in a file", _BARE + '[labs]\nblood_pressure = "82/138"\n', "82/138"),
    ("a value of a day to come", _BARE + 'as_of = 2026-03-01\n[labs]\nCRP = [{ date = 2999-01-01, '
     'value = "2 mg/L" }]\n', "2999-01-01"),
    ("a country that is none", _BARE + '[diet]\nregion = "Atlantis"\n', "Atlantis"),
    ("a folder for a diary", _BARE + '[diet]\nregion = "NL"\ndiary = "."\n', "diary"),
    ("since a day to come", _BARE + 'as_of = 2026-03-01\n[[supplement]]\nproduct = "MK-7 90 mcg softgel"\n'
     "since = 2999-01-01\n", "since"),
    ("several persons", '[[person]]\nsex = "female"\nage_years = 62\n', "person"),
    ("JSON for a person", '{"person": {"sex": "female", "age_years": 62}}', "TOML"),
    ("YAML for a person", "person:\n  sex: female\n  age_years: 62\n", "TOML"),
    ("a list of settings without quotes", "[person]\nsex=female\nage_years=62\n", "quote"),
    ("smoking now and then", _BARE + '[habits]\nsmoking = "sometimes"\n', "smoking"),
    ("an allele that is none", _BARE + '[genotype]\nVKORC1 = "BB"\n', "VKORC1"),
    ("periods that ended tomorrow", _BARE.replace("62", "45") + "final_menstrual_period_age_years = 50\n",
     "menstrual"),
    ("a product of everything", _BARE + '[[supplement]]\nproduct = "multivitamin"\n', "multivitamin"),
    ("a table in a sentence", "I am a woman of 62 and I take MK-7.", "TOML"),
)  # fmt: skip


def _bytes_of_a_database(folder: Path) -> Path:
    path = folder / "diary.csv"
    base = sqlite3.connect(path)
    base.execute("create table diary (food text)")
    base.commit()
    base.close()
    return path


# Name, content or maker, a word of the message, for files of another kind.
FILES: tuple[tuple[str, str, str, bytes | Callable[[Path], Path], str], ...] = (
    ("diary", "a database for a diary", "diary.csv", _bytes_of_a_database, "diary.csv"),
    ("diary", "a diary of a large computer", "diary.csv", "date,food\n1,2\n".encode("cp500"), "diary.csv"),
    ("diary", "a heading in the middle", "d.csv",
     b"date,food,grams\n2026-03-02,natto,40\ndate,food,grams\n2026-03-03,gouda,30\n", "date"),
    ("diary", "a sum below the table", "d.csv",
     b"date,food,grams\n2026-03-02,natto,40\n2026-03-02,Total,40\n", "Total"),
    ("diary", "tabs and commas in one heading", "d.csv",
     b"date\tfood,grams\n2026-03-02\tnatto,40\n", "heading"),
    ("diary", "a heading twice in two spellings", "d.csv", b"food,Food,grams\nnatto,kale,40\n", "2 times"),
    ("diary", "a mail with a diary in it", "mail.txt",
     b"From: a@example.org\nSubject: diary\nMIME-Version: 1.0\n\n50 g natto\n", "Subject"),
    ("label", "a calendar for a label", "l.txt",
     b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "no substance"),
    ("label", "a table of products", "l.csv", b"product;amount\nMK-7;\nK1;\n", "no amount"),
    ("food table", "a diary for a table", "t.csv", b"date,food,grams\n2026-03-02,natto,40\n", "date"),
    ("food table", "settings for a table", "t.csv", b"[table]\nname = 'x'\n", "[table]"),
    ("food table", "a heading without a table", "t.csv", b"alim_code;alim_nom_fr\n", "no column"),
    ("food table", "JSON for a table", "t.json", b'{"foods": []}', "json"),
    ("food table", "a calendar for a table", "t.csv", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "VCALENDAR"),
    ("food table", "a log of a program", "t.txt",
     b"2026-03-02 INFO started\n2026-03-02 INFO ended\n", "t.txt"),
    ("journal", "a text for a journal", "j.txt", b"2026-03-01 138/82\n", "headings of an export"),
    ("journal", "an export without quotes", "j.json", b"{format: calciroute, version: 1}", "JSON"),
    ("journal", "remarks in the export", "j.json", b'{"a": 1} // mine', "JSON"),
    ("journal", "two exports in one file", "j.json", b'{"a": 1}{"a": 1}', "JSON"),
    ("journal", "a list of lines of JSON", "j.json", b'{"a": 1}\n{"b": 2}\n', "JSON"),
    ("journal", "the word null", "j.json", b"null", "export"),
    ("journal", "a sentence in quotes", "j.json", b'"hello"', "export"),
    ("journal", "a diary for a journal", "j.csv", b"date,food,grams\n2026-03-02,natto,40\n", "missing"),
)  # fmt: skip
# A change to an export, a word of the message.
EXPORTS: tuple[tuple[str, Callable[[dict], None], str], ...] = (  # type: ignore[type-arg]
    ("an export of another program", lambda d: d.update(format="diary"), "export"),
    ("entries that are null", lambda d: d.update(entries=None), "list"),
    ("a version in words", lambda d: d.update(version="two"), "version"),
    ("a weight's reading at a pressure", lambda d: _first(d)["readings"][0].update(name="weight"), "weight"),
    ("a reading of a test that is none", lambda d: _first(d)["readings"][0].update(name="zorg"), "zorg"),
    ("a reading without a name", lambda d: _first(d)["readings"][0].update(name=""), "name"),
    ("a reading in a unit of length", lambda d: _first(d)["readings"][0].update(unit="km"), "km"),
    ("recorded with a zone", lambda d: _first(d).update(recorded="2026-03-01T08:00:00+02:00"), "recorded"),
)  # fmt: skip


def _first(document: dict) -> dict:  # type: ignore[type-arg]
    return document["entries"][0]["revisions"][0]


def fresh() -> Iterator[WrongInput]:
    """Every case of this list."""
    heading = ("date", "time", "food", "grams")
    for cause, column, value, said in CELLS:
        row = {"date": "2026-03-02", "time": "08:00", "food": "natto", "grams": "40", column: value}
        text = (
            ",".join(heading) + "\n2026-03-02,07:00,gouda,30\n" + ",".join(row[one] for one in heading) + "\n"
        )
        yield _case("diary", "fresh.csv", cause, text, said, 3)
    for cause, text, said in LINES:
        yield _case("diary", "fresh.txt", cause, text + "\n", said, len(text.split("\n")))
    for cause, text, said in LABELS:
        yield _case("label", "fresh.txt", cause, text + "\n", said, 0)
    for kind, cause, text, why in RIGHT:
        yield WrongInput(kind, "fresh.txt", f"fresh: {cause}", f"{text}\n".encode(), (), 0, why)
    for cause, kind, words, said in ADDED:
        yield _case("entry", f"{kind}.txt", cause, words, said, 0)
    for cause, listed, said in MEDICINES:
        text = passing(head=HEAD.replace("taken = []", f"taken = [{listed}]"))
        yield _case("medicines", "fresh.toml", cause, text, said, 0)
    for cause, text, said in PERSONS:
        yield _case("person", "fresh.toml", cause, text, said, 0)
    for kind, cause, name, content, said in FILES:
        yield WrongInput(kind, name, f"fresh: {cause}", content, (said,), 0)
    for cause, change, said in EXPORTS:
        document = json.loads(exports()[0])
        change(document)
        yield _case("journal", "fresh.json", cause, json.dumps(document), said, 0)


def _case(kind: str, name: str, cause: str, text: str, said: str, line: int) -> WrongInput:
    content = text.encode("latin-1") if text.startswith("\xff\xd8") else text.encode("utf-8")
    return WrongInput(kind, name, f"fresh: {cause}", content, (said,), line)
