"""Courses of artery, pressure and hazard: each quantity of tests/reference/natural_histories_artery.csv.

Where a row names a carboxylated share of MGP, the artery half runs alone with that share; kidney disease
runs the whole body, since phosphate comes from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import histories_calcium as calcium
import numpy as np
from scipy.stats import norm

from calciroute.body.course import at_start
from physiology.artery_body import after, of_variant, value

Found = dict[tuple[str, str], float]
MAN = {"age_start": 65.0, "CAC_is_measured": 1.0, "CAC_measured": 100.0}
FAST = {"k_CAC": 0.633}
VKA = {"MGP_carboxylation": 0.27}


def measure() -> Found:
    """All quantities."""
    found: Found = {}
    for part in (_man, _kidney, _link, _ten_years, _curve_and_habits, _population, _fracture):
        found |= part()
    return found


def _man() -> Found:
    name = "man 65 from score 100"

    def score(*changes: Mapping[str, float], variant: str = "calciroute") -> float:
        inputs = {key: one for change in changes for key, one in change.items()}
        return float(after(5, ["CAC_agatston"], MAN | inputs, variant=variant)[0])

    def share(of: float) -> dict[str, float]:
        return {"MGP_carboxylation": of}

    found = {
        "score after 5 y at growth 0.633": score(FAST),
        "score after 5 y": score(),
        "score after 5 y at growth 0.633 with diabetes": score(FAST, {"diabetes": 1.0}),
        "score after 5 y at growth 0.633, calcium outside meals, variant calcium_bolus_onset": score(
            FAST, of_variant("calcium_bolus_onset"), {"takes_calcium_bolus": 1.0}
        ),
        "score after 5 y at growth 0.633 on an antagonist": score(FAST, VKA),
        "score after 5 y on an antagonist": score(VKA),
        "score after 5 y at full carboxylation": score(share(1.0)),
        "growth at carboxylation 0.85 against reference": 100 * (score(share(0.85)) - 100) / (score() - 100)
        - 100,
        "growth at full carboxylation against reference": 100 * (score(share(1.0)) - 100) / (score() - 100)
        - 100,
    }
    for of in (0.85, 0.88, 0.92):
        found[f"score after 5 y at carboxylation {of}"] = score(share(of))
    old = {"f0_MGP_person": 0.70, "slope_calcification": 0.98}
    for label, of in (
        ("on an antagonist, linear link 0.98 from 0.70 to 0.10", 0.10),
        ("at carboxylation 0.85, linear link 0.98 from 0.70", 0.85),
    ):
        found[f"score after 5 y at growth 0.633 {label}"] = score(FAST, old, share(of), variant="mgp_linear")
    growth, flow = after(0, ["CAC_growth", "Ca_artery_flow"], MAN)
    found["calcium for 23 AU a year"] = float(23 * flow / growth)
    speed = [float(after(years, ["cfPWV"], MAN)[0]) for years in (0, 5)]
    found["wave speed at 65"], found["wave speed at 70"] = speed
    found["wave speed at 70 on an antagonist against reference"] = float(
        after(5, ["cfPWV"], MAN | VKA)[0] - speed[1]
    )
    late = MAN | {"MAP_age": 55.0}
    return {(name, quantity): one for quantity, one in found.items()} | {
        ("man 65 with MAP 93 at 55", f"wave speed at {age}"): float(after(age - 65, ["cfPWV"], late)[0])
        for age in (65, 70)
    }


def _kidney() -> Found:
    name = "kidney disease from 90 at 52"
    person = {
        "female": 0.0, "age_start": 52.0, "eGFR_start": 90.0, "CAC_is_measured": 1.0, "CAC_measured": 30.0,
    }  # fmt: skip
    outputs = ["CAC_agatston", "cfPWV"]

    def run(times: Sequence[float], **numbers: float) -> Mapping[str, np.ndarray]:
        return calcium.run(
            times, person | numbers, {"eGFR_decline": 5.0}, _artery_start(person | numbers), outputs
        )

    default = run([0.0, 7.0, 13.0])
    steep = run([0.0, 7.0, 13.0], k_CAC=0.633, f_calcification_kidney=1.3)
    flat = run([0.0, 13.0], MAP_per_eGFR=0.0)
    found = {
        "wave speed at eGFR 25": default["cfPWV"][2],
        "wave speed at eGFR 25 without the pressure term": flat["cfPWV"][1],
    }
    for place, age in ((1, 59), (2, 65)):
        found[f"score from 30 at {age}"] = default["CAC_agatston"][place]
        found[f"score from 30 at {age}, growth 0.633, kidney factor 1.3"] = steep["CAC_agatston"][place]
    return {(name, quantity): float(one) for quantity, one in found.items()}


def _artery_start(inputs: Mapping[str, float]) -> dict[str, float]:
    """The artery's own start formulas: rest of the core knows nothing of them."""
    state = at_start(calcium.BODY, inputs)
    return {name: state[name] for name in ("CAC_x", "AVC_x", "PWV_structural", "PWV_functional", "eGFR")}


def _link() -> Found:
    found: Found = {}
    for variant, mark in (("calciroute", ""), ("mgp_linear", ", mgp_linear")):
        for of in (0.27, 0.85, 0.88, 0.92, 1):
            found["MGP link", f"calcification at carboxylation {of}{mark}"] = value(
                "calcification_by_MGP", {"MGP_carboxylation": of}, variant
            )
    return found


def _ten_years() -> Found:
    found: Found = {}
    for variant, numbers, mark in (
        ("calciroute", {"beta_stiffness": 0.3}, "slope 0.3"),
        ("calciroute", {"beta_stiffness": 0.9}, "slope 0.9"),
        ("mgp_linear", {}, "mgp_linear"),
    ):
        person = {"age_start": 60.0, **numbers}
        reference = after(10, ["cfPWV"], person, variant=variant)[0]
        for of in (0.52, 0.27, 1):
            moved = after(10, ["cfPWV"], person | {"MGP_carboxylation": of}, variant=variant)[0]
            found["ten years from 60", f"wave speed at carboxylation {of}, {mark}"] = float(moved - reference)
    return found


def _curve_and_habits() -> Found:
    found: Found = {
        ("age curve", f"structural wave speed at {age}"): value("PWV_structural_rest", {"age_start": age})
        for age in (40, 60, 80)
    }
    slope = value("b_PWV_MAP", {}) * 200 / 3
    found["habits", "wave speed per mmHg of systolic pressure"] = slope
    person = {"age_start": 60.0, "body_weight": 80.0}
    silent = {"phi_sodium": 0.0, "phi_training": 0.0, "phi_weight": 0.0}
    for label, habit in (
        ("less sodium, 89 mmol a day,", {"sodium_change": -89.0}),
        ("aerobic training", {"aerobic_training": 1.0}),
        ("6.4 kg lost", {"weight_change": -6.4}),
    ):
        target = value("SBP_lifestyle_target", person | silent | habit)
        found["habits", f"wave speed by {label} through pressure"] = slope * target
    return found


def _population() -> Found:
    found: Found = {}
    for label, female in (("men", 0.0), ("women", 1.0)):
        mean, sd = (value(f"CAC_onset_{of}", {"female": female}) for of in ("mean", "sd"))
        for year in (47, 62, 77):
            z = (year - mean) / sd
            found["start of a population", f"first calcium of {label} at {year}"] = float(
                100 * norm.pdf(z) / norm.sf(z) / sd
            )
    return found


def _fracture() -> Found:
    found: Found = {
        ("hip fracture", f"rate of {label} at 65"): value(
            "hip_fracture_population", {"age_start": 65.0, "female": female}
        )
        for label, female in (("women", 1.0), ("men", 0.0))
    }
    for age in (60, 65, 70, 75, 80, 85):
        found["hip fracture", f"mean femoral neck of men at {age} over the young"] = value(
            "FN_mean_men", {"age_start": age}
        )
    return found
