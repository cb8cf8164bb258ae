"""A random person of the whole body, for proofs about the solver; no claim about a population.

Every number with a `person_cv` is drawn log-normal about its value and cut at its bounds. Age, laboratory
values, diet and regimen are uniform over what the tables state.
"""

import math

import numpy as np

from calciroute.body.lanes import Dose
from calciroute.body.units import declared_units
from calciroute.tables.domain import read_domain
from calciroute.units.expression import convert

DAY = 24.0
MEALS = ("calcium_meal_1", "calcium_meal_2", "calcium_meal_3")
MMOL_PER_MG_CALCIUM = 1.0 / 40.078
# Inputs that the tables of people bound: lowest and highest value with its unit.
UNIFORM = {
    "age_start": (18.0, 85.0, "y"),
    "triglycerides": (0.5, 5.0, "mmol/L"),
    "eGFR_decline": (0.0, 2.0, "mL/min/y"),
    "diet_K1": (5.0, 400.0, "ug/d"),
    "diet_MK4": (0.0, 40.0, "ug/d"),
    "diet_MK7": (0.0, 300.0, "ug/d"),
    "diet_MK89": (0.0, 80.0, "ug/d"),
    "vitamin_D_supplement": (0.0, 100.0, "ug/d"),
}
YES_OR_NO = (
    "female", "diabetes", "smoking_now", "BMI_above_30", "takes_statin", "takes_orlistat",
    "takes_broad_antibiotic", "takes_vitamin_E_high", "malabsorption",
)  # fmt: skip
# Target, largest single dose and its unit.
SWALLOWED = {
    "MK7_gut": (600.0, "nmol"),
    "K1_gut": (2500.0, "nmol"),
    "MK4_gut": (1e5, "nmol"),
    "MK89_gut": (300.0, "nmol"),
    "warfarin_gut": (10.0, "mg"),
    "Ca_gut_bolus": (25.0, "mmol"),
}


def person_inputs(body, random):
    """Inputs of one person, in declared units."""
    units = declared_units(body)
    values = {
        row.id: convert(log_normal(row, random), row.unit, units[row.id])
        for row in body.numbers.values()
        if row.person_cv
    }

    def put(name, value, unit):
        values[name] = convert(float(value), unit, units[name])

    for name, (low, high, unit) in UNIFORM.items():
        put(name, random.uniform(low, high), unit)
    domain = read_domain()
    for name in ("eGFR_start", "calcidiol_start"):
        put(name, random.uniform(domain[name].lower, domain[name].upper), domain[name].unit)
    calcium = random.uniform(domain["diet_calcium"].lower, domain["diet_calcium"].upper) * MMOL_PER_MG_CALCIUM
    for name, share in zip(MEALS, random.dirichlet((4.0, 4.0, 4.0)), strict=True):
        put(name, calcium * share, "mmol")
    for name in YES_OR_NO:
        values[name] = float(random.integers(2))
    values["VKORC1_A_alleles"] = float(random.integers(3))
    values["CYP2C9_star2_alleles"] = float(random.integers(2))
    values["CYP2C9_star3_alleles"] = float(random.integers(2))
    return values


def regimen(body, random, days):
    """Any of the substances, each on some days at its own hour, and a change of an input during the run."""
    units = declared_units(body)
    doses = []
    for target, (largest, unit) in SWALLOWED.items():
        if random.random() < 0.4:
            continue
        amount = convert(float(random.uniform(0.0, largest)), unit, units[target])
        hour, every = float(random.uniform(0.0, DAY)), int(random.choice([1, 1, 2, 7]))
        first, last = sorted(random.integers(0, days, 2))
        doses += [Dose(hour + DAY * day, target, amount) for day in range(int(first), int(last), every)]
    change = convert(float(random.uniform(0.0, 50.0)), "ug/d", units["diet_K1"])
    doses.append(Dose(DAY * float(random.uniform(0.0, days)), "diet_K1", change))
    return doses


def log_normal(row, random):
    """A number with a `person_cv`, drawn about its value and cut at its bounds, in its own unit."""
    spread = math.sqrt(math.log1p(row.person_cv**2))
    value = row.value * math.exp(spread * float(random.standard_normal()))
    low = -np.inf if row.lower is None else row.lower
    high = np.inf if row.upper is None else row.upper
    return float(min(max(value, low), high))
