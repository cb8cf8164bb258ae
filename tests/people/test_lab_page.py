"""docs/lab_values.md: its calls give what it shows, and its file is read."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

from calciroute.people.person import parse_person

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "lab_values.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_calls_of_the_page_give_what_it_shows() -> None:
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "lab_values.md", None, 0)
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert result.attempted >= 10
    assert result.failed == 0, "".join(said)


def test_the_file_of_the_page_is_read() -> None:
    head = '[person]\nas_of = 2026-03-01\nsex = "female"\nage_years = 62\n'
    person = parse_person(head + blocks("toml")[0])
    assert set(person.labs) == {"25OHD", "eGFR", "calcium", "SBP", "DBP", "dp_ucMGP", "coronary_calcium"}


def test_the_count_of_the_page_is_the_one_that_was_measured() -> None:
    stored = json.loads((ROOT / "validation" / "results" / "lab_spellings.json").read_text("utf-8"))
    assert f"{stored['figures']['spellings']:,} spellings" in PAGE
    assert stored["figures"]["silently_wrong"] == 0
