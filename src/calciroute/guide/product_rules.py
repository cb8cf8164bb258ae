"""Brought products under the rules of labels: what is over a level, or fails, does not enter a plan."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from calciroute.errors import InputError
from calciroute.guide.plan_items import BroughtProduct
from calciroute.intake.label import Label, read_labels
from calciroute.intake.label_day import amount_words, sums_of
from calciroute.intake.label_findings import Who, findings_of
from calciroute.intake.substance_amount import printed
from calciroute.people.person_model import Person

# How grave a finding about a label is from which the product is left out.
_FAILS = frozenset({"contraindicated_without_clinician", "fail", "major"})
_BODY = "efsa"
_LETTERS = frozenset({"A", "C", "E"})  # alone they are no name on a label


def failed_products(
    products: Sequence[BroughtProduct], person: Person, today: datetime.date
) -> Mapping[str, list[str]]:
    """Which products the rules of labels leave out, and why.

    Parameters
    ----------
    products : sequence of BroughtProduct
        What the person brought; a prescribed one counts in the sums and is never left out.
    person : Person
        Whose age decides the level.
    today : date
        Against which rules about dates are held.

    Returns
    -------
    mapping of str to list of str
        Reasons by name of the product.
    """
    labels = [(product, label) for product in products if (label := _label(product)) is not None]
    who = Who(age_years=person.age_years)
    reasons: dict[str, list[str]] = {}
    for number, (product, label) in enumerate(labels, start=1):
        for finding in findings_of(label, number, who, today):
            if finding.severity in _FAILS:
                reasons.setdefault(product.item.name, []).append(f"{finding.found} ({finding.rule})")
    for total in sums_of([label for _, label in labels], _BODY, person.age_years):
        if not total.over or total.level is None:
            continue
        kind = "upper level for products" if total.supplements_only else "upper level"
        amount, level = amount_words(total.amount, total.unit), amount_words(total.level, total.unit)
        words = f"{total.name} of all products is {amount} a day, above the {kind} of EFSA, {level}"
        for part in total.parts:
            reasons.setdefault(labels[part.label - 1][0].item.name, []).append(f"{words} ({total.level_row})")
    prescribed = {product.item.name for product in products if product.item.prescribed}
    return {name: why for name, why in reasons.items() if name not in prescribed}


def _label(product: BroughtProduct) -> Label | None:
    """A product as a label of one day; None where the rules of labels have no word for it."""
    supplement = product.supplement
    if supplement.adherence <= 0.0:
        return None
    lines = []
    for content in supplement.product.contents:
        a_day = supplement.mean_per_day(content.substance) / supplement.adherence
        if a_day > 0.0 and content.unit:
            name = (
                f"vitamin {content.substance}"
                if content.substance in _LETTERS
                else printed(content.substance)
            )
            lines.append(f"{name} {a_day:.6g} {content.unit.replace('ug', 'mcg')} per day")
    try:
        return read_labels("\n".join(lines))[0] if lines else None
    except InputError:
        return None
