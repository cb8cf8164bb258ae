"""Sums over a diary: what is known is added, what is not known is counted, never taken as zero."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from calciroute.intake.foods import NUTRIENTS, contents_of, is_dairy
from calciroute.tables.foods import analyses_of
from calciroute.tables.nomenclature import find_name
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text
from calciroute.units.quantity import shown_unit

# Above this share of entries without a value a sum says nothing about the day.
UNKNOWN_LIMIT = 0.4
# The model's reference diet stands in for a vitamer that is not known: rows of intake_absorption.csv.
_REFERENCE_ROWS = {"K1": "diet_K1", "MK4": "diet_MK4", "MK7": "diet_MK7", "MK89": "diet_MK89"}
# MK-8 and MK-9 are one input of the model; a food counts as known where both are.
_TOGETHER = {"MK89": ("MK8", "MK9")}
_MORNING_ENDS_H, _MIDDAY_ENDS_H = 11.0, 16.0


@dataclass(frozen=True)
class Entry:
    """One line of a diary, understood."""

    date: datetime.date
    clock_h: float | None
    food: str
    grams: float

    @property
    def fermented(self) -> bool:
        """Whether the food is a fermented one."""
        return any(row.fermented for row in analyses_of(self.food))


@dataclass(frozen=True)
class DailyAmount:
    """Mean amount a day of one nutrient.

    Parameters
    ----------
    nutrient : str
        Such as ``MK7``.
    unit : str
        ``ug/d`` or ``mg/d``.
    low, central, high : float or None
        Sum over the entries with a value; None where too few have one and no reference stands in.
    known, items : int
        Entries with a value, and all entries.
    assumed : bool
        True where the reference diet stands in, or nothing does.
    dairy_share : float
        Share of `central` that comes from dairy.
    reference : str
        Parameter row that stands in; empty where the sum stands.
    """

    nutrient: str
    unit: str
    low: float | None
    central: float | None
    high: float | None
    known: int
    items: int
    assumed: bool = False
    dairy_share: float = 0.0
    reference: str = ""

    @property
    def words(self) -> str:
        """How much of the amount is known, in one sentence."""
        name = find_name(self.nutrient)
        known = f"{name.name if name else self.nutrient} is known for {self.known} of {self.items} foods"
        if not self.assumed:
            return f"{known}."
        if self.central is None:
            return f"{known}: too few for a mean."
        amount = f"{self.central:g} {shown_unit(self.unit)}"
        return f"{known}: the reference diet stands in ({amount}, assumed)."


def daily_amounts(entries: Sequence[Entry], days: int, region: str | None) -> dict[str, DailyAmount]:
    """Mean daily amount of every nutrient.

    Parameters
    ----------
    entries : sequence of Entry
        All lines of a diary, at least one.
    days : int
        Days that they cover, > 0.
    region : str or None
        Where the food is from.

    Returns
    -------
    dict of str to DailyAmount
        By nutrient. Above 40 % of entries without a value the reference diet stands in for a vitamer.
    """
    groups = {name: (name,) for name in NUTRIENTS.values()} | _TOGETHER
    return {name: _daily(name, members, entries, days, region) for name, members in groups.items()}


def _daily(
    name: str, members: tuple[str, ...], entries: Sequence[Entry], days: int, region: str | None
) -> DailyAmount:
    low = central = high = dairy = 0.0
    known = 0
    unit = "ug/d" if name.startswith(("K", "MK", "D")) else "mg/d"
    for entry in entries:
        held = contents_of(entry.food, region)
        if any(member not in held for member in members):
            continue
        known += 1
        share = entry.grams / 100.0 / days
        for content in (held[member] for member in members):
            low += content.low * share
            central += content.central * share
            high += content.high * share
            dairy += content.central * share * is_dairy(entry.food)
    if 1.0 - known / len(entries) <= UNKNOWN_LIMIT:
        dairy_share = dairy / central if central > 0.0 else 0.0
        return DailyAmount(name, unit, low, central, high, known, len(entries), dairy_share=dairy_share)
    row = _REFERENCE_ROWS.get(name)
    if row is None:
        return DailyAmount(name, unit, None, None, None, known, len(entries), True)
    value = read_parameters(physiology_text("intake_absorption.csv"))[row].value
    return DailyAmount(name, unit, None, value, None, known, len(entries), True, reference=row)


def meal_of(clock_h: float) -> int:
    """Which of the three meals of a day a time of day belongs to.

    Parameters
    ----------
    clock_h : float
        Hours after midnight.

    Returns
    -------
    int
        0 in the morning, 1 at midday, 2 in the evening.

    Examples
    --------
    >>> meal_of(8.0), meal_of(12.5), meal_of(19.0)
    (0, 1, 2)
    """
    return (clock_h >= _MORNING_ENDS_H) + (clock_h >= _MIDDAY_ENDS_H)


def meal_shares(entries: Sequence[Entry], region: str | None) -> tuple[float, float, float] | None:
    """Shares of a day's calcium eaten in the morning, at midday and in the evening.

    Parameters
    ----------
    entries : sequence of Entry
        All lines of a diary.
    region : str or None
        Where the food is from.

    Returns
    -------
    tuple of three floats or None
        Sum 1; None when a time is missing or no calcium is known.
    """
    shares = [0.0, 0.0, 0.0]
    for entry in entries:
        content = contents_of(entry.food, region).get("calcium")
        if entry.clock_h is None:
            return None
        if content is not None:
            shares[meal_of(entry.clock_h)] += content.central * entry.grams
    total = sum(shares)
    return (shares[0] / total, shares[1] / total, shares[2] / total) if total > 0.0 else None
