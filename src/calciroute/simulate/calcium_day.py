"""The day after one dose of calcium outside meals: the peak that years of daily means do not show."""

from __future__ import annotations

import numpy as np

from calciroute.body.assembly import Body
from calciroute.body.lanes import Lane
from calciroute.body.solver import Tolerances, solve
from calciroute.body.units import declared_units
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.units.expression import convert

_HOURS = np.linspace(0.0, 24.0, 97)
_OUTPUTS = ("Ca_serum", "PTH_serum")


def calcium_day(body: Body, lane: Lane, load_mg: float, mmol_per_mg: float) -> str:
    """What one dose does to calcium and parathyroid hormone in serum within a day.

    Parameters
    ----------
    body : Body
        The body.
    lane : Lane
        The person as now, central values.
    load_mg : float
        Calcium of the dose, mg, > 0.
    mmol_per_mg : float
        Amount per mass of calcium.

    Returns
    -------
    str
        One sentence.
    """
    units = declared_units(body)
    load = convert(load_mg * mmol_per_mg, "mmol", units["Ca_bolus_load"])
    parameters = {**lane.parameters, "Ca_bolus_load": load}
    absorbable = values_at_start(body, Lanes(1, parameters, lane.start), ["Ca_bolus_absorbable"])
    start = {**lane.start, "Ca_gut_bolus": float(absorbable[0, 0])}
    solution = solve(body, [Lane(parameters, start)], _HOURS, _OUTPUTS, tolerances=Tolerances(1e-8, 1e-12))
    calcium, hormone = solution.values[0].T
    rise = (calcium - calcium[0]) * convert(1.0, units["Ca_serum"], "mmol/L")
    top = int(np.argmax(rise))
    fall = 100.0 * (hormone.min() / hormone[0] - 1.0)
    peak = f"raises calcium in serum by {rise[top]:.2f} mmol/L, most after {_HOURS[top]:.0f} hours"
    return (
        f"One dose of {load_mg:g} mg of calcium outside meals {peak}, and moves parathyroid hormone by "
        f"{fall:.0f} %; the course over years holds its daily mean alone."
    )
