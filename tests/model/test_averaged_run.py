"""Anyone's model averaged over the period of its doses: period means, differences in the result, refusals."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

import calciroute
from calciroute.engine.averaging import Averaging
from calciroute.errors import InputError
from model.small_models import GOOD

CL = 0.5
DAILY = Averaging(("gut", "amount:plasma"), 24.0, ("gut",), 8)
DOSES = [{"time": 8.0, "state": "gut", "amount": 100.0, "interval": 24.0, "count": 60}]
TIMES = [0.0, 700.0, 1000.0]


@pytest.fixture(scope="module")
def tablet():
    return calciroute.load_model(GOOD)


def test_the_mean_of_daily_doses_is_their_rate_over_clearance(tablet):
    made = tablet.run(
        parameters=[{"CL": CL}, {"CL": 2 * CL}], doses=DOSES, times=TIMES, averaged=DAILY, tolerance=1e-9
    )
    expected = np.array([100.0 / 24.0 / CL, 100.0 / 24.0 / (2 * CL)])
    np.testing.assert_allclose(made["plasma"][:, 1:], expected[:, None] * [1.0, 1.0], rtol=1e-7)
    np.testing.assert_array_equal(made["plasma"][:, 0], 0.0)
    assert made.attrs["values"].startswith("period mean over 24")
    differences = json.loads(made.attrs["averaging_differences"])
    assert set(differences) == {"gut", "plasma"}
    # In the first days the mean still moves within the day.
    assert max(differences.values()) < 1e-4


def test_a_run_with_every_dose_says_nothing_of_means(tablet):
    made = tablet.run(doses=DOSES, times=TIMES)
    assert "values" not in made.attrs
    assert "averaging_differences" not in made.attrs


def test_doses_at_odd_times_are_refused_with_their_lane(tablet):
    doses = [{**DOSES[0], "interval": 17.0}]
    with pytest.raises(InputError, match=r"lane 0 has 5. doses that do not go on every 24"):
        tablet.run(doses=doses, times=TIMES, averaged=DAILY)


def test_a_block_that_is_none_is_refused(tablet):
    with pytest.raises(InputError, match="plasma of the block to be averaged is no state"):
        tablet.run(doses=DOSES, times=TIMES, averaged=Averaging(("gut", "plasma"), 24.0, ("gut",), 8))


def test_the_call_on_the_page_runs(tmp_path, monkeypatch):
    page = (Path(__file__).resolve().parents[2] / "docs" / "averaging.md").read_text("utf-8")
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[-1]
    shutil.copy(GOOD, tmp_path / "tablet.xml")
    (tmp_path / "doses.csv").write_text("time,state,amount,interval,count\n8,gut,100,24,400\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    *before, last = code.strip().splitlines()
    names = {}
    exec("\n".join([*before, f"made = {last}"]), names)
    np.testing.assert_allclose(names["made"]["plasma"][0, -1], 100.0 / 24.0 / CL, rtol=1e-4)
