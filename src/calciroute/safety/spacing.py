"""Hours between a medicine and what it meets, and movements that a person's answers rule out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from calciroute.people.medicines import recognise_each
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import Interaction, PlannedItem
from calciroute.safety.met_rules import met_rules

MOVEMENTS = frozenset(
    {
        "yoga", "exercise", "head_down", "legs_up", "bridge", "sun_salutation", "forward_bend", "twist",
        "flat_lying", "breath_hold", "fast_breathing",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Spacing:
    """How far apart a medicine and what it meets stand.

    Parameters
    ----------
    medicine : str
        As the person wrote it, quoted.
    meets : str
        Such as ``Mg``.
    before_h : float, h
        The medicine at least so long before it: the longest interval of all rules.
    after_h : float or None, h
        Or at least so long after it; None where the other order is never right.
    rules : tuple of str
        Ids in ``interactions.csv``.
    """

    medicine: str
    meets: str
    before_h: float
    after_h: float | None
    rules: tuple[str, ...]


def spacings(interactions: Iterable[Interaction], held: Iterable[str]) -> tuple[Spacing, ...]:
    """Intervals for what a plan holds; where rules differ the longest wins.

    Parameters
    ----------
    interactions : iterable of Interaction
        Of a gate result.
    held : iterable of str
        Words of what is swallowed, such as ``Ca`` and ``Mg``.

    Returns
    -------
    tuple of Spacing
        One a medicine and word, in the order in which they are met.

    Examples
    --------
    >>> from calciroute.people.medicines import recognise
    >>> rules = met_rules(Person(sex="male", age_years=60.0), [recognise("moxifloxacin")])
    >>> [(one.before_h, one.after_h, one.rules) for one in spacings(rules, ["Mg"])]
    [(4.0, 8.0, ('I043', 'I079', 'I091'))]
    """
    wanted = list(dict.fromkeys(held))
    rules: dict[tuple[str, str], list[Interaction]] = {}
    for interaction in interactions:
        if interaction.before_h is None:
            continue
        for medicine in interaction.because:
            for word in wanted:
                if word in interaction.meets:
                    rules.setdefault((medicine, word), []).append(interaction)
    return tuple(
        Spacing(
            medicine=medicine,
            meets=word,
            before_h=max(rule.before_h or 0.0 for rule in met),
            after_h=_longest([rule.after_h for rule in met]),
            rules=tuple(dict.fromkeys(rule.rule for rule in met)),
        )
        for (medicine, word), met in rules.items()
    )


def ruled_out_movements(person: Person, today: datetime.date | None = None) -> dict[str, tuple[str, ...]]:
    """Movements that a plan leaves out, and why.

    Parameters
    ----------
    person : Person
        Head-below-heart poses need a reading under 160/100 mmHg and a no to glaucoma; a glaucoma medicine
        counts as glaucoma, and what is not known as the worse case.
    today : date, optional
        For the age of rules.

    Returns
    -------
    dict of str to tuple of str
        Words of `MOVEMENTS`, each with what rules it out; breath holding stands there for everyone.

    Examples
    --------
    >>> calm = Person(
    ...     sex="male",
    ...     age_years=60.0,
    ...     labs={"SBP": 128.0, "DBP": 78.0},
    ...     conditions={"glaucoma": False},
    ... )
    >>> sorted(ruled_out_movements(calm))
    ['breath_hold', 'fast_breathing']
    >>> ruled_out_movements(Person(sex="male", age_years=60.0))["head_down"][0]
    'systolic blood pressure at rest is not known'
    """
    matches = recognise_each([*person.medicines.taken, *person.medicines.not_modelled])
    every_movement = [PlannedItem("pose", "every movement", MOVEMENTS | {"breathing"})]
    found: dict[str, tuple[str, ...]] = {}
    for rule in met_rules(person, matches, every_movement, today):
        for word in rule.excludes:
            if word in MOVEMENTS:
                found[word] = tuple(dict.fromkeys((*found.get(word, ()), *rule.because)))
    return found


def _longest(hours: list[float | None]) -> float | None:
    known = [hour for hour in hours if hour is not None]
    return max(known) if len(known) == len(hours) else None
