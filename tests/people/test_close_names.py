"""The quick search gives what ``difflib`` gives, and a long list of unknown names ends soon."""

from __future__ import annotations

import difflib
import time

from hypothesis import given
from hypothesis import strategies as st

from calciroute.people.close_names import close_names
from calciroute.people.medicines import recognise
from calciroute.tables.medicine_names import read_medicine_names

NAMES = tuple(dict.fromkeys(row.name.casefold() for row in read_medicine_names()))


@given(st.sampled_from(NAMES), st.integers(0, 30), st.text(alphabet="aeiornwfk", max_size=2))
def test_the_same_names_as_difflib(name: str, place: int, letters: str) -> None:
    word = name[:place] + letters + name[place + 1 :]
    assert close_names(word, NAMES, 0.75) == difflib.get_close_matches(word, NAMES, n=3, cutoff=0.75)


def test_a_list_of_unknown_names_ends_soon() -> None:
    started = time.monotonic()
    for number in range(60):
        assert recognise(f"unheard of {number}, " * 12).status == "not_recognised"
    assert time.monotonic() - started < 5
