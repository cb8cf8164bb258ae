"""A dict in the shape of a file: what stands in it, where that is said to be, and what no file could hold."""

import datetime
import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.errors import InputError
from calciroute.tables.located_dict import read_located_dict, written

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
ALONE = st.one_of(
    WORDS,
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
)
VALUES = st.recursive(
    ALONE,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_what_is_written_is_read_as_it_was(values):
    assert tomllib.loads(written(values)) == values


def test_names_that_are_not_known_are_left_out_and_numbers_of_numpy_are_numbers():
    given_values = {
        "person": {"age_years": np.int64(62), "weight_kg": None, "height_cm": np.float32(165.5)},
        "diet": {"diary": Path("week.csv")},
        "medicines": {"taken": ("a", "b")},
        "as_of": datetime.date(2026, 3, 1),
    }
    assert read_located_dict(given_values, "person").values == {
        "person": {"age_years": 62, "height_cm": 165.5},
        "diet": {"diary": "week.csv"},
        "medicines": {"taken": ["a", "b"]},
        "as_of": datetime.date(2026, 3, 1),
    }


def test_a_place_is_the_path_of_the_key_or_of_what_is_around_it():
    read = read_located_dict(
        {"labs": {"25OHD": "55"}, "supplement": [{"product": "x"}, {"times": "y"}]}, "person"
    )
    assert read.place("labs", "25OHD") == "person['labs']['25OHD']"
    assert read.place("supplement", 1, "times") == "person['supplement'][1]['times']"
    assert read.place("supplement", 1, "product") == "person['supplement'][1]"
    assert read.place("supplement", 7, "product") == "person['supplement']"
    assert read.place("conditions", "diabetes") == "person"


LOOP: dict = {}
LOOP["labs"] = LOOP


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"labs": {3: "55"}}, "person['labs']: the key 3 is no text"),
        ({"labs": {"INR": {1, 2}}}, "person['labs']['INR']: a value of the type set"),
        ({"labs": {"INR": [1, None]}}, "person['labs']['INR'][1]: a value of the type NoneType"),
        ({"labs": {"INR": np.arange(3)}}, "person['labs']['INR']: a value of the type ndarray"),
        ({"labs": {"INR": 10**50}}, "person['labs']['INR']: a number with 40 digits or more"),
        ({"labs": {"INR": "9" * 50}}, "person['labs']['INR']: a number with 40 digits or more"),
        ({"labs": {"INR": "\ud800"}}, "person['labs']['INR']: a text with half a letter"),
        ({"labs": {"INR": "2\u200b.4"}}, "person['labs']['INR']: "),
        ({"labs": {"INR": "x" * 70_000}}, "person: 7"),
        (LOOP, "too many levels"),
    ],
)  # fmt: skip
def test_what_no_file_could_hold_is_told_with_its_path(values, told):
    with pytest.raises(InputError) as caught:
        read_located_dict(values, "person")
    assert str(caught.value).startswith(told) or "too many levels" in told
    assert told in str(caught.value)
    assert ":2" not in str(caught.value), "no line of a text that nobody sees"


def test_infinity_is_read_and_left_to_the_check_of_its_field():
    assert math.isinf(read_located_dict({"labs": {"INR": math.inf}}, "person").values["labs"]["INR"])
