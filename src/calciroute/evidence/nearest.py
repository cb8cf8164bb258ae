"""The trials nearest to a dose, a form and a time: what stands beside a simulated result."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from calciroute.errors import InputError, Problem, near_names
from calciroute.evidence.trial_point import TrialPoint
from calciroute.evidence.trials import trial_points
from calciroute.tables.nomenclature import require_name
from calciroute.tables.outcomes import POPULATION_KINDS

GREY_FACTOR = 3.0
OTHER_POPULATION = 1.0
ASKED_POPULATIONS = POPULATION_KINDS - {"animal"}


def nearest_trials(
    outcome: str, vitamer: str, dose_ug: float, days: float, population: str = "general", limit: int = 3
) -> list[TrialPoint]:
    """Trial results nearest to a question.

    Parameters
    ----------
    outcome : str
        Id, printed name or alias of an outcome, such as ``dp_ucMGP`` or ``CAC``.
    vitamer : str
        Form of vitamin K, such as ``MK-7`` or ``MK7``.
    dose_ug : float
        Dose, ug a day, > 0.
    days : float
        Time since the start, day, > 0.
    population : str, optional
        general, ckd, dialysis, transplant, vka or children.
    limit : int, optional
        At most so many points.

    Returns
    -------
    list of TrialPoint
        Nearest first: |ln dose ratio| + |ln time ratio|, and 1 more for another population. Grey beyond a
        factor 3 in dose or time. One point for a study at one dose and time; empty when nobody measured it.

    Raises
    ------
    InputError
        For a name that is not known, or a dose or time that is not above 0.

    Examples
    --------
    >>> point = nearest_trials("dp-ucMGP", "MK7", 180, 84)[0]
    >>> point.study_id, point.kind, point.estimate, point.distance
    ('dalmeijer2012', 'percent_from_baseline', -31.0, 0.0)
    """
    outcome_id = require_name(outcome, "outcome").id
    form = require_name(vitamer, "vitamer").name
    problems = list(_question_problems(dose_ug, days, population))
    if problems:
        raise InputError(problems)
    candidates = [
        _placed(point, dose_ug, days, population)
        for point in trial_points()
        if point.outcome == outcome_id and point.vitamer == form
    ]
    candidates.sort(key=lambda point: (point.distance, point.low is None))  # then as in the tables
    return list(_without_repeats(candidates))[:limit]


def _question_problems(dose_ug: float, days: float, population: str) -> Iterator[Problem]:
    for name, value in (("dose_ug", dose_ug), ("days", days)):
        if not (math.isfinite(value) and value > 0):
            yield Problem("", f"{name} is {value:g}", "a number above 0")
    if population not in ASKED_POPULATIONS:
        near = near_names(population, ASKED_POPULATIONS)
        expected = ", ".join(sorted(ASKED_POPULATIONS))
        yield Problem("", f"population '{population}' is not known", expected, f"'{near[0]}'" if near else "")


def _placed(point: TrialPoint, dose_ug: float, days: float, population: str) -> TrialPoint:
    steps = abs(math.log(point.dose_ug / dose_ug)), abs(math.log(point.days / days))
    apart = sum(steps) + (OTHER_POPULATION if point.population != population else 0.0)
    # A hair of tolerance: exactly a factor 3 is not beyond it, whatever the logarithm rounds to.
    return replace(point, distance=apart, grey=max(steps) > math.log(GREY_FACTOR) + 1e-12)


def _without_repeats(points: list[TrialPoint]) -> Iterator[TrialPoint]:
    # Both tables hold some findings, one as percent and one as a difference, or at the time since the start
    # and at the time on this dose: the nearer one stands for the finding.
    seen: set[tuple[object, ...]] = set()
    for point in points:
        dose = float(f"{point.dose_ug:.3g}")
        place = (point.study_id, dose, point.days)
        finding = (point.study_id, dose, point.kind, point.estimate)
        if place in seen or finding in seen:
            continue
        seen.update((place, finding))
        yield point
