"""What studies found: ``outcomes.csv``, one row for study x arm x outcome x time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, filled_together, ordered
from calciroute.tables.texts import data_text

# What the numbers of a row say about its arm; empty: no size, no dose, or a level of a population.
# With the columns that must then be filled.
RESULT_COLUMNS: dict[str, tuple[str, ...]] = {
    "percent_from_baseline": ("percent_change",),
    "percent_vs_placebo": ("between_arm_difference",),
    "change_from_baseline": ("change_mean",),
    "difference_vs_placebo": ("between_arm_difference",),
    "ratio_vs_placebo": ("between_arm_difference",),
    "event_ratio": ("between_arm_difference",),
    "fold_from_baseline": ("value_mean",),
    "fold_vs_placebo": ("value_mean",),
    "baseline_and_value": ("baseline_mean", "value_mean"),
    "level": ("value_mean",),
}
POPULATION_KINDS = frozenset({"general", "ckd", "dialysis", "transplant", "vka", "children", "animal"})
VITAMERS = frozenset({"K1", "MK-4", "MK-7", "menadiol"})
COLUMNS = (
    Column("study_id", required=True),
    Column("arm", required=True),
    Column("n_arm", "number"),
    Column("interventions", required=True),
    Column("vitamer", allowed=VITAMERS),
    Column("dose_ug", "number"),
    Column("population_kind", required=True, allowed=POPULATION_KINDS),
    Column("outcome", required=True),
    Column("unit", required=True),
    Column("time_days", "number"),
    Column("baseline_mean", "number"),
    Column("baseline_sd", "number"),
    Column("value_mean", "number"),
    Column("value_sd", "number"),
    Column("change_mean", "number"),
    Column("change_sd", "number"),
    Column("change_ci_low", "number"),
    Column("change_ci_high", "number"),
    Column("percent_change", "number"),
    Column("between_arm_difference", "number"),
    Column("diff_ci_low", "number"),
    Column("diff_ci_high", "number"),
    Column("p_value"),
    Column("effect_measure", required=True),
    Column("result_as", allowed=frozenset(RESULT_COLUMNS)),
    Column("note"),
    Column("verified", required=True),
)


@dataclass(frozen=True)
class Outcome:
    """One finding about one arm.

    Parameters
    ----------
    study_id, arm, interventions : str
        Which study, which arm, what the arm got.
    n : float or None
        People in the arm.
    vitamer : str
        ``K1``, ``MK-4``, ``MK-7`` or ``menadiol``; empty for an arm without one named form.
    dose_ug : float or None
        Mean dose of the vitamer, ug a day.
    population_kind : str
        One of `POPULATION_KINDS`.
    outcome, unit : str
        What was measured, in the unit as printed.
    days : float or None
        Time since the start; 0 is baseline or a level of a population.
    result_as : str
        Which of the numbers below tell the effect: a key of `RESULT_COLUMNS`, or empty.
    baseline, value, change, percent_change, difference : float or None
        As printed.
    value_sd, change_sd : float or None
        How people differ.
    change_low, change_high, difference_low, difference_high : float or None
        95 % interval, of the percent change where `result_as` says percent.
    measure, p_value, note, verified, where : str
        mean, median, HR ...; as printed; remarks; where it was read or ``memory``; ``file:line``.
    """

    study_id: str
    arm: str
    interventions: str
    n: float | None
    vitamer: str
    dose_ug: float | None
    population_kind: str
    outcome: str
    unit: str
    days: float | None
    result_as: str
    baseline: float | None
    value: float | None
    value_sd: float | None
    change: float | None
    change_sd: float | None
    change_low: float | None
    change_high: float | None
    percent_change: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    measure: str
    p_value: str
    note: str
    verified: str
    where: str


@cache
def read_outcomes(source: Traversable | None = None) -> tuple[Outcome, ...]:
    """Read the findings.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Outcome
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> rows = [row for row in read_outcomes() if row.study_id == "knapen2015"]
    >>> [row.difference for row in rows if row.outcome == "dp_ucMGP"]
    [-50.0]
    """
    rules = (
        filled_together("vitamer", "dose_ug"),
        ordered("change_ci_low", "change_mean", "change_ci_high"),
        ordered("diff_ci_low", "between_arm_difference", "diff_ci_high"),
        result_filled(RESULT_COLUMNS),
        _percent_interval,
    )
    return tuple(
        _outcome(row) for row in checked_rows(source or data_text("outcomes.csv"), COLUMNS, (), rules)
    )


def result_filled(needed: dict[str, tuple[str, ...]]) -> Callable[[Row], Iterable[Problem]]:
    """Rule that the columns named by ``result_as`` are filled, and that a result has its vitamer.

    Parameters
    ----------
    needed : dict of str to tuple of str
        Columns by word of ``result_as``.

    Returns
    -------
    callable
        The rule.
    """

    def rule(row: Row) -> Iterable[Problem]:
        word = row.text("result_as")
        for column in needed.get(word, ()):
            if row.number(column) is None:
                yield Problem(row.where, f"result_as '{word}' and {column} is empty", f"a number in {column}")
        if word and not row.text("vitamer"):
            yield Problem(
                row.where, f"result_as '{word}' without a vitamer", "vitamer and dose_ug, or no result_as"
            )

    return rule


def _percent_interval(row: Row) -> Iterable[Problem]:
    low, percent, high = (row.number(name) for name in ("change_ci_low", "percent_change", "change_ci_high"))
    if low is None or high is None or percent is None or row.number("change_mean") is not None:
        return
    if not low <= percent <= high:
        yield Problem(
            row.where, f"percent_change {percent:g} outside {low:g} to {high:g}", "a point in its interval"
        )


def _outcome(row: Row) -> Outcome:
    return Outcome(
        study_id=row.text("study_id"),
        arm=row.text("arm"),
        interventions=row.text("interventions"),
        n=row.number("n_arm"),
        vitamer=row.text("vitamer"),
        dose_ug=row.number("dose_ug"),
        population_kind=row.text("population_kind"),
        outcome=row.text("outcome"),
        unit=row.text("unit"),
        days=row.number("time_days"),
        result_as=row.text("result_as"),
        baseline=row.number("baseline_mean"),
        value=row.number("value_mean"),
        value_sd=row.number("value_sd"),
        change=row.number("change_mean"),
        change_sd=row.number("change_sd"),
        change_low=row.number("change_ci_low"),
        change_high=row.number("change_ci_high"),
        percent_change=row.number("percent_change"),
        difference=row.number("between_arm_difference"),
        difference_low=row.number("diff_ci_low"),
        difference_high=row.number("diff_ci_high"),
        measure=row.text("effect_measure"),
        p_value=row.text("p_value"),
        note=row.text("note"),
        verified=row.text("verified"),
        where=row.where,
    )
