"""What is shown while the bands are being run: numbers for most, nothing before a notice."""

from calciroute.people.person import parse_person
from calciroute.report.first_look import first_look
from calciroute.simulate import simulate_person

WOMAN = '[person]\nsex = "female"\nage_years = 62\n[medicines]\ntaken = [{}]\n'


def look(taken):
    person = parse_person(WOMAN.replace("{}", taken))
    return first_look(simulate_person(person, years=0.03, draws=0, variants=()))


def test_the_centre_is_told_without_a_band_and_says_so():
    words = look("")
    assert words.startswith("Central run, as now: dp-ucMGP in plasma 4")
    assert "g/cm²" in words
    assert words.endswith("The bands follow.")


def test_nothing_comes_before_a_notice():
    assert look('"warfarin 5 mg daily"') == ""
