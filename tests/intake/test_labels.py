"""Labels: thirty with readings written by hand, wrong ones asked about or refused, days and rules."""

import csv
import datetime
import time
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.errors import InputError
from calciroute.intake.label import read_labels
from calciroute.intake.label_dates import best_before
from calciroute.intake.label_day import a_day, sums_of
from calciroute.intake.label_findings import Who, findings_of
from calciroute.intake.label_line import read_line
from calciroute.tables.daily_values import read_daily_values
from calciroute.tables.label_rules import read_label_rules
from calciroute.tables.label_words import read_label_words
from calciroute.tables.products import read_substances
from calciroute.tables.reference_intakes import read_reference_intakes

HERE = Path(__file__).parent / "labels"
WRONG = tomllib.loads((HERE.parents[1] / "bad_input" / "labels.toml").read_text("utf-8"))["cases"]
DAY = datetime.date(2026, 11, 25)


def by_hand():
    expected = defaultdict(set)
    with (HERE / "expected.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            expected[row["file"]].add((row["substance"], row["amount"], row["unit"], row["per"], row["line"]))
    return expected


def text_of(name):
    return (HERE / f"{name}.txt").read_text("utf-8")


def rules_of(text, who=None, day=DAY):
    return [one.rule for one in findings_of(read_labels(text)[0], 1, who or Who(), day)]


def test_there_are_thirty_labels():
    assert len(list(HERE.glob("*.txt"))) >= 30


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.txt")))
def test_a_label_reads_as_written_by_hand(name):
    label = read_labels(text_of(name))[0]
    found = {
        (one.substance, f"{one.amount:g}", one.unit, str(one.per), str(one.line)) for one in label.amounts
    }
    expected = by_hand()[name]
    asked = {row[4] for row in expected if row[1] == "asked"}
    assert found == {row for row in expected if row[1] != "asked"}
    assert {str(question.line) for question in label.questions} == asked


@pytest.mark.parametrize("case", WRONG, ids=[f"{one['cause']} {number}" for number, one in enumerate(WRONG)])
def test_a_wrong_label_is_asked_about_or_refused_with_its_line(case):
    place = f"label.txt:{case['line']}: " if case["line"] else "label.txt: "
    if case["outcome"] == "exit 2":
        with pytest.raises(InputError) as caught:
            read_labels(case["text"], "label.txt")
        messages = [str(problem) for problem in caught.value.problems]
    else:
        labels = read_labels(case["text"], "label.txt")
        messages = [str(one.problem) for label in labels for one in label.questions]
    assert any(message.startswith(place) and case["expected"] in message for message in messages), messages
    assert all("Expected: " in message for message in messages if case["expected"] in message)


def test_wrong_labels_have_many_causes():
    assert len(WRONG) >= 60
    assert len({case["cause"] for case in WRONG}) >= 30


@pytest.mark.parametrize(
    ("text", "match"),
    [("MK-7 100 mcg\n" * 2001, "lines"), ("x" * 65_000, "64 kB"),
     ("\n---\n".join(["MK-7 100 mcg per capsule"] * 31), "31 labels")],
)  # fmt: skip
def test_limits_come_before_reading(text, match):
    with pytest.raises(InputError, match=match):
        read_labels(text)


def test_what_was_looked_at_again_counts_and_what_is_refused_does_not():
    text = "per capsule\nMK-7 6 mg\nVitamin D3 3 g"
    assert read_labels(text)[0].amounts == ()
    confirmed = read_labels(text, confirmed=(2, 3))[0]
    assert [(one.substance, one.amount) for one in confirmed.amounts] == [("MK7", 6000.0)]


def test_thousands_are_read_where_the_label_itself_tells():
    by_equivalent = read_labels("per capsule\nVitamin D3 25 mcg (1,000 IU)")[0]
    assert by_equivalent.amounts[0].amount == 25.0
    by_share = read_labels("per capsule\nCalcium 1,000 mg 77%")[0]
    assert by_share.amounts[0].amount == 1000.0
    by_comma = read_labels("pro Kapsel\nMagnesium 1.200 mg\nZink 7,5 mg")[0]
    assert [question.problem.found for question in by_comma.questions] == [
        "magnesium '1200 mg' is 1200 mg in one dose"
    ]
    by_point = read_labels("per capsule\nMagnesium 1.200 mg\nZinc 7.5 mg")[0]
    assert by_point.amount_of("magnesium").amount == 1.2


@pytest.mark.parametrize(
    ("text", "substance", "amount", "per"),
    [
        ("per capsule\nMK-7 100 mcg per 2 capsules", "MK7", 100.0, "2 capsules"),
        ("per tablet\nCalcium (from 2400 mg algae) 720 mg", "calcium", 720.0, "1 tablet"),
        ("Each tablet: 1250 mg calcium carbonate (500 mg of calcium)", "calcium", 500.0, "1 tablet"),
        ("per tablet\nVitamin K2-7 45 mcg", "MK7", 45.0, "1 tablet"),
        ("per softgel\nVitamin D-3 40 mcg (1600 IU)", "D3", 40.0, "1 softgel"),
        ("per capsule\nVitamin K2 100 mcg (as MK-7)", "MK7", 100.0, "1 capsule"),
        ("MK-7 100mcg|D3 4000IU per capsule", "D3", 100.0, "1 capsule"),
        ("1 Tablette enthält 25 µg Colecalciferol (1.000 I.E. Vitamin D3)", "D3", 25.0, "1 tablet"),
        ("2 gélules apportent : vitamine K2 (ménaquinone 7) 100 microgrammes", "MK7", 100.0, "2 capsules"),
    ],
)
def test_ways_to_write_one_amount(text, substance, amount, per):
    one = read_labels(text)[0].amount_of(substance)
    assert (one.amount, str(one.per)) == (amount, per)


@pytest.mark.parametrize(
    "text",
    [
        "per capsule\nCalcium (from calcium carbonate 1250 mg)",
        "per capsule\nVitamin K2 (MK-7) l00 mcg\nZinc 10 mg",
        "Supplement Facts\nServing size 1 capsule\nVitamin K2\nZinc 10 mg",
        "Calcium, mg: 500 per tablet",
        "per tablet\nVitamin A 750 mcg (17% as beta-carotene) 83%",
    ],
)
def test_what_has_no_clear_amount_is_asked_and_never_dropped(text):
    label = read_labels(text)[0]
    assert {one.substance for one in label.amounts} <= {"zinc"}
    assert len(label.questions) == 1


def test_a_share_alone_needs_market_and_year():
    text = "per capsule\nVitamin K2 (MK-7) 100 %"
    assert read_labels(text)[0].amounts == ()
    amounts = {
        ("US", 2012): 80.0, ("US", 2024): 120.0, ("EU", 2024): 75.0, ("EU", None): 75.0,
    }  # fmt: skip
    for (market, year), value in amounts.items():
        assert read_labels(text, market=market, year=year)[0].amounts[0].amount == value
    # Between the rule and its last day both held.
    assert read_labels(text, market="US", year=2018)[0].amounts == ()
    assert read_labels(text + " NRV")[0].amounts[0].amount == 75.0


def test_daily_values_agree_with_the_table_of_reference_intakes():
    compared = 0
    names = {"K": "vitamin K", "D": "vitamin D", "A": "vitamin A"}
    bodies = {"US": "FDA", "EU": "EU 1169/2011"}
    for value in read_daily_values():
        nutrient = f"label value {names.get(value.substance, value.substance)}"
        rows = [
            row for row in read_reference_intakes()
            if row.text("nutrient") == nutrient and row.text("body") == bodies[value.market]
        ]  # fmt: skip
        if rows and value.to_year is None:
            compared += 1
            assert {float(row.text("value")) for row in rows} == {value.value}
    assert compared >= 7


# ---- a day


@pytest.mark.parametrize(
    ("text", "amount", "assumed"),
    [
        ("per capsule: MK-7 90 mcg", 90.0, "one capsule a day"),
        ("per capsule: MK-7 90 mcg\nTake one capsule twice daily", 180.0, ""),
        ("Serving size 2 capsules\nMK-7 90 mcg", 90.0, "one serving a day"),
        ("Serving size 2 capsules\nMK-7 90 mcg\nTake 1 capsule daily", 45.0, ""),
        ("pro Tagesdosis (3 Kapseln)\nMK-7 90 µg\nTäglich 3 Kapseln", 90.0, ""),
        ("per 100 g | per serving (5 g)\nMK-7 1000 µg 50 µg", 50.0, "one serving a day"),
        ("per 100 g\nMK-7 1000 µg", None, ""),
        ("MK-7 90 mcg", 90.0, "one serving a day"),
        ("per tablet: MK-7 100 mcg\nOne tablet every 5 days", 20.0, ""),
        ("per tablet: MK-7 70 mcg\nOne tablet a week", 10.0, ""),
        ("per capsule: MK-7 90 mcg\nDo not exceed 4 capsules a day.\nTake 1 capsule daily", 90.0, ""),
        ("per 0 capsules: MK-7 90 mcg\nTake 1 capsule daily", 90.0, ""),
    ],
)
def test_an_amount_of_a_day(text, amount, assumed):
    label = read_labels(text)[0]
    found, how = a_day(label, label.amounts[0])
    assert (found, how) == (amount if amount is None else pytest.approx(amount), assumed)


def test_sums_over_products_stand_beside_the_level_of_the_chosen_body_and_age():
    labels = read_labels(
        "per tablet\nCalcium 1200 mg\nVitamin D3 50 mcg\n---\nper tablet\nCalcium 1,100 mg 85%\nD3 60 mcg"
    )
    by_name = {one.name: one for one in sums_of(labels, "us", 45.0)}
    assert (by_name["calcium"].amount, by_name["calcium"].level, by_name["calcium"].over) == (
        2300.0,
        2500.0,
        False,
    )
    older = {one.name: one for one in sums_of(labels, "us", 60.0)}
    assert (older["calcium"].level, older["calcium"].over) == (2000.0, True)
    assert older["vitamin D"].over
    unknown_age = {one.name: one for one in sums_of(labels, "us")}
    assert unknown_age["calcium"].level == 2000.0


def test_menaquinones_are_never_added_up_and_have_no_upper_level():
    sums = sums_of(read_labels("per capsule\nMK-4 1000 mcg\nMK-7 100 mcg\nVitamin K1 50 mcg"))
    assert [(one.name, one.amount, one.level) for one in sums] == [
        ("MK-4", 1000.0, None), ("MK-7", 100.0, None), ("K1", 50.0, None)
    ]  # fmt: skip
    assert all("no proof of safety" in one.no_level for one in sums)


# ---- dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Best by 03/2028", (2028, 3, 31)),
        ("EXP 08-27", (2027, 8, 31)),
        ("Exp. date: 31.12.2027", (2027, 12, 31)),
        ("Best before 05/06/2027", (2027, 6, 5)),
        ("MHD 2027-02", (2027, 2, 28)),
        ("THT 01.2029", (2029, 1, 31)),
        ("賞味期限 2027.10", (2027, 10, 31)),
        ("Use by Mar 2028", (2028, 3, 31)),
        ("À consommer de préférence avant fin 11/2027", (2027, 11, 30)),
    ],
)
def test_dates_of_packs(text, day):
    assert best_before([read_line(1, text)])[0] == datetime.date(*day)


@pytest.mark.parametrize("text", ["Best by 13/2028", "Exp: see lid", "Best by 99/99/9999", "MHD"])
def test_what_is_no_date_gives_none(text):
    assert best_before([read_line(1, text)]) is None


# ---- rules

K2 = "Softgel, all-trans, soy-free\nper softgel\nMK-7 100 mcg\nNot with anticoagulants. USP verified\n"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("per capsule\nMK-7 100 mg", "S034"),
        ("per capsule\nMK-7 100 IU", "S037"),
        ("per capsule\nVitamin D3 1000 IU", "S036"),
        ("per capsule\nRetinol 3000 IU", "S038"),
        ("per capsule\nVitamin K2 (MK-7) 100%", "S039"),
        ("per 2 capsules\nMK-7 100 mcg", "S040"),
        ("per tablet\nCalcium carbonate 1250 mg", "S043"),
        ("per tablet\nVitamin K2 100 mcg", "S045"),
        ("per tablet\nProprietary blend 300 mg\nvitamin K2", "S046"),
        ("per tablet\nVitamin K2 (MK-4, MK-7) 300 mcg", "S046"),
        ("per tablet\nK1 10 mcg, menadione 1 mg", "S011"),
        ("per tablet\nMK-7 100 mcg\nContains soy", "S048"),
        ("per tablet\nMK-7 100 mcg", "S055"),
        ("per tablet\nMK-7 100 mcg", "S024"),
        ("per tablet\nMK-7 100 mcg", "S056"),
        ("per tablet\nMK-7 100 mcg\nCalcium 300 mg", "S027"),
        ("per tablet\nCalcium 600 mg", "S014"),
        ("per capsule\nMK-4 45 mg", "S007"),
        ("per capsule\nMK-4 100 mcg", "S006"),
        ("per capsule\nMK-7 100 mcg\nBest by 01/2025", "S053"),
        ("per capsule\nMK-7 100 mcg\nMFG 01/2024", "S025"),
        ("Cleans your arteries\nper capsule\nMK-7 100 mcg", "S054"),
        ("Reverses disease\nper capsule\nMK-7 100 mcg", "S054"),
        ("For your heart\nper capsule\nMK-7 100 mcg", "S031"),
        ("Kids gummy\nper gummy\nMK-7 45 mcg", "S057"),
        ("per capsule\nMK-7 3000 mcg", "S058"),
        ("per capsule\nIron 14 mg", "S064"),
        ("per capsule\nMK-7 100 mcg\nRed yeast rice", "S065"),
        ("per capsule\nMK-7 100 mcg\nSpirulina", "S066"),
        ("per capsule\nd-alpha-tocopherol 268 mg", "S067"),
        ("per softgel\nEPA 700 mg\nDHA 500 mg", "S016"),
        ("Liposomal\nper dose\nMK-7 100 mcg", "S004"),
        ("per capsule\nMK-7 100 mcg\nwith natto", "S012"),
        ("per capsule\nMK-7 100 mcg\nDihydrophylloquinone 3 mcg", "S044"),
        ("per capsule\nMK-7 100 mcg 400%", "S039"),
        ("per capsule\nMK-7 100 mcg (phylloquinone equivalents 70)", "S042"),
    ],
)
def test_a_rule_matches(text, rule):
    assert rule in rules_of(text)


@pytest.mark.parametrize(
    "rule",
    ["S024", "S048", "S055", "S056", "S053", "S054", "S031", "S034", "S040", "S045", "S046", "S057", "S065"],
)
def test_a_rule_is_silent_where_nothing_is_wrong(rule):
    assert rule not in rules_of(K2)


def test_a_warning_that_names_the_heart_is_no_claim():
    text = K2 + "Consult your doctor if you have a heart condition.\nKeep out of reach of children."
    assert not {"S031", "S054", "S057"} & set(rules_of(text))


def test_free_from_is_no_allergen_and_contains_is_one():
    free = K2.replace("soy-free", "Free of: soy, milk and gluten")
    assert "S048" not in rules_of(free)
    one = findings_of(
        read_labels("per capsule\nMK-7 90 mcg\nContains soy")[0], 1, Who(allergies=frozenset({"soy"})), DAY
    )
    assert [finding.severity for finding in one if finding.rule == "S048"] == ["fail"]


@pytest.mark.parametrize(
    ("text", "who", "rule"),
    [
        ("per capsule\nRetinol 800 mcg", Who(pregnant=True), "S052"),
        ("per capsule\nRetinol 800 mcg", Who(retinoid=True), "S052"),
        ("per capsule\nMagnesium 200 mg", Who(kidney=True), "S051"),
        ("per capsule\nMK-7 10 mcg", Who(antagonist=True), "S018"),
    ],
)
def test_rules_about_a_person(text, who, rule):
    assert rule in rules_of(text, who)
    assert rule not in rules_of(text)


def test_beta_carotene_is_no_retinol():
    text = "per capsule\nVitamin A (as beta-carotene) 750 mcg RAE"
    assert "S052" not in rules_of(text, Who(pregnant=True))
    assert [one.name for one in sums_of(read_labels(text))] == ["beta-carotene"]


def test_every_word_of_a_substance_has_a_row_and_every_rule_its_words():
    known = {row.id for row in read_substances().values()} | {"retinol", "D", "dihydro-K1"}
    assert set(read_label_words()["substance"]) <= known
    assert all(rule.found and rule.next_step for rule in read_label_rules().values())


# ---- never a crash, never a hang

WORDS = "Vitamin K2|MK-7|100|mcg|µg|mg|MG|%|(|)|per|capsule|2|1,000|IU|Supplement Facts|\n|---\n|½|²|zinc|"
MORE = (
    "calcium carbonate|NRV|ビタミンK2|粒|Best by|01/2028|contains no|soy|—|\t|0|1e9|x|pro Tag|((|%%|'|\u202f"
)
PIECES = st.sampled_from((WORDS + MORE).split("|"))


@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=300))
def test_any_text_is_read_or_refused_with_words(text):
    start = time.process_time()
    try:
        for number, label in enumerate(read_labels(text), 1):
            findings_of(label, number, Who(), DAY)
            sums_of([label])
    except InputError as refused:
        words = str(refused)
        if not words:
            raise
    assert time.process_time() - start < 5.0
