"""Dose points of vitamin K: ``dose_response.csv``, one row for study x dose x marker, kinetic values too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.outcomes import POPULATION_KINDS, VITAMERS, result_filled
from calciroute.tables.rules import checked_rows
from calciroute.tables.texts import data_text

RESULT_COLUMNS: dict[str, tuple[str, ...]] = {
    "percent_from_baseline": ("percent_change",),
    "percent_vs_placebo": ("percent_change",),
    "change_from_baseline": ("value",),
    "fold_from_baseline": ("value",),
    "fold_vs_placebo": ("value",),
    "baseline_and_value": ("baseline", "value"),
    "level": ("value",),
    "threshold": ("value",),
    "kinetic": (),
    "direction": (),
}
COLUMNS = (
    Column("study_id", required=True),
    Column("vitamer", required=True, allowed=VITAMERS),
    Column("dose_ug", "number"),
    Column("population", required=True),
    Column("population_kind", required=True, allowed=POPULATION_KINDS),
    Column("n", "number"),
    Column("outcome", required=True),
    Column("unit", required=True),
    Column("time_days", "number"),
    Column("baseline", "number"),
    Column("baseline_sd", "number"),
    Column("value", "number"),
    Column("value_sd", "number"),
    Column("percent_change", "number"),
    Column("direction"),
    Column("p_value"),
    Column("comparator"),
    Column("result_as", allowed=frozenset(RESULT_COLUMNS)),
    Column("note"),
    Column("verified", required=True),
)


@dataclass(frozen=True)
class DosePoint:
    """One marker at one dose.

    Parameters
    ----------
    study_id : str
        Which study.
    vitamer : str
        ``K1``, ``MK-4`` or ``MK-7``.
    dose_ug : float or None
        Mean dose, ug a day; None for a kinetic value or a level on the usual diet.
    population, population_kind : str
        Who, in words and as a word of `POPULATION_KINDS`.
    n : float or None
        People.
    outcome, unit : str
        What was measured, in the unit as printed.
    days : float or None
        Time at this dose.
    result_as : str
        A key of `RESULT_COLUMNS`, or empty.
    baseline, value, value_sd, percent_change : float or None
        As printed.
    direction, comparator, note, verified, where : str
        Sign of an effect without a size; what it is compared with; remarks; where it was read; ``file:line``.
    """

    study_id: str
    vitamer: str
    dose_ug: float | None
    population: str
    population_kind: str
    n: float | None
    outcome: str
    unit: str
    days: float | None
    result_as: str
    baseline: float | None
    value: float | None
    value_sd: float | None
    percent_change: float | None
    direction: str
    comparator: str
    note: str
    verified: str
    where: str


@cache
def read_dose_response(source: Traversable | None = None) -> tuple[DosePoint, ...]:
    """Read the dose points.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of DosePoint
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [p.dose_ug for p in read_dose_response() if p.study_id == "westenfeld2012"]
    [45.0, 135.0, 360.0]
    """
    rules = (result_filled(RESULT_COLUMNS),)
    return tuple(
        _point(row) for row in checked_rows(source or data_text("dose_response.csv"), COLUMNS, (), rules)
    )


def _point(row: Row) -> DosePoint:
    return DosePoint(
        study_id=row.text("study_id"),
        vitamer=row.text("vitamer"),
        dose_ug=row.number("dose_ug"),
        population=row.text("population"),
        population_kind=row.text("population_kind"),
        n=row.number("n"),
        outcome=row.text("outcome"),
        unit=row.text("unit"),
        days=row.number("time_days"),
        result_as=row.text("result_as"),
        baseline=row.number("baseline"),
        value=row.number("value"),
        value_sd=row.number("value_sd"),
        percent_change=row.number("percent_change"),
        direction=row.text("direction"),
        comparator=row.text("comparator"),
        note=row.text("note"),
        verified=row.text("verified"),
        where=row.where,
    )
