"""Which arms a run may have: as now, four plans, and an end of what is taken today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from calciroute.errors import InputError, Problem
from calciroute.simulate.arm import AS_NOW, STOP

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person

MOST_PLANS = 4  # with as now and stop six lines: more nobody tells apart in one picture


def check_arms(person: Person, plans: Sequence[Plan], *, stop: bool) -> None:
    """Refuse arms that cannot stand beside each other.

    Parameters
    ----------
    person : Person
        As read.
    plans : sequence of Plan
        As read.
    stop : bool
        Whether the arm without today's supplements was asked for.

    Raises
    ------
    InputError
        For a fifth plan, for names that come twice or that the program gives itself, and for stopping where
        nothing is taken.
    """
    problems = []
    if len(plans) > MOST_PLANS:
        extra = ", ".join(plan.source or plan.name for plan in plans[MOST_PLANS:])
        found = f"{len(plans)} plans; one too many is {extra}"
        problems.append(
            Problem("--plan", found, f"at most {MOST_PLANS} plans", "a second run for the others")
        )
    names = [plan.name for plan in plans]
    for name in dict.fromkeys(names):
        if name in (AS_NOW, STOP) or names.count(name) > 1:
            found = f"a plan is named '{name}'" if name in (AS_NOW, STOP) else f"two plans are named '{name}'"
            problems.append(Problem("--plan", found, f"a name of its own, not {AS_NOW} or {STOP}"))
    if stop and not person.supplements:
        found = f"{person.source or 'the person'} takes no supplement today: there is nothing to stop"
        advice = 'a table such as: [[supplement]] product = "MK-7 180 mcg softgel" since = "2 years"'
        problems.append(Problem("--stop", found, "[[supplement]] in the person file", advice))
    if problems:
        raise InputError(problems)
