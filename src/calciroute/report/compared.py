"""The arms that are compared with the arm as now: each plan, and stopping what is taken today, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.report.plan_words import (
    arm_titles,
    arm_words_of,
    joined,
    plan_phrase,
    supplement_words,
    vitamin_k_in,
    vitamin_k_of,
)
from calciroute.simulate.arm import STOP
from calciroute.simulate.read_inputs import supplements_today

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.simulate.result import Simulation


_COUNT = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Sides:
    """What the two sides of a comparison are called.

    Parameters
    ----------
    now, arm : str
        Such as ``without`` and ``with the plan``.
    both : str
        Such as ``with and without the plan``.
    lead : str
        What stands before the phrase of the arm: ``with``, ``after``.
    level : str
        What stands after a level of the arm: ``with``, ``after stopping``.
    same : str
        What stands after "as it is" where nothing differs.
    """

    now: str
    arm: str
    both: str
    lead: str = "with"
    level: str = "with"
    same: str = "without"


PLAN_SIDES = Sides("without", "with the plan", "with and without the plan")
STOP_SIDES = Sides(
    "as now", "after stopping", "as now and after stopping", "after", "after stopping", "when going on"
)


@dataclass(frozen=True)
class Compared:
    """One arm beside the arm as now.

    Parameters
    ----------
    name : str
        Of the arm.
    phrase : str
        What it is, as the subject of a sentence.
    title : str
        What it is called at its line.
    trials_of : mapping of str to float
        Vitamin K that trials are sought for, ug a day by form; empty where stopping is compared, which no
        trial did.
    moves_vitamin_k : bool
        Whether its sentence speaks of a marker of vitamin K.
    sides : Sides
        The two sides in words.
    plan : Plan or None
        None for stopping.
    """

    name: str
    phrase: str
    title: str
    trials_of: Mapping[str, float]
    moves_vitamin_k: bool
    sides: Sides
    plan: Plan | None


def compared_arms(simulation: Simulation) -> tuple[Compared, ...]:
    """Arms beside the arm as now.

    Parameters
    ----------
    simulation : Simulation
        Of one person.

    Returns
    -------
    tuple of Compared
        In the order of the Dataset: plans, then stopping.
    """
    alone = len(simulation.plans) == 1 and not simulation.stop
    titles = arm_titles(simulation.plans) if alone else [_with(plan.name) for plan in simulation.plans]
    beside = " on top of what is taken today" if simulation.person.supplements else ""
    found = [
        Compared(
            plan.name,
            f"{plan_phrase(plan)}{beside}",
            title,
            vitamin_k_of(plan),
            bool(vitamin_k_of(plan)),
            PLAN_SIDES if alone else sides_of(plan.name),
            plan,
        )
        for plan, title in zip(simulation.plans, titles, strict=True)
    ]
    if simulation.stop:
        today = supplements_today(simulation.person)[0]
        phrase = f"stopping today's {joined([supplement_words(one) for one in today])}"
        found.append(Compared(STOP, phrase, "stopped", {}, bool(vitamin_k_in(today)), STOP_SIDES, None))
    return tuple(found)


def sides_of(arm: str, *, alone: bool = False) -> Sides:
    """The two sides of one arm.

    Parameters
    ----------
    arm : str
        Its name.
    alone : bool, optional
        Whether it is the only one that is compared.

    Returns
    -------
    Sides
        In words.

    Examples
    --------
    >>> sides_of("mk7_360").arm, sides_of("stop").arm, sides_of("mk7_360", alone=True).arm
    ('with mk7 360', 'after stopping', 'with the plan')
    """
    if arm == STOP:
        return STOP_SIDES
    words = arm_words_of(arm)
    return PLAN_SIDES if alone else Sides("without", f"with {words}", f"with and without {words}")


def now_label(arms: Sequence[str]) -> str:
    """What the arm as now is called beside others.

    Parameters
    ----------
    arms : sequence of str
        Names of the others.

    Returns
    -------
    str
        ``without`` beside plans alone: what goes on is not without anything where stopping is compared.

    Examples
    --------
    >>> now_label(["mk7_180"]), now_label(["mk7_180", "stop"]), now_label([])
    ('without', 'as now', 'as now')
    """
    return "without" if arms and STOP not in arms else "as now"


def sides_words(compared: Sequence[Compared]) -> str:
    """What is compared, as the end of a heading.

    Parameters
    ----------
    compared : sequence of Compared
        From `compared_arms`.

    Returns
    -------
    str
        Empty where nothing is.
    """
    if not compared:
        return ""
    if len(compared) == 1:
        return STOP_SIDES.both if compared[0].plan is None else "with and without a plan"
    return f"{_COUNT[len(compared) + 1]} arms"


def _with(name: str) -> str:
    return f"with {arm_words_of(name)}"
