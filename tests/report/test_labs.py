"""Laboratory values in the result: as given, as used, and why not."""

from __future__ import annotations

from calciroute.people.person import parse_person
from calciroute.report import build
from calciroute.report.html import render_html
from calciroute.report.labs import lab_record, lab_rows, lab_sentences
from calciroute.report.result_json import result_of
from calciroute.report.terminal import render
from report.synthetic import PERSON, simulation

LABS = """
[labs]
"Vitamin D (25-OH)" = "22 ng/mL"
Kreatinin = "88 µmol/l"
CRP = "<0.6 mg/L"
Albumin = "42 g/L"
calcium = "2.35 mmol/L"
dp_ucMGP = { value = "480,5 pmol/L", assay = "InaKtif MGP" }
coronary_calcium = [ { date = 2023-03-01, value = "1'245" }, { date = 2026-02-20, value = "1280 AU" } ]
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_each_reading_stands_with_what_was_written_and_what_is_used() -> None:
    rows = {f"{row.name} {row.given}": plain(row.used) for row in lab_rows(parse_person(PERSON + LABS))}
    assert rows == {
        "25(OH)D 22 ng/mL": "54.9 nmol/L",
        "creatinine 88 µmol/l": "eGFR 64 mL/min",
        "CRP <0.6 mg/L": "not used as today's value: a limit is no value",
        "albumin 42 g/L": "not used as today's value: no term of the model reads albumin; total calcium is "
        "used as it was measured",
        "total calcium 2.35 mmol/L": "2.35 mmol/L",
        "dp-ucMGP 480,5 pmol/L": "480.5 pmol/L",
        "coronary calcium 1'245 of 2023-03-01": "not used as today's value: a later one is today's value",
        "coronary calcium 1280 AU of 2026-02-20": "1280 AU",
    }


def test_the_formula_and_the_assay_are_said() -> None:
    how = {row.name: row.how for row in lab_rows(parse_person(PERSON + LABS))}
    assert "CKD-EPI 2021 (inker2021): 142 min(Scr/0.7, 1)^-0.241" in how["creatinine"]
    assert how["dp-ucMGP"].startswith("InaKtif MGP")
    assert "1 ng/mL is 2.496 nmol/L" in how["25(OH)D"]


def test_the_terminal_the_page_and_the_json_hold_the_same_readings() -> None:
    run = simulation(person=PERSON + LABS)
    report = build.build_report(run)
    shown = plain(" ".join(render(report, [], False).split()))
    for words in (
        "25(OH)D 22 ng/mL → 54.9 nmol/L",
        "creatinine 88 µmol/l → eGFR 64 mL/min",
        "a limit is no value",
    ):
        assert words in shown
    page = plain(render_html(report, run))
    assert "22 ng/mL" in page
    assert "142 min(Scr/0.7, 1)" in page
    record = result_of(report, run)["labs"]
    assert record == lab_record(run.person)
    assert [(one["field"], one["used"]) for one in record[:4]] == [
        ("25OHD", True),
        ("creatinine", False),
        ("eGFR", True),
        ("CRP", False),
    ]


def test_a_person_without_labs_gets_no_line_about_them() -> None:
    run = simulation()
    report = build.build_report(run)
    assert report.labs == ()
    assert lab_sentences(()) == ()
    assert "Labs" not in render(report, [], False)
    assert 'id="labs"' not in render_html(report, run)


def test_the_score_of_somebody_with_a_stent_is_not_listed_as_used() -> None:
    labs = '\n[labs]\ncoronary_calcium = "310 AU"\nCRP = "2 mg/L"\n'
    stent = f"{PERSON}{labs}[conditions]\ncoronary_stent = true\n"
    person = parse_person(stent)
    score, crp = lab_rows(person)
    assert not score.is_used
    assert score.used.startswith("not used as today's value: not for this person, the metal of a stent")
    assert crp.is_used
    used, left = lab_sentences(lab_rows(person))
    assert "coronary calcium" not in used
    assert "coronary calcium 310 AU (not for this person, the metal of a stent" in left
    record = lab_record(person)
    assert [(one["used"], bool(one["why_not"])) for one in record] == [(False, True), (True, False)]
    healthy = parse_person(stent.replace("coronary_stent = true", "coronary_stent = false"))
    assert lab_rows(healthy)[0].is_used
