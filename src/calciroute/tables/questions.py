"""The questions of ``calciroute new --ask`` in the order in which they are asked: ``questions.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

BLOCKS = ("first", "labs", "scans", "bone", "diet", "more", "run")
PERSON_KINDS = frozenset({
    "amount", "choice", "conditions", "date", "flag", "gate", "lab", "lab_value", "maker", "medicine",
    "medicine_use", "number", "one_condition", "since", "size",
})  # fmt: skip
INTAKE_KINDS = frozenset({"product", "times", "share", "food", "lever", "lever_amount", "diary"})
RUN_KINDS = frozenset({"run_number"})
FILES = frozenset({"person", "plan", "run"})
COLUMNS = (
    Column("id", required=True),
    Column("block", required=True, allowed=frozenset(BLOCKS)),
    Column("group"),
    Column("file", allowed=FILES),
    Column("section"),
    Column("field"),
    Column("kind", required=True, allowed=PERSON_KINDS | INTAKE_KINDS | RUN_KINDS),
    Column("needed", allowed=frozenset({"yes", "entry"})),
    Column("title", required=True),
    Column("question", required=True),
    Column("hint"),
    Column("example", required=True),
    Column("choices"),
    Column("default"),
    Column("when"),
    Column("help", required=True),
)
_CLAUSE = re.compile(r"(?P<id>\w+) (?P<test>is not|is|<|>=) (?P<value>\S+)")


@dataclass(frozen=True)
class Clause:
    """A condition on an earlier answer: its word or tag, or its number."""

    question: str
    test: str
    value: str


@dataclass(frozen=True)
class Question:
    """One question.

    Parameters
    ----------
    id, block : str
        Its name, and the round it belongs to.
    group : str
        Questions of one group are asked again for each entry of a list; empty for a single question.
    file, section, field : str
        What an answer fills; empty where it only steers. A field such as ``@bone`` is named by the answer
        to that question of the same entry.
    kind : str
        How an answer is read.
    needed : {"", "yes", "entry"}
        ``yes``: no run without it. ``entry``: without it its entry of the list is left out.
    title, question, hint, example, help : str
        For the person: a label, the question, units, an answer that is good, and what to know.
    choices : tuple of tuple of str and str
        Words that may be answered, each with its meaning.
    default : str
        What an empty answer stands for; empty when nothing does.
    when : tuple of Clause
        It is asked when all of them hold.
    where : str
        ``file:line``.
    """

    id: str
    block: str
    group: str
    file: str
    section: str
    field: str
    kind: str
    needed: str
    title: str
    question: str
    hint: str
    example: str
    choices: tuple[tuple[str, str], ...]
    default: str
    when: tuple[Clause, ...]
    help: str
    where: str = ""

    @property
    def is_head(self) -> bool:
        """Whether an empty answer to it ends the list of its group."""
        return bool(self.group) and self.id == self.group


@cache
def read_questions(source: Traversable | None = None) -> tuple[Question, ...]:
    """Read the questions.

    Parameters
    ----------
    source : Traversable, optional
        The table; the shipped one by default.

    Returns
    -------
    tuple of Question
        In the order in which they are asked.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [question.id for question in read_questions()][:2]
    ['sex', 'age_years']
    """
    table = source or data_text("questions.csv")
    rows = checked_rows(table, COLUMNS, ("id",), (_field_known, _clauses_clear))
    questions = tuple(_question(row) for row in rows)
    problems = list(_order_problems(questions))
    if problems:
        raise TableError(problems)
    return questions


def _question(row: Row) -> Question:
    choices = []
    for choice in words_of(row.text("choices")):
        word, _, meaning = choice.partition("=")
        choices.append((word, meaning or word))
    return Question(
        id=row.text("id"),
        block=row.text("block"),
        group=row.text("group"),
        file=row.text("file"),
        section=row.text("section"),
        field=row.text("field"),
        kind=row.text("kind"),
        needed=row.text("needed"),
        title=row.text("title"),
        question=row.text("question"),
        hint=row.text("hint"),
        example=row.text("example"),
        choices=tuple(choices),
        default=row.text("default"),
        when=tuple(_clauses(row.text("when"))),
        help=row.text("help"),
        where=row.where,
    )


def _clauses(text: str) -> list[Clause]:
    found = [_CLAUSE.fullmatch(clause) for clause in words_of(text)]
    return [Clause(match["id"], match["test"], match["value"]) for match in found if match]


def _clauses_clear(row: Row) -> Iterable[Problem]:
    for clause in words_of(row.text("when")):
        if _CLAUSE.fullmatch(clause) is None:
            yield Problem(
                row.where, f"when '{clause}' is not understood", "ID is WORD, ID < NUMBER", "sex is female"
            )


def _field_known(row: Row) -> Iterable[Problem]:
    file, section, name = row.text("file"), row.text("section"), row.text("field")
    if file not in {"person", "plan"} or not name or name.startswith("@"):
        return
    if name not in read_people_fields(f"{file}_fields.csv").get(section, {}):
        yield Problem(row.where, f"field '{name}' of [{section}] is not known", f"a row of {file}_fields.csv")


def _order_problems(questions: tuple[Question, ...]) -> Iterable[Problem]:
    """A condition looks back; questions of one group stand together and begin with its head."""
    seen: dict[str, Question] = {}
    last_group = ""
    for question in questions:
        for clause in question.when:
            if clause.question not in seen:
                yield Problem(question.where, f"when names '{clause.question}'", "a question above it")
        if question.group and question.group != last_group and not question.is_head:
            yield Problem(question.where, f"group '{question.group}' does not begin here", "its head first")
        if any(question.question == other.question for other in seen.values()):
            yield Problem(question.where, "these words ask something else too", "words of its own")
        last_group = question.group
        seen[question.id] = question
