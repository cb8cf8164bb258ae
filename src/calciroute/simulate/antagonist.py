"""A person on a vitamin K antagonist: from dose, from INR, from both, or from neither.

A dose alone gives its INR; an INR alone gives the dose or the index; both together scale how strongly the
medicine acts in this person. The dose is not adjusted again in any arm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calciroute.body.runner import Runner
from calciroute.tables.medicine_effects import PHENPROCOUMON, WARFARIN


@dataclass(frozen=True)
class Antagonist:
    """What is known of the medicine.

    Parameters
    ----------
    kind : str
        warfarin, phenprocoumon or other_antagonist.
    daily_mg : float or None
        Warfarin a day.
    INR : float or None
        Measured; None for warfarin with a dose means that the dose decides.
    """

    kind: str
    daily_mg: float | None
    INR: float | None


def antagonist_values(
    runner: Runner, numbers: Mapping[str, float], antagonist: Antagonist
) -> dict[str, float]:
    """Inputs of the antagonist under the numbers of a draw.

    Parameters
    ----------
    runner : Runner
        A loaded body.
    numbers : mapping of str to float
        Inputs of the person and numbers of the draw.
    antagonist : Antagonist
        What is known.

    Returns
    -------
    dict of str to float
        Dose or index, and the person's factor.
    """
    found: dict[str, float] = {}
    if antagonist.INR is not None:
        found["INR_target"] = antagonist.INR
    if antagonist.daily_mg is not None:
        found["warfarin_daily_mg"] = antagonist.daily_mg
    if antagonist.INR is None:
        return found
    runner.set_values({**numbers, **found})
    if antagonist.kind == WARFARIN and antagonist.daily_mg is None:
        return {**found, "warfarin_daily_mg": runner.value("warfarin_dose_for_INR")}
    if antagonist.kind == WARFARIN:
        return {**found, "IC_warfarin_person": runner.value("IC_warfarin_for_dose_and_INR")}
    return {
        **found,
        "vka_target": runner.value("vka_for_INR"),
        "vka_is_phenprocoumon": float(antagonist.kind == PHENPROCOUMON),
    }
