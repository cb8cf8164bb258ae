"""The answer of the gates, passed or closed. Only the engine makes one: nothing else can pass a gate."""

from __future__ import annotations

import datetime
from dataclasses import InitVar, dataclass
from typing import Literal, TypeAlias

from calciroute.people.person_model import ConfirmedMedicine, Person
from calciroute.safety.notices import Notice
from calciroute.tables.interaction_matches import HOLDS
from calciroute.tables.people_fields import adult_from_years

# Whoever holds this object may make a result; `gates.py` alone imports it, and a test watches that.
_ENGINE = object()

ItemKind = Literal["product", "food", "nutrient", "pose", "breathing", "activity"]


@dataclass(frozen=True)
class PlannedItem:
    """One thing of a plan, in plain values: what the rules may forbid, part or leave out.

    Parameters
    ----------
    kind : {"product", "food", "nutrient", "pose", "breathing", "activity"}
        What it is.
    name : str
        As it is shown.
    holds : frozenset of str
        What is in it, words of `tables.interaction_matches.HOLDS`: nutrients such as ``K2``, ``Ca``, ``Mg``,
        ``D``, ``A``; foods such as ``natto``, ``soy``, ``milk``, ``cheese``, ``liver``, ``fermented``;
        movements such as ``yoga``, ``head_down``, ``forward_bend``, ``flat_lying``, ``breathing``. A word
        that is missing lets a rule pass by: name all that hold. Another word is refused.
    prescribed : bool
        A clinician prescribed it: no rule drops it.

    Raises
    ------
    ValueError
        For a word that no rule knows.
    """

    kind: ItemKind
    name: str
    holds: frozenset[str] = frozenset()
    prescribed: bool = False

    def __post_init__(self) -> None:
        unknown = sorted(self.holds - HOLDS)
        if unknown:
            raise ValueError(f"{self.name} holds {unknown}; expected words of {sorted(HOLDS)}")


@dataclass(frozen=True)
class Interaction:
    """A rule that this person meets.

    Parameters
    ----------
    rule : str
        Id in ``interactions.csv``.
    because : tuple of str
        What of the person met it: medicines as written, conditions in words.
    meets : tuple of str
        Nutrients, foods or movements that it is about.
    severity : str
        contraindicated_without_clinician, major, moderate, minor or none_known.
    excludes : tuple of str
        What is left out of a plan because of it.
    action : str
        What follows, in the words of the table.
    before_h, after_h : float or None, h
        The medicine at least so long before, or after, what it meets.
    source : str
        Key in references.bib.
    verified : str
        Where it was seen, or ``memory``.
    age : str
        Empty, or how old a rule of more than 24 months is.
    """

    rule: str
    because: tuple[str, ...]
    meets: tuple[str, ...]
    severity: str
    excludes: tuple[str, ...]
    action: str
    before_h: float | None
    after_h: float | None
    source: str
    verified: str
    age: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Something of a plan that a rule drops without closing the plan.

    Parameters
    ----------
    item : PlannedItem
        What is dropped.
    rule : str
        Id in ``interactions.csv`` or ``self_check.csv``.
    why : str
        One sentence.
    """

    item: PlannedItem
    rule: str
    why: str


@dataclass(frozen=True)
class ClosedGate:
    """A gate that keeps a plan from being made.

    Parameters
    ----------
    gate : str
        Id in ``self_check.csv``.
    kind : {"stop", "emergency", "unanswered"}
        ``unanswered`` means that nothing in the person's file decides it.
    found : str
        What closed it, one sentence.
    talk_to : str
        Whom to ask.
    reopen : tuple of str
        What would open it again; never empty.
    source : str
        Key in references.bib.
    age : str
        Empty, or how old a rule of more than 24 months is.
    """

    gate: str
    kind: Literal["stop", "emergency", "unanswered"]
    found: str
    talk_to: str
    reopen: tuple[str, ...]
    source: str
    age: str = ""


@dataclass(frozen=True)
class RuleSet:
    """The rules that were asked.

    Parameters
    ----------
    date : date
        Of the newest rule.
    count : int
        Gates and interactions together.
    """

    date: datetime.date
    count: int

    @property
    def nothing_matched(self) -> str:
        """What stands where others print a green mark."""
        return f"no rule of ours matched (rule set of {self.date.isoformat()}; {self.count} rules)"


@dataclass(frozen=True)
class _Judged:
    """What both answers hold; made by the engine alone."""

    engine: InitVar[object]
    person: Person
    items: tuple[PlannedItem, ...]
    interactions: tuple[Interaction, ...]
    none_known: tuple[Interaction, ...]
    left_out: tuple[LeftOut, ...]
    confirmed: tuple[ConfirmedMedicine, ...]
    rules: RuleSet

    def __post_init__(self, engine: object) -> None:
        if engine is not _ENGINE:
            raise TypeError("only calciroute.safety.gates.ask_gates makes a gate result")

    @property
    def kept(self) -> tuple[PlannedItem, ...]:
        """The items that no rule drops, in their order."""
        dropped = [left.item for left in self.left_out]
        return tuple(item for item in self.items if item not in dropped)


@dataclass(frozen=True)
class PassedGates(_Judged):
    """No gate is closed for this person; it is no promise of safety. A plan takes this type and no other.

    Parameters
    ----------
    engine : object
        The engine's own mark.
    person : Person
        Who was asked about: the only person that a plan may be made for.
    items : tuple of PlannedItem
        What was asked about.
    interactions : tuple of Interaction
        Rules that were met, the most severe first; none of them closes a plan.
    none_known : tuple of Interaction
        Rows that say of a medicine that no interaction is known; never a warning.
    left_out : tuple of LeftOut
        What has to be dropped.
    confirmed : tuple of ConfirmedMedicine
        Names that a pharmacist or doctor spoke for; to be printed on the plan.
    rules : RuleSet
        What was asked.

    Raises
    ------
    TypeError
        When anyone but the engine makes one.
    """

    @property
    def passed(self) -> Literal[True]:
        """Always true."""
        return True


@dataclass(frozen=True)
class ClosedGates(_Judged):
    """At least one gate is closed: no plan.

    Parameters
    ----------
    engine, person, items, interactions, none_known, left_out, confirmed, rules
        As in `PassedGates`.
    closed : tuple of ClosedGate
        Emergencies first, what is unanswered last; never empty.
    notice : Notice
        The stop notice; its text in other languages stands in ``notice.languages``.
    """

    closed: tuple[ClosedGate, ...]
    notice: Notice

    @property
    def passed(self) -> Literal[False]:
        """Always false."""
        return False

    @property
    def red_flag(self) -> bool:
        """Whether something was found that needs a clinician; open questions alone are none."""
        return any(one.kind != "unanswered" for one in self.closed)

    @property
    def by_questions(self) -> bool:
        """Whether answers may open it: to somebody who is no adult none does."""
        return self.person.age_years >= adult_from_years()


GateResult: TypeAlias = PassedGates | ClosedGates
