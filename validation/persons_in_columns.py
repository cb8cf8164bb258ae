"""Random persons as columns of numbers, any number of them: the same draw as one by one, made for millions.

No claim about a population: see `person_over_domain`. A person depends on the seed and on its own number
alone: portions of a fixed size have random numbers of their own.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.engine.trains import Trains
from calciroute.tables.domain import read_domain
from calciroute.units.expression import convert
from person_over_domain import DAY, MEALS, MMOL_PER_MG_CALCIUM, SWALLOWED, UNIFORM, YES_OR_NO

Array = npt.NDArray[np.float64]
PORTION = 10_000
VITAMERS = ("MK7_gut", "K1_gut", "MK4_gut", "MK89_gut")
LABS = ("eGFR_start", "calcidiol_start")
ALLELES = (("VKORC1_A_alleles", 3), ("CYP2C9_star2_alleles", 2), ("CYP2C9_star3_alleles", 2))
TAKEN = 0.6  # share of persons who take a vitamer


def person_columns(body: Body, seed: int, portion: int) -> dict[str, Array]:
    """Inputs of `PORTION` persons (person,), in declared units."""
    random = np.random.default_rng([seed, portion, 0])
    units, domain = declared_units(body), read_domain()
    found = {}
    for row in body.numbers.values():
        if row.person_cv:
            spread = math.sqrt(math.log1p(row.person_cv**2))
            values = row.value * np.exp(spread * random.standard_normal(PORTION))
            low = -np.inf if row.lower is None else row.lower
            high = np.inf if row.upper is None else row.upper
            found[row.id] = np.clip(values, low, high) * convert(1.0, row.unit, units[row.id])
    bounds = {name: (domain[name].lower, domain[name].upper, domain[name].unit) for name in LABS}
    for name, (lower, upper, unit) in {**UNIFORM, **bounds}.items():
        found[name] = random.uniform(lower, upper, PORTION) * convert(1.0, unit, units[name])
    eaten = domain["diet_calcium"]
    calcium = random.uniform(eaten.lower, eaten.upper, PORTION) * MMOL_PER_MG_CALCIUM
    for name, share in zip(MEALS, random.dirichlet((4.0, 4.0, 4.0), PORTION).T, strict=True):
        found[name] = calcium * share * convert(1.0, "mmol", units[name])
    for name in YES_OR_NO:
        found[name] = random.integers(2, size=PORTION).astype(float)
    for name, most in ALLELES:
        found[name] = random.integers(most, size=PORTION).astype(float)
    return found


def daily_vitamers(body: Body, seed: int, portion: int, days: int) -> Trains:
    """Daily doses: each vitamer is taken with a chance of `TAKEN`, at an hour and of an amount of its own."""
    random = np.random.default_rng([seed, portion, 1])
    units = declared_units(body)
    shape = (PORTION, len(VITAMERS))
    takes = random.random(shape) < TAKEN
    hour, share = random.uniform(0.0, DAY, shape), random.uniform(0.0, 1.0, shape)
    largest = [convert(SWALLOWED[name][0], SWALLOWED[name][1], units[name]) for name in VITAMERS]
    lane, target = np.nonzero(takes)
    return Trains(lane, target, hour[takes], (share * largest)[takes], np.full(len(lane), days), VITAMERS)
