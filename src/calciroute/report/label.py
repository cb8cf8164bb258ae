"""The answer about labels: what they say, what rules found, sums of a day, what a person adds."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.intake.label import Label, read_labels
from calciroute.intake.label_day import DaySum, amount_words, body_name, sums_of
from calciroute.intake.label_findings import Finding, Who, by_severity, finding_of, findings_of
from calciroute.safety.notices import Notice
from calciroute.tables.label_rules import read_label_rules
from calciroute.tables.supplements import read_supplements

if TYPE_CHECKING:
    from calciroute.people.person_model import Person
    from calciroute.safety.gate_result import Interaction

# Words of the rules about medicines that need hours between.
_MINERALS = {"calcium": "Ca", "magnesium": "Mg", "iron": "Fe", "zinc": "Zn"}


@dataclass(frozen=True)
class LabelReport:
    """Everything that one call about labels answers.

    Parameters
    ----------
    labels : tuple of Label
        As read.
    findings : tuple of Finding
        The most harmful first.
    sums : tuple of DaySum
        A day of all products.
    body : str
        Whose upper levels, such as ``efsa``.
    interactions : tuple of Interaction
        Rules of ``interactions.csv`` that the person meets with these products.
    notice : Notice or None
        Why a person needs a clinician first.
    age_known : bool
        Whether the levels are those of the person's age.
    rules : int
        How many rules about labels were looked at.
    rule_date : date
        Of the newest of them.
    """

    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]
    sums: tuple[DaySum, ...]
    body: str
    interactions: tuple[Interaction, ...]
    notice: Notice | None
    age_known: bool
    rules: int
    rule_date: datetime.date


def read_label(
    text: str,
    where: str = "label",
    *,
    body: str = "efsa",
    market: str | None = None,
    year: int | None = None,
    confirmed: Collection[int] = (),
    today: datetime.date | None = None,
    person: Person | None = None,
    allergies: Collection[str] = (),
) -> LabelReport:
    r"""Read the text of one or several supplement labels and hold it against the rules.

    Parameters
    ----------
    text : str
        At most 64 kB; a line of ``---`` parts labels.
    where : str, optional
        Name for messages.
    body : {"efsa", "us", "dach", "jp", "in"}, optional
        Whose upper levels the sums of a day are set beside.
    market : {"US", "EU"}, optional
        Whose daily values a share in percent means.
    year : int, optional
        Of the label.
    confirmed : collection of int, optional
        Lines whose amount was looked at again on the pack.
    today : date, optional
        Against which a date on the pack is held; today by default.
    person : Person, optional
        Adds the rules about pregnancy, menopause, medicines and kidneys.
    allergies : collection of str, optional
        Of soy, milk, fish, gelatine, gluten.

    Returns
    -------
    LabelReport

    Raises
    ------
    InputError
        When nothing can be read, with the line.

    Examples
    --------
    >>> report = read_label("Vitamin K2 (MK-7) 180 mcg per softgel")
    >>> report.labels[0].amounts[0].understood
    '180 mcg = 0.18 mg'
    """
    today = today or datetime.date.today()
    who = Who(allergies=frozenset(allergies))
    notice: Notice | None = None
    interactions: tuple[Interaction, ...] = ()
    labels = read_labels(text, where, market, year, confirmed)
    if person is not None:
        # Records of persons take a while to load: only where one is given.
        from calciroute.report.label_person import interactions_of, notice_of, who_of

        who, notice = who_of(person, allergies), notice_of(person)
        interactions = interactions_of(labels, person, today)
    sums = sums_of(labels, body, who.age_years)
    found = [one for number, label in enumerate(labels, 1) for one in findings_of(label, number, who, today)]
    found += _of_sums(sums, who, body)
    found += _of_spacing(labels, interactions)
    return LabelReport(
        labels=labels,
        findings=by_severity(found),
        sums=sums,
        body=body,
        interactions=interactions,
        notice=notice,
        age_known=who.age_years is not None,
        rules=len(read_supplements()),
        rule_date=max(rule.dated for rule in read_label_rules().values()),
    )


def _of_sums(sums: Sequence[DaySum], who: Who, body: str) -> list[Finding]:
    rules = read_label_rules()
    by_name = {"vitamin D": "S049", "calcium": "S050", "magnesium": "S051", "retinol": "S052"}
    found: list[Finding] = []
    for total in sums:
        amount = amount_words(total.amount, total.unit)
        if total.over and total.level is not None and total.name in by_name:
            limit = amount_words(total.level, total.unit)
            found.append(
                finding_of(rules[by_name[total.name], ""], amount=amount, limit=limit, body=body_name(body))
            )
        if total.name == "retinol" and who.postmenopausal:
            rule = rules["S052", "menopause"]
            limit_ug = rule.limit("postmenopausal and retinol_total_ug")
            if total.amount > limit_ug:
                found.append(finding_of(rule, amount=amount, limit=amount_words(limit_ug, "ug")))
    return found


def _of_spacing(labels: Sequence[Label], interactions: Sequence[Interaction]) -> list[Finding]:
    """Minerals of a product beside a medicine that needs hours between; the longest interval wins."""
    rule = read_label_rules()["S063", ""]
    found: list[Finding] = []
    for number, label in enumerate(labels, 1):
        held = {word: name for name, word in _MINERALS.items() if label.amount_of(name) is not None}
        timed = [one for one in interactions if (one.before_h or one.after_h) and set(held) & set(one.meets)]
        for because in dict.fromkeys(one.because for one in timed):
            rules = [one for one in timed if one.because == because]
            longest = max(rules, key=lambda one: (one.before_h or 0.0) + (one.after_h or 0.0))
            met = {word for one in rules for word in one.meets}
            minerals = " and ".join(name for word, name in held.items() if word in met)
            named = {"minerals": minerals, "medicines": ", ".join(because)}
            words = finding_of(rule, number, **named, spacing=_spacing(longest))
            found.append(
                Finding(**{**words.__dict__, "source": longest.source, "verified": longest.verified})
            )
    return found


def _spacing(met: Interaction) -> str:
    before = (
        f"the medicine at least {met.before_h:g} h before the product" if met.before_h is not None else ""
    )
    after = f"or at least {met.after_h:g} h after it" if met.after_h is not None else ""
    if not before:
        after = after.removeprefix("or ").replace("at least", "the medicine at least")
    return f"{' '.join(part for part in (before, after) if part)} ({met.rule}); a pharmacist can place both"
