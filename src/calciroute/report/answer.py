"""The answer in one sentence, written from the numbers by rules.

A band that includes no change never reads as a change. A change that hangs on a link which human data do
not settle says so in the same breath. Where a vitamin K antagonist is taken the sentence is about INR and
names nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import xarray as xr

from calciroute.report.bands import band_of, course, course_bands, level
from calciroute.report.effect import Effect, Verdict, judge
from calciroute.report.numerals import (
    band_range,
    band_text,
    decimals_of,
    middle,
    number,
    with_unit,
)
from calciroute.report.outcome_words import digits_of, name_of, unit_of
from calciroute.report.plan_words import duration_words, joined

# Which marker a sentence speaks of: the first there is for vitamin K, the first clear one for other plans.
VITAMIN_K_MARKERS = ("dp_ucMGP", "uc_c_OC_ratio", "percent_ucOC", "serum_mk7")
OTHER_MARKERS = ("SBP", "calcidiol", "PTH", "dp_ucMGP")
# What people hope that the marker stands for: named always, so that no result is chosen for being welcome.
STRUCTURES = ("CAC_agatston", "BMD_lumbar_spine")
_WORDS = {
    "dp_ucMGP": "dp-ucMGP",
    "CAC_agatston": "coronary calcium",
    "BMD_lumbar_spine": "bone density of the lumbar spine",
    "uc_c_OC_ratio": "the ucOC to cOC ratio",
    "SBP": "systolic blood pressure",
    "calcidiol": "25(OH)D",
}
_SHORT = {"CAC_agatston": "the calcium", "BMD_lumbar_spine": "bone density"}
_LINK = "only if links hold that human data do not settle"


@dataclass(frozen=True)
class Answer:
    """What a run says.

    Parameters
    ----------
    sentences : tuple of str
        One for each plan, in their order; one for the course without a plan where there is none.
    remarks : tuple of str
        How to read the numbers of the sentences.
    """

    sentences: tuple[str, ...]
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.sentences)


def plan_sentence(phrase: str, days: float, effects: dict[str, Effect], *, vitamin_k: bool) -> str:
    """What a plan does, for people who take no vitamin K antagonist.

    Parameters
    ----------
    phrase : str
        The plan in words.
    days : float
        Length of the run.
    effects : dict of str to Effect
        By outcome.
    vitamin_k : bool
        Whether the plan brings vitamin K.

    Returns
    -------
    str
        One sentence.
    """
    marker = _marker(effects, vitamin_k)
    structures = [effects[name] for name in STRUCTURES if name in effects and effects[name] is not marker]
    hanging = [effect for effect in (marker, *structures) if effect is not None and effect.hangs_on_link]
    clauses = [_clause(marker)] if marker and not marker.hangs_on_link else []
    clauses += _structure_clauses([effect for effect in structures if not effect.hangs_on_link])
    subject = f"In people like this, {phrase} for {duration_words(days)}"
    if marker is not None and marker.verdict == "no_band":
        return _once(subject, marker)
    tail = _tail(marker, structures)
    if clauses and hanging:
        return f"{subject} {joined(clauses)}; {_LINK} would it {joined(map(_move, hanging))}{tail}."
    if hanging:
        return f"{subject} would, {_LINK}, {joined(map(_move, hanging))}{tail}."
    if not clauses:
        return f"{subject} was run, but no outcome of this sentence is in the result."
    return f"{subject} {joined(clauses)}{tail}."


def antagonist_sentence(phrase: str, effect: Effect | None, medicine: str, day: float | None) -> str:
    """What a plan does to INR where a vitamin K antagonist is taken: INR first, nothing beside it.

    Parameters
    ----------
    phrase : str
        The plan in words.
    effect : Effect or None
        On INR, at the time when the arms are furthest apart; None when the result holds no INR.
    medicine : str
        Name of the antagonist.
    day : float or None
        Day of `effect`.

    Returns
    -------
    str
        One sentence.
    """
    if effect is None or not effect.change.known:
        known = f"INR first: this run has no INR for people like this on {medicine}"
        return f"{known}, so it says nothing about {phrase}."
    there = f"day {day:.0f}" if day is not None else "the end"
    courses = (
        f"INR first: in people like this on {medicine}, INR at {there} is {band_text(effect.without)} "
        f"without and {band_text(effect.with_plan)} with {phrase}"
    )
    change = f"a difference of {band_text(effect.change, digits=effect.digits, finest=effect.finest)}"
    if effect.verdict == "falls":
        return f"{courses}, {change}: clots then become more likely."
    if effect.verdict == "rises":
        return f"{courses}, {change}: bleeding then becomes more likely."
    return f"{courses}, {change}: no clear change in a simulation is not safety."


def unnamed_sentence(phrase: str, effect: Effect | None, written: str) -> str:
    """Where a medicine may be a blood thinner and the model cannot know which.

    Parameters
    ----------
    phrase : str
        The plan in words.
    effect : Effect or None
        On INR.
    written : str
        The medicine as written.

    Returns
    -------
    str
        One sentence that claims nothing.
    """
    seen = f" (INR here {band_text(effect.with_plan)}, run without that medicine)" if effect else ""
    return (
        f"INR first: '{written}' may be a blood thinner and is not in this run{seen}, "
        f"so the run cannot say what {phrase} does in people like this."
    )


def course_sentence(dataset: xr.Dataset, arm: str, outcomes: Sequence[str]) -> str:
    """What happens when nothing is changed.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    arm : str
        The arm without a plan.
    outcomes : sequence of str
        Which to speak of; those that are missing are left out.

    Returns
    -------
    str
        One sentence.
    """
    days = float(dataset.coords["time"].values[-1])
    clauses = [_course_clause(dataset, arm, name) for name in outcomes if name in dataset]
    subject = f"In people like this, with nothing changed for {duration_words(days)},"
    return f"{subject} {joined(clauses)}." if clauses else f"{subject} the run has no outcome to speak of."


def furthest_place(dataset: xr.Dataset, outcome: str, arm: str, now: str) -> int:
    """Index of the time at which two arms are furthest apart in the median.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, arm, now : str
        Names in the dataset.

    Returns
    -------
    int
        The last of equals; the last time when nothing is known.
    """
    apart = course(dataset, outcome, arm) - course(dataset, outcome, now)
    sizes = [abs(size) if math.isfinite(size) else -1.0 for size in course_bands(apart)[1]]
    return max(range(len(sizes)), key=lambda place: (round(sizes[place], 9), place))


def _marker(effects: dict[str, Effect], vitamin_k: bool) -> Effect | None:
    names = [name for name in (VITAMIN_K_MARKERS if vitamin_k else OTHER_MARKERS) if name in effects]
    if not names:
        return None
    clear = [name for name in names if effects[name].clear]
    return effects[clear[0] if clear and not vitamin_k else names[0]]


def _words(effect: Effect) -> str:
    return _WORDS.get(effect.outcome, effect.name)


def _amount(effect: Effect, *, size: bool) -> str:
    """The change in the unit a sentence needs: percent for markers, its own for what a scanner counts."""
    relative = effect.group == "vitamin_k" and effect.percent.known and abs(effect.percent.median) < 1000.0
    band, unit = (effect.percent, "%") if relative else (effect.change, effect.unit)
    band = band.turned() if size and effect.verdict == "falls" else band
    if relative:
        return band_text(band, unit)
    if unit == "%":
        ends = band_range(band, effect.digits, effect.finest)
        return f"{middle(band, effect.digits, effect.finest)} percentage points ({ends})"
    return band_text(band, unit, effect.digits, effect.finest)


def _inside(effect: Effect) -> str:
    """The change inside brackets: ``−1 AU, −11 to 4``."""
    amount = with_unit(middle(effect.change, effect.digits, effect.finest), effect.unit)
    return f"{amount}, {band_range(effect.change, effect.digits, effect.finest)}"


def _move(effect: Effect) -> str:
    """A clear change as verb, object and size: ``lower coronary calcium by about 6 AU (2 to 11)``."""
    verb = "lower" if effect.verdict == "falls" else "raise"
    return f"{verb} {_words(effect)} by about {_amount(effect, size=True)}"


def _clause(effect: Effect) -> str:
    name = _words(effect)
    if effect.clear:
        verb, moved = _move(effect).split(" ", 1)
        return f"{verb}s {moved}"
    if effect.verdict == "unclear":
        return f"makes no clear change to {name} ({_inside(effect)})"
    if effect.verdict == "same":
        return f"leaves {name} as it is without"
    if effect.verdict == "no_band":
        return f"gives no band for {name}"
    return f"has no known result for {name}"


def _once(subject: str, marker: Effect) -> str:
    levels = f"{with_unit(middle(marker.with_plan, marker.digits), marker.unit)} with and "
    levels += f"{with_unit(middle(marker.without, marker.digits), marker.unit)} without"
    return (
        f"{subject} was run once: {_words(marker)} ends at {levels}, and one run cannot say how sure that is."
    )


def _structure_clauses(structures: list[Effect]) -> list[str]:
    clauses = []
    unclear = [effect for effect in structures if effect.verdict == "unclear"]
    if unclear:
        listed = joined([f"{_words(effect)} ({_inside(effect)})" for effect in unclear], "or")
        clauses.append(f"makes no clear change to {listed}")
    for verdict, words in (
        ("same", "leaves {} as without"),
        ("no_band", "gives no band for {}"),
        ("unknown", "has no known result for {}"),
    ):
        names = [_words(effect) for effect in structures if effect.verdict == verdict]
        if names:
            clauses.append(words.format(joined(names)))
    return [*clauses, *(_clause(effect) for effect in structures if effect.clear)]


def _tail(marker: Effect | None, structures: list[Effect]) -> str:
    if marker is None or not marker.clear or not structures:
        return ""
    what = joined([_SHORT[effect.outcome] for effect in structures])
    verb = "do" if len(structures) > 1 else "does"
    if all(effect.verdict in ("unclear", "same") for effect in structures):
        return f": the marker moves, {what} mostly {verb} not"
    if any(effect.hangs_on_link for effect in structures):
        return ": the marker moves, the rest is not settled"
    return ""


def _course_clause(dataset: xr.Dataset, arm: str, outcome: str) -> str:
    unit, digits = unit_of(dataset, outcome), digits_of(dataset, outcome)
    values = course(dataset, outcome, arm)
    first, last = level(dataset, outcome, arm, 0), level(dataset, outcome, arm)
    change = band_of(values[:, -1] - values[:, 0])
    verdict: Verdict = judge(change, first, digits)
    name = _WORDS.get(outcome, name_of(dataset, outcome))
    if verdict == "unknown":
        return f"{name} is not known"
    if verdict in ("same", "unclear"):
        words = "stays at" if verdict == "same" else "shows no clear change and ends at"
        return f"{name} {words} {band_text(last, unit, digits)}"
    start = with_unit(number(first.median, decimals_of(last, digits)), unit)
    return f"{name} goes from {start} to {band_text(last, unit, digits)}"
