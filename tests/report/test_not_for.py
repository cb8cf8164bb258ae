"""No number of an outcome that says nothing about this person is shown as this person's, anywhere."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from calciroute.people.not_for_person import NOT_FOR_PERSON, not_for_person
from calciroute.people.person import parse_person
from calciroute.report import build
from calciroute.report.build import build_report
from calciroute.report.first_look import first_look
from calciroute.report.html import render_html
from calciroute.report.result_json import canonical, document_of
from calciroute.report.terminal import render
from calciroute.simulate import public_dataset
from calciroute.simulate.result import Assumption
from calciroute.tables.not_for_person import read_not_for_person
from report.synthetic import PLAN, simulation
from report.test_html import Outline

MAN = '[person]\nsex = "male"\nage_years = 66\n'
STENT = f"{MAN}[conditions]\ncoronary_stent = true\n"
ALENDRONATE = '[person]\nsex = "female"\nage_years = 71\n[medicines]\ntaken = ["alendronate 70 mg weekly"]\n'
STARTS = {"start": '[[medicine]]\nname = "denosumab"\ndose = "60 mg"\n', "mk7": PLAN}
ROWS = {row.id: row for row in read_not_for_person()}


@pytest.fixture
def without_pictures(monkeypatch):
    monkeypatch.setattr(build, "_pictures", lambda *_, **__: ())


def moved(run, outcomes):
    """The same run with other values of some outcomes."""
    data = run.dataset.copy(deep=True)
    for name in outcomes:
        for one in (name, f"{name}_central"):
            data[one][:] = data[one].values * 3.7 + 0.01
    return replace(run, dataset=data)


def touched(run):
    found = not_for_person(run.person)
    groups = {
        str(name): str(run.dataset[name].attrs["group"])
        for name in run.dataset
        if "draw" in run.dataset[name].dims
    }
    return [name for name, group in groups.items() if any(one.touches(name, group) for one in found)]


def outputs(run):
    report = build_report(run)
    return {
        "terminal": render(report, [], False),
        "page": render_html(report, run),
        "json": canonical(document_of(report, run)["result"]),
        "look": first_look(run),
    }


def person_of(row):
    """A person file that this row alone, or nearly alone, recognises."""
    if row.conditions:
        return f"{MAN.replace('male', 'female')}[conditions]\n{row.conditions[0]} = true\n"
    if row.values:
        return f'{MAN}[labs]\n{row.values[0].name} = "{row.values[0].bound - 1:g} mL/min"\n'
    names = {
        "class": {"bisphosphonate": "alendronate", "serm": "raloxifene", "hormone_therapy": "Premarin",
                  "other_hormone": "tibolone", "corticosteroid": "prednisolone", "lithium": "lithium",
                  "aromatase_inhibitor": "exemestane", "androgen_deprivation": "goserelin",
                  "calcimimetic": "cinacalcet", "active_vitamin_d": "calcitriol", "thiazide": "HCTZ",
                  "loop_diuretic": "bumetanide", "phosphate_binder": "Fosrenol",
                  "prescribed_vitamin_k": "Glakay",
                  "direct_oral_anticoagulant": "apixaban"},
    }  # fmt: skip
    kind, word = row.medicines[-1] if row.medicines[-1][0] == "class" else row.medicines[0]
    return f'{MAN}[medicines]\ntaken = ["{names.get(kind, {}).get(word, word)}"]\n'


def same_for_other_numbers(row):
    run = simulation(person=person_of(row), years=0.5, draws=4)
    assert row.id in [one.left_out.id for one in not_for_person(run.person)]
    names = touched(run)
    here, there = outputs(run), outputs(moved(run, names))
    for kind in here:
        assert here[kind] == there[kind], (kind, names)
    return names, here


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.id)
def test_nothing_that_is_written_depends_on_the_numbers_that_are_not_this_persons(row, without_pictures):
    # Pictures take most of the time: three persons have them in the next test.
    names, shown = same_for_other_numbers(row)
    assert (NOT_FOR_PERSON in shown["page"].lower()) == bool(names) or row.id == "calcifediol"


@pytest.mark.parametrize("name", ["coronary_stent", "bisphosphonate", "weight_loss_operation"])
def test_nothing_that_is_drawn_depends_on_them_either(name):
    names, shown = same_for_other_numbers(ROWS[name])
    assert names
    assert shown["page"].count("<svg") > 1  # the pictures were there to be compared


def test_other_numbers_of_other_outcomes_do_show(without_pictures):
    run = simulation(person=STENT, years=0.5, draws=4)
    here, there = outputs(run), outputs(moved(run, ["SBP"]))
    assert all(here[kind] != there[kind] for kind in here)


@pytest.mark.parametrize(
    ("person", "plans"), [(STENT, None), (STENT, {}), (ALENDRONATE, None), (ALENDRONATE, {}), (MAN, STARTS)]
)
def test_the_outcomes_beside_them_are_shown_as_always(person, plans, without_pictures):
    plain = simulation(
        person=MAN if person == STENT else person.split("[medicines]")[0], plans=plans, years=0.5
    )
    run = simulation(person=person, plans=plans, years=0.5)
    gone = set(touched(run))
    shown, always = build_report(run).table, build_report(plain).table
    for row in shown.rows:
        if row.outcome in gone:
            assert row.not_for
            assert not row.without.known
            assert all(not cell.effect.change.known and not cell.trials.points for cell in row.plans)
        elif not any(cell.effect.not_for for cell in row.plans):
            assert row == always.row(row.outcome)


def test_a_man_with_a_stent():
    run = simulation(person=STENT)
    report = build_report(run)
    sentence = report.answer.sentences[0].replace("\u00a0", " ")
    assert sentence.startswith(
        "In people like this, 180 mcg of MK-7 a day for three years lowers dp-ucMGP by about"
    )
    assert sentence.endswith(f"; coronary calcium is not for this person: {ROWS['coronary_stent'].reason}.")
    assert "AU" not in sentence
    assert f"coronary calcium, AU     not for this person: {ROWS['coronary_stent'].reason[:20]}" in render(
        report, [], False
    )
    picture = next(one for one in report.pictures if one.name == "CAC_agatston")
    assert picture.title == "Coronary calcium score: not for this person"
    assert "stented artery" in re.sub("<[^>]*>", " ", picture.svg)
    flow = report.pictures[-1]
    assert flow.title == "Of 1\u202f010\u00a0mg of calcium eaten a day, 204\u00a0mg reach the blood"
    assert "artery wall: not for this person" in flow.caption
    assert any(
        cells[0] == "into the coronary artery wall" and cells[1] == NOT_FOR_PERSON
        for cells in flow.table.rows
    )
    assert any(cells[0] == "in stool" and cells[1] != NOT_FOR_PERSON for cells in flow.table.rows)


def test_a_woman_on_alendronate():
    report = build_report(simulation(person=ALENDRONATE))
    sentence = report.answer.sentences[0]
    assert (
        f"bone density of the lumbar spine is not for this person: {ROWS['bisphosphonate'].reason}."
        in sentence
    )
    assert "coronary calcium (" in sentence
    assert report.pictures[-1].title == "Calcium a day: not for this person"
    named = {one.name for one in report.pictures if NOT_FOR_PERSON in one.title}
    assert named == {"BMD_lumbar_spine", "calcium_flow"}


def test_kidney_disease_of_stage_3b_with_its_eGFR_is_for_this_person(without_pictures):
    report = build_report(simulation(person=f'{MAN}[conditions]\nckd = true\n[labs]\neGFR = "38 mL/min"\n'))
    assert not report.not_for.findings()
    assert NOT_FOR_PERSON not in str(report.answer)


def test_a_medicine_of_a_plan_touches_its_own_arm_alone():
    run = simulation(person=MAN, plans=STARTS)
    report = build_report(run)
    bone = report.table.row("BMD_lumbar_spine")
    start, mk7 = bone.plans
    assert (bone.not_for, bone.without.known) == ("", True)
    assert (start.effect.not_for, start.effect.change.known, start.reading) == (
        ROWS["denosumab"].reason, False, NOT_FOR_PERSON,
    )  # fmt: skip
    assert (mk7.effect.not_for, mk7.effect.change.known) == ("", True)
    first, second = report.answer.sentences
    assert first.endswith(
        f"bone density of the lumbar spine is not for this person: {ROWS['denosumab'].reason}."
    )
    assert NOT_FOR_PERSON not in second
    picture = next(one for one in report.pictures if one.name == "BMD_lumbar_spine")
    assert "With start: not for this person: denosumab" in picture.caption
    assert "with mk7" in picture.svg
    assert "with start" not in picture.svg
    document = document_of(report, run)["result"]
    effects = document["outcomes"]["BMD_lumbar_spine"]["effects"]
    assert effects["start"]["verdict"] == "not_for_person"
    assert effects["mk7"]["not_for_this_person"] is None
    assert set(document["courses"]["BMD_lumbar_spine"]["bands"]) == {"as_now", "mk7"}


def test_a_plan_of_a_left_out_medicine_alone_gets_the_stronger_word():
    run = simulation(
        person=MAN, plans={"start": STARTS["start"]},
        assumptions=(),
    )  # fmt: skip
    run = replace(run, assumptions=(Assumption("denosumab", NOT_FOR_PERSON, ROWS["denosumab"].reason),))
    report = build_report(run)
    words = str(report.answer)
    assert (
        "has no term in the model: this run says nothing of it; bone density of the lumbar spine is" in words
    )
    picture = next(one for one in report.pictures if one.name == "BMD_lumbar_spine")
    assert picture.title.endswith(": not for this person")


def test_the_inr_of_a_person_with_cirrhosis_on_warfarin_is_not_told(without_pictures):
    person = f'{MAN}[conditions]\ncirrhosis = true\n[medicines]\ntaken = ["warfarin 5 mg"]\n'
    words = str(build_report(simulation(person=person)).answer)
    assert words.startswith(
        "INR first: in people like this on warfarin, INR is not for this person: a liver with"
    )
    assert not re.search(r"\d", words.replace("180\u00a0mcg of MK-7", ""))


def test_json_keeps_no_number_and_says_why(without_pictures):
    run = simulation(person=STENT, years=0.5)
    result = json.loads(canonical(document_of(build_report(run), run)["result"]))
    score = result["outcomes"]["CAC_agatston"]
    assert score["not_for_this_person"] == ROWS["coronary_stent"].reason
    effect = score["effects"]["mk7_180"]
    assert {effect[name]["median"] for name in ("start", "without", "with", "difference")} == {None}
    assert effect["trials"]["nearest"] == []
    assert result["courses"]["CAC_agatston"]["bands"] == {}
    assert all(not runs for runs in result["courses"]["CAC_agatston"]["central"].values())
    assert [one["id"] for one in result["not_for_this_person"]] == ["coronary_stent"]
    assert result["not_for_this_person"][0]["found"] == ["stent in a coronary artery"]
    assert result["outcomes"]["SBP"]["not_for_this_person"] is None


def test_the_dataset_keeps_the_values_and_marks_them():
    run = simulation(person=STENT, plans=STARTS, years=0.5)
    data = public_dataset(run)
    assert data["CAC_agatston"].attrs["not_for_this_person"] == ROWS["coronary_stent"].reason
    assert data["CAC_agatston_central"].attrs["comment"].startswith(NOT_FOR_PERSON)
    assert data["BMD_lumbar_spine"].attrs["not_for_this_person"] == f"start: {ROWS['denosumab'].reason}"
    assert "not_for_this_person" not in data["SBP"].attrs
    assert np.isfinite(data["CAC_agatston"].values).all()
    assert [one["id"] for one in json.loads(data.attrs["not_for_this_person"])] == [
        "coronary_stent",
        "denosumab",
    ]


def test_a_reason_stands_in_full_once_and_then_by_reference(without_pictures):
    text = render(build_report(simulation(person=f"{MAN}[conditions]\nckd = true\n")), [], False)
    table = text.split("Education and research")[1]
    assert " ".join(table.split()).count(ROWS["kidney_disease_without_eGFR"].reason) == 1
    assert "systolic pressure, mmHg  not for this person: as for dp-ucMGP" in table
    assert max(map(len, text.splitlines())) <= 100


def test_the_page_lists_what_was_found_with_its_source(without_pictures):
    page = outputs(simulation(person=ALENDRONATE))["page"]
    section = page[page.index("About this person") : page.index("For everybody")]
    assert "Found: alendronate 70 mg weekly." in section
    assert "10.17305/bjbms.2011.2622" in section
    assert "bone density of the lumbar spine" in section.lower()


def test_a_person_of_whom_everything_is_in_the_model_reads_as_before(without_pictures):
    for text in outputs(simulation()).values():
        assert NOT_FOR_PERSON not in text.lower()
    assert parse_person(MAN).conditions == {}


@pytest.mark.parametrize(
    ("person", "plans"), [(STENT, None), (STENT, {}), (MAN, STARTS), (ALENDRONATE, STARTS)]
)
def test_the_page_stays_well_formed_and_every_row_is_as_wide_as_its_head(person, plans, without_pictures):
    run = simulation(person=person, plans=plans, years=0.25, draws=2)
    page = render_html(build_report(run), run)
    outline = Outline(page)
    assert not outline.wrong
    assert not outline.open
    table = page[page.index('<h2 id="table">') : page.index("</table>", page.index('<h2 id="table">'))]
    head, *rows = re.findall(r'<tr role="row">(.*?)</tr>', table, re.DOTALL)
    columns, left = head.count("<th "), 0
    for row in rows:
        cells = re.findall(r"<t[hd] ([^>]*)>", row)
        wide = sum(int((re.search(r'colspan="(\d+)"', cell) or [0, 1])[1]) for cell in cells)
        lasting = [cell for cell in cells if "rowspan" in cell]
        if left == 0:
            assert wide == columns, row
            held = sum(int((re.search(r'colspan="(\d+)"', cell) or [0, 1])[1]) for cell in lasting)
            left = int(re.search(r'rowspan="(\d+)"', lasting[0])[1]) - 1 if lasting else 0
        else:
            assert wide == columns - held, row
            left -= 1
