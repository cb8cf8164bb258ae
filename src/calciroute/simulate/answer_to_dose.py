"""How a person answers a dose, from the level that was measured under it.

A level far below what the dose leads to in most people would otherwise mean less than nothing from sun and
food, and a fall to nothing when the dose ends.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.plans import run_in_plan
from calciroute.body.units import declared_units
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes, take
from calciroute.simulate.arm import Arm
from calciroute.simulate.person_inputs import default_value
from calciroute.tables.domain import read_domain
from calciroute.units.expression import convert

_LARGEST, _HALVINGS = 1e4, 40


def answer_numbers(body: Body, numbers: Mapping[str, Column], count: int, now: Arm) -> dict[str, Column]:
    """The person's own number where dose and level belong together only with it.

    Parameters
    ----------
    body : Body
        The body.
    numbers : mapping of str to float or float array (set,)
        Inputs of the person and numbers of the draws.
    count : int
        Number of sets.
    now : Arm
        With the dose of today.

    Returns
    -------
    dict of str to float or float array (set,)
        By id; empty where the level without the dose lies inside the domain of the model anyway.
    """
    plan = run_in_plan().answer
    if not now.inputs.get(plan.dose) or plan.level not in numbers:
        return {}
    bounds = read_domain()[plan.level]
    lowest = convert(bounds.lower, bounds.unit, declared_units(body)[plan.leads_to])
    usual = np.broadcast_to(numbers.get(plan.number, default_value(body, plan.number)), count)
    without = {**numbers, **now.inputs, plan.dose: 0.0}

    def level(factor: npt.NDArray[np.float64], places: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        under = {**take(without, places), plan.number: usual[places] * factor}
        return values_at_start(body, Lanes(len(places), under), [plan.leads_to])[:, 0]

    short = np.flatnonzero(level(np.ones(count), np.arange(count)) < lowest)
    if not len(short):
        return {}
    low, high = np.zeros(len(short)), np.full(len(short), math.log(_LARGEST))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        enough = level(np.exp(middle), short) >= lowest
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    own = usual.astype(float)
    own[short] *= np.exp(high)
    return {plan.number: own}
