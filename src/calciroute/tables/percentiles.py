"""Where a level stands in a population: ``percentiles.csv``, one published percentile a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, ordered, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("outcome", required=True),
    Column("sex", required=True, allowed=frozenset({"female", "male"})),
    Column("age_from", "number", required=True),
    Column("age_to", "number", required=True),
    Column("percentile", "number", required=True),
    Column("value", "number", required=True),
    Column("unit", required=True),
    Column("cohort", required=True),
    Column("people", "number", required=True),
    Column("source"),
    Column("locator", required=True),
    Column("basis", required=True, allowed=frozenset({"measured", "fitted", "borrowed", "assumed"})),
    Column("verified", required=True),
    Column("note"),
)
_KEY = ("outcome", "sex", "age_from", "age_to", "percentile")


@dataclass(frozen=True)
class Distribution:
    """Percentiles of one group of people.

    Parameters
    ----------
    outcome, sex : str
        Of what, of whom.
    age_from, age_to : float, y
        The whole group stands for itself: no percentile of a single age.
    cohort : str
        Name of the study.
    people : int
        How many were measured.
    points : tuple of (float, float)
        Percentile and level in the unit of the outcome, rising.
    source, locator, verified, where : str
        Key in ``references.bib``, place there, where it was read, ``file:line``.
    """

    outcome: str
    sex: str
    age_from: float
    age_to: float
    cohort: str
    people: int
    points: tuple[tuple[float, float], ...]
    source: str
    locator: str
    verified: str
    where: str

    def around(self, level: float) -> tuple[float | None, float | None]:
        """The printed percentiles below and above a level.

        Parameters
        ----------
        level : float
            In the unit of the outcome.

        Returns
        -------
        tuple of two float or None
            None beyond the first or the last. Nothing is read between the two: the source prints no more.

        Examples
        --------
        >>> read_percentiles()[0].around(45.0), read_percentiles()[0].around(1.0)
        ((50.0, 75.0), (None, 25.0))
        """
        below = [percentile for percentile, value in self.points if value <= level]
        above = [percentile for percentile, value in self.points if value > level]
        return (below[-1] if below else None, above[0] if above else None)


@cache
def read_percentiles(source: Traversable | None = None) -> tuple[Distribution, ...]:
    """Read the distributions.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Distribution
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [(one.sex, one.cohort, one.people) for one in read_percentiles()]
    [('male', 'Heinz Nixdorf Recall', 1633), ('female', 'Heinz Nixdorf Recall', 1848)]
    """
    rules = (sourced, unit_known("unit"), ordered("age_from", "age_to"), _a_percentile)
    rows = checked_rows(source or data_text("percentiles.csv"), COLUMNS, _KEY, rules)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row.text(name) for name in ("outcome", "sex", "age_from", "age_to", "cohort"))
        groups.setdefault(key, []).append(row)
    return tuple(_distribution(members) for members in groups.values())


def distributions_of(outcome: str, sex: str) -> tuple[Distribution, ...]:
    """Distributions of an outcome in people of one sex.

    Parameters
    ----------
    outcome, sex : str
        Outcome id; female or male.

    Returns
    -------
    tuple of Distribution
        Empty where none was read.
    """
    return tuple(one for one in read_percentiles() if one.outcome == outcome and one.sex == sex)


def _a_percentile(row: Row) -> Iterable[Problem]:
    percentile = row.number("percentile") or 0.0
    if not 0.0 < percentile < 100.0:
        yield Problem(row.where, f"percentile {percentile:g}", "a number between 0 and 100")


def _distribution(rows: list[Row]) -> Distribution:
    first = rows[0]
    points = [(row.number("percentile") or 0.0, row.number("value") or 0.0) for row in rows]
    return Distribution(
        outcome=first.text("outcome"),
        sex=first.text("sex"),
        age_from=first.number("age_from") or 0.0,
        age_to=first.number("age_to") or 0.0,
        cohort=first.text("cohort"),
        people=int(first.number("people") or 0.0),
        points=tuple(sorted(points)),
        source=first.text("source"),
        locator=first.text("locator"),
        verified=first.text("verified"),
        where=first.where,
    )
