"""Labels that nobody here had seen: clauses of unknown substances, broken lines, salts, headings, forms."""

import datetime

import pytest

from calciroute.errors import InputError
from calciroute.intake.label import read_labels
from calciroute.intake.label_findings import Who, findings_of
from calciroute.intake.products import parse_product


def amounts_of(text):
    label = read_labels(text)[0]
    return {one.substance: (one.amount, str(one.per)) for one in label.amounts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huile de foie de morue 1000 mg, vitamine A 600 µg, vitamine E 10 mg pour 2 capsules",
         {"A": (600.0, "2 capsules"), "E": (10.0, "2 capsules")}),
        ("Vitamin B1 10 mg, Vitamin K2 (MK-7) 50 mcg, Biotin 300 mcg, Vitamin D3 25 mcg per tablet",
         {"MK7": (50.0, "1 tablet"), "D3": (25.0, "1 tablet")}),
        ("Calcitriol 0.25 mcg, Calcium Carbonate 500 mg eq. to Calcium 200 mg, MK-7 45 mcg per capsule",
         {"calcium": (200.0, "1 capsule"), "MK7": (45.0, "1 capsule")}),
        ("Vitamin D3: 25 mcg vitamin K2 (MK-7): 100 mcg per capsule",
         {"D3": (25.0, "1 capsule"), "MK7": (100.0, "1 capsule")}),
        ("D3 + K2 drops: 1 drop = 25 mcg (1000 IU) D3 and 10 mcg K2 (MK-7)",
         {"D3": (25.0, "1 drop"), "MK7": (10.0, "1 drop")}),
        ("1.000 I.E. Vitamin D3 (25 µg) und 20 µg Vitamin K2 (MK-7) pro Tropfen",
         {"D3": (25.0, "1 drop"), "MK7": (20.0, "1 drop")}),
        ("Dosering: 1 tablet per dag. Per tablet: vitamine K2 (MK-7) 90 µg; calcium 120 mg",
         {"MK7": (90.0, "1 tablet"), "calcium": (120.0, "1 tablet")}),
        ("Zn 10 mg, MK-7 100 mcg, Cu 1 mg per capsule", {"MK7": (100.0, "1 capsule")}),
        ("MK-7 100 mcg D3 1000 IU Mg 200 mg, per capsule",
         {"MK7": (100.0, "1 capsule"), "D3": (25.0, "1 capsule"), "magnesium": (200.0, "1 capsule")}),
    ],
)  # fmt: skip
def test_the_amount_of_an_unknown_substance_stays_with_it(text, expected):
    assert amounts_of(text) == expected


def test_an_unknown_substance_beside_known_ones_is_listed():
    label = read_labels("per capsule\nMK-7 100 mcg, lutein 10 mg, zinc 5 mg")[0]
    assert [one.written for one in label.unchecked] == ["lutein 10 mg"]


@pytest.mark.parametrize(
    "text",
    ["lutein 10 mg calcium", "Vitamin D3, vitamin K2 100 mcg", "Vitamin K2 .1 mg",
     "Calcium carbonate 750 mg (calcium 3OO mg)",
     "Magnesium phosphate pentahydrate 50 mg", "Vitamin K (K1 and K2) 100 mcg", "Vitamin D3 10 UE"],
)  # fmt: skip
def test_what_two_readings_may_share_is_asked(text):
    label = read_labels(f"per capsule\n{text}\nzinc 5 mg")[0]
    assert {one.substance for one in label.amounts} == {"zinc"}
    assert label.questions


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("per capsule\nVitamin K2 (MK-7) 100\nmcg", 2),
        ("per capsule\nVitamin K2 (as\nmenaquinone-7) 100 mcg", 2),
        ("per capsule\nMena-\nquinone-7 100 mcg", 2),
        ("per capsule\nMena\u00adquinone\u20117 100\u200b mcg", 2),
        ("per capsule\nVitarnin K2 (MK-7) 100-mcg", 2),
    ],
)
def test_a_broken_line_is_whole_again_under_its_first_number(text, line):
    one = read_labels(text)[0].amount_of("MK7")
    assert (one.amount, one.line) == (100.0, line)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("1 kropla: witamina K2 (menachinon-7) 10 µg", "1 drop"),
        ("Indhold pr. 2 tabletter\nK2-vitamin (MK-7) 10 µg", "2 tablets"),
        ("Innehåll per kapsel\nVitamin K2 (menakinon-7) 10 µg", "1 capsule"),
        ("Zawartość w 2 kapsułkach\nWitamina K2 (MK-7) 10 µg", "2 capsules"),
        ("Cada cápsula contém: vitamina K2 (menaquinona-7) 10 µg", "1 capsule"),
        ("Tagesdosis (2 Kapseln): Vitamin K2 (MK-7) 10 µg", "day of 2 capsules"),
        ("1日分(3粒)ビタミンK2(メナキノン-7) 10μg", "day of 3 capsules"),
        ("1日1粒当たり\nビタミンK2(MK-7)10マイクログラム", "1 capsule"),
        ("Each serving of two capsules has 10 mcg of vitamin K2 as MK-7", "serving of 2 capsules"),
        ("BONE | 90 caplets\nServing Size 3 caplets  Servings Per Bottle 30\nMK-7 10 mcg",
         "serving of 3 tablets"),
        ("Nutrient | 1 tablet | 2 tablets\nMK-7 | 10 mcg | 20 mcg", "1 tablet"),
        ("Per 100 g | je Portion (5 g)\nMK-7 200 µg | 10 µg", "serving"),
        ("Per 2-gummy serving: vitamin K2 (MK-7) 10 mcg", "serving of 2 gummies"),
        ("1 capsula molle: vitamina K2 (MK-7) 10 mcg", "1 softgel"),
        ("MK-7 capsules: vitamin K2 (MK-7) 10 mcg", "not said"),
        ("Each MK-7 capsule: vitamin K2 (MK-7) 10 mcg", "1 capsule"),
        ("MK-7 10 mcg per drop; D3 5 mcg per drop", "1 drop"),
    ],
)  # fmt: skip
def test_per_what_stands_in_many_ways(text, per):
    one = read_labels(text)[0].amount_of("MK7")
    assert (one.amount, str(one.per)) == (10.0, per)


@pytest.mark.parametrize(
    "text",
    [
        "Calciumcarbonat 1500 mg entsprechend 600 mg Calcium",
        "Calcio carbonato 1500 mg di cui Calcio 600 mg",
        "Węglan wapnia 1500 mg, w tym wapń 600 mg",
        "carbonate de calcium 1500 mg équivalent à 600 mg de calcium élément",
        "Carbonato de calcio equivalente a 600 mg de calcio",
        "炭酸カルシウム 1500mg(カルシウムとして600mg)",
        "Calcium citrate tetrahydrate 2.85 g (equivalent to calcium 600 mg)",
    ],
)
def test_the_mass_of_a_salt_is_not_that_of_its_mineral(text):
    label = read_labels(f"{text}\nper tablet")[0]
    assert label.amount_of("calcium").amount == 600.0
    assert not label.questions


def test_vitamin_e_of_romance_labels_is_no_vitamin_a():
    assert set(amounts_of("per capsula\nVitamina E 10 mg\nVitamina A 400 µg")) == {"E", "A"}


def test_a_source_in_brackets_is_no_second_substance():
    assert amounts_of("per tablet\nVitamin C (as calcium ascorbate) 100 mg") == {"C": (100.0, "1 tablet")}


def test_an_unnamed_form_is_shown_and_asked_and_never_summed():
    label = read_labels("per tablet\nVitamin K 75 µg")[0]
    assert label.amounts == ()
    assert [(one.substance, one.amount, one.notes) for one in label.totals] == [
        ("K", 75.0, ("the form is not named",))
    ]
    assert [one.kind for one in label.questions] == ["form"]
    assert not read_labels("per tablet\nVitamin K2 75 mg")[0].totals


@pytest.mark.parametrize("text", ["Vitamin K 75 µg", "Vitamin K2 75 mg", "MK-7 100 mg"])
def test_an_antagonist_meets_vitamin_k_that_is_asked_about(text):
    label = read_labels(f"per tablet\n{text}\nzinc 5 mg")[0]
    rules = [one.rule for one in findings_of(label, 1, Who(antagonist=True), datetime.date(2026, 11, 25))]
    assert "S018" in rules


@pytest.mark.parametrize(
    "text",
    ["MK-7 100 mcg D3 1000 IU drops", "MK-7 100 mcg, D3 1000 IU drops", "MK-7 100mcg and D3 1000IU drops"],
)
def test_a_product_of_two_substances_needs_no_plus(text):
    product = parse_product(text)
    assert (product.amount_of("MK7"), product.amount_of("D3"), product.form.name) == (
        100.0,
        25.0,
        "oil drops",
    )


def test_a_product_that_is_not_clear_says_where_the_plus_belongs():
    with pytest.raises(InputError, match=r"'\+' between two substances"):
        parse_product("MK-7 100 mcg zeolite 5 mg")
