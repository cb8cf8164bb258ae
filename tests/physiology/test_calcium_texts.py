"""The texts of the calcium core: units, and what turns the published set into the default one."""

import csv
import re

import libsbml
import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.sbml.consistency import libsbml_messages
from calciroute.sbml.unit_check import check_units
from calciroute.tables.references import read_references
from calciroute.tables.texts import physiology_text
from physiology.calcium_body import MAN, PROCESSES, calcium_body, runner
from physiology.printed import printed_rows
from roadrunner_reference.runner import runner_for
from shared_data import shared_path

# Value published, value of the default set. The repairs and nothing else.
REPAIRED = {
    "slope_calcitriol_gland": (0.03, 0.005),
    "max_gland_growth": (4.1029, 1.25),
    "Emax_PTH_RANKL": (1.30721, 1.1),
    "f_transport_low_estrogen": (0.923737, 0.985),
}
# The same word, another number: the published density equations are others.
OTHER_EQUATIONS = {"k_BMD_lumbar", "k_BMD_femoral_neck", "g_OC_lumbar", "g_OC_femoral_neck"}
# Repairs that are not a number in the published set: switched off here.
UNDONE = {"g_bone_fast_release": 0.0, "gain_gland_GFR": 0.0, "g_estrogen_RANKL": 0.0}


@pytest.mark.parametrize("name", ["core", "published", "published_smooth"])
def test_units_hold(name: str) -> None:
    body = calcium_body() if name == "core" else assemble(name)
    document = libsbml.readSBMLFromString(body.sbml)
    assert [str(message) for message in libsbml_messages(document)] == []
    assert [str(problem) for problem in check_units(document.getModel())] == []


@pytest.mark.holds(*REPAIRED)
def test_numbers_of_the_two_sets_differ_only_by_the_repairs() -> None:
    default, published = calcium_body().numbers, assemble("published").numbers
    shared = set(default) & set(published) - OTHER_EQUATIONS
    assert len(shared) > 100
    differing = {
        name: (published[name].value, default[name].value)
        for name in shared
        if (published[name].value, published[name].unit) != (default[name].value, default[name].unit)
    }
    assert differing == REPAIRED


@pytest.mark.holds(
    "Ca_from_bone", "osteoclast", "RANKL", "OPG", "TGFB_latent", "osteoblast_fast", "gland_capacity"
)
def test_without_the_repairs_the_equations_are_the_published_ones() -> None:
    """Rates of both texts at states far from rest; smooth form, and PTH, RUNX2 and BCL2 at their algebra."""
    core, smooth = runner(), runner_for(assemble("published_smooth"))
    old = {name: values[0] for name, values in REPAIRED.items()}
    old["slope_calcitriol_gland"] = 30.0  # L/nmol
    shared = [
        name for name in core.states if name in smooth.states and not name.startswith(("BMD", "Ca_urine"))
    ]
    assert len(shared) > 20
    generator = np.random.default_rng(1)
    for _ in range(5):
        core.set_up({**MAN, **UNDONE, **old}, {}, 1e-6, 1e-9)
        factors = dict(zip(shared, np.exp(generator.normal(0.0, 0.1, len(shared))), strict=True))
        start = {name: value * factors.get(name, 1.0) for name, value in core.state().items()}
        core.set_up({**MAN, **UNDONE, **old}, start, 1e-6, 1e-9)
        algebra = {name: core.value(name) for name in ("PTH_plasma", "RUNX2", "BCL2")}
        smooth.set_up({}, {**{name: start[name] for name in shared}, **algebra}, 1e-6, 1e-9)
        mine = dict(zip(core.states, core.rates(0.0, core.state_vector()), strict=True))
        theirs = dict(zip(smooth.states, smooth.rates(0.0, smooth.state_vector()), strict=True))
        for name in shared:
            if name == "Ca_plasma":  # the gut of the default set is another one
                continue
            assert mine[name] == pytest.approx(theirs[name], rel=1e-9, abs=1e-13 * abs(start[name])), name


def test_every_source_is_in_the_references() -> None:
    known = set(read_references())
    rows = {**calcium_body().numbers, **assemble("published").numbers, **assemble("published_smooth").numbers}
    assert {row.source for row in rows.values() if row.source} <= known


def test_no_number_hides_in_a_text() -> None:
    """Only what algebra needs, halves and one cube; every number of physiology has a row."""
    published = [
        f"variants/published/{name}" for name in ("calcium", "kidney", "estrogen", "bone", "switches")
    ]
    for name in (*PROCESSES, *published, "variants/published/switches_smooth"):
        text = re.sub(r'//.*|"[^"]*"', "", physiology_text(f"{name}.ant").read_text("utf-8"))
        literals = set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\w.])", text))
        assert literals <= {"0", "1", "2", "3"}, name


def test_check_values_stand_in_no_equation() -> None:
    symbols = {row["symbol"] for row in printed_rows("calcium_checks")}
    assert symbols.isdisjoint(row["symbol"] for row in printed_rows("calcium_symbols"))


def test_every_research_row_is_a_number_of_the_texts_or_a_check_value() -> None:
    """Values as printed there; the five rounded ones stand as the exact ratio they came from."""
    exact = {"Da", "kout", "GFR0", "OralCa", "T81"}
    modules = {"core_pr", "repair", "vitamin_d", "calcium_gut", "fgf23", "menopause", "bmd"}
    with shared_path("physiology", "calcium_bone_artery_parameters.csv").open(encoding="utf-8") as file:
        research = {
            (row["module"], row["symbol"]): row for row in csv.DictReader(file) if row["module"] in modules
        }
    checks = {row["symbol"]: row for row in printed_rows("calcium_checks")}
    links = printed_rows("calcium_symbols")
    linked = {(row["module"], row["symbol"]) for row in links}
    assert {key for key in research if key not in linked and key[1] not in checks} == set()
    numbers = {"default": calcium_body().numbers, "published": assemble("published").numbers}
    wrong = {
        row["id"]: (row["symbol"], numbers[row["set"]][row["id"]].value)
        for row in links
        if row["symbol"] not in exact
        and numbers[row["set"]][row["id"]].value != float(research[row["module"], row["symbol"]]["value"])
    }
    assert wrong == {}
    for symbol, row in checks.items():
        assert [row["value"]] == [r["value"] for (_, name), r in research.items() if name == symbol]
