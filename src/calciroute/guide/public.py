"""Self-check and plan as two calls from Python, gates first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from calciroute.errors import InputError
from calciroute.people.person import read_person
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import ClosedGates, PassedGates
from calciroute.safety.gates import ask_gates

# What one call needs is read when it is called: a self-check knows nothing of plans.
if TYPE_CHECKING:
    from calciroute.guide.plan import ThirtyDayPlan
    from calciroute.guide.self_check import SelfCheck
    from calciroute.intake.plan import Plan


def self_check(person: Person | Path | str) -> SelfCheck:
    """Where a person stands among groups and habits that trials looked at, as ``calciroute check`` says it.

    Parameters
    ----------
    person : Person, Path or str
        A person, or the name of a person file.

    Returns
    -------
    SelfCheck
        Its ``gates`` say first whether something needs a clinician.

    Raises
    ------
    InputError
        With every problem of the file.

    Examples
    --------
    >>> check = self_check(Person(sex="male", age_years=62.0))
    >>> check.gates.passed, check.red_flag
    (False, False)
    """
    from calciroute.guide.self_check import check_person

    who = _person(person)
    return check_person(who, ask_gates(who))


def plan_30_days(
    person: Person | Path | str,
    plans: Sequence[Plan | Path | str] = (),
    *,
    start: datetime.date | None = None,
) -> ThirtyDayPlan | ClosedGates:
    """The 30 days of one person, as ``calciroute plan`` writes them, or the gates that keep them away.

    Parameters
    ----------
    person : Person, Path or str
        A person, or the name of a person file.
    plans : sequence of Plan, Path or str, optional
        What else they take: products and medicines of plan files.
    start : date, optional
        Day 1; today when not given.

    Returns
    -------
    ThirtyDayPlan or ClosedGates
        Closed gates hold the notice and what opens them again.

    Raises
    ------
    InputError
        With every problem of the files.

    Examples
    --------
    >>> plan_30_days(Person(sex="male", age_years=62.0)).passed
    False
    """
    from calciroute.guide.plan import make_plan
    from calciroute.guide.plan_items import draft_plan
    from calciroute.intake.plan import Plan, read_plan

    who = _person(person)
    read = [
        one if isinstance(one, Plan) else read_plan(Path(one), who.medicines.not_modelled) for one in plans
    ]
    try:
        draft = draft_plan(who, read)
    except InputError:
        # What needs a clinician is told before a product that is not understood.
        gates = ask_gates(who, medicines=[one.name for plan in read for one in plan.medicines])
        if isinstance(gates, ClosedGates) and gates.red_flag:
            return gates
        raise
    gates = ask_gates(who, draft.items, medicines=draft.medicines)
    if not isinstance(gates, PassedGates):
        return gates
    return make_plan(gates, draft, start or datetime.date.today())


def _person(given: Person | Path | str) -> Person:
    return given if isinstance(given, Person) else read_person(Path(given), minors=True)
