"""The self-check: which items hold for a person, by the file or by an answer, and what is still open.

An item that holds names a group or a habit that trials looked at, or a sign that belongs to a doctor. None of
it is a diagnosis, and no number of it is a risk of one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from calciroute.guide.self_check_facts import Fact, FactReader
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import ClosedGates, GateResult
from calciroute.tables.gates import read_gates
from calciroute.tables.self_check import SelfCheckItem, read_self_check
from calciroute.tables.self_check_questions import SelfCheckQuestion, read_self_check_questions

State = Literal["yes", "no", "not_known", "unanswered"]
# Groups of self_check.csv by what an item of them is to a reader.
SAFETY = frozenset({"gate", "red_flag"})
GROUPS = frozenset({"benefit_group", "risk_marker"})
SIGNS = frozenset({"deficiency_sign"})


@dataclass(frozen=True)
class CheckedItem:
    """One item for one person.

    Parameters
    ----------
    item : SelfCheckItem
        Row of ``self_check.csv``, with its source.
    question : SelfCheckQuestion
        The same in plain words.
    state : {"yes", "no", "not_known", "unanswered"}
        ``not_known`` is an answer that the person gave, and decides nothing.
    because : str
        What decided it: ``your answer``, or a value of the file.
    """

    item: SelfCheckItem
    question: SelfCheckQuestion
    state: State
    because: str = ""

    @property
    def unverified(self) -> bool:
        """Whether the source was not read when the row was written."""
        return self.item.verified == "memory"


@dataclass(frozen=True)
class SelfCheck:
    """Where a person stands.

    Parameters
    ----------
    person : Person
        Who.
    gates : GateResult
        What the gates said; a notice of theirs comes before everything here.
    items : tuple of CheckedItem
        In the order in which they are asked.
    """

    person: Person
    gates: GateResult
    items: tuple[CheckedItem, ...]

    @property
    def red_flag(self) -> bool:
        """Whether something was found that needs a clinician; open questions alone are none."""
        return isinstance(self.gates, ClosedGates) and self.gates.red_flag

    @property
    def open(self) -> tuple[CheckedItem, ...]:
        """What an adult may still be asked: first what has no answer, then what was not known."""
        if isinstance(self.gates, ClosedGates) and not self.gates.by_questions:
            return ()
        askable = [one for one in self.items if one.question.round != "none"]
        first = [one for one in askable if one.state == "unanswered"]
        return (*first, *(one for one in askable if one.state == "not_known"))

    def holding(self, groups: frozenset[str]) -> tuple[CheckedItem, ...]:
        """Items of some groups that hold.

        Parameters
        ----------
        groups : frozenset of str
            Such as `GROUPS`.

        Returns
        -------
        tuple of CheckedItem
        """
        return tuple(one for one in self.items if one.state == "yes" and one.item.group in groups)


def check_person(person: Person, gates: GateResult) -> SelfCheck:
    """Hold a person against the self-check.

    Parameters
    ----------
    person : Person
        Who.
    gates : GateResult
        Of the same person, from `calciroute.safety.gates.ask_gates`.

    Returns
    -------
    SelfCheck

    Raises
    ------
    ValueError
        When the gates were asked about somebody else.
    InputError
        When a product or the diary of the file cannot be read; under a red flag neither is opened.
    """
    if gates.person != person:
        raise ValueError("the gates were asked about somebody else")
    # Under a notice nothing of what was eaten or swallowed is shown, so that none of it is read.
    facts = FactReader(person, diet=not (isinstance(gates, ClosedGates) and gates.red_flag))
    closed = {one.gate: one for one in gates.closed} if isinstance(gates, ClosedGates) else {}
    decided = {gate.id for gate in read_gates()}
    items = []
    for question in read_self_check_questions().values():
        item = read_self_check()[question.id]
        gate = closed.get(item.id)
        if question.sex and question.sex != person.sex:
            state, because = _told("no", "sex")
        elif gate is not None and gate.kind != "unanswered":
            state, because = _told("yes", gate.found)
        elif gate is None and item.id in decided:
            state, because = _told("no", "your answer" if item.id in person.answers else "your file")
        else:
            state, because = _state(item, person, facts.fact(item), gate is not None)
        items.append(CheckedItem(item, question, state, because))
    return SelfCheck(person, gates, tuple(items))


def _state(item: SelfCheckItem, person: Person, fact: Fact | None, open_gate: bool) -> tuple[State, str]:
    """An answer of the person stands before the file, except that a file that says yes is never outvoted."""
    if fact is not None and fact.holds:
        return _told("yes", fact.because)
    if item.id in person.answers:
        return _told("yes" if person.answers[item.id] else "no", "your answer")
    if item.id in person.answers_not_known:
        return _told("not_known", "your answer")
    # What the gates call open is open, whatever a part of the file seems to say.
    if fact is not None and not open_gate:
        return _told("no", fact.because)
    return _told("unanswered", "")


def _told(state: State, because: str) -> tuple[State, str]:
    return state, because
