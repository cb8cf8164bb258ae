"""Trials that measured an outcome without a size that could be read: a direction in words is not a zero."""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.evidence.trials import trial_points
from calciroute.tables.nomenclature import require_name
from calciroute.tables.outcomes import read_outcomes
from calciroute.tables.studies import read_studies


@dataclass(frozen=True)
class UnsizedTrial:
    """One trial whose finding is known in words only.

    Parameters
    ----------
    study_id, citation : str
        Which study.
    dose_ug, days : float or None
        Mean dose, ug a day; time since the start.
    population : str
        As in the table of findings.
    finding : str
        What the table notes about it.
    verified : str
        Where it was read, or ``memory``.
    """

    study_id: str
    citation: str
    dose_ug: float | None
    days: float | None
    population: str
    finding: str
    verified: str


def unsized_trials(outcome: str, vitamer: str) -> list[UnsizedTrial]:
    """Trials of a form and an outcome that report no size.

    Parameters
    ----------
    outcome : str
        Id, printed name or alias of an outcome.
    vitamer : str
        Form of vitamin K.

    Returns
    -------
    list of UnsizedTrial
        In the order of the table, each study once; without studies that report a size elsewhere.

    Raises
    ------
    InputError
        For a name that is not known.

    Examples
    --------
    >>> [trial.study_id for trial in unsized_trials("BMD femoral neck", "MK-7")]
    ['knapen2013', 'zhang2020']
    """
    outcome_id = require_name(outcome, "outcome").id
    form = require_name(vitamer, "vitamer").name
    sized = {
        point.study_id for point in trial_points() if (point.outcome, point.vitamer) == (outcome_id, form)
    }
    found: dict[str, UnsizedTrial] = {}
    for row in read_outcomes():
        fits = (row.outcome, row.vitamer) == (outcome_id, form) and row.days != 0
        if not fits or row.result_as or not row.note or row.study_id in sized | found.keys():
            continue
        found[row.study_id] = UnsizedTrial(
            study_id=row.study_id,
            citation=read_studies()[row.study_id].citation,
            dose_ug=row.dose_ug,
            days=row.days,
            population=row.population_kind,
            finding=row.note,
            verified=row.verified,
        )
    return list(found.values())
