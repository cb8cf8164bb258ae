"""The one table: outcome, without, with, difference and its band, what trials found, how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import xarray as xr

from calciroute.body.outputs import GROUPS
from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.report.amounts import NOT_KNOWN
from calciroute.report.bands import Band, level
from calciroute.report.effect import Effect, Verdict
from calciroute.report.look import ARM_NOW
from calciroute.report.numerals import band_range, band_text, middle, unit_words, with_unit
from calciroute.report.outcome_words import digits_of, unit_of
from calciroute.report.trials_beside import TrialsBeside

_PERCENT_DECIMALS = 1
_MOST_PERCENT = 999.0  # beyond it a percent is no longer read as one
NOT_A_TABLE_GROUP = "flow"  # calcium a day has its own picture and balance


@dataclass(frozen=True)
class PlanCell:
    """One plan in one row.

    Parameters
    ----------
    arm : str
        The plan.
    effect : Effect
        What it does.
    trials : TrialsBeside
        What trials found.
    """

    arm: str
    effect: Effect
    trials: TrialsBeside

    @property
    def difference(self) -> str:
        """Difference with its band, in the unit of the row."""
        return change_text(self.effect)

    @property
    def percent(self) -> str:
        """Difference in percent of the level without; empty where a percent would mislead."""
        if not self.effect.percent.known or abs(self.effect.percent.median) > _MOST_PERCENT:
            return ""
        return band_text(self.effect.percent, "%", finest=_PERCENT_DECIMALS)

    @property
    def reading(self) -> str:
        """What the band allows to say, in two or three words."""
        if self.effect.clear and self.effect.hangs_on_link:
            return f"{self.effect.verdict}, if the unproven link holds"
        return READINGS[self.effect.verdict]


READINGS: dict[Verdict, str] = {
    "falls": "falls",
    "rises": "rises",
    "unclear": "no clear change",
    "same": "no change that shows",
    "no_band": "one run, no band",
    "unknown": NOT_KNOWN,
    "not_for_person": NOT_FOR_PERSON,
}


@dataclass(frozen=True)
class Row:
    """One outcome.

    Parameters
    ----------
    outcome, name, unit, group, meaning : str
        Which, as printed, in which unit and group, and what it is in one sentence.
    digits : int
        Significant digits at most.
    start, without : Band
        Level at day 0 and at the end when nothing is changed.
    plans : tuple of PlanCell
        One for each plan.
    not_for : str
        Why this outcome says nothing about this person; its numbers are unknown then. Empty when it may.
    """

    outcome: str
    name: str
    unit: str
    group: str
    meaning: str
    digits: int
    start: Band
    without: Band
    plans: tuple[PlanCell, ...]
    not_for: str = ""

    @property
    def start_text(self) -> str:
        """Level at day 0, median."""
        return with_unit(middle(self.start, self.digits), self.unit)

    @property
    def without_text(self) -> str:
        """Level at the end without a plan, median."""
        return with_unit(middle(self.without, self.digits), self.unit)

    @property
    def without_range(self) -> str:
        """Band of the level without a plan."""
        return band_range(self.without, self.digits)

    @property
    def unit_text(self) -> str:
        """Unit, or that there is none."""
        return unit_words(self.unit) or "ratio"


@dataclass(frozen=True)
class Table:
    """All rows, in groups.

    Parameters
    ----------
    rows : tuple of Row
        In the order of groups and of the catalogue.
    arms : tuple of str
        The plans.
    days : float
        Length of the run.
    clotting_first : bool
        Where a vitamin K antagonist is taken.
    """

    rows: tuple[Row, ...]
    arms: tuple[str, ...]
    days: float
    clotting_first: bool = False

    def groups(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """Groups that have rows, with their rows."""
        order = sorted(GROUPS, key=lambda group: group != "clotting") if self.clotting_first else GROUPS
        for group in order:
            if group == NOT_A_TABLE_GROUP:
                continue
            rows = tuple(row for row in self.rows if row.group == group)
            if rows:
                yield group, rows

    def row(self, outcome: str) -> Row | None:
        """The row of an outcome, or None."""
        return next((row for row in self.rows if row.outcome == outcome), None)


def make_row(dataset: xr.Dataset, outcome: str, name: str, meaning: str, cells: Sequence[PlanCell]) -> Row:
    """Row of one outcome.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, name, meaning : str
        Id, printed name and meaning.
    cells : sequence of PlanCell
        One for each plan.

    Returns
    -------
    Row
        With the levels of the arm without a plan.
    """
    return Row(
        outcome=outcome,
        name=name,
        unit=unit_of(dataset, outcome),
        group=str(dataset[outcome].attrs.get("group", "")),
        meaning=meaning,
        digits=digits_of(dataset, outcome),
        start=level(dataset, outcome, ARM_NOW, 0),
        without=level(dataset, outcome, ARM_NOW),
        plans=tuple(cells),
    )


def change_text(effect: Effect) -> str:
    """A difference with its band and unit; the difference of two percents is in percentage points.

    Parameters
    ----------
    effect : Effect
        What a plan does.

    Returns
    -------
    str
        Such as ``−2 AU (−7 to 4)``.
    """
    if effect.unit != "%" or not effect.change.known:
        return band_text(effect.change, effect.unit, effect.digits, effect.finest)
    points = f"{middle(effect.change, effect.digits, effect.finest)} percentage points"
    return f"{points} ({band_range(effect.change, effect.digits, effect.finest)})"


def level_text(effect: Effect) -> str:
    """Level with the plan at the end, median, printed to the step of the level without."""
    return with_unit(middle(effect.with_plan, effect.digits), effect.unit)
