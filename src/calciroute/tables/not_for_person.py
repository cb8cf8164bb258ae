"""What the model does not hold about people, and the outcomes that it touches: ``not_for_person.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, near_names
from calciroute.tables.bounds import Bound, bound_of, bound_problems
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.nomenclature import read_nomenclature
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.rules import MEMORY, checked_rows, words_of
from calciroute.tables.texts import data_text

# measured: in people who have or take it; review, label: as written there; model: the text or table of ours
# that says what is left out; assumed: follows from what it is.
BASES = frozenset({"measured", "review", "label", "model", "assumed"})
GROUP = "group:"
COLUMNS = (
    Column("id", required=True),
    Column("cause", required=True),
    Column("conditions"),
    Column("medicines"),
    Column("values"),
    Column("unless"),
    Column("outcomes", required=True),
    Column("reason", required=True),
    Column("source"),
    Column("locator"),
    Column("basis", required=True, allowed=BASES),
    Column("verified", required=True),
    Column("note"),
)
_MEDICINE_KINDS = ("class", "ingredient", "name")
_LONGEST_REASON = 140
# A digit in a reason would stand in a sentence as if it were a number of the outcome.
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class LeftOut:
    """One thing that the model does not hold.

    Parameters
    ----------
    id, cause : str
        The row, and the thing in few words.
    conditions : tuple of str
        Conditions of a person file that name it.
    medicines : tuple of (str, str)
        Kind (class, ingredient or name) and word of ``medicine_names.csv``.
    values : tuple of Bound
        Lab values that show it.
    unless : tuple of str
        Fields of a person file; where one is given and not false the model holds it after all.
    outcomes, groups : frozenset of str
        What it touches, by outcome and by whole group.
    reason : str
        One plain clause without digits and full stop.
    sources : tuple of str
        Keys of ``references.bib``.
    locator, basis, verified : str
        Where it says so, on what it rests, where it was seen.
    where : str
        ``file:line`` of the row.
    """

    id: str
    cause: str
    conditions: tuple[str, ...]
    medicines: tuple[tuple[str, str], ...]
    values: tuple[Bound, ...]
    unless: tuple[str, ...]
    outcomes: frozenset[str]
    groups: frozenset[str]
    reason: str
    sources: tuple[str, ...]
    locator: str
    basis: str
    verified: str
    where: str


@cache
def read_not_for_person(source: Traversable | None = None) -> tuple[LeftOut, ...]:
    """The table.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of LeftOut
        In file order, which is the order in which reasons are told.

    Raises
    ------
    TableError
        With every problem of the table: a row that nothing recognises, a condition, medicine, bound or
        outcome that no other table knows, a reason that is no plain clause, a row without a source.

    Examples
    --------
    >>> sorted(next(row.outcomes for row in read_not_for_person() if row.id == "coronary_stent"))
    ['CAC_agatston', 'CHD_events', 'Ca_artery_flow']
    """
    rows = checked_rows(source or data_text("not_for_person.csv"), COLUMNS, ("id",), (_known, _plain, _rests))
    return tuple(_left_out(row) for row in rows)


def _left_out(row: Row) -> LeftOut:
    touched = words_of(row.text("outcomes"))
    pairs = (word.split(":", 1) for word in words_of(row.text("medicines")))
    return LeftOut(
        id=row.text("id"),
        cause=row.text("cause"),
        conditions=words_of(row.text("conditions")),
        medicines=tuple((kind, word) for kind, word in pairs),
        values=tuple(bound for word in words_of(row.text("values")) if (bound := bound_of(word))),
        unless=words_of(row.text("unless")),
        outcomes=frozenset(word for word in touched if not word.startswith(GROUP)),
        groups=frozenset(word.removeprefix(GROUP) for word in touched if word.startswith(GROUP)),
        reason=row.text("reason"),
        sources=words_of(row.text("source")),
        locator=row.text("locator"),
        basis=row.text("basis"),
        verified=row.text("verified"),
        where=row.where,
    )


def _known(row: Row) -> Iterable[Problem]:
    fields = read_people_fields("person_fields.csv")
    if not any(row.text(name) for name in ("conditions", "medicines", "values")):
        yield Problem(row.where, "nothing recognises this row", "conditions, medicines or values")
    for word in words_of(row.text("conditions")):
        if word not in fields["conditions"]:
            yield _unknown(row, word, "a condition of person_fields.csv", fields["conditions"])
    for word in words_of(row.text("unless")):
        section, _, name = word.partition(".")
        if name not in fields.get(section, {}):
            yield _unknown(row, word, "a field of person_fields.csv, such as labs.eGFR", ())
    for word in words_of(row.text("medicines")):
        kind, _, name = word.partition(":")
        if kind not in _MEDICINE_KINDS or name not in _medicine_words(kind):
            expected = "class:, ingredient: or name: with a word of medicine_names.csv"
            yield _unknown(row, word, expected, _medicine_words(kind))
    yield from bound_problems(words_of(row.text("values")), row.where)
    for word in words_of(row.text("outcomes")):
        if not word.startswith(GROUP) and word not in read_nomenclature():
            yield _unknown(row, word, "an outcome of nomenclature.csv, or group:NAME", read_nomenclature())


def _plain(row: Row) -> Iterable[Problem]:
    reason = row.text("reason")
    expected = f"a clause without digits and full stop, at most {_LONGEST_REASON} letters"
    if _DIGIT.search(reason):
        yield Problem(row.where, f"a digit in the reason '{reason}'", expected)
    if reason.endswith(".") or len(reason) > _LONGEST_REASON:
        yield Problem(row.where, f"the reason '{reason}' is no short clause", expected)


def _rests(row: Row) -> Iterable[Problem]:
    if row.text("basis") in {"measured", "review", "label"} and not row.text("source"):
        yield Problem(row.where, f"basis {row.text('basis')} without a source", "a key of references.bib")
    if not row.text("source") and not row.text("locator") and row.text("verified") != MEMORY:
        yield Problem(row.where, "no source and no locator", "one of them, or verified = memory")


def _unknown(row: Row, word: str, expected: str, names: Iterable[str]) -> Problem:
    near = near_names(word.rpartition(":")[2], tuple(names))
    return Problem(row.where, f"'{word}' is not known", expected, f"'{near[0]}'" if near else "")


@cache
def _medicine_words(kind: str) -> frozenset[str]:
    rows = read_medicine_names()
    if kind == "class":
        return frozenset(row.medicine_class for row in rows)
    return frozenset(row.ingredient if kind == "ingredient" else row.name for row in rows)
