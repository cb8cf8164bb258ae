"""The published body reproduces the public release; validation/published_files.py compares every row."""

import numpy as np
import pytest

from calciroute.body.assembly import assemble
from calciroute.body.rest import find_rest
from calciroute.body.values import state_names, values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.errors import SolveError
from published_run import REFERENCE, columns, largest_difference, read_file, run_scenario, scenarios

BOUND = 1e-6


@pytest.mark.holds("variants/published", "PTH_plasma", "Ca_gut", "RUNX2", "hydroxylase_Pi", "RUNX2_effect")
@pytest.mark.parametrize("name", list(scenarios()))
def test_published_body_follows_the_release(name: str) -> None:
    expected = read_file(REFERENCE / "published" / f"{name}.csv")
    difference, column = largest_difference(expected, run_scenario(name, expected["time_h"]))
    assert difference < BOUND, f"{column} is {difference:.2g} off"


def test_the_comparison_sees_a_millionth() -> None:
    expected = read_file(REFERENCE / "published" / "hold_1y.csv")
    off = {name: values * (1 + 2e-6) if name == "CREB" else values for name, values in expected.items()}
    difference, column = largest_difference(expected, off)
    assert column == "CREB"
    assert difference == pytest.approx(2e-6, rel=1e-6)


def test_every_reference_file_is_run() -> None:
    assert sorted(scenarios()) == sorted(path.stem for path in (REFERENCE / "published").glob("*.csv"))
    assert len(scenarios()) == 17


def test_published_body_has_no_state_of_rest() -> None:
    # Calcium release does not ask what is left in bone, so the total drifts for ever.
    body = assemble("published")
    with pytest.raises(SolveError, match="no state of rest"):
        find_rest(body, plan=_all_but_collectors(state_names(body)))


def _all_but_collectors(states: list[str]):
    from calciroute.body.plans import RestPlan

    still = {"Ca_urine_total", "teriparatide_depot", "GFR", "estrogen_relative"}
    return RestPlan(tuple(name for name in states if name not in still), {})


def test_skeleton_of_the_published_body_drifts_as_the_page_says() -> None:
    times = np.array([0.0, 87660.0, 175320.0])
    run = run_scenario("hold_1y", times)
    total = run["Q"] + run["Qbone"]
    assert (total[2] - total[1]) / 10 == pytest.approx(1.94, abs=0.005)  # mmol a year


def test_columns_name_ids_of_the_body() -> None:
    body = assemble("published")
    ids = [id for id, _, _ in columns().values()]
    assert np.isfinite(values_at_start(body, Lanes(1), ids)).all()
