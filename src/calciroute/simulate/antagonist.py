"""A person on a vitamin K antagonist: from dose, from INR, from both, or from neither.

A dose alone gives its INR; an INR alone gives the dose or the index; both together scale how strongly the
medicine acts in this person. The dose is not adjusted again in any arm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.errors import InputError, Problem
from calciroute.tables.medicine_effects import PHENPROCOUMON, WARFARIN
from calciroute.tables.people_fields import read_people_fields


@dataclass(frozen=True)
class Antagonist:
    """What is known of the medicine.

    Parameters
    ----------
    kind : str
        warfarin, phenprocoumon or other_antagonist.
    daily_mg : float or None
        Warfarin a day.
    INR : float, float array (set,) or None
        Measured; None for warfarin with a dose means that the dose decides.
    """

    kind: str
    daily_mg: float | None
    INR: Column | None


# How much of it a person takes, and what is found from dose and INR together.
DOSES = frozenset({"warfarin_daily_mg", "vka_target"})
FOUND = frozenset({"INR_target", "IC_warfarin_person", "vka_is_phenprocoumon"})
_ACTIVITY = "VKOR_activity_for_INR"
_STEP = 0.01  # between the INRs that are tried, to say which the model can explain in a person


def antagonist_values(
    body: Body,
    numbers: Mapping[str, Column],
    count: int,
    antagonist: Antagonist,
    refuse: Collection[int] = (),
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
    refuse : collection of int, optional
        Sets in which an INR that no activity of VKOR between 0 and 1 explains is refused.

    Returns
    -------
    dict of str to float or float array (set,)
        Dose or index, and the person's factor; NaN in other sets with such an INR, which then do not run.

    Raises
    ------
    InputError
        For such an INR.
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
    under = {**numbers, **known}
    values = values_at_start(body, Lanes(count, under), [_ACTIVITY, equation])
    explained = _explained(values[:, 0])
    for place in np.flatnonzero(~explained):
        if place in refuse:
            one = {name: float(np.broadcast_to(column, count)[place]) for name, column in under.items()}
            raise InputError([_problem(body, one, float(antagonist.INR))])
    found[wanted] = np.where(explained, values[:, 1], np.nan)
    return found


def in_words(
    status: tuple[str, ...], numbers: Mapping[str, Column], antagonist: Antagonist | None
) -> tuple[str, ...]:
    """Why sets do not run, with an INR that nothing explains said as such.

    Parameters
    ----------
    status : tuple of str
        Words a set; empty where it runs.
    numbers : mapping of str to float or float array (set,)
        With what `antagonist_values` found.
    antagonist : Antagonist or None
        What is known.

    Returns
    -------
    tuple of str
        A set.
    """
    if antagonist is None or antagonist.INR is None:
        return status
    absent = np.zeros(len(status), dtype=bool)
    for name in (FOUND | DOSES) & numbers.keys():
        absent |= np.isnan(numbers[name])
    measured = float(np.max(antagonist.INR))
    words = f"an INR of {measured:g} cannot be explained with the vitamin K and medicines given"
    return tuple(words if gone and own else own for own, gone in zip(status, absent, strict=True))


def _explained(activity: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether VKOR works at all, and no more than without a medicine."""
    return (activity > 0.0) & (activity <= 1.0)


def _problem(body: Body, numbers: Mapping[str, float], INR: float) -> Problem:
    band = read_people_fields("person_fields.csv")["labs"]["INR"]
    tried = np.arange(band.lower or 0.0, (band.upper or INR) + _STEP, _STEP)
    lanes = Lanes(len(tried), {**numbers, "INR_target": tried})
    within = tried[_explained(values_at_start(body, lanes, [_ACTIVITY])[:, 0])]
    return Problem(
        "",
        f"labs.INR is {INR:g}, which the model cannot explain with the vitamin K and medicines given",
        f"{np.min(within):.2f} to {np.max(within):.2f} in this person" if len(within) else "another INR",
        "check the value and the diet, or leave the INR out",
    )
