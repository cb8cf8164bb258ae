"""Spellings of amounts: right or asked about; faults of other programs; two libraries as references."""

import importlib.util
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import spelled_amounts as spelled
from calciroute.errors import InputError
from calciroute.intake.label import read_labels
from calciroute.intake.products import parse_product
from calciroute.units.expression import convert
from calciroute.units.quantity import SPELLINGS, QuantityError, format_quantity, parse_quantity

ALL = list(spelled.spellings())
# The full count is validation/amount_spellings.py.
TENTH = random.Random(7).sample(ALL, len(ALL) // 10)
HAS_PINT = importlib.util.find_spec("pint") is not None
HAS_UCUM = importlib.util.find_spec("ucumvert") is not None


def test_there_are_four_hundred_spellings_of_twelve_substances():
    assert len(ALL) == 4800
    assert len({(one.substance, one.written) for one in ALL}) == 4800


@pytest.mark.parametrize("door", [spelled.as_product, spelled.as_label])
def test_a_tenth_of_the_spellings_is_right_or_asked(door):
    verdicts = [spelled.verdict(one, door(one)) for one in TENTH]
    assert [one for one, verdict in zip(TENTH, verdicts, strict=True) if verdict == "silent"] == []
    assert verdicts.count("right") > 30


def test_the_count_can_fail():
    one = next(one for one in ALL if one.written == "180 mcg")
    assert spelled.verdict(one, 180_000.0) == "silent"
    assert spelled.verdict(one, 180.0) == "right"
    unclear = next(one for one in ALL if one.meant is None)
    assert spelled.verdict(unclear, 1.0) == "silent"


# ---- references: what two libraries make of the plain spellings


@pytest.mark.skipif(not HAS_PINT, reason="1 reference not compared: pint is absent")
@pytest.mark.parametrize(
    "word", ["ug", "µg", "\u03bcg", "microgram", "mg", "milligram", "g", "gram", "ng", "kg"]
)
def test_factors_agree_with_pint(word):
    pint = pytest.importorskip("pint")
    ours = parse_quantity(f"12.5 {word}")
    theirs = pint.UnitRegistry().Quantity(12.5, word).to("mg").magnitude
    assert convert(ours.value, ours.unit, "mg") == pytest.approx(theirs, rel=1e-12)


@pytest.mark.skipif(not HAS_UCUM, reason="1 reference not compared: ucumvert is absent")
@pytest.mark.parametrize(
    ("code", "word", "target"),
    [("ug", "mcg", "mg"), ("mg", "mg", "ug"), ("g", "g", "mg"), ("nmol/L", "nmol/L", "pmol/L"),
     ("ng/mL", "ng/mL", "ug/L"), ("mg/dL", "mg/dL", "mg/L"), ("mm[Hg]", "mmHg", "kPa")],
)  # fmt: skip
def test_factors_agree_with_ucum_codes(code, word, target):
    ucumvert = pytest.importorskip("ucumvert")
    registry = ucumvert.PintUcumRegistry()
    ours = parse_quantity(f"7.25 {word}")
    theirs = (7.25 * registry.from_ucum(code)).to(registry.from_ucum(target)).magnitude
    if target == "kPa":
        assert theirs == pytest.approx(7.25 * 0.133322387415, rel=1e-6)
        assert ours.unit == "mmHg"
    else:
        assert convert(ours.value, ours.unit, target) == pytest.approx(theirs, rel=1e-12)


@pytest.mark.skipif(not HAS_PINT, reason="1 reference not compared: pint is absent")
def test_where_the_library_is_silently_wrong_ours_asks_or_is_right():
    pint = pytest.importorskip("pint")
    assert pint.UnitRegistry().Quantity("1,5 mg").to("mg").magnitude == 15
    assert parse_quantity("1,5 mg").value == 1.5


# ---- faults that other programs shipped, replayed


def test_a_style_sheet_that_shouts_makes_no_milligrams_of_micrograms():
    """NutriTrace issue 137: 'µg' was shown as 'MG'."""
    for text in ("MK-7 180 MG softgel", f"MK-7 {'180 µg'.upper()} softgel"):
        with pytest.raises(InputError, match=r"unit .* not known"):
            parse_product(text)
    assert spelled.as_label(spelled.Spelling("MK-7", "MK7", "180 MG", None)) is None


def test_an_amount_saved_in_grams_is_not_taken_for_micrograms():
    """OpenNutriTracker issue 716: 5 µg came as 0.000005 and was shown as 0.00 µg."""
    assert parse_product("D3 5 mcg tablet").contents[0].understood == "5 mcg = 0.005 mg"
    with pytest.raises(InputError, match="an amount in mcg"):
        parse_product("D3 0.000005 g tablet")
    with pytest.raises(InputError, match=r"at least 0\.5 mcg"):
        parse_product("D3 0.000005 mcg tablet")


def test_international_units_become_micrograms_by_the_substance():
    """Open Food Facts issue 9107: 468 UI became 468,000,000 µg."""
    label = read_labels("Per capsule\nVitamin A (retinol) 468 UI\nVitamin D3 468 UI")[0]
    assert [(one.substance, round(one.amount, 6)) for one in label.amounts] == [("A", 140.4), ("D3", 11.7)]
    with pytest.raises(InputError, match="IU has no meaning"):
        parse_product("MK-7 468 UI softgel")


def test_dihydrophylloquinone_never_overwrites_phylloquinone():
    """Waistline issue 931: 0.254 µg of dihydro-K1 stood where 6.98 µg of K1 belonged."""
    text = "Per capsule\nVitamin K1 (phylloquinone) 6.98 µg\nDihydrophylloquinone 0.254 µg"
    for lines in (text, "\n".join([text.split("\n")[0], *reversed(text.split("\n")[1:])])):
        label = read_labels(lines)[0]
        assert [(one.substance, one.amount) for one in label.amounts] == [("K1", 6.98)]
        assert [one.written for one in label.unchecked] == ["Dihydrophylloquinone 0.254 µg"]


@pytest.mark.parametrize(
    "text", ["9**9**9 ug", "1e999 ug", "nan ug", "inf ug", "-5 ug", "1 << 99 ug", "(" * 50]
)
def test_a_formula_is_no_amount_and_takes_no_time(text):
    """A general library reads '9**9**9 ug' for ever, and 'nan ug' as an amount."""
    start = time.process_time()
    refused = False
    try:
        parse_quantity(text)
    except QuantityError:
        refused = True
    assert refused or text == "-5 ug"  # a sign is a number; products refuse it
    assert time.process_time() - start < 0.5
    with pytest.raises(InputError):
        parse_product(f"MK-7 {text} softgel")


# ---- what is written reads back


@settings(max_examples=1000)
@given(st.floats(min_value=1e-9, max_value=1e12), st.sampled_from(sorted(set(SPELLINGS.values()))))
def test_what_is_formatted_reads_back_as_it_was(value, unit):
    back = parse_quantity(format_quantity(value, unit))
    assert (back.value, back.unit) == (value, unit)


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=999))
def test_a_point_before_three_digits_asks_and_our_own_print_never_has_one(whole, part):
    with pytest.raises(QuantityError, match="may be"):
        parse_quantity(f"{whole}.{part:03d} mcg")
    written = format_quantity(float(f"{whole}.{part:03d}"), "ug")
    assert parse_quantity(written).value == float(f"{whole}.{part:03d}")
