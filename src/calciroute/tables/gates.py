"""Safety gates: which facts about a person stop a programme, and who to talk to (``gates.csv``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from calciroute.errors import Problem
from calciroute.tables.bounds import Bound, bound_of, bound_problems
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.self_check import read_self_check
from calciroute.tables.texts import data_text

KINDS = frozenset({"stop", "emergency"})
COLUMNS = (
    Column("id", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("conditions"),
    Column("values"),
    Column("medicines"),
    Column("with_answers"),
    Column("words", required=True),
    Column("talk_to", required=True),
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
    conditions : tuple of str
        Conditions of a person file.
    values : tuple of Bound
        Age and lab values.
    medicines : tuple of str
        Classes of medicines, or ``not_recognised``.
    with_answers : tuple of str
        The medicines close it only beside one of these answers.
    words, talk_to : str
        What was found, and whom to ask.
    """

    id: str
    kind: str
    conditions: tuple[str, ...]
    values: tuple[Bound, ...]
    medicines: tuple[str, ...]
    with_answers: tuple[str, ...]
    words: str
    talk_to: str


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
            conditions=words_of(row.text("conditions")),
            values=tuple(bound for word in words_of(row.text("values")) if (bound := bound_of(word))),
            medicines=words_of(row.text("medicines")),
            with_answers=words_of(row.text("with_answers")),
            words=row.text("words"),
            talk_to=row.text("talk_to"),
        )
        for row in rows
    )


def _known(row: Row) -> Iterable[Problem]:
    fields = read_people_fields("person_fields.csv")
    for word in (row.text("id"), *words_of(row.text("with_answers"))):
        if word not in read_self_check():
            yield Problem(row.where, f"'{word}' is not an item of self_check.csv", "an id from there")
    for word in words_of(row.text("conditions")):
        if word not in fields["conditions"]:
            yield Problem(
                row.where, f"'{word}' is not a condition of person_fields.csv", "a field from there"
            )
    yield from bound_problems(words_of(row.text("values")), row.where)
