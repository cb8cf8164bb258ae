"""Products: the right amount or a question, never a silent factor of a thousand."""

from __future__ import annotations

import contextlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.errors import InputError
from calciroute.intake.products import parse_product, product_from_contents
from calciroute.intake.substance_amount import find_substance, printed
from calciroute.tables.products import Substance, read_product_forms, read_substances
from calciroute.units.expression import convert
from calciroute.units.quantity import SPELLINGS

MODELLED = [
    row for row in dict.fromkeys(read_substances().values()) if row.state in {"modelled", "without_effect"}
]
MASSES = {word: unit for word, unit in SPELLINGS.items() if unit in {"ug", "mg", "g", "ng", "kg"}}
NUMBERS = {"1": 1.0, "45": 45.0, "180": 180.0, "0.5": 0.5, "0,5": 0.5, "1000": 1000.0, "180.0": 180.0}


def amount_or_question(substance: Substance, number: str, unit: str, gap: str) -> float | None:
    try:
        product = parse_product(f"{substance.id} {number}{gap}{unit} softgel")
    except InputError:
        return None
    return product.contents[0].amount


def test_no_spelling_of_an_amount_is_off_by_a_silent_factor() -> None:
    tried = silent = understood = 0
    for substance, (number, value), (word, unit), gap in itertools.product(
        MODELLED, NUMBERS.items(), MASSES.items(), (" ", "")
    ):
        tried += 1
        amount = amount_or_question(substance, number, word, gap)
        if amount is None:
            continue
        understood += 1
        silent += amount != pytest.approx(convert(value, unit, substance.unit), rel=1e-12)
    assert tried > 4800
    assert understood > 1000
    assert silent == 0


def test_international_units_have_a_meaning_for_some() -> None:
    assert parse_product("D3 1000 IU softgel").amount_of("D3") == 25
    assert parse_product("vitamin A 3000 IU softgel").amount_of("A") == pytest.approx(900)
    for word in ("K1", "MK-4", "MK-7", "calcium", "magnesium"):
        with pytest.raises(InputError, match="IU has no meaning"):
            parse_product(f"{word} 1000 IU softgel")


@pytest.mark.parametrize("text", ["MK-7 0.18 mg", "MK-7 10 mg", "MK-8 1 mg", "D3 1 mg", "MK-7 0.0001 g"])
def test_a_unit_that_is_usually_an_error_is_asked_about(text: str) -> None:
    with pytest.raises(InputError, match="if the label does say"):
        parse_product(text)


def test_mk4_in_milligrams_is_usual() -> None:
    assert parse_product("MK-4 45 mg capsule").amount_of("MK4") == 45_000
    assert parse_product("menatetrenone 15 mg").amount_of("MK4") == 15_000


@pytest.mark.parametrize("text", ["MK-7 10.1 mg", "MK-7 180 mg", "MK-7 10001 mcg", "MK-7 1 g"])
def test_more_than_ten_milligrams_of_mk7_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="at most 10000 mcg"):
        parse_product(text)


def test_a_salt_is_asked_for_the_mass_of_its_mineral() -> None:
    """1250 mg of calcium carbonate are 500 mg of calcium: which of the two is meant cannot be guessed."""
    with pytest.raises(InputError, match="'calcium', with the mass of calcium alone as the label gives it"):
        parse_product("calcium carbonate 1250 mg tablet")


NAMES_ON_LABELS = {
    "MK-7": "MK7",
    "mk7": "MK7",
    "Menaquinone-7": "MK7",
    "vitamin K2 as MK-7": "MK7",
    "K2 (MK-4)": "MK4",
    "Vitamin K2 MK-7": "MK7",
    "phylloquinone": "K1",
    "vitamin K1": "K1",
    "Ca": "calcium",
    "K2": "K2",
    "vitamin D": "D3",
    "cholecalciferol": "D3",
    "Mg": "magnesium",
}


@pytest.mark.parametrize(("text", "substance"), NAMES_ON_LABELS.items())
def test_names_on_labels(text: str, substance: str) -> None:
    found = find_substance(text)
    assert found is not None
    assert found.id == substance


def test_several_substances_in_one_line() -> None:
    product = parse_product("D3 25 mcg + MK-7 90 mcg + calcium 500 mg tablet")
    assert [(content.substance, content.amount) for content in product.contents] == [
        ("D3", 25), ("MK7", 90), ("calcium", 500)
    ]  # fmt: skip
    assert product.form.name == "tablet"
    assert product.form.sources["MK7"] == "tablet"


def test_line_and_contents_are_one_product() -> None:
    line = parse_product("MK-7 180 mcg softgel")
    contents = product_from_contents({"MK7": "180 mcg"}, "softgel")
    assert line.contents[0].amount == contents.contents[0].amount
    assert line.form == contents.form


def test_a_missing_form_is_listed_as_assumed() -> None:
    assert parse_product("MK-7 180 mcg").form_assumed
    assert not parse_product("MK-7 180 mcg oil drops").form_assumed


def test_a_name_without_a_row_runs_without_effect_when_listed() -> None:
    product = parse_product("lycopene 10 mg + MK-7 180 mcg softgel", not_modelled=["Lycopene"])
    assert [content.modelled for content in product.contents] == [False, True]
    with pytest.raises(InputError, match="not_modelled"):
        parse_product("lycopene 10 mg softgel")


def test_all_problems_of_a_line_come_together() -> None:
    with pytest.raises(InputError) as caught:
        parse_product("K2 180 mcg + D3 25 mg + MK-7 180 mcg sofgel")
    assert len(caught.value.problems) == 3


def test_the_amount_is_repeated_as_understood() -> None:
    assert parse_product("MK-7 180 mcg").contents[0].understood == "180 mcg = 0.18 mg"
    assert printed("MK7") == "MK-7"


def test_bands_stand_in_order() -> None:
    for row in MODELLED:
        bands = [band for band in (row.ask_below, row.ask_above, row.refuse_above) if band is not None]
        assert bands == sorted(bands)
        assert row.refuse_above is not None


def test_every_form_names_a_source_for_every_vitamer() -> None:
    for form in read_product_forms().values():
        assert set(form.sources) == {"K1", "MK4", "MK7", "MK89"}


@given(st.text(max_size=80))
def test_any_text_is_a_product_or_a_question(text: str) -> None:
    with contextlib.suppress(InputError):
        assert parse_product(text).contents
