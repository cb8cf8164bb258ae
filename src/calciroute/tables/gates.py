"""Safety gates: which facts about a person stop a programme, and who to talk to (``gates.csv``)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from calciroute.errors import Problem
from calciroute.tables.bounds import Bound, bound_of, bound_problems
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.rules import checked_rows, date_problems, words_of
from calciroute.tables.self_check import read_self_check
from calciroute.tables.texts import data_text

KINDS = frozenset({"stop", "emergency"})
# A simulation is research and goes on under a notice; some facts close a plan and put no notice on research.
SCOPES = frozenset({"everywhere", "plan"})
# What makes a question pointless for a person.
NOT_ASKED = frozenset({"male", "postmenopausal", "adult"})
# Key in references.bib of rules that rest on general knowledge and on no text that was read.
OWN_RULES = "calciroute_safety_rules"
COLUMNS = (
    Column("id", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("scope", required=True, allowed=SCOPES),
    Column("conditions"),
    Column("values"),
    Column("medicines"),
    Column("with_answers"),
    Column("unless_known"),
    Column("answered_by"),
    Column("decided_by_no"),
    Column("not_asked"),
    Column("words", required=True),
    Column("talk_to", required=True),
    Column("reopen", required=True),
    Column("dated", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Gate:
    """One gate; any of its facts closes it.

    Parameters
    ----------
    id : str
        Item of the self-check; answered with true it closes the gate by itself.
    kind : str
        stop or emergency.
    scope : str
        ``everywhere``, or ``plan`` for what closes a plan and puts no notice on a simulation.
    conditions : tuple of str
        Conditions of a person file.
    values : tuple of Bound
        Age and lab values.
    medicines : tuple of str
        Classes of medicines, or ``not_recognised``.
    with_answers : tuple of str
        The medicines close it only beside one of these answers.
    unless_known : tuple of str
        Labs; when all are known the conditions do not close it.
    answered_by : str
        ``medicines`` where a given list of medicines answers it.
    decided_by_no : str
        A condition whose no answers it.
    not_asked : tuple of str
        Persons for whom there is nothing to ask: male, postmenopausal, adult.
    words, talk_to, reopen : str
        What was found, whom to ask, and what opens it again.
    dated : date
        When the rule was last looked at.
    source : str
        Key in references.bib, from the self-check; our own rules name themselves.
    where : str
        ``file:line`` of the row.
    """

    id: str
    kind: str
    scope: str
    conditions: tuple[str, ...]
    values: tuple[Bound, ...]
    medicines: tuple[str, ...]
    with_answers: tuple[str, ...]
    unless_known: tuple[str, ...]
    answered_by: str
    decided_by_no: str
    not_asked: tuple[str, ...]
    words: str
    talk_to: str
    reopen: str
    dated: datetime.date
    source: str
    where: str


@cache
def read_gates() -> tuple[Gate, ...]:
    """Read the gates.

    Returns
    -------
    tuple of Gate
        In the order in which they are told.

    Raises
    ------
    TableError
        With every problem of the table, also an id or a condition that no other table knows.

    Examples
    --------
    >>> read_gates()[0].medicines
    ('vitamin_k_antagonist',)
    """
    rows = checked_rows(data_text("gates.csv"), COLUMNS, ("id",), (_known,))
    return tuple(
        Gate(
            id=row.text("id"),
            kind=row.text("kind"),
            scope=row.text("scope"),
            conditions=words_of(row.text("conditions")),
            values=tuple(bound for word in words_of(row.text("values")) if (bound := bound_of(word))),
            medicines=words_of(row.text("medicines")),
            with_answers=words_of(row.text("with_answers")),
            unless_known=words_of(row.text("unless_known")),
            answered_by=row.text("answered_by"),
            decided_by_no=row.text("decided_by_no"),
            not_asked=words_of(row.text("not_asked")),
            words=row.text("words"),
            talk_to=row.text("talk_to"),
            reopen=row.text("reopen"),
            dated=datetime.date.fromisoformat(row.text("dated")),
            source=read_self_check()[row.text("id")].source or OWN_RULES,
            where=row.where,
        )
        for row in rows
    )


def latest_day() -> datetime.date:
    """The last day that can be today: by the clock, or by the newest gate where a clock is behind it.

    Returns
    -------
    date
        One day later than either, since it is tomorrow already somewhere.

    Examples
    --------
    >>> latest_day() > datetime.date(2026, 11, 25)
    True
    """
    newest = max(gate.dated for gate in read_gates())
    return max(newest, datetime.date.today()) + datetime.timedelta(days=1)


def _known(row: Row) -> Iterable[Problem]:
    fields = read_people_fields("person_fields.csv")
    for word in (row.text("id"), *words_of(row.text("with_answers"))):
        if word not in read_self_check():
            yield Problem(row.where, f"'{word}' is not an item of self_check.csv", "an id from there")
    for word in words_of(f"{row.text('conditions')};{row.text('decided_by_no')}"):
        if word not in fields["conditions"]:
            yield Problem(
                row.where, f"'{word}' is not a condition of person_fields.csv", "a field from there"
            )
    yield from bound_problems(words_of(row.text("values")), row.where)
    for word in words_of(row.text("unless_known")):
        if word not in fields["labs"]:
            yield Problem(row.where, f"'{word}' is not a lab of person_fields.csv", "a field from there")
    for word in words_of(row.text("not_asked")):
        if word not in NOT_ASKED:
            yield Problem(row.where, f"'{word}' is no kind of person", ", ".join(sorted(NOT_ASKED)))
    if row.text("answered_by") not in {"", "medicines"}:
        yield Problem(row.where, f"'{row.text('answered_by')}' answers no gate", "medicines, or nothing")
    yield from date_problems(row, "dated")
