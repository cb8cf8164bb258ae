"""All trial results of vitamin K as points, from both tables of findings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from calciroute.evidence.effects import effect_of_outcome, effect_of_point
from calciroute.evidence.trial_point import Effect, TrialPoint
from calciroute.tables.dose_response import DosePoint, read_dose_response
from calciroute.tables.outcomes import Outcome, read_outcomes
from calciroute.tables.studies import read_studies


@cache
def trial_points() -> tuple[TrialPoint, ...]:
    """Every row with a dose, a time and a size, as a point without a distance.

    Returns
    -------
    tuple of TrialPoint
        Findings first, then dose points; never a study whose results are withheld, never animals.

    Examples
    --------
    >>> {point.kind for point in trial_points() if point.study_id == "knapen2015" and point.unit == "m/s"}
    {'change_from_baseline'}
    """
    points = [point for row in read_outcomes() if (point := _from_outcome(row)) is not None]
    points += [point for row in read_dose_response() if (point := _from_dose_point(row)) is not None]
    studies = read_studies()
    return tuple(point for point in points if not studies[point.study_id].results_withheld)


def control_of(row: Outcome) -> Outcome | None:
    """The control arm that was measured beside an arm.

    Parameters
    ----------
    row : Outcome
        An arm that got vitamin K.

    Returns
    -------
    Outcome or None
        Same study, outcome, unit and time, no vitamin K; None outside randomised trials, or unless just one.
    """
    if not read_studies()[row.study_id].randomised:
        return None
    controls = list(_controls(row))
    return controls[0] if len(controls) == 1 else None


def _controls(row: Outcome) -> Iterator[Outcome]:
    for other in read_outcomes():
        same = (other.study_id, other.outcome, other.unit, other.days) == (
            row.study_id, row.outcome, row.unit, row.days,
        )  # fmt: skip
        if same and not other.vitamer and other.arm != row.arm:
            yield other


def _from_outcome(row: Outcome) -> TrialPoint | None:
    if not row.result_as or row.dose_ug is None or not row.days or row.population_kind == "animal":
        return None
    control = control_of(row)
    effect = effect_of_outcome(row, control)
    if effect is None:
        return None
    notes = [row.note, effect.note, _control_words(effect, control)]
    return _point(row, row.arm, row.dose_ug, row.days, effect, notes)


def _from_dose_point(row: DosePoint) -> TrialPoint | None:
    effect = effect_of_point(row)
    if effect is None or row.dose_ug is None or not row.days or row.population_kind == "animal":
        return None
    against = f"compared with {row.comparator}" if row.comparator else ""
    return _point(row, row.population, row.dose_ug, row.days, effect, [row.note, effect.note, against])


def _control_words(effect: Effect, control: Outcome | None) -> str:
    if control is None:
        return ""
    change = {"percent_from_baseline": control.percent_change, "change_from_baseline": control.change}.get(
        effect.kind
    )
    return "" if change is None else f"control arm {change:g} {effect.unit}"


def _point(
    row: Outcome | DosePoint, arm: str, dose_ug: float, days: float, effect: Effect, notes: list[str]
) -> TrialPoint:
    return TrialPoint(
        study_id=row.study_id,
        citation=read_studies()[row.study_id].citation,
        outcome=row.outcome,
        unit=effect.unit,
        arm=arm,
        vitamer=row.vitamer,
        dose_ug=dose_ug,
        days=days,
        n=row.n,
        kind=effect.kind,
        estimate=effect.estimate,
        low=effect.low,
        high=effect.high,
        population=row.population_kind,
        grey=False,
        distance=0.0,
        verified=row.verified,
        note="; ".join(note for note in notes if note),
        where=row.where,
    )
