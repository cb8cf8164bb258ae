"""docs/dated_readings.md: its call gives what it shows, and its numbers are those of the tables."""

import doctest
import math
from pathlib import Path

import pytest

from calciroute.body.assembly import assemble
from calciroute.simulate.densities import DensityEvidence
from calciroute.tables.repeatability import density_noise

PAGE = Path(__file__).parents[2] / "docs" / "dated_readings.md"


def test_its_call_gives_what_it_shows():
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted == 4
    assert found.failed == 0


@pytest.mark.parametrize(
    ("name", "together", "one_scan"),
    [("sd_BMD_femoral_neck_pace", -0.11, 1.97), ("sd_BMD_lumbar_pace", -0.01, 1.22)],
)
def test_the_spread_of_the_pace_follows_from_what_the_page_says(name, together, one_scan):
    row = assemble().numbers[name]
    share = (1.0 + 2.0 * together) / (1.0 - together)
    assert row.value == pytest.approx(one_scan * math.sqrt(share) / 3.45, abs=0.005)
    assert (row.lower, row.upper) == (row.value / 2.0, row.value * 2.0)
    assert f"{row.value:g}" in PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    ("maker", "years", "percent"), [("", 3, 9), ("Hologic", 3, 17), ("", 10, 44), ("Hologic", 10, 60)]
)
def test_it_says_how_much_two_values_narrow(maker, years, percent):
    noise = density_noise("BMD_femoral_neck", 0.8, maker) / 0.8
    found = DensityEvidence((-float(years), 0.0), (-0.2, -0.2), (noise, noise), 0.0048)
    assert 100.0 * (1.0 - found.score[1]) == pytest.approx(percent, abs=0.5)
    assert f"{percent}" in PAGE.read_text("utf-8").partition("by the scanner")[0][-160:]
