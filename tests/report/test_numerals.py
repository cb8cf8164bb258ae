"""Numbers as people read them."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.report.amounts import for_plain_terminals
from calciroute.report.bands import Band, band_of, course_bands
from calciroute.report.numerals import (
    NOT_KNOWN,
    as_printed,
    band_text,
    includes_no_change,
    middle,
    number,
    plain_number,
    unit_words,
)

finite = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9)


@pytest.mark.parametrize(
    ("band", "unit", "text"),
    [
        (Band(49.2, 38.4, 57.9, 8), "%", "49 % (38 to 58)"),
        (Band(-1.2, -11.0, 4.2, 8), "AU", "−1 AU (−11 to 4)"),
        (Band(-1384.0, -2029.0, -730.0, 8), "pmol/L", "−1\u202f400 pmol/L (−2\u202f000 to −700)"),
        (Band(0.0052, 0.0041, 0.0069, 8), "mg/d", "0.0052 mg/d (0.0041 to 0.0069)"),
        (Band(2.35, 2.3499, 2.3501, 8), "mmol/L", "2.35 mmol/L (2.35 to 2.35)"),
        (Band(3.0, 3.0, 3.0, 1), "m/s", "3.00 m/s (no band)"),
        (Band(math.nan, math.nan, math.nan, 0), "m/s", NOT_KNOWN),
        (Band(0.0, 0.0, 0.0, 8), "mmHg", "0 mmHg (0 to 0)"),
    ],
)
def test_band_as_text(band, unit, text):
    assert band_text(band, unit).replace("\u00a0", " ") == text


def test_a_difference_is_not_finer_than_the_levels_beside_it():
    assert band_text(Band(-0.00212, -0.00334, -0.00102, 8), finest=3) == "−0.002 (−0.003 to −0.001)"


@given(finite, finite, finite, st.integers(1, 3))
def test_three_significant_digits_at_most(a, b, c, digits):
    low, median, high = sorted((a, b, c))
    for shown in re.findall(r"\d[\d.\u202f]*", middle(Band(median, low, high, 8), digits).split("×")[0]):
        bare = shown.replace("\u202f", "").replace(".", "").lstrip("0")
        significant = bare if "." in shown else bare.rstrip("0")
        assert len(significant) <= max(digits, 1), shown


@given(finite)
def test_no_hyphen_for_a_minus_no_minus_zero_and_no_nan(value):
    text = plain_number(value)
    assert "-" not in text
    assert "nan" not in text
    assert not re.fullmatch(r"−0(\.0+)?", text)


@given(finite, st.integers(0, 3))
def test_a_printed_number_is_the_number(value, decimals):
    read = float(number(value, decimals).replace("−", "-").replace("\u202f", "").split("×")[0])
    if "×" not in number(value, decimals):
        assert read == pytest.approx(value, abs=0.5000001 * 10.0**-decimals)


def test_a_band_whose_printed_end_is_zero_includes_no_change():
    assert includes_no_change(Band(7.0, 0.02, 15.0, 8))
    assert not includes_no_change(Band(7.0, 1.0, 15.0, 8))
    assert includes_no_change(Band(7.0, 7.0, 7.0, 1)), "one draw claims nothing"


def test_units_on_screens_are_never_upper_cased_or_ug():
    assert unit_words("ug/d") == "mcg/d"
    assert unit_words("g/cm2") == "g/cm²"
    assert unit_words("1") == unit_words("INR") == ""


def test_what_a_paper_did_not_print_is_not_printed():
    assert as_printed(-40.0) == "−40"
    assert as_printed(0.0554) == "0.0554"


def test_plain_letters_for_old_consoles():
    text = for_plain_terminals(band_text(Band(-1240.0, -1300.0, -1100.0, 8), "g/cm2"))
    assert text.encode("cp437")
    assert text == "-1 240 g/cm2 (-1 300 to -1 100)"


def test_failed_draws_are_left_out_of_a_band():
    band = band_of([1.0, math.nan, 3.0, 2.0])
    assert (band.median, band.draws) == (2.0, 3)
    assert not band_of([math.nan]).known


def test_a_course_with_lost_draws_keeps_the_others():
    values = np.array([[1.0, 2.0], [3.0, 4.0], [np.nan, np.nan], [5.0, np.nan]])
    low, median, high = course_bands(values)
    assert median.tolist() == [3.0, 3.0]
    assert [low[0], high[0]] == pytest.approx([1.2, 4.8])
    whole = course_bands(values[:3])
    assert np.allclose(whole, course_bands(values[:2]))
    assert np.isnan(course_bands(values[2:3])).all()
