"""What of a run says nothing about this person: its rows lose their numbers and stand with the reason."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from calciroute.people.not_for_person import (
    NOT_FOR_PERSON,
    Finding,
    not_for_medicines,
    not_for_person,
)
from calciroute.report.bands import UNKNOWN
from calciroute.report.effect import WITHHELD, Effect
from calciroute.report.plan_words import joined
from calciroute.report.table import PlanCell, Row
from calciroute.report.trials_beside import TrialsBeside
from calciroute.simulate.result import Simulation


@dataclass(frozen=True)
class NotFor:
    """What was recognised about a person and the plans.

    Parameters
    ----------
    person : tuple of Finding
        Touch the outcomes of every arm.
    plans : mapping of str to tuple of Finding
        By arm: a medicine that a plan brings touches the arm of this plan alone.
    """

    person: tuple[Finding, ...] = ()
    plans: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)

    def reason(self, outcome: str, group: str) -> str:
        """Why an outcome says nothing about this person; empty when nothing touches it."""
        return _first_reason(self.person, outcome, group)

    def reason_in(self, arm: str, outcome: str, group: str) -> str:
        """The same in one arm, the person's own reasons first."""
        return self.reason(outcome, group) or _first_reason(self.plans.get(arm, ()), outcome, group)

    def all_findings(self) -> tuple[tuple[str, Finding], ...]:
        """Arm and finding, each once; the arm is empty for what concerns all of them."""
        own = tuple(("", one) for one in self.person)
        return own + tuple((arm, one) for arm, found in self.plans.items() for one in found)


NOTHING_LEFT_OUT = NotFor()


def not_for_of(simulation: Simulation) -> NotFor:
    """What a simulation says nothing about.

    Parameters
    ----------
    simulation : Simulation
        Of one person.

    Returns
    -------
    NotFor
        Without findings when nothing was recognised.
    """
    person = simulation.person
    own = not_for_person(person)
    known = {one.left_out.id for one in own}
    plans = {
        plan.name: tuple(
            one
            for one in not_for_medicines(person, [medicine.name for medicine in plan.medicines])
            if one.left_out.id not in known
        )
        for plan in simulation.plans
    }
    return NotFor(own, {arm: found for arm, found in plans.items() if found})


def withheld_row(row: Row, not_for: NotFor) -> Row:
    """A row without the numbers that are not this person's.

    Parameters
    ----------
    row : Row
        As the run gave it.
    not_for : NotFor
        What was recognised.

    Returns
    -------
    Row
        The same row when nothing touches it. Otherwise levels and differences are unknown, trials are left
        out, and ``not_for``, of the row or of one plan's effect, holds the reason.
    """
    reason = not_for.reason(row.outcome, row.group)
    cells = tuple(_withheld_cell(cell, not_for, row, whole=bool(reason)) for cell in row.plans)
    if reason:
        return dataclasses.replace(row, start=UNKNOWN, without=UNKNOWN, plans=cells, not_for=reason)
    return row if cells == row.plans else dataclasses.replace(row, plans=cells)


def reason_text(reason: str) -> str:
    """A reason as tables and pictures print it.

    Parameters
    ----------
    reason : str
        Of a row or an effect.

    Returns
    -------
    str
        ``not for this person: `` and the reason.

    Examples
    --------
    >>> reason_text("a stent reads as calcium")
    'not for this person: a stent reads as calcium'
    """
    return f"{NOT_FOR_PERSON}: {reason}"


def reason_clause(reasons: Iterable[tuple[str, str]]) -> str:
    """Outcomes that say nothing about this person, as the end of a sentence.

    Parameters
    ----------
    reasons : iterable of tuple of str
        Name of an outcome, and why.

    Returns
    -------
    str
        One clause for each reason, parted by semicolons; empty without outcomes.

    Examples
    --------
    >>> reason_clause([("coronary calcium", "a stent reads as calcium")])
    'coronary calcium is not for this person: a stent reads as calcium'
    """
    by_reason: dict[str, list[str]] = {}
    for name, reason in reasons:
        by_reason.setdefault(reason, []).append(name)
    return "; ".join(
        f"{joined(names)} {'are' if len(names) > 1 else 'is'} {reason_text(reason)}"
        for reason, names in by_reason.items()
    )


def _first_reason(findings: Iterable[Finding], outcome: str, group: str) -> str:
    return next((one.reason for one in findings if one.touches(outcome, group)), "")


def _withheld_cell(cell: PlanCell, not_for: NotFor, row: Row, *, whole: bool) -> PlanCell:
    reason = not_for.reason_in(cell.arm, row.outcome, row.group)
    if not reason:
        return cell
    return dataclasses.replace(
        cell, effect=withheld_effect(cell.effect, reason, whole=whole), trials=TrialsBeside()
    )


def withheld_effect(effect: Effect, reason: str, *, whole: bool) -> Effect:
    """An effect without numbers.

    Parameters
    ----------
    effect : Effect
        As the run gave it.
    reason : str
        Why it says nothing about this person.
    whole : bool
        Whether the levels without the plan go too.

    Returns
    -------
    Effect
        With the verdict `WITHHELD`.
    """
    bare = dataclasses.replace(
        effect, with_plan=UNKNOWN, change=UNKNOWN, percent=UNKNOWN, verdict=WITHHELD, hangs_on_link=False,
        without_link=math.nan, not_for=reason,
    )  # fmt: skip
    return dataclasses.replace(bare, start=UNKNOWN, without=UNKNOWN) if whole else bare
