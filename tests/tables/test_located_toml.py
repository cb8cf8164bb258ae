"""TOML with places: the line of every key, and texts that would hang or break a reader."""

from __future__ import annotations

import time
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.errors import InputError
from calciroute.tables.located_toml import parse_located_toml
from calciroute.tables.toml_lines import find_key_lines

TEXT = '''# a comment with [brackets] and key = "value"
top = 1
[person]
"quoted key" = "a # in a text"   # and one behind
dotted.name = { inner = 1, other = [1, 2] }
list = [
  "one",   # first
  """two
  [not a table]""",
  'three',
]
[[supplement]]
product = "first"
[supplement.contents]
MK7 = "180 mcg"
[[supplement]]
product = "second"
'''
PLACES = {
    ("top",): 2,
    ("person",): 3,
    ("person", "quoted key"): 4,
    ("person", "dotted", "name", "inner"): 5,
    ("person", "list"): 6,
    ("person", "list", 0): 7,
    ("person", "list", 1): 8,
    ("person", "list", 2): 10,
    ("supplement", 0, "product"): 13,
    ("supplement", 0, "contents", "MK7"): 15,
    ("supplement", 1): 16,
    ("supplement", 1, "product"): 17,
}


@pytest.mark.parametrize(("path", "line"), PLACES.items())
def test_each_key_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert parse_located_toml(TEXT, "f").place(*path) == f"f:{line}"


def test_a_missing_key_is_placed_at_what_is_around_it() -> None:
    toml = parse_located_toml(TEXT, "f")
    assert toml.place("supplement", 1, "times") == "f:16"
    assert toml.place("supplement") == "f:12"
    assert toml.place("nothing") == "f"


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in parts for found in paths_of(inner, (*path, key)))]


def test_every_path_that_tomllib_reads_is_placed() -> None:
    lines = find_key_lines(TEXT)
    implied = {(), ("supplement",), ("person", "dotted")}
    for path in paths_of(tomllib.loads(TEXT)):
        assert path in lines or path in implied


def test_every_name_written_twice_is_named() -> None:
    with pytest.raises(InputError) as caught:
        parse_located_toml("[a]\nx = 1\ny = 2\nx = 3\n[b]\n[a]\ny = 4\n", "f")
    assert [problem.where for problem in caught.value.problems] == ["f:4", "f:6", "f:7"]


def refusal(text: str) -> str:
    """What a reader is told; empty when the text is read."""
    try:
        parse_located_toml(text, "f")
    except InputError as told:
        return str(told)
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 20_000,
        "x = " + "{a = " * 5_000,
        ".".join("a" * 20_000) + " = 1",
        "[" + ".".join("a" * 20_000) + "]",
        "x = " + "9" * 60_000,
        'x = "' + "\\" * 30_000,
        '"""' * 15_000,
        "[[a]]\n" * 9_000,
    ],
    ids=["brackets", "braces", "dots", "heading", "digits", "escapes", "quotes", "tables"],
)
def test_a_text_made_to_hang_ends_soon(text: str) -> None:
    started = time.monotonic()
    said = refusal(text)
    assert len(said) < 500
    assert time.monotonic() - started < 5


@given(st.text(alphabet=st.sampled_from("ab=[]{}.,\"'#\n\\ 1-é\t"), max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    find_key_lines(text)
    said = refusal(text)
    assert not said or said.startswith("f:")
