"""The 30-day plan of one person. It can be made from passed gates alone: no other type is taken."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from calciroute.guide.plan_items import BroughtProduct, PlanDraft, item_of
from calciroute.guide.self_check_facts import FactReader
from calciroute.people.person_model import ConfirmedMedicine, Person
from calciroute.safety.gate_result import Interaction, LeftOut, PassedGates, RuleSet
from calciroute.tables.bounds import Bound
from calciroute.tables.csv_table import Row
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.plan_lines import SECTIONS, PlanLineRow
from calciroute.tables.self_check import read_self_check

DAYS = 30
CHECK_DAYS = (7, 14, 30)
_TWO_ALLERGIES = "Q014"
# One reading of a cuff gives both.
_READING = dict.fromkeys(("SBP", "DBP"), "blood pressure at rest")
_GRADES = ("high", "moderate", "low", "very low")


@dataclass(frozen=True)
class PlanLine:
    """One line.

    Parameters
    ----------
    row : PlanLineRow
        Words, evidence and source.
    day_from, day_to : int
        First and last day, from 0 on.
    """

    row: PlanLineRow
    day_from: int
    day_to: int

    @property
    def certainty(self) -> str:
        """How sure the line is, in words: the certainty of its evidence, and what the table says of it."""
        found = [row.text("certainty") for row in self.row.evidence if row.text("certainty")]
        ends = sorted({_GRADES.index(word) for word in found})
        graded = " to ".join(dict.fromkeys(_GRADES[end] for end in (ends[-1], ends[0]))) if ends else ""
        if graded and self.row.certainty:
            return f"{self.row.certainty}; of what was found: {graded}"
        return graded or self.row.certainty or "not graded"

    @property
    def sources(self) -> tuple[Row, ...]:
        """Rows that hold a source of this line: its step, then its evidence."""
        return (self.row.step, *self.row.evidence)


@dataclass(frozen=True)
class LeftLine:
    """A line that is left out for this person.

    Parameters
    ----------
    title : str
        What it was.
    why : tuple of str
        Each reason, a few words.
    instead : str
        What stands there; may be empty.
    """

    title: str
    why: tuple[str, ...]
    instead: str


@dataclass(frozen=True)
class ThirtyDayPlan:
    """A plan.

    Parameters
    ----------
    gates : PassedGates
        What the gates said about this person and these items; nothing else is taken.
    start : date
        Day 1; day 0 is the day before.
    lines : tuple of PlanLine
        In the order of the sections.
    products : tuple of BroughtProduct
        What the person brought and no rule dropped.
    left_out : tuple of LeftLine
        What is not for this person, and why.

    Raises
    ------
    TypeError
        When the gates are not passed.
    """

    gates: PassedGates
    start: datetime.date
    lines: tuple[PlanLine, ...]
    products: tuple[BroughtProduct, ...]
    left_out: tuple[LeftLine, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.gates, PassedGates):
            raise TypeError("a plan is made from passed gates alone")

    @property
    def passed(self) -> Literal[True]:
        """Always true; that of `ClosedGates` never is."""
        return True

    @property
    def person(self) -> Person:
        """Who the gates were asked about."""
        return self.gates.person

    @property
    def interactions(self) -> tuple[Interaction, ...]:
        """Rules that were met and close no plan."""
        return self.gates.interactions

    @property
    def confirmed(self) -> tuple[ConfirmedMedicine, ...]:
        """Words of a pharmacist or doctor, to be printed."""
        return self.gates.confirmed

    @property
    def rules(self) -> RuleSet:
        """What was asked."""
        return self.gates.rules

    def section(self, name: str) -> tuple[PlanLine, ...]:
        """Lines of one section, one of `tables.plan_lines.SECTIONS`."""
        return tuple(line for line in self.lines if line.row.section == name)

    def date_of(self, day: int) -> datetime.date:
        """The date of a day of the plan."""
        return self.start + datetime.timedelta(days=day - 1)


def make_plan(gates: PassedGates, draft: PlanDraft, start: datetime.date) -> ThirtyDayPlan:
    """Make a plan of what passed.

    Parameters
    ----------
    gates : PassedGates
        From `calciroute.safety.gates.ask_gates` of the draft's person and items.
    draft : PlanDraft
        What the plan would hold.
    start : date
        Day 1.

    Returns
    -------
    ThirtyDayPlan

    Raises
    ------
    TypeError
        When the gates are not passed.
    ValueError
        When they were asked about somebody or something else.
    """
    if not isinstance(gates, PassedGates):
        raise TypeError("a plan is made from passed gates alone")
    if gates.person != draft.person or gates.items != draft.items:
        raise ValueError("the gates were asked about another person or other items")
    dropped: dict[str, list[str]] = {}
    for left in gates.left_out:
        dropped.setdefault(left.item.name, []).append(_reason_alone(left))
    facts = FactReader(draft.person)
    lines: list[PlanLine] = []
    left_out: list[LeftLine] = []
    for row in sorted(draft.rows, key=lambda row: SECTIONS.index(row.section)):
        why = _reasons(row, draft.person, facts)
        rules = dropped.get(row.title, []) if item_of(row) is not None else []
        # What is not known is told by the row itself, with what decides it.
        why += [said for said in rules if not (why and _all_unknown(said))]
        if why:
            left_out.append(LeftLine(row.title, tuple(dict.fromkeys(why)), row.instead))
            continue
        first, last = row.step.number("day_from"), row.step.number("day_to")
        lines.append(PlanLine(row, int(first or 0), int(last or 0)))
    kept = []
    failed = _failed(draft, start)
    for product in draft.products:
        why = [*dropped.get(product.item.name, []), *failed.get(product.item.name, [])]
        if why:
            left_out.append(LeftLine(product.item.name, tuple(dict.fromkeys(why)), ""))
        else:
            kept.append(product)
    return ThirtyDayPlan(gates, start, tuple(lines), tuple(kept), tuple(left_out))


def _failed(draft: PlanDraft, start: datetime.date) -> Mapping[str, list[str]]:
    if not draft.products:
        return {}
    from calciroute.guide.product_rules import failed_products  # the reader of labels and its words

    return failed_products(draft.products, draft.person, start)


def _all_unknown(reason: str) -> bool:
    facts = reason.rsplit(" (", 1)[0].split(", ")
    return all(fact.endswith("is not known") for fact in facts)


def _reason_alone(left: LeftOut) -> str:
    """The reason without the name of what is left out, which stands before it anyway."""
    return left.why.removeprefix(f"{left.item.name} is left out: ").removesuffix(".")


def _reasons(row: PlanLineRow, person: Person, facts: FactReader) -> list[str]:
    """Why a line is left out by its own row: what holds, and what is not known."""
    conditions, items = read_people_fields("person_fields.csv")["conditions"], read_self_check()
    why = []
    for name in row.not_with:
        if name in conditions:
            why += [conditions[name].meaning] if person.has(name) else []
        elif not _told_by_name(row, name, person):
            fact = facts.fact(items[name])
            if person.answers.get(name, False) or (fact is not None and fact.holds):
                why.append(f"{items[name].item} ({name})")
            elif name not in person.answers and fact is None:
                # What is not known counts as the worse case.
                why.append(f"{items[name].item}: not answered ({name})")
    unknown = [bound for bound in row.needs if bound.name not in person.labs]
    if unknown and len(unknown) == len(row.needs):
        labs = read_people_fields("person_fields.csv")["labs"]
        meanings = dict.fromkeys(_READING.get(bound.name, labs[bound.name].meaning) for bound in unknown)
        return [*why, f"{' and '.join(meanings)} is not known; a reading under [labs] decides it"]
    return why + [reason for bound in row.needs if (reason := _unmet(bound, person))]


def _told_by_name(row: PlanLineRow, item: str, person: Person) -> bool:
    """Whether the one allergy of two that counts for this line is answered by its own name."""
    if item != _TWO_ALLERGIES:
        return False
    return any(name.endswith("_allergy") and name in person.conditions for name in row.not_with)


def _unmet(bound: Bound, person: Person) -> str:
    value = person.labs.get(bound.name)
    if value is None:
        meaning = read_people_fields("person_fields.csv")["labs"][bound.name].meaning
        return f"{meaning} is not known; a reading under [labs] decides it"
    return "" if bound.holds(value) else f"{bound.name} {value:g} mmHg is not below {bound.bound:g} mmHg"
