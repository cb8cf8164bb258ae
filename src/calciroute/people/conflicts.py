"""Fields of a person that contradict each other, by the rows of ``person_conflicts.csv``."""

from __future__ import annotations

from calciroute.errors import Problem
from calciroute.people.person_model import Person
from calciroute.tables.person_rules import Condition, read_conflicts

Fact = str | float | bool | None


def conflicting_fields(person: Person) -> list[Problem]:
    """Find contradictions.

    Parameters
    ----------
    person : Person
        Each field good by itself.

    Returns
    -------
    list of Problem
        Empty when nothing contradicts.

    Examples
    --------
    >>> [problem.found for problem in conflicting_fields(Person(sex="male", age_years=60.0,
    ...     final_menstrual_period_age_years=51.0))]
    ['a final menstrual period is given for sex male']
    """
    problems = []
    for conflict in read_conflicts():
        if _holds(conflict.first, person) and _holds(conflict.second, person):
            places = (person.place(*c.field.split(".")) for c in (conflict.second, conflict.first))
            # The later of the two lines: a reader has met the other one by then.
            place = max(places, key=lambda text: int(text.rsplit(":", 1)[-1]) if ":" in text else 0)
            problems.append(Problem(place, conflict.found, "fields that fit each other", conflict.advice))
    return problems


def _holds(condition: Condition, person: Person) -> bool:
    fact = fact_of(person, condition.field)
    if condition.operator == "given":
        return fact is not None
    if fact is None:
        return False
    if condition.operator == "==":
        shown = str(fact).lower() if isinstance(fact, bool) else str(fact)
        return shown == condition.value
    other = fact_of(person, condition.value) if "." in condition.value else float(condition.value)
    if other is None or isinstance(fact, str) or isinstance(other, str):
        return False
    match condition.operator:
        case ">":
            return fact > other
        case ">=":
            return fact >= other
        case _:
            return fact < other


def fact_of(person: Person, field: str) -> Fact:
    """What a person's file says about a field of a rule table.

    Parameters
    ----------
    person : Person
        Whose.
    field : str
        ``section.name``; ``person.BMI`` and ``diet.amounts`` are made from others.

    Returns
    -------
    str, float, bool or None
        None when it is not known.
    """
    section, name = field.split(".", 1)
    if field == "person.BMI":
        return person.body_mass_index
    if field == "diet.amounts":
        return ", ".join(person.diet.amounts) or None
    if field == "diet.diary":
        return None if person.diet.diary is None else str(person.diet.diary)
    if section == "labs":
        return person.labs.get(name)
    if section == "conditions":
        return person.conditions.get(name)
    value: Fact = getattr(person, name)
    return value
