"""Which rules of ``interactions.csv`` a person meets, and what of a plan they drop."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from calciroute.people.lab_use import last_limit
from calciroute.people.medicines import MedicineMatch
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import Interaction, LeftOut, PlannedItem
from calciroute.safety.shown import shown_medicine
from calciroute.tables.bounds import Bound
from calciroute.tables.interaction_matches import InteractionMatch, read_interaction_matches
from calciroute.tables.people_fields import adult_from_years, read_people_fields
from calciroute.tables.safety_limits import infant_below_years, rule_shows_its_age_after_months
from calciroute.tables.self_check import read_self_check

SEVERITIES = ("contraindicated_without_clinician", "major", "moderate", "minor", "none_known")


def met_rules(
    person: Person,
    matches: Sequence[MedicineMatch],
    items: Sequence[PlannedItem] = (),
    today: datetime.date | None = None,
) -> tuple[Interaction, ...]:
    """Rules that a person meets.

    Parameters
    ----------
    person : Person
        Conditions, labs and answers.
    matches : sequence of MedicineMatch
        Every medicine, also those of a plan.
    items : sequence of PlannedItem
        What a plan would hold; some rules speak only beside such an item.
    today : date, optional
        For the age of rules.

    Returns
    -------
    tuple of Interaction
        The most severe first, then in the order of the table.
    """
    today = today or datetime.date.today()
    own_choice = frozenset().union(*(item.holds for item in items if not item.prescribed))
    whole_plan = _pairs(frozenset().union(*(item.holds for item in items)))
    rules = [
        (rule, because)
        for rule in read_interaction_matches()
        if (because := _because(rule, person, matches)) is not None
    ]
    silent = {name for rule, _ in rules for name in rule.silences}
    found = []
    for rule, because in rules:
        held = own_choice if rule.id in silent else whole_plan
        needs_item = rule.told == "with_item" or rule.of_items_alone or rule.id in silent
        if needs_item and held.isdisjoint(rule.meets) and held.isdisjoint(rule.excludes):
            continue
        found.append(_interaction(rule, because, today))
    found.sort(key=lambda interaction: SEVERITIES.index(interaction.severity))
    return tuple(found)


def left_out(items: Iterable[PlannedItem], interactions: Iterable[Interaction]) -> tuple[LeftOut, ...]:
    """Items that rules drop; what a clinician prescribed is never dropped.

    Parameters
    ----------
    items : iterable of PlannedItem
        Of a plan.
    interactions : iterable of Interaction
        That the person meets.

    Returns
    -------
    tuple of LeftOut
        One an item and rule.
    """
    rules = list(interactions)
    return tuple(
        LeftOut(item, rule.rule, _why(item, rule))
        for item in items
        if not item.prescribed
        for rule in rules
        if not item.holds.isdisjoint(rule.excludes)
    )


def age_words(dated: datetime.date, today: datetime.date) -> str:
    """How old a rule is, once that is more than ``safety_limits.csv`` allows; else empty.

    Parameters
    ----------
    dated : date
        When somebody last looked at it.
    today : date
        The day that is asked about.

    Returns
    -------
    str

    Examples
    --------
    >>> age_words(datetime.date(2026, 1, 1), datetime.date(2028, 3, 1))
    'this rule was last looked at 26 months ago, on 2026-01-01'
    >>> age_words(datetime.date(2026, 1, 1), datetime.date(2027, 3, 1))
    ''
    """
    months = (today.year - dated.year) * 12 + today.month - dated.month - (today.day < dated.day)
    most = rule_shows_its_age_after_months()
    exact = months > most or (months == most and today.day > dated.day)
    return f"this rule was last looked at {months} months ago, on {dated.isoformat()}" if exact else ""


def _pairs(held: frozenset[str]) -> frozenset[str]:
    minerals = {f"Ca+{other}" for other in ("Fe", "Zn") if {"Ca", other} <= held}
    return held | minerals


def _because(
    rule: InteractionMatch, person: Person, matches: Sequence[MedicineMatch]
) -> tuple[str, ...] | None:
    """What of the person meets a rule; None when nothing does."""
    if any(concerns(rule.unless_medicines, match) for match in matches):
        return None
    if rule.of_items_alone:
        return ()
    meanings = read_people_fields("person_fields.csv")
    found = [shown_medicine(match) for match in matches if concerns(rule.medicines, match)]
    found += [
        meanings["conditions"][name].meaning if name in meanings["conditions"] else name.replace("_", " ")
        for name in rule.conditions
        if _has(person, name)
    ]
    found += [read_self_check()[name].item for name in rule.answers if person.answers.get(name, False)]
    found += [
        f"{bound.name} {bound.operator} {bound.bound:g}" for bound in rule.values if holds(bound, person)
    ]
    labs, conditions = meanings["labs"], meanings["conditions"]
    found += [f"{labs[name].meaning} is not known" for name in rule.unknown if _unknown_lab(name, person)]
    found += [
        f"{conditions[name].meaning} is not answered"
        for name in rule.unknown
        if name in conditions and not _answered(name, person)
    ]
    return tuple(dict.fromkeys(found)) or None


def concerns(words: Iterable[str], match: MedicineMatch) -> bool:
    """Whether one of the words of a rule names this medicine: a class, an ingredient, ``not_recognised``."""
    names = set(words)
    if not match.recognised:
        return "not_recognised" in names
    parts = {part.strip() for name in match.ingredients for part in (name, *name.split("+"))}
    return not names.isdisjoint({*match.classes, *(f"ingredient:{part}" for part in parts)})


def holds(bound: Bound, person: Person) -> bool:
    """Whether a value of a person lies beyond a bound; a limit that leaves nothing else open counts."""
    value = person.age_years if bound.name == "age_years" else person.labs.get(bound.name)
    beyond = last_limit(person.lab_readings, bound.name)
    return bound.holds(value) or (beyond is not None and bound.holds_beyond(beyond.limit, beyond.value))


def decided(bound: Bound, person: Person) -> bool:
    """Whether a person's values say on which side of a bound they lie; a limit may leave it open.

    Parameters
    ----------
    bound : Bound
        One bound.
    person : Person
        With age and labs.

    Returns
    -------
    bool
    """
    beyond = last_limit(person.lab_readings, bound.name)
    if beyond is None:
        return bound.name == "age_years" or bound.name in person.labs
    if bound.operator == "<":
        return beyond.limit == ">" and beyond.value >= bound.bound
    return beyond.limit == "<" and beyond.value <= bound.bound


def postmenopausal(person: Person) -> bool:
    """Whether the file says that periods have ended."""
    final = person.final_menstrual_period_age_years
    return person.sex == "female" and final is not None and final <= person.age_years


def _has(person: Person, name: str) -> bool:
    match name:
        case "everyone":
            return True
        case "postmenopausal":
            return postmenopausal(person)
        case "under_18":
            return person.age_years < adult_from_years()
        case "infant":
            return person.age_years < infant_below_years()
        case _:
            return person.has(name)


def _answered(condition: str, person: Person) -> bool:
    """Whether a condition is answered under its own name, or by the self-check's item that asks for it."""
    if condition in person.conditions:
        return True
    items = read_self_check().values()
    return any(
        item.field == "conditions" and item.value == condition and item.id in person.answers for item in items
    )


def _unknown_lab(name: str, person: Person) -> bool:
    return name in read_people_fields("person_fields.csv")["labs"] and name not in person.labs


def _interaction(rule: InteractionMatch, because: tuple[str, ...], today: datetime.date) -> Interaction:
    return Interaction(
        rule=rule.id,
        because=because,
        meets=rule.meets,
        severity=rule.severity,
        excludes=rule.excludes,
        action=rule.action,
        before_h=rule.before_h,
        after_h=rule.after_h,
        source=rule.source,
        verified=rule.verified,
        age=age_words(rule.dated, today),
    )


def _why(item: PlannedItem, rule: Interaction) -> str:
    because = ", ".join(rule.because) or "any person"
    return f"{item.name} is left out: {because} ({rule.rule})."
