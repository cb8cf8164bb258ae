"""Robertson's reaction and van der Pol's oscillator against values of 20 digits.

The values come from validation/stiff_references.py, which uses another method and another arithmetic.
"""

import json
from pathlib import Path

import numpy as np

from engine.closed_forms.case import Case
from engine.formula import written

ROBERTSON = written(
    {},
    {
        "A": (1, "-0.04 * A + 1e4 * B * C"),
        "B": (0, "0.04 * A - 1e4 * B * C - 3e7 * B ** 2"),
        "C": (0, "3e7 * B ** 2"),
    },
)
VAN_DER_POL = written({"mu": 5}, {"x": (2, "v"), "v": (0, "mu * (1 - x ** 2) * v - x")})


def cases():
    path = Path(__file__).with_name("stiff_references.json")
    stored = json.loads(path.read_text("utf-8"))
    for name, system, ids, parameters in (
        ("robertson", ROBERTSON, ("A", "B", "C"), {}),
        ("van_der_pol_5", VAN_DER_POL, ("x", "v"), {"mu": 5.0}),
        ("van_der_pol_1000", VAN_DER_POL, ("x", "v"), {"mu": 1000.0}),
    ):
        values = np.array([[float(value) for value in row] for row in stored[name]["values"]])
        times = tuple(stored[name]["times"])
        yield Case(name, system, times, dict(zip(ids, values.T, strict=True)), (), parameters)
