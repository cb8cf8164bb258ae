"""Person, plans, products, diary and medicines read together, so that every wrong line is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.diary import read_diary
from calciroute.intake.plan import Plan, read_plan
from calciroute.intake.supplements import Supplement, read_supplement
from calciroute.people.medicines import recognise
from calciroute.people.person import KIND, check_person
from calciroute.people.person_model import Person
from calciroute.people.unknown_medicines import implausible_dose, unplaced_medicines, unplaced_name
from calciroute.tables.located_toml import read_located_toml


def read_inputs(person_path: Path, plan_paths: Sequence[Path] = ()) -> tuple[Person, tuple[Plan, ...]]:
    """Read a person file with its diary, and plan files.

    Parameters
    ----------
    person_path : Path
        Person file.
    plan_paths : sequence of Path
        Plan files; each name must be another one.

    Returns
    -------
    tuple of Person and tuple of Plan
        Ready to simulate.

    Raises
    ------
    InputError
        With every problem of every file; medicines first, then doses, then the rest.
    """
    person_path = Path(person_path)
    medicines: list[Problem] = []
    products: list[Problem] = []
    rest: list[Problem] = []
    person: Person | None = None
    plans: list[Plan] = []
    try:
        person, wrong_fields = check_person(read_located_toml(person_path, KIND), person_path.parent)
        rest += wrong_fields
        medicines += unplaced_medicines(person)
        products += supplements_today(person)[1]
        rest += _diary_problems(person)
    except InputError as wrong:
        rest += wrong.problems
    for path in plan_paths:
        try:
            plan = read_plan(path, person.medicines.not_modelled if person else ())
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
