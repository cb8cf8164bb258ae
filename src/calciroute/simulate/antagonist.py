"""A person on a vitamin K antagonist: from dose, from INR, from both, or from neither.

A dose alone gives its INR; an INR alone gives the dose or the index; both together scale how strongly the
medicine acts in this person. The dose is not adjusted again in any arm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
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
    body: Body, numbers: Mapping[str, Column], count: int, antagonist: Antagonist
) -> dict[str, Column]:
    """Inputs of the antagonist under sets of numbers.

    Parameters
    ----------
    body : Body
        The body.
    numbers : mapping of str to float or float array (set,)
        Inputs of the person and numbers of the draws.
    count : int
        Number of sets.
    antagonist : Antagonist
        What is known.

    Returns
    -------
    dict of str to float or float array (set,)
        Dose or index, and the person's factor.
    """
    found: dict[str, Column] = {}
    if antagonist.INR is not None:
        found["INR_target"] = antagonist.INR
    if antagonist.daily_mg is not None:
        found["warfarin_daily_mg"] = antagonist.daily_mg
    if antagonist.INR is None:
        return found
    if antagonist.kind != WARFARIN:
        wanted, equation = "vka_target", "vka_for_INR"
        found["vka_is_phenprocoumon"] = float(antagonist.kind == PHENPROCOUMON)
    elif antagonist.daily_mg is None:
        wanted, equation = "warfarin_daily_mg", "warfarin_dose_for_INR"
    else:
        wanted, equation = "IC_warfarin_person", "IC_warfarin_for_dose_and_INR"
    known = {name: value for name, value in found.items() if name != "vka_is_phenprocoumon"}
    found[wanted] = values_at_start(body, Lanes(count, {**numbers, **known}), [equation])[:, 0]
    return found
