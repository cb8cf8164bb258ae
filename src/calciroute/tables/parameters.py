"""The numbers beside each model text: one row a number, with unit, source, spread and where it was seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column, Row, read_table
from calciroute.units.expression import UnitError, parse_unit

BASES = frozenset({"measured", "fitted", "borrowed", "assumed"})
PRIORS = frozenset({"fixed", "normal", "log-normal", "uniform", "log-uniform", "half-one-log-normal"})
COLUMNS = (
    Column("id", required=True),
    Column("value", "number", required=True),
    Column("unit", required=True),
    Column("basis", required=True, allowed=BASES),
    Column("source"),
    Column("locator"),
    Column("prior", allowed=PRIORS),
    Column("prior_params"),
    Column("person_cv", "number"),
    Column("lower", "number"),
    Column("upper", "number"),
    Column("verified"),
    Column("note"),
)
_PRIOR_SIZES = {
    "normal": 2,
    "log-normal": 2,
    "uniform": 2,
    "log-uniform": 2,
    "half-one-log-normal": 3,
    "fixed": 0,
}
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")


@dataclass(frozen=True)
class Parameter:
    """One number of the model, as printed.

    Parameters
    ----------
    id : str
        Name in the model text.
    value : float
        In `unit`.
    unit : str
        Unit expression as printed.
    basis : str
        measured, fitted, borrowed or assumed.
    source, locator, verified, note : str
        Key in references.bib, table or page, where and when it was seen, remarks.
    prior : str
        What is not known: a family, ``fixed``, or empty for the range rule.
    prior_params : tuple of float
        In `unit`, or on the log scale for the log families.
    person_cv : float or None
        How people differ, coefficient of variation.
    lower, upper : float or None
        Bounds in `unit`.
    where : str
        ``file:line`` of the row.
    """

    id: str
    value: float
    unit: str
    basis: str
    source: str
    locator: str
    prior: str
    prior_params: tuple[float, ...]
    person_cv: float | None
    lower: float | None
    upper: float | None
    verified: str
    note: str
    where: str


def read_parameters(source: Traversable) -> dict[str, Parameter]:
    """Read the numbers of one process.

    Parameters
    ----------
    source : Traversable
        Such as ``physiology_text("mgp.csv")``.

    Returns
    -------
    dict of str to Parameter
        By id, in file order.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    rows = read_table(source, COLUMNS, key=("id",))
    problems: list[Problem] = []
    found = {row.text("id"): _parameter(row, problems) for row in rows}
    if problems:
        raise TableError(problems)
    return found


def _parameter(row: Row, problems: list[Problem]) -> Parameter:
    params = tuple(float(text) for text in row.text("prior_params").split(";") if text.strip())
    value = row.number("value")
    assert value is not None  # required above
    parameter = Parameter(
        id=row.text("id"),
        value=value,
        unit=row.text("unit"),
        basis=row.text("basis"),
        source=row.text("source"),
        locator=row.text("locator"),
        prior=row.text("prior"),
        prior_params=params,
        person_cv=row.number("person_cv"),
        lower=row.number("lower"),
        upper=row.number("upper"),
        verified=row.text("verified"),
        note=row.text("note"),
        where=row.where,
    )
    problems.extend(_rule_problems(parameter))
    return parameter


def _rule_problems(row: Parameter) -> list[Problem]:
    problems: list[Problem] = []
    if not _ID.match(row.id):
        problems.append(Problem(row.where, f"id '{row.id}' is no name", "letters, digits and _"))
    try:
        parse_unit(row.unit)
    except UnitError as wrong:
        problems.append(Problem(row.where, str(wrong), "a unit expression such as nmol/L"))
    if (
        not row.source
        and not (row.basis == "assumed" and row.note)
        and row.verified != "memory"
        and not row.note
    ):
        problems.append(
            Problem(row.where, f"{row.id} has neither source nor note", "a source, or a note that says why")
        )
    for bound, name, wrong_side in ((row.lower, "lower", 1), (row.upper, "upper", -1)):
        if bound is not None and wrong_side * (bound - row.value) > 0:
            problems.append(
                Problem(row.where, f"{name} {bound:g} and value {row.value:g}", "lower <= value <= upper")
            )
    if row.prior and len(row.prior_params) != _PRIOR_SIZES[row.prior]:
        problems.append(
            Problem(
                row.where,
                f"prior {row.prior} with {len(row.prior_params)} numbers",
                f"{_PRIOR_SIZES[row.prior]} numbers",
            )
        )
    if (
        row.lower is not None
        and row.upper is not None
        and row.lower < 0 < row.upper
        and row.prior == "log-normal"
    ):
        problems.append(
            Problem(row.where, "a log-normal prior across zero", "bounds above zero, or prior normal")
        )
    return problems
