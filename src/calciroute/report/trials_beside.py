"""The trials nearest to a plan, beside each outcome, with what they are: how many, of which design."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.errors import InputError
from calciroute.evidence.nearest import nearest_trials
from calciroute.evidence.trial_point import TrialPoint
from calciroute.evidence.unsized import UnsizedTrial, unsized_trials
from calciroute.report.amounts import BOUND
from calciroute.report.numerals import as_printed, as_printed_interval, unit_words, with_unit
from calciroute.report.plan_words import duration_words
from calciroute.tables.studies import read_studies

if TYPE_CHECKING:
    from calciroute.people.person_model import Person

_POINTS = 3
_CKD_BELOW = 60.0  # mL/min, where the table of findings begins to say ckd
DESIGN_WORDS = {
    "rct_parallel": "randomised",
    "rct_crossover": "randomised, crossover",
    "single_arm": "without a control arm",
    "pk_study": "kinetic study",
    "cohort": "cohort",
    "cross_sectional": "cross-section",
    "meta_analysis": "meta-analysis",
    "review": "review",
    "guideline": "guideline",
}
KIND_WORDS = {
    "percent_from_baseline": "from baseline",
    "change_from_baseline": "from baseline",
    "percent_vs_placebo": "against placebo",
    "difference_vs_placebo": "against placebo",
    "ratio_vs_placebo": "times placebo",
}
POPULATION_WORDS = {
    "general": "general population",
    "ckd": "kidney disease",
    "dialysis": "dialysis",
    "transplant": "kidney transplant",
    "vka": "on a vitamin K antagonist",
    "children": "children",
}


@dataclass(frozen=True)
class TrialsBeside:
    """Trials of one outcome near one plan.

    Parameters
    ----------
    points : tuple of TrialPoint
        Nearest first, three for a form of vitamin K at most.
    unsized : tuple of UnsizedTrial
        Trials whose finding is known in words only.
    asked : bool
        Whether the plan brings a form of vitamin K; the tables hold no trials of anything else.
    """

    points: tuple[TrialPoint, ...] = ()
    unsized: tuple[UnsizedTrial, ...] = ()
    asked: bool = False

    @property
    def studies(self) -> set[str]:
        """Ids of all of them."""
        return {point.study_id for point in self.points} | {trial.study_id for trial in self.unsized}

    @property
    def certainty(self) -> str:
        """How many trials, and of which design; outcomes are not graded yet."""
        studies = sorted(
            self.studies
        )  # a set has another order in every process, and equal counts keep theirs
        if not studies:
            return "no trial found" if self.asked else "not looked for: no vitamin K is added"
        known = read_studies()
        designs = Counter(DESIGN_WORDS.get(known[study].design, known[study].design) for study in studies)
        trials = "1 trial" if len(studies) == 1 else f"{len(studies)} trials"
        if len(designs) == 1:
            return f"{trials}, {next(iter(designs))}"
        return f"{trials}: {', '.join(f'{count} {design}' for design, count in designs.most_common())}"


def trials_beside(outcome: str, vitamin_k: Mapping[str, float], days: float, population: str) -> TrialsBeside:
    """Look the trials of an outcome up.

    Parameters
    ----------
    outcome : str
        Id of an outcome.
    vitamin_k : mapping of str to float
        ug a day by form; each form is asked for alone.
    days : float
        Length of the run.
    population : str
        As `population_of` names it.

    Returns
    -------
    TrialsBeside
        Empty for an outcome that the tables of findings do not know.

    Examples
    --------
    >>> [point.study_id for point in trials_beside("dp_ucMGP", {"MK-7": 180.0}, 1095.0, "general").points][0]
    'knapen2015'
    """
    points: list[TrialPoint] = []
    unsized: dict[str, UnsizedTrial] = {}
    for form, dose_ug in vitamin_k.items():
        try:
            points += nearest_trials(outcome, form, dose_ug, days, population, _POINTS)
            unsized |= {trial.study_id: trial for trial in unsized_trials(outcome, form)}
        except InputError:
            # The model has outcomes, such as supplies of tissues, that no trial table names.
            continue
    points.sort(key=lambda point: point.distance)
    return TrialsBeside(tuple(points), tuple(unsized.values()), bool(vitamin_k))


def population_of(person: Person) -> str:
    """Which population of the trial tables a person belongs to.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    str
        dialysis, transplant, vka, ckd or general, the first that fits.
    """
    if person.has("dialysis"):
        return "dialysis"
    if person.has("kidney_transplant"):
        return "transplant"
    if any(match.is_antagonist for match in person.medicine_matches):
        return "vka"
    kidney = any(person.has(name) for name in ("ckd", "ckd4", "ckd5"))
    return "ckd" if kidney or person.labs.get("eGFR", _CKD_BELOW) < _CKD_BELOW else "general"


def estimate_words(point: TrialPoint) -> str:
    """What one trial found, without who and how much.

    Parameters
    ----------
    point : TrialPoint
        A result.

    Returns
    -------
    str
        Such as ``−50 % against placebo`` or ``0.55 m/s (−0.5 to 1.6) against placebo``.

    Examples
    --------
    >>> nearest = trials_beside("dp_ucMGP", {"MK-7": 180.0}, 84.0, "general").points[0]
    >>> estimate_words(nearest).replace(BOUND, " ")
    '−31 % from baseline'
    """
    text = with_unit(as_printed(point.estimate), point.unit)
    if point.low is not None and point.high is not None:
        text = f"{text} ({as_printed_interval(point.estimate, point.low, point.high)})"
    return f"{text} {KIND_WORDS[point.kind]}"


def arm_words(point: TrialPoint) -> str:
    """What the arm of a trial got, for how long, and who it was.

    Parameters
    ----------
    point : TrialPoint
        A result.

    Returns
    -------
    str
        Such as ``180 mcg of MK-7 a day, 12 weeks, n = 20, general population``.
    """
    count = "n not known" if point.n is None else f"n{BOUND}={BOUND}{point.n:.0f}"
    dose = f"{as_printed(point.dose_ug)}{BOUND}{unit_words('ug')} of {point.vitamer} a day"
    return f"{dose}, {duration_words(point.days)}, {count}, {POPULATION_WORDS[point.population]}"


def caution_words(point: TrialPoint) -> str:
    """Why a point is only similar, or has to be read with care; empty when neither.

    Parameters
    ----------
    point : TrialPoint
        A result.

    Returns
    -------
    str
        In a few words.
    """
    parts = []
    if point.grey:
        parts.append("only similar: dose or time differs more than threefold")
    if point.verified == "memory":
        parts.append("from memory, source not read")
    if point.note:
        parts.append(point.note)
    return _as_screens_say("; ".join(parts))


def dose_words(trial: UnsizedTrial) -> str:
    """What the arm of a trial without a size got, for how long, and who it was.

    Parameters
    ----------
    trial : UnsizedTrial
        Known in words only.

    Returns
    -------
    str
        Parts that are not known are said to be so.
    """
    dose = "dose not known" if trial.dose_ug is None else f"{as_printed(trial.dose_ug)}{BOUND}mcg a day"
    length = "length not known" if trial.days is None else duration_words(trial.days)
    return f"{dose}, {length}, {POPULATION_WORDS.get(trial.population, trial.population)}"


def finding_words(trial: UnsizedTrial) -> str:
    """What a trial without a size found.

    Parameters
    ----------
    trial : UnsizedTrial
        Known in words only.

    Returns
    -------
    str
        As the table of findings notes it.
    """
    remembered = "from memory, source not read; " if trial.verified == "memory" else ""
    return _as_screens_say(remembered + trial.finding)


def _as_screens_say(note: str) -> str:
    # Notes of the tables name columns and units as the tables do.
    return note.replace("dose_ug", "the dose").replace(" ug", f" {unit_words('ug')}")
