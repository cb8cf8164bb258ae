"""A 30-day plan as plain values: what page, PDF, calendar and ``plan.json`` are all made from."""

from __future__ import annotations

from typing import Any

from calciroute import __version__
from calciroute.guide.plan import CHECK_DAYS, DAYS, PlanLine, ThirtyDayPlan
from calciroute.people.person_model import ConfirmedMedicine
from calciroute.purpose import PURPOSE
from calciroute.report.cited import cited, references_of
from calciroute.report.effect_words import effect_words
from calciroute.report.plan_glossary import words_in
from calciroute.report.result_folder import PLAN_KIND
from calciroute.safety.gate_result import Interaction
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.safety.shown import quoted
from calciroute.tables.interactions import read_interactions

HEADINGS = {
    "before": "Before anything else",
    "start": "Day 0: where things stand",
    "food": "Food first",
    "meals": "Meals",
    "supplement": "Products",
    "movement": "Movement",
    "yoga": "Four yoga poses",
    "breathing": "Three breathing practices",
    "rest": "Sleep, stress, smoking",
    "checks": "Days 7, 14 and 30",
    "expect": "What to expect, and what not",
    "faq": "Questions that are often asked",
}
PRODUCT_WORDS = (
    "Only what you wrote into your file stands here. Nothing is added, and nothing here says how much. "
    "The range of 90 to 200 mcg of vitamin K2 a day in the source article is one of shops; nobody derived it."
)
_MANY = 4  # so many lines at most in a cell of the overview


def plan_document(plan: ThirtyDayPlan) -> dict[str, Any]:
    """All that is shown of a plan.

    Parameters
    ----------
    plan : ThirtyDayPlan
        From `calciroute.guide.plan.make_plan`.

    Returns
    -------
    dict
        ``purpose`` first; only texts, numbers, lists and dicts; the same plan gives the same values.
    """
    return {
        "purpose": PURPOSE,
        "notice": STANDARD_NOTICE,
        "kind": PLAN_KIND,
        "start": plan.start.isoformat(),
        "end": plan.date_of(DAYS).isoformat(),
        "answer": _answer(plan),
        "gates": _gates_words(plan),
        "rules": {"date": plan.rules.date.isoformat(), "count": plan.rules.count},
        "confirmed": [confirmed_words(word) for word in plan.confirmed],
        "interactions": [_interaction(one) for one in plan.interactions],
        "weeks": _weeks(plan),
        "sections": [
            {
                "name": name,
                "title": heading,
                "intro": PRODUCT_WORDS if name == "supplement" and plan.products else "",
                "products": [_product(one.supplement) for one in plan.products]
                if name == "supplement"
                else [],
                "lines": [_line(line, plan) for line in plan.section(name)],
            }
            for name, heading in HEADINGS.items()
        ],
        "left_out": [
            {"title": _shown(left.title, plan), "why": list(left.why), "instead": left.instead}
            for left in plan.left_out
        ],
        "references": [
            {"key": key, "citation": citation, "link": link}
            for key, citation, link in references_of(_sources(plan))
        ],
        "words": words_in(_said(plan)),
        "checked_by": f"calciroute {__version__}",
    }


def confirmed_words(word: ConfirmedMedicine) -> str:
    """A pharmacist's or doctor's word, as it is printed.

    Parameters
    ----------
    word : ConfirmedMedicine
        From the person file.

    Returns
    -------
    str
    """
    inside = f", which holds {quoted(word.ingredient)}," if word.ingredient else ""
    return (
        f"By the file, a {word.by} said on {word.date.isoformat()} that {quoted(word.name)}{inside} is no "
        "blood thinner that vitamin K meets. That opened the gate of this one name."
    )


def _answer(plan: ThirtyDayPlan) -> str:
    left = len(plan.left_out)
    words = (
        f"{left} {'line is' if left == 1 else 'lines are'} left out for you"
        if left
        else "nothing is left out"
    )
    days = ", ".join(str(day) for day in CHECK_DAYS[:-1]) + f" and {CHECK_DAYS[-1]}"
    return (
        f"Thirty days of food, walking, breathing and sleep, from {plan.start} to {plan.date_of(DAYS)}. "
        f"Medicines and labels are looked at again on days {days}; {words}."
    )


def _gates_words(plan: ThirtyDayPlan) -> str:
    if not plan.interactions:
        return f"Gates: {plan.rules.nothing_matched}. That is no promise of safety."
    count = len(plan.interactions)
    return (
        f"Gates: none is closed; {count} {'rule' if count == 1 else 'rules'} of {plan.rules.count} "
        f"{'is' if count == 1 else 'are'} met and told below (rule set of {plan.rules.date.isoformat()}). "
        "That is no promise of safety."
    )


def _line(line: PlanLine, plan: ThirtyDayPlan) -> dict[str, Any]:
    step = line.row.step
    return {
        "id": step.text("id"),
        "line": line.row.line,
        "title": line.row.title,
        "words": line.row.words,
        "caution": line.row.caution,
        "days": _days(line, plan),
        "day_from": line.day_from,
        "day_to": line.day_to,
        "calendar": line.row.calendar,
        "certainty": line.certainty,
        "found": [effect_words(row) for row in line.row.evidence],
        "source": cited(step.text("source"), step.text("verified")),
    }


def _days(line: PlanLine, plan: ThirtyDayPlan) -> str:
    if line.day_from == line.day_to == 0:
        return "before day 1"
    if line.day_from <= 1 and line.day_to == DAYS:
        return "all days"
    if line.day_from == line.day_to:
        return f"day {line.day_from}, {plan.date_of(line.day_from)}"
    return f"days {line.day_from} to {line.day_to}"


def _product(supplement: Any) -> str:
    product = supplement.product
    held = ", ".join(
        f"{content.written} ({content.understood})" if content.modelled else content.written
        for content in product.contents
    )
    return f"{quoted(product.written)}, as in your file: {held}."


def _shown(title: str, plan: ThirtyDayPlan) -> str:
    own = {item.name for item in plan.gates.items if item.kind == "product"}
    return f"Your product {quoted(title)}" if title in own else title


def _interaction(one: Interaction) -> dict[str, Any]:
    hours = [(one.before_h, "before"), (one.after_h, "after")]
    apart = [f"{value:g} h {word}" for value, word in hours if value is not None]
    spacing = f"Apart: the medicine {' or '.join(apart)} it." if apart else ""
    about = {row.text("id"): row.text("subject") for row in read_interactions()}
    return {
        "rule": one.rule,
        "about": about.get(one.rule, ""),
        "because": ", ".join(one.because) or "for everyone",
        "meets": ", ".join(word.replace("_", " ") for word in one.meets),
        "severity": one.severity.replace("_", " "),
        "action": one.action,
        "spacing": spacing,
        "source": cited(one.source, one.verified),
        "age": one.age,
    }


def _weeks(plan: ThirtyDayPlan) -> list[dict[str, Any]]:
    """The days of the movement lines, and what is new in each stretch."""
    stretches = ((1, 7), (8, 14), (15, 30))
    rows = []
    for first, last in stretches:
        new = [
            line.row.title
            for line in plan.lines
            if line.row.section in {"movement", "yoga", "checks"} and line.row.calendar
            and first <= max(line.day_from, 1) <= last
        ]  # fmt: skip
        daily = [
            line.row.title
            for line in plan.lines
            if line.row.section in {"food", "breathing"} and line.row.calendar and line.day_from <= first
        ]
        rows.append(
            {
                "days": f"{first} to {last}",
                "dates": f"{plan.date_of(first)} to {plan.date_of(last)}",
                "new": new,
                "daily": daily[:_MANY],
            }
        )
    return rows


def _said(plan: ThirtyDayPlan) -> list[str]:
    """Texts in which a word of the field may stand."""
    lines = [_line(line, plan) for line in plan.lines]
    texts = [str(line[name]) for line in lines for name in ("words", "caution", "certainty")]
    return [*texts, *(found for line in lines for found in line["found"])]


def _sources(plan: ThirtyDayPlan) -> list[str]:
    rows = [row.text("source") for line in plan.lines for row in line.sources]
    return [*rows, *(one.source for one in plan.interactions)]
