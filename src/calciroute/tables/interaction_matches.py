"""Whom a rule of ``interactions.csv`` concerns, and what it drops: ``interaction_matches.csv``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from calciroute.errors import Problem
from calciroute.tables.bounds import Bound, bound_of, bound_problems
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.gates import OWN_RULES
from calciroute.tables.interactions import SEVERITIES, read_interactions
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.rules import checked_rows, date_problems, words_of
from calciroute.tables.self_check import read_self_check
from calciroute.tables.texts import data_text

# Words of the column conditions that are worked out from the person instead of being asked.
WORKED_OUT = frozenset({"everyone", "postmenopausal", "under_18", "infant"})
# What an item of a plan may hold: nutrients, foods, movements. D_above_reference and D_above_level are
# vitamin D above the reference intake and above the upper level; Ca+Fe is both minerals in one plan.
HOLDS = frozenset(
    {
        "K1", "K2", "K3", "A", "D", "D_above_reference", "D_above_level", "E", "Ca", "Mg", "Fe", "Zn", "P",
        "Ca+Fe", "Ca+Zn", "omega-3", "nattokinase", "natto", "from_natto", "soy", "milk", "cheese",
        "aged_cheese", "liver", "fermented", "raw_fermented", "leafy_greens", "green_powder", "tube_feed",
        "olestra", "potassium_salt", "sodium_change", "sugar_cut", "exercise", "yoga", "breathing",
        "head_down", "legs_up", "bridge", "sun_salutation", "forward_bend", "twist", "flat_lying",
        "breath_hold", "fast_breathing",
    }
)  # fmt: skip
TOLD = frozenset({"always", "with_item"})
COLUMNS = (
    Column("id", required=True),
    Column("medicines"),
    Column("unless_medicines"),
    Column("conditions"),
    Column("answers"),
    Column("values"),
    Column("unknown"),
    Column("meets"),
    Column("told", required=True, allowed=TOLD),
    Column("excludes"),
    Column("before_h", "number"),
    Column("after_h", "number"),
    Column("silences"),
    Column("severity"),
    Column("dated", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class InteractionMatch:
    """One rule and whom it concerns; any of its facts is enough.

    Parameters
    ----------
    id : str
        In ``interactions.csv``, or an item of ``self_check.csv``.
    medicines : tuple of str
        Classes of medicines, ``ingredient:NAME``, or ``not_recognised``.
    unless_medicines : tuple of str
        Classes of medicines beside which it does not speak.
    conditions : tuple of str
        Of a person file, or one of `WORKED_OUT`.
    answers : tuple of str
        Items of the self-check.
    values : tuple of Bound
        Age and labs.
    unknown : tuple of str
        Labs and conditions that count as met while they are not known.
    meets : tuple of str
        What of a plan it is about, words of `HOLDS`.
    told : str
        ``always``, or ``with_item`` where it speaks only beside an item that holds what it meets.
    excludes : tuple of str
        What it drops from a plan.
    before_h, after_h : float or None, h
        The medicine at least so long before or after what it meets; only the first is filled where the
        other order is never right.
    silences : tuple of str
        Rules that must not speak of what is prescribed.
    severity, action, source, verified : str
        Of the rule.
    dated : date
        When it was last looked at.
    where : str
        ``file:line`` of the row.
    """

    id: str
    medicines: tuple[str, ...]
    unless_medicines: tuple[str, ...]
    conditions: tuple[str, ...]
    answers: tuple[str, ...]
    values: tuple[Bound, ...]
    unknown: tuple[str, ...]
    meets: tuple[str, ...]
    told: str
    excludes: tuple[str, ...]
    before_h: float | None
    after_h: float | None
    silences: tuple[str, ...]
    severity: str
    action: str
    source: str
    verified: str
    dated: datetime.date
    where: str

    @property
    def of_items_alone(self) -> bool:
        """Whether it concerns what is in a plan, whoever the person is."""
        facts = (self.medicines, self.conditions, self.answers, self.values, self.unknown)
        return bool(self.meets) and not any(facts)


@cache
def read_interaction_matches() -> tuple[InteractionMatch, ...]:
    """Read whom the rules concern.

    Returns
    -------
    tuple of InteractionMatch
        In file order; a rule with several intervals has several rows.

    Raises
    ------
    TableError
        With every problem of the table, also a rule without a row or a word that no other table knows.

    Examples
    --------
    >>> [rule.after_h for rule in read_interaction_matches() if rule.id == "I091"]
    [8.0]
    """
    rows = checked_rows(
        data_text("interaction_matches.csv"), COLUMNS, ("id", "medicines"), (_known, _sensible)
    )
    rules = {row.text("id"): row for row in read_interactions()}
    found = []
    for row in rows:
        name = row.text("id")
        item = read_self_check().get(name)
        rule = rules.get(name)
        found.append(
            InteractionMatch(
                id=name,
                medicines=words_of(row.text("medicines")),
                unless_medicines=words_of(row.text("unless_medicines")),
                conditions=words_of(row.text("conditions")),
                answers=words_of(row.text("answers")),
                values=tuple(bound for word in words_of(row.text("values")) if (bound := bound_of(word))),
                unknown=words_of(row.text("unknown")),
                meets=words_of(row.text("meets")),
                told=row.text("told"),
                excludes=words_of(row.text("excludes")),
                before_h=row.number("before_h"),
                after_h=row.number("after_h"),
                silences=words_of(row.text("silences")),
                severity=row.text("severity") or (rule.text("severity") if rule else ""),
                action=rule.text("action") if rule else item.action if item else "",
                source=(rule.text("source") if rule else item.source if item else "") or OWN_RULES,
                verified=rule.text("verified") if rule else item.verified if item else "",
                dated=datetime.date.fromisoformat(row.text("dated")),
                where=row.where,
            )
        )
    return tuple(found)


@cache
def _words() -> dict[str, frozenset[str]]:
    """What each column may hold; made once, since the table of names is long."""
    fields = read_people_fields("person_fields.csv")
    names = read_medicine_names()
    medicines = {name.medicine_class for name in names} | {f"ingredient:{name.ingredient}" for name in names}
    return {
        "medicines": frozenset(medicines | {"not_recognised"}),
        "unless_medicines": frozenset(medicines | {"not_recognised"}),
        "conditions": frozenset({*fields["conditions"], *WORKED_OUT}),
        "answers": frozenset(read_self_check()),
        "unknown": frozenset({*fields["labs"], *fields["conditions"]}),
        "meets": HOLDS,
        "excludes": HOLDS,
        "silences": frozenset(rule.text("id") for rule in read_interactions()),
    }


def _known(row: Row) -> Iterable[Problem]:
    allowed = _words()
    rules, items = allowed["silences"], allowed["answers"]
    if row.text("id") not in rules and row.text("id") not in items:
        yield Problem(row.where, f"'{row.text('id')}' is no rule", "an id of interactions or self_check")
    for column, known in allowed.items():
        for word in words_of(row.text(column)):
            if word not in known:
                yield Problem(row.where, f"{column} '{word}' is not known", "a word of its table")
    yield from bound_problems(words_of(row.text("values")), row.where)


def _sensible(row: Row) -> Iterable[Problem]:
    facts = ("medicines", "conditions", "answers", "values", "unknown", "meets")
    if not any(row.text(name) for name in facts) and not row.text("note"):
        yield Problem(row.where, "nothing meets this rule, and the note does not say why", "a fact or a note")
    if row.text("after_h") and not row.text("before_h"):
        yield Problem(row.where, "after_h without before_h", "both, or before_h alone")
    if row.text("id").startswith("Q") and row.text("severity") not in SEVERITIES:
        yield Problem(
            row.where, "an item of the self-check without a severity", ", ".join(sorted(SEVERITIES))
        )
    yield from date_problems(row, "dated")
