"""The gates run first and fail closed: what is not known counts as the worse case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from calciroute.intake.plan import Plan
from calciroute.people.medicines import MedicineMatch, recognise_each
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import ClosedGate
from calciroute.safety.met_rules import concerns, holds
from calciroute.safety.notice_languages import notices_beside
from calciroute.safety.notices import EMERGENCY_TITLE, STOP_TITLE, UNANSWERED_TITLE, UNCHANGED, Notice
from calciroute.safety.shown import shown_medicine
from calciroute.tables.gates import Gate, read_gates

# Outputs put the name of the file in.
ASK_COMMAND = "calciroute check PERSON.toml --ask"
# So many open questions are named; a new file has all of them open.
_NAMED = 4


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
        if gate.scope != "everywhere":
            continue
        found = finding(gate, person, matches)
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
        languages=notices_beside(matches, kind == "emergency"),
    )


def made_notice(
    closed: Sequence[ClosedGate], matches: Sequence[MedicineMatch], *, adult: bool = True
) -> Notice:
    """The notice of closed gates: what was found, whom to ask, what opens them again.

    Parameters
    ----------
    closed : sequence of ClosedGate
        Emergencies first, at least one.
    matches : sequence of MedicineMatch
        The person's medicines, for the languages of the notice.
    adult : bool, optional
        Of somebody who is none no question is told: no answer opens a plan for them.

    Returns
    -------
    Notice
    """
    found = [gate for gate in closed if gate.kind != "unanswered"]
    unanswered = [gate.found for gate in closed if gate.kind == "unanswered" and adult]
    lines = [*dict.fromkeys(gate.found for gate in found)]
    ways = [way for gate in found for way in gate.reopen]
    if unanswered:
        lines.append(_not_answered(unanswered))
        first = "after that, " if found else ""
        ways.append(f"{first}`{ASK_COMMAND}`, which asks what is open")
    emergency = any(gate.kind == "emergency" for gate in found)
    title = EMERGENCY_TITLE if emergency else STOP_TITLE if found else UNANSWERED_TITLE
    return Notice(
        kind="emergency" if emergency else "stop",
        title=title,
        lines=(*lines, UNCHANGED),
        who_to_talk_to=tuple(dict.fromkeys(gate.talk_to for gate in found)),
        gates=tuple(gate.gate for gate in closed),
        reopen=tuple(dict.fromkeys(ways)),
        # The notice in other languages says that something was found.
        languages=notices_beside(matches, emergency) if found else (),
    )


def _not_answered(found: Sequence[str]) -> str:
    # One list of medicines answers several gates.
    asked = list(dict.fromkeys(words.removeprefix("Not answered: ").removesuffix(".") for words in found))
    more = len(asked) - _NAMED
    rest = f"; and {more} more {'question' if more == 1 else 'questions'}" if more > 0 else ""
    return f"Not answered: {'; '.join(asked[:_NAMED])}{rest}. What is not known counts as the worse case."


def finding(gate: Gate, person: Person, matches: tuple[MedicineMatch, ...]) -> str | None:
    """What closes a gate.

    Parameters
    ----------
    gate : Gate
        One gate.
    person : Person
        Answers, conditions and labs.
    matches : tuple of MedicineMatch
        Every medicine.

    Returns
    -------
    str or None
        One sentence; None when nothing closes it, which may be for want of an answer.
    """
    words = f"Found: {gate.words}."
    if person.answers.get(gate.id, False):
        return words
    known = bool(gate.unless_known) and all(name in person.labs for name in gate.unless_known)
    if not known and any(person.has(condition) for condition in gate.conditions):
        return words
    if any(holds(bound, person) for bound in gate.values):
        return words
    if gate.with_answers and not any(person.answers.get(answer, False) for answer in gate.with_answers):
        return None
    named = [match for match in matches if concerns(gate.medicines, match)]
    if not named:
        return None
    listed = ", ".join(dict.fromkeys(shown_medicine(match) for match in named))
    return f"Found: {gate.words} ({listed})."
