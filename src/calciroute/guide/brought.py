"""Products that the person brought: those of the person file, and those of a plan file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from calciroute.errors import InputError, Problem
from calciroute.people.person_model import Person

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.intake.supplements import Supplement

_FIELDS = ("product", "contents", "form", "times", "since_days", "adherence")


def products_of(person: Person, plans: Sequence[Plan] = ()) -> tuple[Supplement, ...]:
    """Every product that is taken today or that a plan file adds; nothing is ever added to them.

    Parameters
    ----------
    person : Person
        Who.
    plans : sequence of Plan, optional
        What they wrote into plan files.

    Returns
    -------
    tuple of Supplement
        Those of the person first, in the order of the files.

    Raises
    ------
    InputError
        With every product that is not understood.

    Examples
    --------
    >>> from calciroute.people.person_model import SupplementEntry
    >>> taken = (SupplementEntry(product="MK-7 90 mcg softgel"),)
    >>> person = Person(sex="male", age_years=60.0, supplements=taken)
    >>> [one.product.written for one in products_of(person)]
    ['MK-7 90 mcg softgel']
    """
    own: list[Supplement] = []
    problems: list[Problem] = []
    for entry in person.supplements:
        from calciroute.intake.supplements import read_supplement  # many bring none

        fields = {name: value for name in _FIELDS if (value := getattr(entry, name)) is not None}
        try:
            own.append(read_supplement(fields, entry.places, person.medicines.not_modelled))
        except InputError as wrong:
            problems += wrong.problems
    if problems:
        raise InputError(problems)
    return (*own, *(product for plan in plans for product in plan.supplements))
