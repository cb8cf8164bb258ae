"""People's amounts are understood in one way or refused; nothing is off by a factor in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.units.expression import UnitError, convert, parse_unit
from calciroute.units.quantity import SPELLINGS, QuantityError, parse_number, parse_quantity, shown_unit

MICRO_SPELLINGS = (
    "180 ug",
    "180 mcg",
    "180mcg",
    "180 µg",
    "180 \u03bcg",
    "180 Mcg",
    "180.0 mcg",
    "180,0 mcg",
)


@pytest.mark.parametrize("text", MICRO_SPELLINGS)
def test_every_spelling_of_a_microgram_is_the_same(text):
    quantity = parse_quantity(text)
    assert (quantity.value, quantity.unit) == (180.0, "ug")


@pytest.mark.parametrize(
    "text",
    ["1 Mg", "1 MG", "45 mcg RAE", "9**9**9 ug", "nan ug", "inf ug", "1e999 ug", "0x10 ug", "ug", "", "180",
     "1.2.3 ug", "--5 ug", "1_000 ug", "1,500 mcg", "1.000,5 mcg", "5 mgc", "5 mg mg", "180 ug " + "x" * 60],
)  # fmt: skip
def test_what_is_not_clear_is_refused_with_words(text):
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert len(str(caught.value)) > 15


def test_a_comma_is_a_decimal_mark_or_a_question_never_dropped():
    assert parse_number("1,5") == 1.5
    assert parse_number("0,180") == 0.18
    with pytest.raises(QuantityError, match=r"may be 1.5 or 1500"):
        parse_number("1,500")


def test_a_unit_outside_the_allowed_ones_names_them():
    with pytest.raises(QuantityError, match="Allowed here: mg, mcg"):
        parse_quantity("5 nmol/L", frozenset({"ug", "mg"}))


@given(st.floats(min_value=1e-6, max_value=1e6), st.sampled_from(sorted(SPELLINGS)))
def test_what_is_printed_reads_back_as_it_was(value, word):
    number = f"{value:.6f}"
    quantity = parse_quantity(f"{number} {word}")
    assert quantity.value == float(number)
    assert quantity.unit == SPELLINGS[word]
    assert parse_quantity(f"{number} {shown_unit(quantity.unit)}").unit == quantity.unit


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (2.35, "mmol/L", "nmol/L", 2.35e6),
        (6.3, "pmol/h2", "nmol/h2", 6.3e-3),
        (1.0, "1/y", "1/h", 1.0 / 8766.0),
        (180.0, "ug", "mg", 0.18),
        (16.667, "mL/min per L/h", "mL/min per L/h", 16.667),
        (450.7, "g/mol", "ug/nmol", 0.4507),
        (-0.55, "%/y", "1/y", -0.0055),
    ],
)
def test_units_convert(value, source, target, expected):
    assert convert(value, source, target) == pytest.approx(expected, rel=1e-12)


def test_units_of_another_kind_do_not_convert():
    with pytest.raises(UnitError, match="different things"):
        convert(1.0, "ug", "nmol")


def test_an_unknown_unit_word_comes_with_near_ones():
    with pytest.raises(UnitError, match="'mmoll'"):
        parse_unit("mmoll/L")
