"""Rules that many tables share, each a function from a row to the problems it finds there."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterable, Sequence
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column, Row, read_table
from calciroute.units.expression import UnitError, parse_unit

Rule = Callable[[Row], Iterable[Problem]]
MEMORY = "memory"


def checked_rows(
    source: Traversable, columns: Sequence[Column], key: Sequence[str] = (), rules: Sequence[Rule] = ()
) -> tuple[Row, ...]:
    """Read a table and apply its rules, all problems at once.

    Parameters
    ----------
    source : Traversable
        The CSV file.
    columns : sequence of Column
        Headings in their order.
    key : sequence of str, optional
        Columns whose values together must be unique.
    rules : sequence of callable, optional
        Each takes a row and yields problems.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem found.
    """
    rows = read_table(source, columns, key)
    problems = [problem for row in rows for rule in rules for problem in rule(row)]
    if problems:
        raise TableError(problems)
    return tuple(rows)


def words_of(cell: str) -> tuple[str, ...]:
    """Words of a cell that holds several, parted by ``;``.

    Parameters
    ----------
    cell : str
        Such as ``knapen2015; ronn2016``.

    Returns
    -------
    tuple of str
        Without the blanks around them; empty for an empty cell.

    Examples
    --------
    >>> words_of("knapen2015; ronn2016")
    ('knapen2015', 'ronn2016')
    """
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def sourced(row: Row) -> Iterable[Problem]:
    """A row without a source must say that its number is only remembered."""
    if not row.text("source") and row.text("verified") != MEMORY:
        yield Problem(
            row.where,
            "no source, and verified is not 'memory'",
            "a key of references.bib, or verified = memory",
            "name the source, or mark the row as remembered",
        )


def ordered(*columns: str) -> Rule:
    """Rule that columns stand in rising order, as far as they are filled.

    Parameters
    ----------
    *columns : str
        Names, lowest first.

    Returns
    -------
    callable
        The rule.
    """

    def rule(row: Row) -> Iterable[Problem]:
        filled = [(name, number) for name in columns if (number := row.number(name)) is not None]
        for (name, number), (next_name, next_number) in itertools.pairwise(filled):
            if number > next_number:
                found = f"{name} {number:g} is above {next_name} {next_number:g}"
                yield Problem(row.where, found, " <= ".join(columns), "look at the source again")

    return rule


def unit_known(column: str) -> Rule:
    """Rule that a column holds a unit expression, or nothing.

    Parameters
    ----------
    column : str
        Column name.

    Returns
    -------
    callable
        The rule.
    """

    def rule(row: Row) -> Iterable[Problem]:
        if row.text(column):
            try:
                parse_unit(row.text(column))
            except UnitError as wrong:
                yield Problem(row.where, str(wrong), "a unit expression such as ug/d")

    return rule


def filled_together(first: str, second: str) -> Rule:
    """Rule that two columns are both filled or both empty.

    Parameters
    ----------
    first, second : str
        Column names.

    Returns
    -------
    callable
        The rule.
    """

    def rule(row: Row) -> Iterable[Problem]:
        if bool(row.text(first)) != bool(row.text(second)):
            full, empty = (first, second) if row.text(first) else (second, first)
            yield Problem(
                row.where, f"{full} is filled and {empty} is empty", f"both {first} and {second}, or neither"
            )

    return rule


def date_problems(row: Row, column: str) -> Iterable[Problem]:
    """Problem of a cell that has to hold a day such as 2026-11-25."""
    try:
        datetime.date.fromisoformat(row.text(column))
    except ValueError:
        yield Problem(row.where, f"{column} '{row.text(column)}' is no day", "such as 2026-11-25")
