"""One trial result as a point that can stand beside a curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# The first four compare with a simulated course; the last belongs to events (hazard, odds, risk ratios).
Kind = Literal[
    "percent_from_baseline",
    "change_from_baseline",
    "percent_vs_placebo",
    "difference_vs_placebo",
    "ratio_vs_placebo",
]


@dataclass(frozen=True)
class Effect:
    """What a row says about its arm.

    Parameters
    ----------
    kind : str
        Compared with what: the arm's own baseline, or the control arm.
    estimate : float
        In `unit`.
    low, high : float or None
        95 % interval; None when none was printed and none follows from a printed SD.
    unit : str
        ``%`` for the percent kinds, ``1`` for a ratio, else as printed.
    note : str
        How the number came from the row, when it is not simply printed there.
    """

    kind: Kind
    estimate: float
    low: float | None
    high: float | None
    unit: str
    note: str = ""


@dataclass(frozen=True)
class TrialPoint:
    """One trial result near a question.

    Parameters
    ----------
    study_id, citation : str
        Which study; the citation as a reference list prints it.
    outcome, unit : str
        Id of the outcome, and the unit of `estimate`.
    arm : str
        Which arm.
    vitamer : str
        ``K1``, ``MK-4``, ``MK-7`` or ``menadiol``.
    dose_ug : float
        Mean dose, ug a day.
    days : float
        Time since the start.
    n : float or None
        People in the arm; None where no count was read.
    kind : str
        As in `Effect`.
    estimate, low, high : float or None
        As in `Effect`.
    population : str
        general, ckd, dialysis, transplant, vka or children.
    grey : bool
        True when dose or time is more than a factor 3 away: similar, not the same.
    distance : float
        Sum of log ratios of dose and time, and 1 for another population; 0 is the very same question.
    verified : str
        Where the number was read, or ``memory``.
    note : str
        Remarks, and what the control arm did.
    where : str
        ``file:line`` of the row.
    """

    study_id: str
    citation: str
    outcome: str
    unit: str
    arm: str
    vitamer: str
    dose_ug: float
    days: float
    n: float | None
    kind: Kind
    estimate: float
    low: float | None
    high: float | None
    population: str
    grey: bool
    distance: float
    verified: str
    note: str
    where: str
