"""The gates of a plan: they run first, they fail closed, and what is not known counts as the worse case."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from calciroute.people.confirmed import confirmation_of
from calciroute.people.medicines import MedicineMatch, recognise_each
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import (
    _ENGINE,
    ClosedGate,
    ClosedGates,
    GateResult,
    PassedGates,
    PlannedItem,
    RuleSet,
)
from calciroute.safety.met_rules import age_words, decided, left_out, met_rules, postmenopausal
from calciroute.safety.reopening import reopening
from calciroute.safety.stop import finding, made_notice
from calciroute.tables.gates import Gate, read_gates
from calciroute.tables.interaction_matches import read_interaction_matches
from calciroute.tables.people_fields import adult_from_years
from calciroute.tables.self_check import read_self_check

_ORDER = ("emergency", "stop", "unanswered")
_UNKNOWN_NAME = "Q062"


def ask_gates(
    person: Person,
    items: Sequence[PlannedItem] = (),
    *,
    medicines: Sequence[str] = (),
    today: datetime.date | None = None,
) -> GateResult:
    """Ask every gate about a person and what a plan would hold.

    Parameters
    ----------
    person : Person
        Conditions, labs, answers and medicines. What the file does not say is unanswered and closes its gate.
    items : sequence of PlannedItem
        What the plan would hold. Items never open or close a gate; rules drop some of them.
    medicines : sequence of str
        Further medicines, such as those of a plan file; they count like those of the person.
    today : date, optional
        For the age of rules.

    Returns
    -------
    PassedGates or ClosedGates
        A plan can be made from the first alone.

    Examples
    --------
    >>> from calciroute.people.person_model import Medicines
    >>> result = ask_gates(Person(sex="male", age_years=70.0, medicines=Medicines(taken=("Marcumar",))))
    >>> result.passed, result.closed[0].gate
    (False, 'Q061')
    """
    today = today or datetime.date.today()
    matches = recognise_each([*person.medicines.taken, *person.medicines.not_modelled, *medicines])
    words = {match: confirmation_of(match, person.medicines.confirmed) for match in matches}
    confirmed = tuple(dict.fromkeys(word for word in words.values() if word is not None))
    open_matches = tuple(match for match in matches if words[match] is None)
    interactions = met_rules(person, open_matches, items, today)
    rules = RuleSet(
        date=max([gate.dated for gate in read_gates()] + [rule.dated for rule in read_interaction_matches()]),
        count=len(read_gates()) + len({rule.id for rule in read_interaction_matches()}),
    )
    closed = closed_gates(person, open_matches, today)
    told = tuple(rule for rule in interactions if rule.severity != "none_known")
    quiet = tuple(rule for rule in interactions if rule.severity == "none_known")
    dropped = left_out(items, interactions)
    if closed:
        notice = made_notice(closed, matches, adult=person.age_years >= adult_from_years())
        return ClosedGates(
            _ENGINE, person, tuple(items), told, quiet, dropped, confirmed, rules, closed, notice
        )
    return PassedGates(_ENGINE, person, tuple(items), told, quiet, dropped, confirmed, rules)


def closed_gates(
    person: Person, matches: Sequence[MedicineMatch], today: datetime.date
) -> tuple[ClosedGate, ...]:
    """The gates that are closed for a person, emergencies first, unanswered ones last.

    Parameters
    ----------
    person : Person
        Who is asked about.
    matches : sequence of MedicineMatch
        Every medicine without a word of a pharmacist or doctor.
    today : date
        For the age of rules.

    Returns
    -------
    tuple of ClosedGate
    """
    closed = []
    for gate in read_gates():
        found = finding(gate, person, tuple(matches))
        if found is not None:
            closed.append(
                ClosedGate(
                    gate=gate.id,
                    kind="emergency" if gate.kind == "emergency" else "stop",
                    found=found,
                    talk_to=gate.talk_to,
                    reopen=reopening(gate, matches),
                    source=gate.source,
                    age=age_words(gate.dated, today),
                )
            )
        elif not answered(gate, person):
            closed.append(
                ClosedGate(
                    gate=gate.id,
                    kind="unanswered",
                    found=f"Not answered: {_question(gate)}.",
                    talk_to=gate.talk_to,
                    reopen=(_how_to_answer(gate),),
                    source=gate.source,
                    age=age_words(gate.dated, today),
                )
            )
    closed.sort(key=lambda one: _ORDER.index(one.kind))
    return tuple(closed)


def answered(gate: Gate, person: Person) -> bool:
    """Whether a person's file decides a gate.

    Parameters
    ----------
    gate : Gate
        One gate that nothing closes.
    person : Person
        Who is asked about.

    Returns
    -------
    bool
        By its own answer, by conditions that are all denied, by known values, by a list of medicines (an
        empty one counts), or because there is nothing to ask this person.

    Examples
    --------
    >>> pregnancy = next(gate for gate in read_gates() if gate.id == "Q007")
    >>> answered(pregnancy, Person(sex="male", age_years=50.0))
    True
    >>> answered(pregnancy, Person(sex="female", age_years=30.0))
    False
    """
    if gate.id in person.answers or _nothing_to_ask(gate, person):
        return True
    if gate.answered_by == "medicines":
        return "taken" in person.medicines.model_fields_set
    if gate.decided_by_no and person.conditions.get(gate.decided_by_no) is False:
        return True
    if gate.conditions and all(person.conditions.get(name) is False for name in gate.conditions):
        return True
    if gate.unless_known and all(name in person.labs for name in gate.unless_known):
        return True
    return bool(gate.values) and all(decided(bound, person) for bound in gate.values)


def _nothing_to_ask(gate: Gate, person: Person) -> bool:
    who = {
        "male": person.sex == "male",
        "postmenopausal": postmenopausal(person),
        "adult": person.age_years >= adult_from_years(),
    }
    return any(who[word] for word in gate.not_asked)


def _question(gate: Gate) -> str:
    if gate.answered_by == "medicines":
        return "the list of medicines"
    return read_self_check()[gate.id].item


def _how_to_answer(gate: Gate) -> str:
    if gate.answered_by == "medicines":
        return "the list under [medicines]: taken = [] if there is none"
    ways = [f"{name} = true or false under [conditions]" for name in gate.conditions[:1]]
    ways += [f"{bound.name} under [labs]" for bound in gate.values if bound.name != "age_years"]
    return " or ".join([f"{gate.id} = true or false under [answers]", *ways])
