"""What a person adds to an answer about labels: facts for the rules, interactions, a stop notice."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from calciroute.intake.label import Label
from calciroute.intake.label_findings import Who
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import Interaction, PlannedItem
from calciroute.safety.met_rules import met_rules, postmenopausal
from calciroute.safety.notices import Notice
from calciroute.safety.stop import stop_notice

_RETINOID, _ANTAGONIST = "retinoid", "vitamin_k_antagonist"
_KIDNEY = ("dialysis", "ckd4", "ckd5", "kidney_transplant")
_SAFE_EGFR = 30.0
# Substances of labels -> words of the rules about plans and products.
_HOLDS = {
    "K1": "K1", "MK4": "K2", "MK7": "K2", "MK8": "K2", "MK9": "K2", "D3": "D", "D2": "D", "A": "A",
    "E": "E", "natural E": "E", "synthetic E": "E", "calcium": "Ca", "magnesium": "Mg", "iron": "Fe",
    "zinc": "Zn", "phosphorus": "P", "omega3": "omega-3", "EPA": "omega-3", "DHA": "omega-3",
}  # fmt: skip


def notice_of(person: Person) -> Notice | None:
    """Why a person needs a clinician first; None when no gate is closed."""
    return stop_notice(person)


def who_of(person: Person, allergies: Collection[str]) -> Who:
    """What the rules of labels ask about a person.

    Parameters
    ----------
    person : Person
        Conditions, labs and medicines.
    allergies : collection of str
        More than the file names.

    Returns
    -------
    Who
    """
    classes = {one for match in person.medicine_matches for one in match.classes}
    named = {allergen for allergen in ("soy", "milk") if person.has(f"{allergen}_allergy")}
    egfr = person.labs.get("eGFR")
    kidney = any(person.has(name) for name in _KIDNEY) or (person.has("ckd") and egfr is None)
    return Who(
        age_years=person.age_years,
        pregnant=person.has("pregnancy") or person.has("pregnancy_possible"),
        postmenopausal=postmenopausal(person),
        retinoid=_RETINOID in classes,
        antagonist=_ANTAGONIST in classes,
        kidney=kidney or (egfr is not None and egfr < _SAFE_EGFR),
        allergies=frozenset(allergies) | named,
    )


def interactions_of(labels: Sequence[Label], person: Person, today: datetime.date) -> tuple[Interaction, ...]:
    """Rules of ``interactions.csv`` that a person meets with these products.

    Parameters
    ----------
    labels : sequence of Label
        Products.
    person : Person
        With medicines and conditions.
    today : date
        For the age of rules.

    Returns
    -------
    tuple of Interaction
        The most severe first.
    """
    items = [PlannedItem("product", label.title[:60], frozenset(_holds(label))) for label in labels]
    met = met_rules(person, person.medicine_matches, items, today)
    held = frozenset().union(*(item.holds for item in items))
    # A rule that says "no rule" is for whoever writes rules; it must not read as a warning.
    told = [one for one in met if one.severity != "none_known"]
    return tuple(one for one in told if held & (set(one.meets) | set(one.excludes)))


def _holds(label: Label) -> set[str]:
    held = {_HOLDS[one.substance] for one in (*label.amounts, *label.totals) if one.substance in _HOLDS}
    names = {name.meaning for line in label.lines for name in line.names}
    held |= {"K2"} if names & {"K2", "MK4", "MK7", "MK8", "MK9"} else set()
    held |= {"K1"} if "K" in names else set()
    for kind, word in (("natto", "natto"), ("nattokinase", "nattokinase"), ("green", "green_powder")):
        held |= {word} if label.has(kind) else set()
    return held
