"""A pharmacist's or doctor's word on a medicine that the table does not know: ``[[medicines.confirmed]]``."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args

from calciroute.errors import Problem, near_names
from calciroute.people.medicine_words import comparable, take_apart
from calciroute.people.medicines import ANTAGONIST, UNNAMED, MedicineMatch, recognise
from calciroute.people.person_model import ConfirmedMedicine
from calciroute.tables.gates import latest_day
from calciroute.tables.people_sections import described

PATTERN = 'name = "as in taken", by = "pharmacist", date = 2026-11-20'
_KEYS = ("name", "by", "date", "ingredient")
_WHO: tuple[Literal["pharmacist", "doctor"], ...] = get_args(ConfirmedMedicine.model_fields["by"].annotation)
_LONGEST = 300


def read_confirmed(
    entries: Sequence[Mapping[str, Any]],
    place: Callable[..., str],
    as_of: datetime.date | None,
    problems: list[Problem],
) -> tuple[ConfirmedMedicine, ...]:
    """Check the entries of ``[[medicines.confirmed]]``.

    Parameters
    ----------
    entries : sequence of mapping
        As ``tomllib`` read them.
    place : callable
        From number and key to ``file:line``.
    as_of : date or None
        The day that the person file describes; a word given after it is refused.
    problems : list of Problem
        Receives what is wrong; nothing is raised.

    Returns
    -------
    tuple of ConfirmedMedicine
        What passed.

    Examples
    --------
    >>> entry = {"name": "Zorblax", "by": "doctor", "date": datetime.date(2026, 11, 20)}
    >>> read_confirmed([entry], lambda *path: "me.toml", None, [])[0].by
    'doctor'
    """
    return tuple(
        confirmed
        for number, entry in enumerate(entries)
        if (confirmed := _one(entry, lambda *path, n=number: place(n, *path), as_of, problems)) is not None
    )


def confirmation_of(match: MedicineMatch, confirmed: Sequence[ConfirmedMedicine]) -> ConfirmedMedicine | None:
    """The word that opens the gate of one unknown name.

    Parameters
    ----------
    match : MedicineMatch
        A name of a person's list.
    confirmed : sequence of ConfirmedMedicine
        Of that person.

    Returns
    -------
    ConfirmedMedicine or None
        None for a name that has a row: a word never overrides the table. A spelling near a vitamin K
        antagonist or another blood thinner needs the ingredient too, and it must have a row that is neither.

    Examples
    --------
    >>> word = ConfirmedMedicine(name="Zorblax", by="doctor", date=datetime.date(2026, 11, 20))
    >>> confirmation_of(recognise("Zorblax 5 mg"), [word]) is word
    True
    >>> word = ConfirmedMedicine(name="warfrin", by="doctor", date=datetime.date(2026, 11, 20))
    >>> confirmation_of(recognise("warfrin"), [word]) is None
    True
    """
    if match.recognised:
        return None
    keys = _keys(match.written)
    for word in confirmed:
        if keys.isdisjoint(_keys(word.name)):
            continue
        if word.ingredient is None and match.status == "not_recognised":
            return word
        if word.ingredient is not None and not recognise(word.ingredient).shuts_gate:
            return word
    return None


def _keys(text: str) -> set[str]:
    return {comparable(text), comparable(take_apart(text).name)} - {""}


def _one(
    entry: Mapping[str, Any],
    place: Callable[..., str],
    as_of: datetime.date | None,
    problems: list[Problem],
) -> ConfirmedMedicine | None:
    before = len(problems)
    for key in entry:
        if key not in _KEYS:
            near = near_names(key, _KEYS)
            problems.append(
                Problem(place(key), f"'{key}' is not known in [[medicines.confirmed]]", ", ".join(_KEYS),
                        f"'{near[0]}'" if near else "")
            )  # fmt: skip
    name, by, date, ingredient = (entry.get(key) for key in _KEYS)
    if not _is_name(name):
        problems.append(_wrong(place("name"), "name", name, "the name as it stands under taken"))
    elif not _keys(str(name)):
        problems.append(Problem(place("name"), f"'{name}' holds no name", "the name as under taken", PATTERN))
    if by not in _WHO:
        problems.append(_wrong(place("by"), "by", by, " or ".join(f'"{who}"' for who in _WHO)))
    if not isinstance(date, datetime.date) or isinstance(date, datetime.datetime):
        problems.append(_wrong(place("date"), "date", date, "the day that they said it"))
    elif date > latest_day():
        problems.append(Problem(place("date"), f"date {date} is still to come", "a day up to today", PATTERN))
    elif as_of is not None and date > as_of:
        problems.append(
            Problem(place("date"), f"date {date} is after as_of {as_of}", "a day before it", PATTERN)
        )
    if ingredient is not None and not _is_name(ingredient):
        problems.append(_wrong(place("ingredient"), "ingredient", ingredient, "the active ingredient"))
    elif ingredient is not None:
        problems.extend(_ingredient_problems(str(ingredient), place("ingredient")))
    if len(problems) > before:
        return None
    return ConfirmedMedicine(name=str(name), by=by, date=date, ingredient=ingredient)  # type: ignore[arg-type]


def _ingredient_problems(ingredient: str, where: str) -> list[Problem]:
    match = recognise(ingredient)
    if match.recognised and not match.classes.isdisjoint({ANTAGONIST, UNNAMED}):
        found = f"ingredient '{ingredient}' is a vitamin K antagonist or an unnamed blood thinner"
        return [Problem(where, found, "a medicine that is neither", "ask the clinic that checks the INR")]
    return []


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= _LONGEST


def _wrong(where: str, key: str, value: object, expected: str) -> Problem:
    found = f"{key} is missing" if value is None else f"{key} is {described(value)}"
    return Problem(where, found, expected, PATTERN)
