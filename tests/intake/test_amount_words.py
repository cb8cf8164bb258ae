"""Amounts in the words of a kitchen: many languages, one reading or a question."""

from __future__ import annotations

import pytest

from calciroute.intake.amount_words import AmountError, spoken_amount
from calciroute.tables.household import household_rows, measure_words, number_words

READ = {
    "50 g natto": (50, "g", "natto"),
    "50g natto": (50, "g", "natto"),
    "natto 50 g": (50, "g", "natto"),
    "natto, 50g": (50, "g", "natto"),
    "natto: 50 grams": (50, "g", "natto"),
    "2 slices gouda": (2, "slice", "gouda"),
    "two slices of gouda": (2, "slice", "gouda"),
    "gouda (2 slices)": (2, "slice", "gouda"),
    "een snee volkorenbrood": (1, "slice", "volkorenbrood"),
    "1 cup cooked spinach": (1, "cup", "cooked spinach"),
    "1/2 cup milk": (0.5, "cup", "milk"),
    "1½ cups milk": (1.5, "cup", "milk"),
    "1 1/2 cups milk": (1.5, "cup", "milk"),
    "½ cup milk": (0.5, "cup", "milk"),
    "half an avocado": (0.5, None, "avocado"),
    "anderhalve banaan": (1.5, None, "banaan"),
    "2 x 125 ml milk": (250, "ml", "milk"),
    "2x gouda": (2, None, "gouda"),
    "gouda x2": (2, None, "gouda"),
    "0,5 l Bier": (0.5, "l", "Bier"),
    "2 EL Olivenöl": (2, "tablespoon", "Olivenöl"),
    "eine Scheibe Roggenbrot": (1, "slice", "Roggenbrot"),
    "1 c. à soupe de moutarde": (1, "tablespoon", "moutarde"),
    "deux tranches de pain": (2, "slice", "pain"),
    "1 cucchiaio d'olio d'oliva": (1, "tablespoon", "olio d'oliva"),
    "un vaso de leche": (1, "glass", "leche"),
    "2 skivor knäckebröd": (2, "slice", "knäckebröd"),
    "1 wan gohan": (1, "small_bowl", "gohan"),
    "納豆1パック": (1, "packet", "納豆"),
    "ご飯一杯": (1, "coffee_cup", "ご飯"),
    "1 katori toor dal": (1, "katori", "toor dal"),
    "do roti": (2, None, "roti"),
    "about 30 g cheddar": (30, "g", "cheddar"),
    "ca. 30 g Käse": (30, "g", "Käse"),
    "a handful of almonds": (1, "handful", "almonds"),
    "3 thin slices of ham": (3, "slice", "ham"),
    "milk 2 % fat": (None, None, "milk 2 % fat"),
    "1 cup 2% milk": (1, "cup", "2% milk"),
    "7up 330 ml": (330, "ml", "7up"),
    "1 ei, gekookt": (1, None, "ei, gekookt"),
    "coffee": (None, None, "coffee"),
    "2 ribs": (2, None, "ribs"),
}


@pytest.mark.parametrize("line", READ)
def test_a_line_is_read_in_one_way(line: str) -> None:
    amount = spoken_amount(line)
    assert (amount.count, amount.measure, amount.food) == READ[line]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2-3 slices bread", "range"),
        ("2 to 3 slices bread", "range"),
        ("1,500 g rice", "1.5 or 1500"),
        ("1.500 g rice", "1.5 or 1500"),
        ("rice 1.500 g", "1.5 or 1500"),
        ("50 mg natto", "'mg' of a food"),
        ("natto 50 mg", "'mg' of a food"),
        ("50 µg natto", "of a food"),
        ("-5 g rice", "sign"),
        ("1/0 cup rice", "zero"),
        ("100 g", "no food"),
        ("1 tsp", "no food"),
        ("12", "no food"),
    ],
)
def test_what_has_two_readings_or_none_is_asked(line: str, said: str) -> None:
    with pytest.raises(AmountError, match=said):
        spoken_amount(line)


def test_every_word_of_a_measure_is_read_after_a_number() -> None:
    for word, measure in measure_words().items():
        if word.endswith(".") or not word.isascii():
            continue
        amount = spoken_amount(f"2 {word} zorblax")
        assert (amount.count, amount.measure, amount.food) == (2.0, measure, "zorblax"), word


def test_every_number_word_counts() -> None:
    for word, value in number_words().items():
        amount = spoken_amount(f"{word} zorblax")
        assert (amount.count, amount.food) == (value, "zorblax"), word


def test_no_measure_is_larger_than_a_meal_and_each_says_where_from() -> None:
    for row in household_rows():
        value = row.number("value")
        assert value is None or 0 < value <= 1000
        assert row.text("source") or row.text("verified") == "memory"
