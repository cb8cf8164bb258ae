"""The gates run first and fail closed: what is not known counts as the worse case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from calciroute.intake.plan import Plan
from calciroute.people.lab_use import last_limit
from calciroute.people.medicines import MedicineMatch, recognise_each
from calciroute.people.person_model import Person
from calciroute.safety.notices import EMERGENCY_TITLE, STOP_TITLE, UNCHANGED, Notice
from calciroute.tables.gates import Gate, read_gates

_NOT_RECOGNISED = "not_recognised"


def stop_notice(person: Person, plans: Sequence[Plan] = ()) -> Notice | None:
    """Whether something about a person or a plan needs a clinician first.

    Parameters
    ----------
    person : Person
        Conditions, labs, answers, and medicines: those taken and those left without effect.
    plans : sequence of Plan
        Their medicines count as well.

    Returns
    -------
    Notice or None
        None when no rule matched; that never means safe.

    Examples
    --------
    >>> from calciroute.people.person_model import Medicines
    >>> stop_notice(Person(sex="male", age_years=70.0, medicines=Medicines(taken=("warfarin 5 mg",)))).gates
    ('Q061',)
    >>> stop_notice(Person(sex="male", age_years=70.0, medicines=Medicines(taken=("apixaban 5 mg",)))) is None
    True
    """
    names = [*person.medicines.taken, *person.medicines.not_modelled]
    names += [medicine.name for plan in plans for medicine in plan.medicines]
    matches = recognise_each(names)
    closed: list[tuple[Gate, str]] = []
    for gate in read_gates():
        found = _finding(gate, person, matches)
        if found is not None:
            closed.append((gate, found))
    if not closed:
        return None
    # Emergencies first; within a kind the order of the table stands.
    closed.sort(key=lambda pair: pair[0].kind != "emergency")
    kind: Literal["stop", "emergency"] = "emergency" if closed[0][0].kind == "emergency" else "stop"
    lines = dict.fromkeys(found for _, found in closed)
    return Notice(
        kind=kind,
        title=EMERGENCY_TITLE if kind == "emergency" else STOP_TITLE,
        lines=(*lines, UNCHANGED),
        who_to_talk_to=tuple(dict.fromkeys(gate.talk_to for gate, _ in closed)),
        gates=tuple(gate.id for gate, _ in closed),
    )


def _finding(gate: Gate, person: Person, matches: tuple[MedicineMatch, ...]) -> str | None:
    """What closes a gate, in words; None when it stays open."""
    words = f"Found: {gate.words}."
    if person.answers.get(gate.id, False) or any(person.has(condition) for condition in gate.conditions):
        return words
    for bound in gate.values:
        value = person.age_years if bound.name == "age_years" else person.labs.get(bound.name)
        beyond = last_limit(person.lab_readings, bound.name)
        if bound.holds(value) or (beyond is not None and bound.holds_beyond(beyond.limit, beyond.value)):
            return words
    if gate.with_answers and not any(person.answers.get(answer, False) for answer in gate.with_answers):
        return None
    named = [match for match in matches if _concerns(gate, match)]
    if not named:
        return None
    listed = ", ".join(dict.fromkeys(_shown(match) for match in named))
    return f"Found: {gate.words} ({listed})."


def _concerns(gate: Gate, match: MedicineMatch) -> bool:
    if _NOT_RECOGNISED in gate.medicines and not match.recognised:
        return True
    return match.recognised and not match.classes.isdisjoint(gate.medicines)


def _shown(match: MedicineMatch) -> str:
    written = "".join(mark if mark.isprintable() else " " for mark in match.written)[:60]
    if match.status == "ask":
        near = f", near {match.near[0]}" if match.near else ""
        return f"'{written}' not recognised{near}"
    return f"'{written}'" if match.recognised else f"'{written}' not recognised"
