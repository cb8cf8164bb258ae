"""The lines of a 30-day plan in plain words: ``plan_lines.csv``, each on a step of ``protocol.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Formatter

from calciroute.errors import Problem, TableError
from calciroute.tables.bounds import Bound, bound_of, bound_problems
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.interaction_matches import HOLDS
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.protocol import read_protocol
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.self_check import read_self_check
from calciroute.tables.texts import data_text

# In the order of a plan.
SECTIONS = (
    "before", "start", "food", "meals", "supplement", "movement", "yoga", "breathing", "rest", "checks",
    "expect", "faq",
)  # fmt: skip
# A text is no item that a rule could drop; the others are what `safety` asks about.
KINDS = frozenset({"text", "food", "pose", "breathing", "activity"})
ONLY = frozenset({"eats:natto", "brought:any", "brought:D", "brought:Mg", "smoking"})
COLUMNS = (
    Column("line", required=True),
    Column("protocol", required=True),
    Column("section", required=True, allowed=frozenset(SECTIONS)),
    Column("kind", required=True, allowed=KINDS),
    Column("title", required=True),
    Column("words", required=True),
    Column("caution"),
    Column("holds"),
    Column("needs"),
    Column("not_with"),
    Column("instead"),
    Column("evidence"),
    Column("certainty"),
    Column("only", allowed=ONLY),
    Column("calendar"),
)


@dataclass(frozen=True)
class PlanLineRow:
    """One line as the table has it.

    Parameters
    ----------
    line : str
        Its own id.
    step : Row
        Row of ``protocol.csv``: days and source.
    section, kind : str
        Where it stands, and what it is to the rules.
    title, words, caution : str
        As they are printed; none of them says how much of a product to swallow.
    holds : frozenset of str
        What the rules look at.
    needs : tuple of Bound
        Values that have to be known and to hold.
    not_with : tuple of str
        Conditions of a person file, and items of the self-check, that leave the line out.
    instead : str
        What stands there then; may be empty.
    evidence : tuple of Row
        Rows of ``lifestyle.csv``.
    certainty : str
        In words, where it does not follow from the evidence.
    only : str
        For whom alone it is shown; empty is for all.
    calendar : str
        Title in a calendar; empty stays out of it.
    """

    line: str
    step: Row
    section: str
    kind: str
    title: str
    words: str
    caution: str
    holds: frozenset[str]
    needs: tuple[Bound, ...]
    not_with: tuple[str, ...]
    instead: str
    evidence: tuple[Row, ...]
    certainty: str
    only: str
    calendar: str


@cache
def read_plan_lines() -> tuple[PlanLineRow, ...]:
    """Read the lines.

    Returns
    -------
    tuple of PlanLineRow
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> {row.section for row in read_plan_lines()} == set(SECTIONS)
    True
    """
    rows = checked_rows(data_text("plan_lines.csv"), COLUMNS, ("line",), (_known,))
    steps = {row.text("id"): row for row in read_protocol()}
    evidence = {row.text("id"): row for row in read_lifestyle()}
    numbers = {name: row.text("effect").removesuffix(".0") for name, row in evidence.items()}
    unsaid = [row for row in rows if not row.text("certainty") and not row.text("evidence")]
    if unsaid:
        raise TableError(
            Problem(row.where, "neither evidence nor certainty", "at least one of them") for row in unsaid
        )
    return tuple(
        PlanLineRow(
            line=row.text("line"),
            step=steps[row.text("protocol")],
            section=row.text("section"),
            kind=row.text("kind"),
            title=row.text("title"),
            words=row.text("words").format(**numbers),
            caution=row.text("caution"),
            holds=frozenset(words_of(row.text("holds"))),
            needs=tuple(bound for word in words_of(row.text("needs")) if (bound := bound_of(word))),
            not_with=words_of(row.text("not_with")),
            instead=row.text("instead"),
            evidence=tuple(evidence[name] for name in words_of(row.text("evidence"))),
            certainty=row.text("certainty"),
            only=row.text("only"),
            calendar=row.text("calendar"),
        )
        for row in rows
    )


def _known(row: Row) -> Iterable[Problem]:
    steps = {step.text("id") for step in read_protocol()}
    effects = {effect.text("id") for effect in read_lifestyle()}
    people = {*read_people_fields("person_fields.csv")["conditions"], *read_self_check()}
    places = [name for _, name, _, _ in Formatter().parse(row.text("words")) if name is not None]
    for words, known, table in (
        ((row.text("protocol"),), steps, "protocol.csv"),
        (words_of(row.text("evidence")), effects, "lifestyle.csv"),
        (places, effects, "lifestyle.csv"),
        (words_of(row.text("holds")), HOLDS, "what a rule can look at"),
        (words_of(row.text("not_with")), people, "person_fields.csv or self_check.csv"),
    ):
        for word in words:
            if word not in known:
                yield Problem(row.where, f"'{word}' does not stand in {table}", "a name from there")
    yield from bound_problems(words_of(row.text("needs")), row.where)
