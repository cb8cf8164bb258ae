"""What is shown while the bands are being run: numbers for most, nothing before a notice."""

from calciroute.people.person import parse_person
from calciroute.report.first_look import first_look
from calciroute.simulate import run_person

WOMAN = '[person]\nsex = "female"\nage_years = 62\n[medicines]\ntaken = [{}]\n'


def look(taken):
    person = parse_person(WOMAN.replace("{}", taken))
    return first_look(run_person(person, years=0.03, draws=0, variants=()))


def test_the_centre_is_told_without_a_band_and_says_so():
    words = look("")
    assert words.startswith("Central run, as now: dp-ucMGP in plasma 4")
    assert "g/cm²" in words
    assert words.endswith("The bands follow.")


def test_nothing_comes_before_a_notice():
    assert look('"warfarin 5 mg daily"') == ""


def test_a_plan_without_a_term_in_the_model_names_no_outcome():
    from calciroute.intake.plan import parse_plan
    from calciroute.report.build import build_report

    person = parse_person(WOMAN.replace("{}", ""))
    plan = parse_plan('[[medicine]]\nname = "hydrochlorothiazide"\ndose = "25 mg"\n', "thiazide.toml")
    report = build_report(simulate_run(person, [plan]))
    assert "has no term in the model" in report.answer.sentences[0]
    assert "pressure" not in report.answer.sentences[0]


def simulate_run(person, plans):
    return run_person(person, plans, years=0.03, draws=0, variants=())
