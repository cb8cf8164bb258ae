"""Random people with random regimens, in the model's own words: any mix the domain of the model allows."""

import numpy as np

from balance import DAY
from calciroute.body.solver import Dose

MMOL = 1e6  # nmol
CALCIUM_MG_PER_MMOL = 40.078
# Vitamers and warfarin: target, lowest and highest single dose in the unit of the target (nmol; mg).
SWALLOWED = {
    "MK7_gut": (70.0, 600.0),
    "K1_gut": (100.0, 2500.0),
    "MK4_gut": (100.0, 1.0e5),
    "MK89_gut": (10.0, 300.0),
    "warfarin_gut": (1.0, 10.0),
}
YES_OR_NO = (
    "diabetes", "smoking_now", "BMI_above_30", "takes_statin", "takes_orlistat", "takes_broad_antibiotic",
    "takes_vitamin_E_high", "malabsorption", "takes_estrogen_therapy",
)  # fmt: skip


def random_person(random):
    """Inputs of one person, in declared units."""

    def among(low, high):
        return float(random.uniform(low, high))

    age = among(30.0, 85.0)
    calcium = among(400.0, 1800.0) / CALCIUM_MG_PER_MMOL * MMOL / 3.0
    person = {
        "age_start": age,
        "female": float(random.integers(2)),
        "FMP_age": among(44.0, 57.0),
        "eGFR_start": among(25.0, 115.0),
        "eGFR_decline": among(0.0, 2.0),
        "calcidiol_start": among(20.0, 150.0),
        "vitamin_D_supplement": float(random.choice([0.0, 20.0, 100.0])),
        "calcium_meal_1": calcium,
        "calcium_meal_2": calcium,
        "calcium_meal_3": calcium,
        "diet_K1": among(5.0, 400.0),
        "diet_MK4": among(0.0, 40.0),
        "diet_MK7": among(0.0, 300.0),
        "diet_MK89": among(0.0, 80.0),
        "VKORC1_A_alleles": float(random.integers(3)),
        "CYP2C9_star2_alleles": float(random.integers(2)),
        "CYP2C9_star3_alleles": float(random.integers(2)),
        "estrogen_therapy_start_age": age + 1.0,
        "estrogen_therapy_stop_age": age + 6.0,
    }
    for name in YES_OR_NO:
        person[name] = float(random.random() < 0.2)
    return person


def random_doses(random, days):
    """Any of the substances, each daily or each few days, from some day on and perhaps to an early end."""
    doses = []
    for target, (low, high) in SWALLOWED.items():
        if random.random() < 0.5:
            continue
        amount, clock = (
            float(np.exp(random.uniform(np.log(low), np.log(high)))),
            float(random.uniform(0.0, DAY)),
        )
        first, every = int(random.integers(days // 4)), int(random.choice([1, 1, 2, 7]))
        last = int(random.choice([days // 2, days]))
        doses += [Dose(clock + DAY * day, target, amount) for day in range(first, last, every)]
    return doses
