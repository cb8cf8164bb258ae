"""The answer in one sentence, written from the numbers by rules.

A band that includes no change never reads as a change. A change that hangs on a link which human data do
not settle says so in the same breath. An outcome that says nothing about this person stands at the end with
the reason, without a number. Where a vitamin K antagonist is taken, ``inr_answer`` writes the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xarray as xr

from calciroute.people.not_for_arms import NotFor
from calciroute.report.bands import band_of, course, level
from calciroute.report.compared import PLAN_SIDES, Sides
from calciroute.report.effect import WITHHELD, Effect, Verdict, judge
from calciroute.report.not_for import reason_clause
from calciroute.report.numerals import (
    band_range,
    band_text,
    decimals_of,
    includes_no_change,
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


def plan_sentence(
    phrase: str,
    days: float,
    effects: dict[str, Effect],
    *,
    vitamin_k: bool,
    sides: Sides = PLAN_SIDES,
) -> str:
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
        Whether the plan brings vitamin K, or stopping ends it.
    sides : Sides, optional
        What the two arms are called.

    Returns
    -------
    str
        One sentence.
    """
    spoken = {name: effect for name, effect in effects.items() if effect.verdict != WITHHELD}
    marker = _marker(spoken, vitamin_k)
    structures = [spoken[name] for name in STRUCTURES if name in spoken and spoken[name] is not marker]
    unreached = [] if vitamin_k else [effect for effect in structures if effect.unreached]
    structures = [effect for effect in structures if effect not in unreached]
    hanging = [effect for effect in (marker, *structures) if effect is not None and effect.hangs_on_link]
    clauses = [_clause(marker, sides)] if marker and not marker.hangs_on_link else []
    clauses += _structure_clauses([effect for effect in structures if not effect.hangs_on_link], sides)
    subject = f"In people like this, {phrase} for {duration_words(days)}"
    left_out = "; ".join(filter(None, (_no_path(unreached), left_out_clause(effects, vitamin_k=vitamin_k))))
    if marker is not None and marker.verdict == "no_band":
        return _with_left_out(_once(subject, marker, sides), left_out)
    tail = _tail(marker, structures)
    if clauses and hanging:
        said = f"{subject} {joined(clauses)}; {_LINK} would it {joined(map(_move, hanging))}{tail}"
    elif hanging:
        said = f"{subject} would, {_LINK}, {joined(map(_move, hanging))}{tail}"
    elif clauses:
        said = f"{subject} {joined(clauses)}{tail}"
    elif left_out:
        return f"{subject} was run, but {left_out}."
    else:
        said = f"{subject} was run, but no outcome of this sentence is in the result"
    return _with_left_out(said, left_out)


def left_out_clause(effects: dict[str, Effect], *, vitamin_k: bool) -> str:
    """What a sentence would have spoken of and may not, with the reasons.

    Parameters
    ----------
    effects : dict of str to Effect
        By outcome.
    vitamin_k : bool
        Whether the plan brings vitamin K.

    Returns
    -------
    str
        A clause without a number; empty when nothing is left out.
    """
    markers = [name for name in (VITAMIN_K_MARKERS if vitamin_k else OTHER_MARKERS) if name in effects]
    names = (*markers[:1], *STRUCTURES)
    return reason_clause(
        [
            (_words(effects[name]), effects[name].not_for)
            for name in dict.fromkeys(names)
            if name in effects and effects[name].verdict == WITHHELD
        ]
    )


def course_sentence(
    dataset: xr.Dataset, arm: str, outcomes: Sequence[str], not_for: NotFor | None = None
) -> str:
    """What happens when nothing is changed.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    arm : str
        The arm without a plan.
    outcomes : sequence of str
        Which to speak of; those that are missing are left out.
    not_for : NotFor, optional
        What was recognised about the person.

    Returns
    -------
    str
        One sentence.
    """
    days = float(dataset.coords["time"].values[-1])
    there = [name for name in outcomes if name in dataset]
    reasons = {name: _reason(dataset, name, not_for) for name in there}
    clauses = [_course_clause(dataset, arm, name) for name in there if not reasons[name]]
    named = [(_words_of(dataset, name), reason) for name, reason in reasons.items() if reason]
    subject = f"In people like this, with nothing changed for {duration_words(days)},"
    left_out = reason_clause(named)
    if clauses:
        return _with_left_out(f"{subject} {joined(clauses)}", left_out)
    return f"{subject} {left_out or 'the run has no outcome to speak of'}."


def _marker(effects: dict[str, Effect], vitamin_k: bool) -> Effect | None:
    names = [name for name in (VITAMIN_K_MARKERS if vitamin_k else OTHER_MARKERS) if name in effects]
    if not names:
        return None
    clear = [name for name in names if effects[name].clear]
    return effects[clear[0] if clear and not vitamin_k else names[0]]


def _with_left_out(said: str, left_out: str) -> str:
    said = said.removesuffix(".")
    return f"{said}; {left_out}." if left_out else f"{said}."


def _reason(dataset: xr.Dataset, outcome: str, not_for: NotFor | None) -> str:
    group = str(dataset[outcome].attrs.get("group", ""))
    return not_for.reason(outcome, group) if not_for is not None else ""


def _words_of(dataset: xr.Dataset, outcome: str) -> str:
    return _WORDS.get(outcome, name_of(dataset, outcome))


def _words(effect: Effect) -> str:
    return _WORDS.get(effect.outcome, effect.name)


def _amount(effect: Effect, *, size: bool) -> str:
    """The change in the unit a sentence needs: percent for markers, its own for what a scanner counts."""
    relative = effect.group == "vitamin_k" and effect.percent.known and abs(effect.percent.median) < 1000.0
    # Other draws stand at the ends of a percent: no verb stands beside one that may be none.
    relative = relative and not (effect.clear and includes_no_change(effect.percent))
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


def _no_path(effects: list[Effect]) -> str:
    """What the model cannot say: an outcome that a plan does not reach in it is no finding of no effect."""
    names = [_words(effect) for effect in effects]
    return f"the model has no path from this to {joined(names, 'or')}" if names else ""


def _clause(effect: Effect, sides: Sides) -> str:
    name = _words(effect)
    if effect.slight:
        return f"hardly changes {name} ({_inside(effect)})"
    if effect.clear:
        verb, moved = _move(effect).split(" ", 1)
        return f"{verb}s {moved}"
    if effect.verdict == "unclear":
        return f"makes no clear change to {name} ({_inside(effect)})"
    if effect.verdict == "same":
        return f"leaves {name} as it is {sides.same}"
    if effect.verdict == "no_band":
        return f"gives no band for {name}"
    return f"has no known result for {name}"


def _once(subject: str, marker: Effect, sides: Sides) -> str:
    levels = f"{with_unit(middle(marker.with_plan, marker.digits), marker.unit)} {sides.level} and "
    levels += f"{with_unit(middle(marker.without, marker.digits), marker.unit)} {sides.now}"
    return (
        f"{subject} was run once: {_words(marker)} ends at {levels}, and one run cannot say how sure that is."
    )


def _structure_clauses(structures: list[Effect], sides: Sides) -> list[str]:
    clauses = []
    slight = [effect for effect in structures if effect.slight]
    if slight:
        clauses.append(f"hardly changes {joined([f'{_words(one)} ({_inside(one)})' for one in slight])}")
    unclear = [effect for effect in structures if effect.verdict == "unclear" and not effect.slight]
    if unclear:
        listed = joined([f"{_words(effect)} ({_inside(effect)})" for effect in unclear], "or")
        clauses.append(f"makes no clear change to {listed}")
    for verdict, words in (
        ("same", f"leaves {{}} as {{}} {sides.same}"),
        ("no_band", "gives no band for {}"),
        ("unknown", "has no known result for {}"),
    ):
        names = [_words(effect) for effect in structures if effect.verdict == verdict and not effect.slight]
        if names:
            clauses.append(words.format(joined(names), "they are" if len(names) > 1 else "it is"))
    return [*clauses, *(_clause(effect, sides) for effect in structures if effect.clear)]


def _tail(marker: Effect | None, structures: list[Effect]) -> str:
    if marker is None or not marker.clear or not structures:
        return ""
    what = joined([_SHORT[effect.outcome] for effect in structures])
    verb = "do" if len(structures) > 1 else "does"
    verdicts = {effect.verdict for effect in structures}
    slight = [effect.slight for effect in structures]
    if any(slight) and all(effect.slight or effect.verdict == "same" for effect in structures):
        return f": the marker moves, {what} hardly"
    if verdicts == {"same"}:
        return f": the marker moves, {what} {verb} not"
    if verdicts <= {"unclear", "same"}:
        # A band that is merely wide leaves a change open; it does not say that there is none.
        return f": the marker moves, whether {what} {verb} is not clear"
    if any(effect.hangs_on_link for effect in structures):
        return ": the marker moves, the rest is not settled"
    return ""


def _course_clause(dataset: xr.Dataset, arm: str, outcome: str) -> str:
    unit, digits = unit_of(dataset, outcome), digits_of(dataset, outcome)
    values = course(dataset, outcome, arm)
    first, last = level(dataset, outcome, arm, 0), level(dataset, outcome, arm)
    change = band_of(values[:, -1] - values[:, 0])
    verdict: Verdict = judge(change, first, digits)
    name = _words_of(dataset, outcome)
    if verdict == "unknown":
        return f"{name} is not known"
    if verdict in ("same", "unclear"):
        words = "stays at" if verdict == "same" else "shows no clear change and ends at"
        return f"{name} {words} {band_text(last, unit, digits)}"
    start = with_unit(number(first.median, decimals_of(last, digits)), unit)
    return f"{name} goes from {start} to {band_text(last, unit, digits)}"
