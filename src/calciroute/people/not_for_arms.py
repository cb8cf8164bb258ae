"""What the model does not hold about a person, and what each plan's medicines add to it, by arm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from calciroute.people.not_for_person import Finding, not_for_medicines, not_for_person
from calciroute.people.person_model import Person


@dataclass(frozen=True)
class NotFor:
    """What was recognised about the person and the plans.

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

    def findings(self) -> tuple[tuple[str, Finding], ...]:
        """Arm and finding; the arm is empty for what concerns all of them."""
        own = tuple(("", one) for one in self.person)
        return own + tuple((arm, one) for arm, found in self.plans.items() for one in found)

    def record(self) -> list[dict[str, Any]]:
        """All findings as plain data, for results that machines read."""
        return [
            {
                "id": one.left_out.id,
                "cause": one.left_out.cause,
                "found": list(one.found),
                "arm": arm or None,
                "reason": one.reason,
                "outcomes": sorted(one.left_out.outcomes),
                "groups": sorted(one.left_out.groups),
                "sources": list(one.left_out.sources),
                "locator": one.left_out.locator,
                "basis": one.left_out.basis,
                "verified": one.left_out.verified,
            }
            for arm, one in self.findings()
        ]


NOTHING_LEFT_OUT = NotFor()


def not_for_arms(person: Person, medicines: Mapping[str, Iterable[str]]) -> NotFor:
    """What a run of a person with plans says nothing about.

    Parameters
    ----------
    person : Person
        As read.
    medicines : mapping of str to iterable of str
        By arm, the medicines of its plan as written.

    Returns
    -------
    NotFor
        Without findings when nothing was recognised.

    Examples
    --------
    >>> found = not_for_arms(Person(sex="female", age_years=70.0), {"start": ["Prolia"], "walk": []})
    >>> [(arm, one.left_out.id) for arm, one in found.findings()]
    [('start', 'denosumab')]
    """
    own = not_for_person(person)
    known = {one.left_out.id for one in own}
    plans = {
        arm: tuple(one for one in not_for_medicines(person, names) if one.left_out.id not in known)
        for arm, names in medicines.items()
    }
    return NotFor(own, {arm: found for arm, found in plans.items() if found})


def _first_reason(findings: Iterable[Finding], outcome: str, group: str) -> str:
    return next((one.reason for one in findings if one.touches(outcome, group)), "")
