"""The Dataset for Python users: its dimensions, and attributes that a reader needs."""

import json

import calciroute
from simulate.people import plan, woman


def test_the_python_call_gives_a_dataset_with_units_names_and_sources():
    dataset = calciroute.simulate_person(woman(), [plan()], years=0.05, draws=1, variants=())
    assert dataset["dp_ucMGP"].dims == ("person", "arm", "draw", "time")
    assert dataset["dp_ucMGP_central"].dims == ("person", "variant", "arm", "time")
    assert list(dataset.person.values) == ["person"]
    for name, values in dataset.data_vars.items():
        assert values.attrs["units"], name
        assert values.attrs["long_name"], name
    assert "peterson2010" in dataset["serum_calcium"].attrs["sources"]
    assert dataset.attrs["purpose"] == calciroute.PURPOSE
    assert len(json.loads(dataset.attrs["model"])["model_hash"]) == 64
