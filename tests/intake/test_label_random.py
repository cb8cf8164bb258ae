"""Labels put together at random: an amount is right or asked, whatever the order and the marks between."""

import contextlib
import random

import pytest

from calciroute.errors import InputError
from calciroute.intake.label import read_labels

# Names of MK-7, D3, calcium, magnesium, vitamins A and E; substances without a row; words for per what.
LANGUAGES = {
    "en": (
        {"MK7": "Vitamin K2 (as menaquinone-7)|Vitamin K2 (MK-7)|K2 as MK-7", "D3": "Vitamin D3|D3",
         "calcium": "Calcium|Calcium (as calcium citrate)", "magnesium": "Magnesium (as magnesium oxide)",
         "A": "Vitamin A", "E": "Vitamin E"},
        "Biotin|Lutein|Vitamin B2|Zn|B1|Silica", {"per 2 tablets": "2 tablets", "per capsule": "1 capsule"},
        {"2 capsules provide: ": "2 capsules", "Each tablet contains: ": "1 tablet"}, "IU", ".", " and ",
    ),
    "de": (
        {"MK7": "Vitamin K2 (MK-7)|Vitamin K2 (Menachinon-7)", "D3": "Vitamin D3|Vit. D3",
         "calcium": "Calcium (aus Calciumcarbonat)|Calcium", "magnesium": "Magnesium (als Magnesiumcitrat)",
         "A": "Vitamin A", "E": "Vitamin E"},
        "Biotin|Chrom|Kieselerde", {"pro Kapsel": "1 capsule", "je 2 Tabletten": "2 tablets"},
        {"2 Tropfen = ": "2 drops", "Pro Tablette: ": "1 tablet"}, "I.E.", ",", " und ",
    ),
    "it": (
        {"MK7": "Vitamina K2 (MK-7)", "D3": "Vitamina D3", "calcium": "Calcio (da calcio citrato)",
         "magnesium": "Magnesio", "A": "Vitamina A", "E": "Vitamina E"},
        "Biotina|Cromo|Equiseto", {"per compressa": "1 tablet", "per 2 capsule": "2 capsules"},
        {"Ogni compressa contiene: ": "1 tablet"}, "UI", ",", " e ",
    ),
    "da": (
        {"MK7": "K2-vitamin (MK-7)", "D3": "D3-vitamin", "calcium": "Calcium", "magnesium": "Magnesium",
         "A": "A-vitamin", "E": "E-vitamin"},
        "Krom|Mangan", {"pr. 2 tabletter": "2 tablets"}, {"2 kapsler indeholder: ": "2 capsules"}, "IE", ",",
        " og ",
    ),
    "pl": (
        {"MK7": "Witamina K2 (menachinon-7)", "D3": "Witamina D3", "calcium": "Wapń (węglan wapnia)",
         "magnesium": "Magnez", "A": "Witamina A", "E": "Witamina E"},
        "Biotyna|Chrom", {"w kapsułce": "1 capsule"}, {"2 kapsułki zawierają: ": "2 capsules"}, "j.m.", ",",
        " i ",
    ),
    "ja": (
        {"MK7": "ビタミンK2(メナキノン-7)", "D3": "ビタミンD3", "calcium": "カルシウム",
         "magnesium": "マグネシウム", "A": "ビタミンA", "E": "ビタミンE"},
        "ビオチン|クロム", {"1粒あたり": "1 capsule"}, {"2粒当たり ": "2 capsules"}, "IU", ".", "、",
    ),
}  # fmt: skip
AMOUNTS = {"MK7": (22.5, 45, 100, 180), "D3": (5, 12.5, 50, 100), "calcium": (120, 187.5, 500),
           "magnesium": (57.5, 100, 225), "A": (200, 600), "E": (5, 12, 24)}  # fmt: skip
IN_UG = ("MK7", "D3", "A")


def mixed_label(drawn, fault):
    """Text, what is true, and per what; an amount of None is one in a wrong unit."""
    names, unknown, behind, before, iu, mark, joined = LANGUAGES[drawn.choice(list(LANGUAGES))]

    def print_amount(number, unit):
        return f"{number:g}{drawn.choice(['', ' '])}{unit}".replace(".", mark)

    truth, items = {}, []
    for substance in drawn.sample(list(names), drawn.randint(2, 5)):
        number = drawn.choice(AMOUNTS[substance])
        unit = drawn.choice(["µg", "mcg", "μg"]) if substance in IN_UG else "mg"
        truth[substance] = number
        if fault and drawn.random() < 0.4:
            unit, truth[substance] = "mg" if substance in IN_UG else "µg", None
        printed = print_amount(number, unit)
        if substance == "D3" and truth["D3"] and drawn.random() < 0.4:
            printed = drawn.choice([f"{printed} ({number * 40:g} {iu})", f"{number * 40:g} {iu}"])
        items.append((drawn.choice(names[substance].split("|")), printed))
    for _ in range(drawn.choice([0, 1, 2])):
        stranger = (drawn.choice(unknown.split("|")), print_amount(drawn.choice([1, 10, 50]), "mg"))
        items.insert(drawn.randint(0, len(items)), stranger)
    between = drawn.choice([", ", "; ", " | ", " + ", " – ", " • ", "\n", "\n", " ", " / ", joined])
    inner = " " if between in (" ", " | ") else drawn.choice([" ", ": ", " .... ", " | ", "\t", " – "])
    turned = drawn.random() < 0.25
    text = between.join(f"{amount} {name}" if turned else f"{name}{inner}{amount}" for name, amount in items)
    where = before if drawn.random() < 0.5 else behind
    words = drawn.choice(list(where))
    lines = "\n" if between == "\n" else ""
    text = f"{words}{lines}{text}" if where is before else f"{text}{lines or ', '}{words}"
    return text, truth, where[words]


@pytest.mark.parametrize(("fault", "seed"), [(False, 1), (True, 2)])
def test_amounts_of_mixed_labels_are_right_or_asked(fault, seed):
    drawn = random.Random(seed)
    right = known = 0
    for _ in range(500):
        text, truth, per = mixed_label(drawn, fault)
        label = read_labels(text)[0]
        found = {one.substance: one for one in label.amounts if one.substance in AMOUNTS}
        for substance, one in found.items():
            assert truth.get(substance) == pytest.approx(one.amount, rel=0.01), (substance, text)
            assert str(one.per).removeprefix("day of ") in (per, "not said"), text
        assert label.questions or found.keys() == truth.keys(), text
        known += sum(number is not None for number in truth.values())
        right += len(found)
    assert right >= 0.94 * known


def test_text_that_a_scan_damaged_never_ends_in_a_traceback():
    drawn = random.Random(3)
    for _ in range(300):
        signs = list(mixed_label(drawn, False)[0])
        for _ in range(4):
            signs[drawn.randrange(len(signs))] = drawn.choice([*"Ol?|(µ.", "\n", "", "rn"])
        with contextlib.suppress(InputError):
            assert read_labels("".join(signs))
