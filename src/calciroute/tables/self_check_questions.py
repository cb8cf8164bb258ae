"""The self-check in plain words: ``self_check_questions.csv``, a row for each item of ``self_check.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Formatter

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows
from calciroute.tables.self_check import read_self_check, read_self_check_rows
from calciroute.tables.texts import data_text

# Items of the round "none" are never asked: the file decides them, or they stay open.
ROUNDS = ("safety", "habits", "none")
COLUMNS = (
    Column("id", required=True),
    Column("round", required=True, allowed=frozenset(ROUNDS)),
    Column("sex", allowed=frozenset({"female", "male"})),
    Column("question", required=True),
    Column("help"),
    Column("holds", required=True),
    Column("found"),
    Column("talk_to"),
)
_NUMBERS = ("weight", "weight_low", "weight_high")
_PLACES = {"weight": "weight", "low": "weight_low", "high": "weight_high"}


@dataclass(frozen=True)
class SelfCheckQuestion:
    """One item in plain words.

    Parameters
    ----------
    id : str
        Of ``self_check.csv``, which holds the source of what is asked.
    round : str
        ``safety`` is asked first, then ``habits``; ``none`` is read from the file and never asked.
    sex : str
        ``female`` where only women are asked; else empty.
    question, help : str
        As it is asked, and what a question mark shows; help may be empty.
    holds : str
        What a yes means, in words about a finding, not about what to do.
    found : str
        What was published for groups, its numbers those of ``self_check.csv``; may be empty.
    talk_to : str
        Whom to ask; may be empty.
    """

    id: str
    round: str
    sex: str
    question: str
    help: str
    holds: str
    found: str
    talk_to: str


@cache
def read_self_check_questions() -> dict[str, SelfCheckQuestion]:
    """Read the questions.

    Returns
    -------
    dict of id to SelfCheckQuestion
        In the order in which they are asked.

    Raises
    ------
    TableError
        With every problem, also an item without a question and a number that the item does not have.

    Examples
    --------
    >>> read_self_check_questions()["Q057"].found
    'In one small study the eye pressure rose by 4 mmHg with the legs up the wall.'
    """
    rows = read_self_check_question_rows()
    missing = [item for item in read_self_check() if item not in {row.text("id") for row in rows}]
    if missing:
        raise TableError(
            Problem("self_check_questions.csv", f"{item} has no question", "one row for each item")
            for item in missing
        )
    numbers = _numbers()
    return {
        row.text("id"): SelfCheckQuestion(
            id=row.text("id"),
            round=row.text("round"),
            sex=row.text("sex"),
            question=row.text("question"),
            help=row.text("help"),
            holds=row.text("holds"),
            found=row.text("found").format(**numbers.get(row.text("id"), {})),
            talk_to=row.text("talk_to"),
        )
        for row in rows
    }


@cache
def read_self_check_question_rows() -> tuple[Row, ...]:
    """Read the questions as plain rows.

    Returns
    -------
    tuple of Row
        In file order, places of numbers not filled.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    return checked_rows(data_text("self_check_questions.csv"), COLUMNS, ("id",), (_known,))


@cache
def _numbers() -> dict[str, dict[str, str]]:
    """The published numbers of each item as its table writes them."""
    return {
        row.text("id"): {place: row.text(column) for place, column in _PLACES.items() if row.text(column)}
        for row in read_self_check_rows()
    }


def _known(row: Row) -> Iterable[Problem]:
    item = row.text("id")
    if item not in read_self_check():
        yield Problem(row.where, f"'{item}' is not an item of self_check.csv", "an id from there")
        return
    for _, name, _, _ in Formatter().parse(row.text("found")):
        if name is not None and name not in _numbers()[item]:
            yield Problem(row.where, f"{item} has no number '{name}'", ", ".join(_NUMBERS))
