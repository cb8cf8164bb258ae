"""The dictionary."""

from __future__ import annotations

import pytest

from calciroute.errors import InputError
from calciroute.tables.nomenclature import find_name, require_name


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("CAC", "CAC_agatston"), ("dp-ucMGP", "dp_ucMGP"), ("MK-7", "MK7"), ("menaquinone-7", "MK7"),
        ("BMD_lumbar", "BMD_lumbar_spine"), ("25OHD", "calcidiol"), ("pivka 2", "PIVKA_II"), ("mk‑7", "MK7"),
    ],
)  # fmt: skip
def test_spellings_meet(word, meant):
    assert find_name(word).id == meant


def test_a_kind_keeps_other_things_out():
    assert find_name("calcium", "outcome") is None
    assert find_name("calcium", "nutrient").name == "calcium"


def test_an_unknown_word_is_answered_with_near_names():
    with pytest.raises(InputError, match="Try: 'dp-ucMGP'"):
        require_name("dp-ucMGQ", "outcome")
