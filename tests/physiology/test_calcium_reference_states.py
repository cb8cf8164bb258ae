"""States of rest of the calcium core, to the digits printed in tests/reference/calcium_states.toml."""

import time
import tomllib

import numpy as np
import pytest

from calciroute.body.plans import history_plan, rest_plan, whole_plan
from calciroute.body.rest import find_rest
from calciroute.body.solver import Lane, Tolerances, solve
from calciroute.body.units import declared_units
from calciroute.errors import SolveError
from calciroute.units.expression import convert
from physiology.calcium_body import MAN, at_rest, calcium_body, meals, runner
from physiology.printed import REFERENCE, agrees

STATES = tomllib.loads((REFERENCE / "calcium_states.toml").read_text("utf-8"))


def declared(id: str, text: str) -> float:
    number, unit = text.split()
    return convert(float(number), unit, declared_units(calcium_body())[id])


@pytest.mark.holds(
    "Ca_plasma", "Pi_plasma", "PTH_plasma", "calcitriol_plasma", "hydroxylase_kidney", "gland_capacity",
    "FGF23", "TmP", "Ca_absorption", "Ca_urine", "Pi_urine", "Ca_from_bone", "Ca_to_bone", "HAp",
    "TGFB_latent", "RANKL", "osteoclast", "osteoblast_fast", "osteoblast_slow", "CREB", "RUNX2_effect",
    "diet_phosphorus", "eGFR_start",
)  # fmt: skip
@pytest.mark.parametrize("name", list(STATES))
def test_state_of_rest_as_printed(name: str) -> None:
    row = STATES[name]
    inputs = {id: declared(id, text) for id, text in row.get("inputs", {}).items()}
    if "calcium_mg" in row:
        inputs |= meals(row["calcium_mg"])
    found = at_rest(inputs, list(row["expect"]))
    units = declared_units(calcium_body())
    misses = {}
    for id, text in row["expect"].items():
        printed, unit = text.split()
        value = convert(found[id], units[id], unit)
        if not agrees(value, printed):
            misses[id] = (value, printed)
    assert not misses


@pytest.mark.holds("osteoblast_adult", "osteoclast_adult")
def test_reference_adult_of_density_is_the_solved_one() -> None:
    found = at_rest({}, ("osteoblast", "osteoblast_adult", "osteoclast_adult", "OBr", "OCr"))
    assert found["osteoblast"] == pytest.approx(found["osteoblast_adult"], rel=1e-9)
    assert found["osteoclast"] == pytest.approx(found["osteoclast_adult"], rel=1e-9)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"eGFR_start": 20.0},
        {"eGFR_start": 120.0},
        {"calcidiol_start": 15.0},
        {"calcidiol_start": 250.0},
        meals(300.0),
        meals(3000.0),
        {"FA_active_ref": 0.1, "Ca_endogenous_ref": 3.5e6 / 24.0},
    ],
)
def test_rest_is_at_rest_and_quick(inputs: dict[str, float]) -> None:
    core, plan = runner(), whole_plan()
    begin = time.perf_counter()
    found = find_rest(calcium_body(), {**MAN, **inputs}, plan=plan)
    seconds = time.perf_counter() - begin
    core.set_up({**MAN, **inputs, **plan.hold}, found, 1e-9, 1e-12)
    rates = dict(zip(core.states, core.rates(0.0, core.state_vector()), strict=True))
    residual = max(abs(rates[name] / found[name]) for name in plan.states)
    assert residual < 1e-12  # of the state, per hour
    assert seconds < 1.0


def test_rest_does_not_depend_on_where_the_search_begins() -> None:
    core, plan = calcium_body(), whole_plan()
    first = find_rest(core, MAN, plan=plan)
    away = {name: value * 1.3 for name, value in first.items() if name != "RANK"}
    again = find_rest(core, MAN, away, plan)
    np.testing.assert_allclose(list(again.values()), list(first.values()), rtol=1e-8)


def test_slow_states_feed_nothing_back() -> None:
    """So that they may come to rest beside the core, whichever of both is asked for."""
    core, rates = runner(), []
    for value in (0.6, 1.0):
        core.set_up(MAN, dict.fromkeys(history_plan().slow_states, value), 1e-9, 1e-12)
        found = dict(zip(core.states, core.rates(0.0, core.state_vector()), strict=True))
        rates.append([found[name] for name in rest_plan().states])
        assert any(abs(rate) > 0.0 for rate in rates[-1])
    assert rates[0] == rates[1]


def test_inputs_without_a_state_of_rest_are_told_in_words() -> None:
    with pytest.raises(SolveError, match=r"no state of rest under these inputs: \w+ is no number"):
        find_rest(calcium_body(), {**MAN, "eGFR_start": -10.0}, plan=whole_plan())


def test_rest_by_root_equals_a_long_run() -> None:
    core, plan = calcium_body(), whole_plan()
    inputs = {**MAN, "calcidiol_start": 25.0}
    root = find_rest(core, inputs, plan=plan)
    lane = Lane({**inputs, **plan.hold})
    run = solve(core, [lane], [400.0 * 8766.0], plan.states, tolerances=Tolerances(1e-9, 1e-12))
    np.testing.assert_allclose(run.values[0, 0], [root[name] for name in plan.states], rtol=1e-6)
