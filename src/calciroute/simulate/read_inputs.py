"""Person, plans, products, diary and medicines read together, so that every wrong line is told at once."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from calciroute.errors import InputError, Problem
from calciroute.intake.diary import read_diary
from calciroute.intake.plan import KIND as PLAN_KIND
from calciroute.intake.plan import Plan, plan_from_toml
from calciroute.intake.supplements import Supplement, read_supplement
from calciroute.people.medicines import recognise
from calciroute.people.person import KIND, check_person
from calciroute.people.person_model import Person
from calciroute.people.unknown_medicines import implausible_dose, unplaced_medicines, unplaced_name
from calciroute.tables.located_dict import read_located_dict
from calciroute.tables.located_toml import read_located_toml

# A file; the same as a dict of dicts, for who calls from Python; or what was read before.
PersonGiven: TypeAlias = "Person | Mapping[str, Any] | str | os.PathLike[str]"
PlanGiven: TypeAlias = "Plan | Mapping[str, Any] | str | os.PathLike[str]"


def read_inputs(
    given_person: PersonGiven, given_plans: Sequence[PlanGiven] = ()
) -> tuple[Person, tuple[Plan, ...]]:
    """Read a person with the diary, and plans.

    Parameters
    ----------
    given_person : path, mapping or Person
        Person file, or a dict in its shape: sections as dicts, ``[[supplement]]`` as a list of dicts under
        ``supplement``. The path of a diary in a dict starts from the working folder.
    given_plans : sequence of path, mapping or Plan
        Plan files, or dicts in their shape; a dict may hold the name of its arm under ``name``, which is
        ``plan_1``, ``plan_2`` ... otherwise. Each name must be another one.

    Returns
    -------
    tuple of Person and tuple of Plan
        Ready to simulate.

    Raises
    ------
    InputError
        With every problem of every file; medicines first, then doses, then the rest. A problem of a dict
        names the path of its key.

    Examples
    --------
    >>> read_inputs({"person": {"sex": "female", "age_years": 62}})[0].age_years
    62.0
    >>> read_inputs({"person": {"sex": "female", "age_years": 620}})
    Traceback (most recent call last):
    calciroute.errors.InputError: person['person']['age_years']: age_years is 620 years. Expected: ...
    """
    medicines: list[Problem] = []
    products: list[Problem] = []
    rest: list[Problem] = []
    person: Person | None = None
    plans: list[Plan] = []
    try:
        person, wrong_fields = _person(given_person)
        rest += wrong_fields
        medicines += unplaced_medicines(person)
        products += supplements_today(person)[1]
        rest += _diary_problems(person)
    except InputError as wrong:
        rest += wrong.problems
    for place, given in enumerate(given_plans):
        try:
            plan = _plan(given, place, person.medicines.not_modelled if person else ())
        except InputError as wrong:
            products += wrong.problems
            continue
        medicines += plan_medicine_problems(plan, person)
        products += [
            Problem(plan.source, f"two plans are named '{plan.name}'", "a name of its own for each plan file")
            for other in plans
            if other.name == plan.name
        ]
        plans.append(plan)
    problems = list(dict.fromkeys([*medicines, *products, *rest]))
    if problems or person is None:
        raise InputError(problems)
    return person, tuple(plans)


def _person(given: PersonGiven) -> tuple[Person, list[Problem]]:
    if isinstance(given, Person):
        return given, []
    if isinstance(given, Mapping):
        return check_person(read_located_dict(given, "person"), Path())
    path = _path(given, "person", "a path, a dict in the shape of a person file, or a Person")
    return check_person(read_located_toml(path, KIND), path.parent)


def _plan(given: PlanGiven, place: int, not_modelled: Collection[str]) -> Plan:
    where = f"plans[{place}]"
    if isinstance(given, Plan):
        return given
    if isinstance(given, Mapping):
        name = given.get("name", f"plan_{place + 1}")
        if not isinstance(name, str):
            raise InputError([Problem(f"{where}['name']", f"{name!r} is no text", "the name of the arm")])
        inside = {key: value for key, value in given.items() if key != "name"}
        return plan_from_toml(read_located_dict(inside, where), name, not_modelled)
    path = _path(given, where, "a path, a dict in the shape of a plan file, or a Plan")
    return plan_from_toml(read_located_toml(path, PLAN_KIND), path.stem, not_modelled)


def _path(given: object, where: str, expected: str) -> Path:
    if isinstance(given, str | os.PathLike):
        return Path(given)
    raise InputError([Problem(where, f"this is a value of the type {type(given).__name__}", expected)])


def supplements_today(person: Person) -> tuple[list[Supplement], list[Problem]]:
    """Products that a person takes already, and what is wrong with them.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    tuple of list of Supplement and list of Problem
        In file order.
    """
    found: list[Supplement] = []
    problems: list[Problem] = []
    for entry in person.supplements:
        if entry.product is None and not entry.contents and entry.broken:
            continue
        fields = {
            name: getattr(entry, name)
            for name in type(entry).model_fields
            if name not in {"places", "broken"}
        }
        try:
            found.append(read_supplement(fields, entry.places, person.medicines.not_modelled))
        except InputError as wrong:
            problems += wrong.problems
    return found, problems


def plan_medicine_problems(plan: Plan, person: Person | None) -> list[Problem]:
    """Medicines of a plan that are not recognised or whose dose nobody takes.

    Parameters
    ----------
    plan : Plan
        As read.
    person : Person or None
        Whose list of names without effect counts here too.

    Returns
    -------
    list of Problem
        In file order.
    """
    allowed = person.medicines.not_modelled if person else ()
    problems: list[Problem] = []
    for medicine in plan.medicines:
        problems += unplaced_name(medicine.name, medicine.where, allowed)
        problems += implausible_dose(recognise(medicine.name), medicine.dose_mg, medicine.where)
    return problems


def _diary_problems(person: Person) -> list[Problem]:
    if person.diet.diary is None:
        return []
    try:
        read_diary(person.diet.diary, person.diet.region)
    except InputError as wrong:
        return list(wrong.problems)
    return []
