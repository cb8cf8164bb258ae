"""``result.nc`` in other hands: without calciroute it says what it is and gives each printed number again."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import h5py
import pytest

from calciroute.report.bands import Band
from calciroute.report.build import build_report
from calciroute.report.numerals import band_text, middle, unit_words
from calciroute.report.table import PlanCell, level_text
from calciroute.report.terminal import render
from calciroute.report.writer import write_outputs
from calciroute.simulate import run_person
from calciroute.tables.nomenclature import read_nomenclature
from simulate.people import MK7, plan, woman

# What somebody with xarray and NumPy alone would write.
READER = """
import json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "calciroute":
            raise ImportError(name)

sys.meta_path.insert(0, Absent())
import numpy as np, xarray as xr

data = xr.open_dataset(sys.argv[1], engine="h5netcdf")
assert not any(name.split(".")[0] == "calciroute" for name in sys.modules)

def band(values):
    values = values[np.isfinite(values)]
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
    return {"median": median, "low": low, "high": high, "draws": int(values.size)}

one = data.isel(person=0)
found = {}
for name in one.data_vars:
    if "draw" not in one[name].dims:
        continue
    now = one[name].sel(arm="as_now").transpose("draw", "time").values
    found[name] = {}
    for arm in one.arm.values[1:]:
        course = one[name].sel(arm=str(arm)).transpose("draw", "time").values
        with np.errstate(invalid="ignore", divide="ignore"):
            percent = 100.0 * (course[:, -1] / now[:, -1] - 1.0)
        found[name][str(arm)] = {
            "start": band(now[:, 0]), "without": band(now[:, -1]), "with": band(course[:, -1]),
            "difference": band(course[:, -1] - now[:, -1]),
            "percent_of_without": band(percent[now[:, -1] > 0.0]) if (now[:, -1] > 0.0).any() else None,
        }
said = {
    name: {key: str(data[name].attrs.get(key, "")) for key in ("units", "long_name", "source")}
    for name in [*data.data_vars, *data.coords]
}
shown = {"sizes": {str(name): size for name, size in data.sizes.items()}, "said": said, "bands": found,
         "coordinates": [str(name) for name in data.coords], "time": data.time.values.tolist(),
         "attributes": {name: str(value) for name, value in data.attrs.items()},
         "sources": {name: data[name].attrs["sources"] for name in data.data_vars}}
json.dump(shown, sys.stdout)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    plans = [plan(), plan(MK7.replace("180", "360"), "more")]
    simulation = run_person(woman(), plans, years=0.25, draws=8, settings={"CL_MK7": "1.1 L/h"})
    report = build_report(simulation)
    one = replace(
        simulation, dataset=simulation.dataset.sel(arm=["as_now", "mk7"]), plans=simulation.plans[:1]
    )
    paths = write_outputs(report, simulation, tmp_path_factory.mktemp("alone") / "out")
    return report, paths, build_report(one)


@pytest.fixture(scope="module")
def alone(run):
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    words = [sys.executable, "-I", "-W", "error", "-c", READER, str(run[1][2])]
    done = subprocess.run(words, capture_output=True, text=True, env=quiet, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_variable_and_coordinate_has_unit_name_and_source(alone):
    assert alone["sizes"] == {"person": 1, "arm": 3, "draw": 8, "time": len(alone["time"]), "variant": 5}
    assert set(alone["coordinates"]) == {"person", "arm", "draw", "time", "variant"}
    assert len(alone["said"]) > 100
    assert {name: words for name, words in alone["said"].items() if not all(words.values())} == {}
    assert (
        "equation CAC_agatston of physiology/coronary_calcium.ant" in alone["said"]["CAC_agatston"]["source"]
    )
    assert alone["said"]["time"]["units"] == "d"
    assert alone["time"][:3] == [0.0, 7.0, 14.0], "days, not a date or a length that xarray made of them"


def test_every_source_key_is_a_citation_in_the_same_file(alone):
    citations = json.loads(alone["attributes"]["references"])
    keys = {key for words in alone["sources"].values() for key in words.split(", ") if key}
    assert len(keys) > 40
    assert keys <= citations.keys()
    assert all(len(words) > 10 for words in citations.values())


def test_the_attributes_are_there_without_xarray_too(run):
    with h5py.File(run[1][2]) as file:
        for name, values in file.items():
            for key in ("units", "long_name", "source"):
                assert values.attrs[key], (name, key)


def test_the_file_says_what_was_set_by_hand(alone):
    assert alone["attributes"]["set_by_hand"] == "Set by hand: CL_MK7 = 1.1 L/h instead of 1.19 L/h."
    assert json.loads(alone["attributes"]["model"])["settings"] == {"CL_MK7": "1.1 L/h"}


def test_result_json_holds_the_same_quantiles(run, alone):
    outcomes = json.loads(run[1][1].read_text("utf-8"))["result"]["outcomes"]
    assert len(outcomes) > 20
    compared = 0
    for name, row in outcomes.items():
        for arm, effect in row["effects"].items():
            for key, band in alone["bands"][name][arm].items():
                stored = effect[key]
                if key == "percent_of_without" and (stored["draws"] == 0 or band is None):
                    continue  # a percent of a percent is not stored
                assert stored == {part: as_stored(value) for part, value in band.items()}, (name, arm, key)
                compared += 1
    assert compared > 150


def as_stored(value):
    return value if isinstance(value, int) else float(f"{value:.5e}") + 0.0


def from_file(report, alone):
    """Rows of the table with every band put in that somebody found in the file."""
    for row in report.table.rows:
        found = alone["bands"][row.outcome]
        cells = []
        for cell in row.plans:
            bands = {key: Band(**band) if band else None for key, band in found[cell.arm].items()}
            effect = replace(
                cell.effect,
                start=bands["start"],
                without=bands["without"],
                with_plan=bands["with"],
                change=bands["difference"],
                percent=bands["percent_of_without"] if cell.effect.percent.known else cell.effect.percent,
            )
            cells.append(PlanCell(cell.arm, effect, cell.trials))
        yield replace(row, start=bands["start"], without=bands["without"], plans=tuple(cells))


def printed_rows(report):
    """Cells of the terminal's table by the first of them, the name with its unit."""
    cells = (re.split(r" {2,}", line.strip()) for line in render(report, [], colour=False).splitlines())
    return {row[0]: row for row in cells if len(row) > 2}


def found_rows(report, alone):
    """The row from the file for each row that the terminal prints."""
    names, printed = read_nomenclature(), printed_rows(report)
    for row in from_file(report, alone):
        name = names[row.outcome].name if row.outcome in names else row.name
        cells = printed.get(f"{name}, {unit_words(row.unit)}", printed.get(name))
        if cells is not None:
            yield row, cells[1:]


def difference_of(effect):
    return band_text(effect.change, "", effect.digits, effect.finest)


def test_the_terminal_prints_the_same_digits_for_one_plan(run, alone):
    rows = list(found_rows(run[2], alone))
    assert len(rows) >= 9
    for row, printed in rows:
        effect = row.plans[0].effect
        levels = [middle(row.without, row.digits), middle(effect.with_plan, effect.digits)]
        assert printed[:2] == levels, row.outcome
        # A full column leaves one blank before the next.
        assert f"{printed[2]} ".startswith(f"{difference_of(effect)} "), row.outcome


def test_the_terminal_prints_the_same_digits_for_arms_side_by_side(run, alone):
    rows = list(found_rows(run[0], alone))
    assert len(rows) >= 4
    for row, printed in rows:
        shown = [
            "no change" if cell.effect.verdict == "same" else difference_of(cell.effect) for cell in row.plans
        ]
        assert printed == [middle(row.without, row.digits), *shown], row.outcome


class Cells(HTMLParser):
    """Texts of the first table, row by row, by what stands above them."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.cell, self.tables, self.depth = [], "", 0, 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tables += tag == "table"
        if self.tables != 1:
            return
        if tag == "tr":
            self.rows.append({})
        elif tag in ("td", "th"):
            self.cell = dict(attrs).get("data-label") or ("Outcome" if tag == "th" else "")
            self.rows[-1][self.cell] = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = ""

    def handle_data(self, data):
        if self.cell and self.tables == 1 and self.rows:
            self.rows[-1][self.cell] += data


def test_the_report_prints_the_same_digits(run, alone):
    report, paths, _ = run
    printed = [row for row in Cells(paths[0].read_text("utf-8")).rows if "With" in row]
    expected = [
        (row, cell, place == 0)
        for group in (
            rows for _, rows in replace(report.table, rows=tuple(from_file(report, alone))).groups()
        )
        for row in group
        for place, cell in enumerate(row.plans)
    ]
    assert len(printed) == len(expected) > 40
    for found, (row, cell, first) in zip(printed, expected, strict=True):
        if first:
            assert found["At the start"] == row.start_text
            ends = f" ({row.without_range})" if row.without_range else ""
            assert found["Without"] == row.without_text + ends
        assert found["With"] == level_text(cell.effect)
        percent = f" {cell.percent};" if cell.percent else ""
        assert found["Difference"].startswith(f"{cell.difference}{percent} "), row.outcome
