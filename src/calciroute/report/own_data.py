"""A person's own measurements in the report: marks for the pictures, a short table, one sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from calciroute.report.figures.own_data import YOUR_DATA, DataMark
from calciroute.report.look import ARM_NOW
from calciroute.report.numerals import as_printed, plain_number, unit_words
from calciroute.report.outcome_words import name_of
from calciroute.report.plan_words import duration_words, joined
from calciroute.simulate.arm import STOP
from calciroute.simulate.observed import ObservedPoint
from calciroute.simulate.residuals import HOW, Comparison, Residual, comparison_of
from calciroute.simulate.result import Simulation

# A measurement farther off would flatten the courses to lines: of their span, and of their highest level.
_REACH, _REACH_OF_LEVEL = 2.0, 1.0
_MOST_ROWS = 60
OWN_COLUMNS = ("Outcome", "When", "Arm", "Measured", "Median with its band", "Difference", "Where it lies")


@dataclass(frozen=True)
class OwnData:
    """Measurements beside the run.

    Parameters
    ----------
    sentence : str
        How many, and how many of them lie in the band.
    how : str
        How a measurement between two output times is compared.
    rows : tuple of tuple of str
        Cells of `OWN_COLUMNS`; at most sixty rows.
    further : int
        Comparisons beyond these rows; ``result.json`` holds all.
    left_out : tuple of str
        What is not compared, and why.
    comparison : Comparison
        As ``result.json`` holds it.
    points : tuple of ObservedPoint
        The measurements themselves.
    """

    sentence: str
    how: str
    rows: tuple[tuple[str, ...], ...]
    further: int
    left_out: tuple[str, ...]
    comparison: Comparison
    points: tuple[ObservedPoint, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What was measured and compared, in the order of the table."""
        return tuple(dict.fromkeys(one.outcome for one in self.comparison.residuals))


def own_data_of(simulation: Simulation) -> OwnData | None:
    """Put measurements into words.

    Parameters
    ----------
    simulation : Simulation
        Of one person.

    Returns
    -------
    OwnData or None
        None where none were given.
    """
    found = comparison_of(simulation)
    if found is None or simulation.observed is None:
        return None
    rows = tuple(_row(simulation, one) for one in found.residuals)
    left_out = tuple(f"{one.outcome}, {one.where}: {one.why}" for one in found.left_out)
    further = max(len(rows) - _MOST_ROWS, 0)
    return OwnData(
        _sentence(found), HOW, rows[:_MOST_ROWS], further, left_out, found, simulation.observed.points
    )


def data_marks(
    own: OwnData | None, outcome: str, arms: Sequence[str], limits: tuple[float, float]
) -> tuple[tuple[DataMark, ...], int]:
    """Measurements of one outcome for its picture.

    Parameters
    ----------
    own : OwnData or None
        From `own_data_of`.
    outcome : str
        Id.
    arms : sequence of str
        Names of the arms that are drawn.
    limits : tuple of float
        Ends of the axis that the courses need.

    Returns
    -------
    marks : tuple of DataMark
        In the order of time; the last one of each arm carries the label.
    beyond : int
        Measurements inside the run and too far off the courses to be drawn on their axis.
    """
    if own is None:
        return (), 0
    found = own.comparison.residuals
    compared = {one.where for one in found if one.outcome == outcome and one.arm in arms}
    points = [one for one in own.points if one.where in compared and one.outcome == outcome]
    reach = max(_REACH * (limits[1] - limits[0]), _REACH_OF_LEVEL * limits[1])
    near = [one for one in points if limits[0] - reach <= one.value <= limits[1] + reach]
    near.sort(key=lambda one: (one.days, one.value))
    last = {one.arm: place for place, one in enumerate(near)}
    marks = tuple(
        DataMark(
            one.days,
            one.value,
            math.nan if one.sd is None else one.sd,
            _colour(one),
            _label(one, len(arms)) if last[one.arm] == place else "",
        )
        for place, one in enumerate(near)
    )
    return marks, len(points) - len(near)


def data_words(marks: Sequence[DataMark], beyond: int) -> str:
    """What a caption says of measurements; empty without any."""
    if not marks and not beyond:
        return ""
    words = ""
    if marks:
        spread = ", with one standard deviation each way" if any(math.isfinite(m.sd) for m in marks) else ""
        words = f" Open diamonds: {YOUR_DATA}{spread}."
    if beyond:
        words += f" {beyond} of your measurements lie{'s' if beyond == 1 else ''} too far off for this axis."
    return words


def _colour(point: ObservedPoint) -> str:
    if not point.arm:
        return "text"
    return "without" if point.arm == ARM_NOW else "plan"


def _label(point: ObservedPoint, arms: int) -> str:
    if not point.arm or arms == 1:
        return YOUR_DATA
    if point.arm == ARM_NOW:
        return f"{YOUR_DATA}, as now"
    return f"{YOUR_DATA}, with" if arms == 2 else f"{YOUR_DATA}, {_arm_words(point.arm)}"


def _arm_words(arm: str) -> str:
    return {ARM_NOW: "as now", STOP: "after stopping"}.get(arm, arm)


def _row(simulation: Simulation, one: Residual) -> tuple[str, ...]:
    dataset = simulation.dataset
    unit = unit_words(one.unit)
    measured = as_printed(one.value) + (f" ± {as_printed(one.sd)}" if one.sd is not None else "")
    band = plain_number(one.median)
    if one.high > one.low:
        band += f" ({plain_number(one.low)} to {plain_number(one.high)})"
    gap = plain_number(one.residual)
    if one.residual_in_sd is not None:
        gap += f"; {plain_number(one.residual_in_sd, 2)} sd"
    name = f"{name_of(dataset, one.outcome)}, {unit}" if unit else name_of(dataset, one.outcome)
    when = duration_words(one.days) if one.days else "start"
    arm = _arm_words(one.arm)
    if one.high == one.low:
        return (name, when, arm, measured, band, gap, "no band")
    return (name, when, arm, measured, band, gap, f"{one.band} the band")


def _sentence(found: Comparison) -> str:
    places = {one.where for one in found.residuals} | {one.where for one in found.left_out}
    count = f"{len(places)} measurement{'s' if len(places) != 1 else ''}"
    parts = []
    for arm in dict.fromkeys(one.arm for one in found.residuals):
        mine = [one for one in found.residuals if one.arm == arm]
        if all(one.high == one.low for one in mine):
            continue
        inside = sum(one.band == "inside" for one in mine)
        parts.append(f"{inside} of {len(mine)} in the 90 % band of {_arm_words(arm)}")
    dropped = len({one.where for one in found.left_out} - {one.where for one in found.residuals})
    if dropped:
        parts.append(f"{dropped} {'is' if dropped == 1 else 'are'} not compared")
    return f"Your data: {count}; {joined(parts)}." if parts else f"Your data: {count}."
