"""What was given and how it was run, for a reader to check."""

import time

from calciroute.intake.plan import Plan, parse_plan
from calciroute.people.person import parse_person
from calciroute.report import build
from calciroute.report.given import command_again, given_values, method_rows, source_of
from calciroute.report.glossary import glossary_of
from calciroute.report.html import render_html
from calciroute.report.plan_words import arm_titles, plan_phrase, vitamin_k_of
from calciroute.report.result_json import canonical, document_of
from calciroute.simulate.result import Assumption
from report.synthetic import PERSON, PLAN, simulation

FULL = """
weight_kg = 66.5
[labs]
"25OHD" = "55,5 nmol/L"
coronary_calcium = "45 AU"
[medicines]
taken = ["atorvastatin 20 mg"]
[conditions]
diabetes = true
kidney_stones = false
[habits]
smoking = "never"
[diet]
region = "NL"
K1 = "100 mcg"
calcium = "950 mg"
[[supplement]]
product = "D3 800 IU tablet"
"""


def plain(text):
    return text.replace("\u00a0", " ")


def test_everything_given_is_printed_with_its_unit_and_a_german_comma_is_a_number():
    values = {name: plain(value) for name, value in given_values(parse_person(PERSON + FULL))}
    assert values["weight"] == "66.5 kg"
    assert values["25-hydroxyvitamin D in serum"] == "55.5 nmol/L"
    assert values["conditions"] == "diabetes"
    assert values["medicines taken"] == "atorvastatin 20 mg"
    assert values["phylloquinone in food a day"] == "100 mcg/d"
    assert values["taken today"] == "D3 800 IU tablet"
    assert values["food from"] == "NL"


def test_a_person_with_nothing_filled_in():
    assert given_values(parse_person(PERSON)) == [("sex at birth", "female"), ("age", "62\u00a0years")]


def test_a_known_source_is_printed_and_an_unknown_key_stays_what_it_is():
    known = source_of(Assumption("a", "b", "c", "knapen2015"))
    assert known.words.startswith("Knapen")
    assert known.link.startswith("https://doi.org/")
    assert source_of(Assumption("a", "b", "c", "nobody1900")).words == "nobody1900"
    assert source_of(Assumption("a", "b", "c")).words == ""


def test_the_command_names_files_settings_and_variant():
    record = {
        "model": {
            "years": 3.0, "draws": 8, "seed": 7, "variant": "ratio_452",
            "settings": {"beta_calcification": "0.3"},
        },
        "inputs": {"person": {"name": "person.toml"}, "plans": [{"name": "a.toml"}, {"name": "b.toml"}]},
    }  # fmt: skip
    assert command_again(record) == (
        "calciroute simulate person.toml --plan a.toml --plan b.toml --years 3 --draws 8 --seed 7 "
        "--set 'beta_calcification=0.3' --variant ratio_452"
    )
    assert ("numbers set by hand", "beta_calcification = 0.3") in method_rows(record)


def test_words_are_explained_once_and_in_order():
    words = [word for word, _ in glossary_of(simulation(years=0.25).dataset)]
    assert len(words) == len(set(words))
    assert words == sorted(words, key=str.casefold)
    assert {"no causal effect", "vessel fast", "band", "MK-7", "mcg", "dp-ucMGP in plasma"} <= set(words)


def test_plans_in_words():
    plan = parse_plan(
        '[[supplement]]\nproduct = "MK-7 180 mcg + D3 1000 IU softgel"\n'
        'times = "every 2 days 08:00"\nadherence = 0.9\n'
        '[[medicine]]\nname = "orlistat"\ndose = "120 mg"\ntimes = "daily 08:00, 13:00"\n'
        '[[habit]]\nlever = "walking"\namount = "150 min/week"\n'
    )
    words = plain(plan_phrase(plan))
    assert words.startswith("90 mcg of MK-7 and 12.5 mcg of ")
    assert "(on the mean, every 2 days, 90 % of doses taken)" in words
    assert "240 mg of orlistat a day" in words
    assert words.endswith("and walking (150 min/week)")
    assert vitamin_k_of(plan) == {"MK-7": 81.0}
    assert "changes nothing" in plan_phrase(Plan("empty"))


def test_names_of_arms():
    one, two = parse_plan(PLAN, "mk7_180.toml"), parse_plan(PLAN, "other.toml")
    assert arm_titles([one]) == ["with the plan"]
    assert arm_titles([one, two]) == ["with mk7 180", "with other"]


def test_a_whole_report_takes_less_than_six_seconds_of_processor():
    run = simulation()
    began = time.process_time()
    report = build.build_report(run)
    page = render_html(report, run)
    text = canonical(document_of(report, run))
    spent = time.process_time() - began
    print(f"{len(report.pictures)} pictures: {spent:.1f} s of processor, {len(page) + len(text)} letters")
    assert spent < 6.0
