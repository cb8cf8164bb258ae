"""Outcomes that say nothing about a person, because something about the person is not in the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calciroute.people.conflicts import fact_of
from calciroute.people.lab_use import last_limit
from calciroute.people.medicines import MedicineMatch, recognise_each
from calciroute.people.person_model import Person
from calciroute.tables.not_for_person import LeftOut, read_not_for_person
from calciroute.tables.people_fields import read_people_fields

# In tables and lists, where a condition or medicine without any rule is "without effect".
NOT_FOR_PERSON = "not for this person"


@dataclass(frozen=True)
class Finding:
    """One thing about a person that the model does not hold.

    Parameters
    ----------
    left_out : LeftOut
        The row of ``not_for_person.csv``: reason, outcomes and groups that it touches, source.
    found : tuple of str
        What in the person file or plan showed it: conditions in words, medicines as written, values.
    """

    left_out: LeftOut
    found: tuple[str, ...]

    @property
    def reason(self) -> str:
        """One plain clause."""
        return self.left_out.reason

    def touches(self, outcome: str, group: str) -> bool:
        """Whether an outcome of a group says nothing about this person.

        Parameters
        ----------
        outcome, group : str
            As in ``physiology/outputs.csv``.

        Returns
        -------
        bool
        """
        return outcome in self.left_out.outcomes or group in self.left_out.groups


def not_for_person(person: Person) -> tuple[Finding, ...]:
    """What about a person the model does not hold.

    Parameters
    ----------
    person : Person
        Conditions, lab values, and medicines: those taken and those left without effect.

    Returns
    -------
    tuple of Finding
        In the order of the table; empty when nothing was recognised, which never means that the model fits.

    Examples
    --------
    >>> from calciroute.people.person_model import Medicines
    >>> taken = Medicines(taken=("alendronate 70 mg weekly",))
    >>> [one.left_out.id for one in not_for_person(Person(sex="female", age_years=71.0, medicines=taken))]
    ['bisphosphonate']
    """
    matches = recognise_each([*person.medicines.taken, *person.medicines.not_modelled])
    findings = []
    for left_out in read_not_for_person():
        found = (*_conditions(left_out, person), *_values(left_out, person), *_named(left_out, matches))
        if found and not _held_after_all(left_out, person):
            findings.append(Finding(left_out, tuple(dict.fromkeys(found))))
    return tuple(findings)


def not_for_medicines(person: Person, names: Iterable[str]) -> tuple[Finding, ...]:
    """What a plan's medicines bring that the model does not hold.

    Parameters
    ----------
    person : Person
        Who takes them.
    names : iterable of str
        Medicines as written.

    Returns
    -------
    tuple of Finding
        In the order of the table.

    Examples
    --------
    >>> someone = Person(sex="male", age_years=60.0)
    >>> [one.reason for one in not_for_medicines(someone, ["Prolia", "apixaban 5 mg"])][0]
    'denosumab stops the breakdown of bone in a way that the model does not hold'
    """
    matches = recognise_each(names)
    return tuple(
        Finding(left_out, found)
        for left_out in read_not_for_person()
        if (found := _named(left_out, matches)) and not _held_after_all(left_out, person)
    )


def reason_for_condition(name: str, findings: Iterable[Finding]) -> str | None:
    """Reason of the finding that a condition of a person file leads to.

    Parameters
    ----------
    name : str
        Of the condition.
    findings : iterable of Finding
        From `not_for_person`.

    Returns
    -------
    str or None
        None when no finding comes from it.
    """
    return next((one.reason for one in findings if name in one.left_out.conditions), None)


def reason_for_medicine(match: MedicineMatch, findings: Iterable[Finding]) -> str | None:
    """Reason of the finding that a medicine leads to.

    Parameters
    ----------
    match : MedicineMatch
        As recognised.
    findings : iterable of Finding
        From `not_for_person` or `not_for_medicines`.

    Returns
    -------
    str or None
        None when no finding comes from it.
    """
    return next((one.reason for one in findings if _is_meant(one.left_out, match)), None)


def _conditions(left_out: LeftOut, person: Person) -> tuple[str, ...]:
    fields = read_people_fields("person_fields.csv")["conditions"]
    return tuple(fields[name].meaning for name in left_out.conditions if person.has(name))


def _values(left_out: LeftOut, person: Person) -> tuple[str, ...]:
    found = []
    for bound in left_out.values:
        value = person.age_years if bound.name == "age_years" else person.labs.get(bound.name)
        beyond = last_limit(person.lab_readings, bound.name)
        if bound.holds(value):
            found.append(f"{bound.name} {value:g}")
        elif beyond is not None and bound.holds_beyond(beyond.limit, beyond.value):
            found.append(f"{bound.name} {beyond.limit}{beyond.value:g}")
    return tuple(found)


def _named(left_out: LeftOut, matches: Iterable[MedicineMatch]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.written for match in matches if _is_meant(left_out, match)))


def _is_meant(left_out: LeftOut, match: MedicineMatch) -> bool:
    # A spelling that is only near a name has its own question; here it would be a guess.
    if not match.recognised:
        return False
    words = {"class": match.classes, "name": frozenset(match.names)}
    words["ingredient"] = frozenset(
        part.strip() for ingredient in match.ingredients for part in ingredient.split("+")
    )
    return any(word in words[kind] for kind, word in left_out.medicines)


def _held_after_all(left_out: LeftOut, person: Person) -> bool:
    return any(fact_of(person, field) not in (None, False) for field in left_out.unless)
