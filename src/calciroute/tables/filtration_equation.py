"""Numbers of the equation that turns creatinine into filtration: CKD-EPI 2021."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, sourced
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("id", required=True),
    Column("sex", allowed=frozenset({"female", "male"})),
    Column("value", "number", required=True),
    Column("unit", required=True),
    Column("source"),
    Column("locator"),
    Column("basis", required=True),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class FiltrationEquation:
    """``scale min(Scr/kappa, 1)^alpha max(Scr/kappa, 1)^beyond year^age factor``.

    Parameters
    ----------
    scale : float, mL/min per 1.73 m2
        Level at kappa and age 0.
    kappa : float, mg/dL
        Creatinine at which the exponent changes.
    alpha, beyond : float
        Exponents below and above kappa.
    year : float
        Factor of a year of age.
    factor : float
        Factor of the sex.
    source : str
        Key in ``references.bib``.
    """

    scale: float
    kappa: float
    alpha: float
    beyond: float
    year: float
    factor: float
    source: str


@cache
def read_filtration_rows(source: Traversable | None = None) -> tuple[Row, ...]:
    """Rows of ``filtration_equation.csv``, checked.

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
    return checked_rows(source or data_text("filtration_equation.csv"), COLUMNS, ("id", "sex"), (sourced,))


@cache
def filtration_equation(sex: str) -> FiltrationEquation:
    """The equation for a sex.

    Parameters
    ----------
    sex : {"female", "male"}
        At birth.

    Returns
    -------
    FiltrationEquation

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> filtration_equation("female").kappa
    0.7
    """
    rows = [row for row in read_filtration_rows() if row.text("sex") in ("", sex)]
    values = {row.text("id"): row.number("value") or 0.0 for row in rows}
    return FiltrationEquation(**values, source=rows[0].text("source"))
