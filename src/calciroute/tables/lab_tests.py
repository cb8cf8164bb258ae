"""Laboratory tests, scans and pressures that a person may give: what each is asked for, and what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, sourced, words_of
from calciroute.tables.texts import data_text

USES = frozenset({"model", "eGFR", "kept"})
COLUMNS = (
    Column("test", required=True),
    Column("molar_mass", "number"),
    Column("ask", required=True),
    Column("alone"),
    Column("sibling"),
    Column("assay", allowed=frozenset({"yes"})),
    Column("use", required=True, allowed=USES),
    Column("reason"),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class LabTest:
    """One test.

    Parameters
    ----------
    test : str
        Field of ``[labs]`` in ``person_fields.csv``, which holds its unit and its plausible band.
    molar_mass : float or None, g/mol
        None where amounts and masses do not convert.
    ask : tuple of str
        Units that a bare number is asked about with.
    alone : str
        Unit that a bare number is taken in; empty where it is asked.
    sibling : str
        Test that a report prints under nearly the same name; empty for none.
    assay : bool
        Whether results of two assays differ so much that the assay belongs to the value.
    use : {"model", "eGFR", "kept"}
        What becomes of a value.
    reason : str
        Why the model does not use it.
    source, verified, note : str
        Of the molar mass or of the unit; ``memory`` where nothing was read.
    where : str
        ``file:line`` of the row.
    """

    test: str
    molar_mass: float | None
    ask: tuple[str, ...]
    alone: str
    sibling: str
    assay: bool
    use: str
    reason: str
    source: str
    verified: str
    note: str
    where: str


def _reasoned(row: Row) -> Iterable[Problem]:
    """What the model leaves out says why."""
    if (row.text("use") == "model") == bool(row.text("reason")):
        yield Problem(row.where, f"use is {row.text('use')}", "a reason where the model leaves the value out")


@cache
def read_lab_rows(source: Traversable | None = None) -> tuple[Row, ...]:
    """Rows of ``lab_tests.csv``, checked.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    return checked_rows(source or data_text("lab_tests.csv"), COLUMNS, ("test",), (sourced, _reasoned))


@cache
def read_lab_tests() -> dict[str, LabTest]:
    """Read the table of tests.

    Returns
    -------
    dict of test to LabTest
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_lab_tests()["magnesium"].reason
    'no term of the model reads magnesium in blood'
    """
    return {
        row.text("test"): LabTest(
            test=row.text("test"),
            molar_mass=row.number("molar_mass"),
            ask=words_of(row.text("ask")),
            alone=row.text("alone"),
            sibling=row.text("sibling"),
            assay=row.text("assay") == "yes",
            use=row.text("use"),
            reason=row.text("reason"),
            source=row.text("source"),
            verified=row.text("verified"),
            note=row.text("note"),
            where=row.where,
        )
        for row in read_lab_rows()
    }
