"""docs/measured_again.md: its calls give what it shows, and its table says what the data say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from calciroute.people.person import parse_person
from calciroute.tables.references import read_references
from calciroute.tables.repeatability import read_repeatability

PAGE = Path(__file__).parents[2] / "docs" / "measured_again.md"


def test_its_calls_give_what_it_shows():
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted >= 6
    assert found.failed == 0


@pytest.mark.parametrize(
    "rule", read_repeatability(), ids=lambda rule: f"{rule.outcome}-{rule.source}-{rule.maker}"
)
def test_every_number_of_a_rule_stands_on_the_page(rule):
    text = PAGE.read_text("utf-8").replace("−", "-").replace("- ", "-")
    share = 100.0 * rule.per_level if rule.factor != 1.0 else rule.per_level
    wanted = [share, rule.per_root_level, rule.per_body_mass_index, rule.constant]
    for number in filter(None, wanted):
        assert re.search(rf"(?<![\d.]){re.escape(f'{number:g}')}0?(?!\d)", text), number
    assert f"`{rule.source}`" in text


def test_its_sources_exist():
    text = PAGE.read_text("utf-8")
    keys = {
        word for word in re.findall(r"`([a-z_]+\d{4}|[a-z]+_[a-z_]+)`", text) if word not in {"beside_chance"}
    }
    assert keys
    assert keys <= set(read_references())


@pytest.mark.parametrize(
    ("line", "density"),
    [
        ('BMD_femoral_neck = "T -2.1"', 0.606),
        ('BMD_lumbar = { value = "T -1.8", maker = "Hologic" }', 0.849),
        ('BMD_femoral_neck = { value = "0.891 g/cm2", maker = "GE Lunar" }', 0.731),
    ],
)
def test_its_table_of_densities_is_what_a_file_gives(line, density):
    assert f"| `{line}` | {density} g/cm2" in PAGE.read_text("utf-8")
    person = parse_person(f'[person]\nsex = "female"\nage_years = 66\n[labs]\n{line}\n')
    assert list(person.labs.values()) == [pytest.approx(density, abs=5e-4)]
