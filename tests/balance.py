"""What comes in less what goes out is what is stored: calcium, phosphate and each vitamer, over any run.

The texts of calcium and kidney collect their own flows; for vitamin K a text is added here that does.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from calciroute.body.solver import Dose

DAY = 24.0
VITAMERS = {"K1": True, "MK4": False, "MK7": True, "MK89": True}  # whether it has a slow pool
# Below zero by design: transformed scores, and what habits add to pressure and wave speed.
SIGNED = ("CAC_x", "AVC_x", "SBP_lifestyle", "PWV_functional")
# Reservoirs and clocks that never come to rest: scores that grow, sums of what flowed.
RESERVOIRS = ("CAC_x", "AVC_x", "PWV_structural", "eGFR")
SUM = "_total"
SMALLEST_SCALE = 1e-3  # as in the solver: of a state that is empty throughout


def vitamin_k_collectors():
    """Antimony: what entered plasma, what left it for good, what left the gut, for each vitamer."""
    lines = ["model collectors", "  compartment vitamin_K_gut;  vitamin_K_gut has litre;"]
    for name in VITAMERS:
        lines += [
            f"  compartment V_{name};  V_{name} has litre;",
            f"  substanceOnly species ${name}_gut in vitamin_K_gut;  {name}_gut has nmol;",
            f"  ${name}_absorbed has nmol_per_hour;  ${name}_infusion has nmol_per_hour;",
            f"  $ka_dose_{name} has per_hour;  $CL_{name} has L_per_hour;",
            f"  $CL_person_{name} has dimensionless;  $C_{name} has nM;",
        ]
        flows = {
            "in": f"{name}_absorbed + {name}_infusion",
            "out": f"CL_{name}*CL_person_{name}*C_{name}",
            "emptied": f"ka_dose_{name}*{name}_gut",
        }
        for flow, formula in flows.items():
            total = f"{name}_{flow}{SUM}"
            lines.append(f"  {total}' = {formula};  {total} = 0;  {total} has nmol;")
    return "\n".join([*lines, "end"])


def mineral_gaps(course: Mapping[str, np.ndarray], Pi_per_Ca_bone: float) -> dict[str, float]:
    """Largest gap of calcium and phosphate over a run, relative to what is stored or came in."""
    bone = course["Ca_bone_fast"] + course["Ca_bone_deep"]
    Ca = course["Ca_plasma"] + bone - (course["Ca_absorbed_total"] - course["Ca_urine_total"])
    Pi = course["Pi_plasma"] + course["Pi_gut"] + course["Pi_cell"] + Pi_per_Ca_bone * bone
    Pi = Pi - (course["Pi_eaten_total"] - course["Pi_urine_total"])
    return {
        "calcium": _gap(Ca, bone),
        "phosphate": _gap(Pi, Pi_per_Ca_bone * bone),
    }


def vitamin_k_gaps(
    course: Mapping[str, np.ndarray], times_h: Sequence[float], doses: Sequence[Dose]
) -> dict[str, float]:
    """Largest gap of each vitamer in the body and in the gut, relative to what came in."""
    gaps = {}
    for name, has_slow in VITAMERS.items():
        stored = course[f"{name}_plasma"] + (course[f"{name}_slow"] if has_slow else 0.0)
        entered = course[f"{name}_in_total"]
        gaps[name] = _gap(stored - (entered - course[f"{name}_out_total"]), entered)
        taken = [dose for dose in doses if dose.target == f"{name}_gut"]
        given = np.array([sum(dose.amount for dose in taken if dose.time_h < now) for now in times_h])
        if given[-1] > 0.0:
            left = course[f"{name}_gut"] - (given - course[f"{name}_emptied_total"])
            gaps[f"{name} in the gut"] = _gap(left, given)
    return gaps


def _gap(conserved: np.ndarray, scale: np.ndarray) -> float:
    return float(np.max(np.abs(conserved - conserved[0])) / np.max(np.abs(scale)))


def lowest(values: np.ndarray, names: Sequence[str], sizes: np.ndarray | None = None) -> tuple[float, str]:
    """Smallest value (..., state) that must not fall below zero, as a share of the state's size, and whose.

    A size is the largest value in these courses, or in more of them when `sizes` is given.
    """
    worst, who = np.inf, ""
    largest = np.max(np.abs(values), axis=tuple(range(values.ndim - 1))) if sizes is None else sizes
    for index, name in enumerate(names):
        scale = max(largest[index], SMALLEST_SCALE)
        if name in SIGNED:
            continue
        share = float(np.min(values[..., index]) / scale)
        if share < worst:
            worst, who = share, name
    return worst, who


def daily(target: str, amount: float, clock_h: float, days: int, every: int = 1) -> list[Dose]:
    """The same dose each day, or each so many days."""
    return [Dose(clock_h + DAY * day, target, amount) for day in range(0, days, every)]
