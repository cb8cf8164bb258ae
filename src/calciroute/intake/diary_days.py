"""What a diary holds day by day: each vitamer and mineral by itself, with its range and how much is known.

Vitamers are never added to one another here. A nutrient that too many lines leave open has a range of what is
known and no central value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from calciroute.intake.diary_items import DiaryFoods, EatenFood, many_portions
from calciroute.intake.diary_missing import MISSING_WORDS, missing_kind
from calciroute.intake.diary_sums import UNKNOWN_LIMIT, meal_of
from calciroute.intake.foods import contents_of
from calciroute.tables.nomenclature import find_name

VITAMERS = ("K1", "dihydro_K1", "MK4", "MK5", "MK6", "MK7", "MK8", "MK9")
# Unit of each nutrient, in the order of every output.
UNITS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(VITAMERS, "ug")
    | {"calcium": "mg", "magnesium": "mg", "phosphorus": "mg", "D3": "ug", "sodium": "mg", "fat": "g"}
)
_PRINTED = {"dihydro_K1": "dihydro-K1", "D3": "vitamin D"}
_MOST_CONTRIBUTORS = 5
# More in a day than people eat and drink: a factor may have slipped.
HEAVY_DAY_G = 6000.0


@dataclass(frozen=True)
class Span:
    """A lowest, a central and a highest amount; in the unit of its nutrient."""

    low: float
    central: float
    high: float


@dataclass(frozen=True)
class Contributor:
    """A food and what it brings of a nutrient.

    Parameters
    ----------
    name : str
        English name of the food.
    amount : float
        A day, mean over the diary, central.
    share : float
        Of the central sum, 0 to 1.
    """

    name: str
    amount: float
    share: float


@dataclass(frozen=True)
class NutrientDays:
    """One nutrient over the days of a diary.

    Parameters
    ----------
    nutrient, printed, unit : str
        Such as ``MK7``, ``MK-7``, ``ug``.
    by_day : tuple of Span
        Sum of the lines with a value, a day each, in the order of `DiaryIntake.days`.
    mean : Span
        Over the days.
    known, lines : int
        Lines with a value; all lines of the diary.
    grams_known, grams : float
        Weight of the lines with a value, and of all lines that are weighed.
    missing : mapping of str to int
        Why lines have no value: a word of `MISSING_WORDS` to their number.
    contributors : tuple of Contributor
        Largest first, at most five.
    assumed_share : float
        Share of `mean.central` that is read from a total or borrowed from another region, 0 to 1.
    """

    nutrient: str
    printed: str
    unit: str
    by_day: tuple[Span, ...]
    mean: Span
    known: int
    lines: int
    grams_known: float
    grams: float
    missing: Mapping[str, int]
    contributors: tuple[Contributor, ...]
    assumed_share: float

    @property
    def open_share(self) -> float:
        """Share of lines without a value, 0 to 1."""
        return 1.0 - self.known / self.lines

    @property
    def has_centre(self) -> bool:
        """Whether enough lines have a value for a central one: at most 40 % are open."""
        return self.open_share <= UNKNOWN_LIMIT

    @property
    def spread(self) -> tuple[float, float, float]:
        """Lowest day, highest day and standard deviation of the days (central, of what is known)."""
        days = [span.central for span in self.by_day]
        middle = sum(days) / len(days)
        squares = sum((day - middle) ** 2 for day in days)
        return min(days), max(days), math.sqrt(squares / (len(days) - 1)) if len(days) > 1 else 0.0


@dataclass(frozen=True)
class MealFat:
    """Fat by meal, mean a day, of the lines with a time."""

    grams: tuple[float, float, float]
    timed_lines: int
    lines: int


@dataclass(frozen=True)
class DiaryIntake:
    """What a person ate, day by day.

    Parameters
    ----------
    foods : DiaryFoods
        The lines, found and open.
    days : tuple of str
        As the diary names them.
    nutrients : mapping of str to NutrientDays
        By name, in the order of `UNITS`.
    unsplit : mapping of str to Span
        Amounts a day that a table gives for several vitamers at once, by what they hold; never added to
        `nutrients`.
    fat_by_meal : MealFat or None
        None where no line has a time.
    notes : tuple of str
        What was understood or assumed.
    """

    foods: DiaryFoods
    days: tuple[str, ...]
    nutrients: Mapping[str, NutrientDays]
    unsplit: Mapping[str, Span]
    fat_by_meal: MealFat | None
    notes: tuple[str, ...]


def intake_by_day(foods: DiaryFoods) -> DiaryIntake:
    r"""Sum a diary by day.

    Parameters
    ----------
    foods : DiaryFoods
        From `calciroute.intake.diary_items`.

    Returns
    -------
    DiaryIntake

    Examples
    --------
    >>> from calciroute.intake.diary_items import foods_of
    >>> intake = intake_by_day(foods_of("Monday\n50 g natto\nTuesday\n100 g natto", "NL"))
    >>> [round(day.central) for day in intake.nutrients["MK7"].by_day], intake.days
    ([499, 998], ('Monday', 'Tuesday'))
    """
    days = tuple(dict.fromkeys(one.written.day for one in _in_order(foods)))
    lines = len(foods.eaten) + len(foods.open)
    nutrients = {name: _nutrient(name, unit, foods, days, lines) for name, unit in UNITS.items()}
    return DiaryIntake(
        foods,
        days,
        MappingProxyType(nutrients),
        MappingProxyType(_unsplit(foods, len(days))),
        _fat_by_meal(foods, len(days)),
        tuple(_notes(foods, days)),
    )


def _in_order(foods: DiaryFoods) -> list[EatenFood]:
    return sorted(foods.eaten, key=lambda one: one.written.date)


def _nutrient(name: str, unit: str, foods: DiaryFoods, days: Sequence[str], lines: int) -> NutrientDays:
    sums = {day: [0.0, 0.0, 0.0] for day in days}
    brought: dict[str, float] = {}
    missing: dict[str, int] = {}
    known, grams_known, assumed = 0, 0.0, 0.0
    for one in foods.eaten:
        content = contents_of(one.food, foods.region).get(name)
        if content is None:
            kind = missing_kind(one.food, name, foods.region)
            missing[kind] = missing.get(kind, 0) + 1
            continue
        share = one.weighed.grams / 100.0
        known += 1
        grams_known += one.weighed.grams
        for place, value in enumerate((content.low, content.central, content.high)):
            sums[one.written.day][place] += value * share
        brought[one.name] = brought.get(one.name, 0.0) + content.central * share
        assumed += content.central * share * content.assumed
    if foods.open:
        missing["not_found"] = len(foods.open)
    total = sum(brought.values())
    largest = sorted(brought.items(), key=lambda pair: -pair[1])[:_MOST_CONTRIBUTORS]
    found = find_name(name)
    return NutrientDays(
        name,
        _PRINTED.get(name) or (found.name if found else name),
        unit,
        tuple(Span(*sums[day]) for day in days),
        Span(*(sum(day[place] for day in sums.values()) / len(days) for place in range(3))),
        known,
        lines,
        grams_known,
        sum(one.weighed.grams for one in foods.eaten),
        MappingProxyType(missing),
        tuple(
            Contributor(food, amount / len(days), amount / total) for food, amount in largest if amount > 0.0
        ),
        assumed / total if total > 0.0 else 0.0,
    )


def _unsplit(foods: DiaryFoods, days: int) -> dict[str, Span]:
    from calciroute.intake.diary_missing import unsplit_total

    sums: dict[str, list[float]] = {}
    for one in foods.eaten:
        total = unsplit_total(one.food, foods.region)
        if total is None:
            continue
        share = one.weighed.grams / 100.0 / days
        into = sums.setdefault(total.holds, [0.0, 0.0, 0.0])
        for place, value in enumerate((total.low, total.central, total.high)):
            into[place] += value * share
    return {holds: Span(*values) for holds, values in sums.items()}


def _fat_by_meal(foods: DiaryFoods, days: int) -> MealFat | None:
    grams = [0.0, 0.0, 0.0]
    timed = 0
    for one in foods.eaten:
        content = contents_of(one.food, foods.region).get("fat")
        if one.written.clock_h is None:
            continue
        timed += 1
        if content is not None:
            grams[meal_of(one.written.clock_h)] += content.central * one.weighed.grams / 100.0 / days
    if not timed:
        return None
    return MealFat((grams[0], grams[1], grams[2]), timed, len(foods.eaten) + len(foods.open))


def _notes(foods: DiaryFoods, days: Sequence[str]) -> list[str]:
    notes = list(foods.notes)
    if foods.region is None:
        notes.append("The region of the food is not known: the spread over all regions is shown (--region).")
    if len(days) < 3:
        notes.append(f"The diary covers {len(days)} day{'s' if len(days) > 1 else ''}: low confidence.")
    if count := sum(one.weighed.assumed for one in foods.eaten):
        notes.append(
            f"{count} of {len(foods.eaten)} foods are weighed by a usual portion or measure (assumed)."
        )
    notes += dict.fromkeys(f"'{one.written.amount.food[:40]}': {one.note}" for one in foods.eaten if one.note)
    notes += [
        f"{_line(one)}: {one.weighed.grams:.4g} g of {one.name} is far above a usual portion: is it right?"
        for one in foods.eaten
        if many_portions(one)
    ]
    for day in days:
        grams = sum(one.weighed.grams for one in foods.eaten if one.written.day == day)
        if grams > HEAVY_DAY_G:
            notes.append(f"{day} adds up to {grams / 1000.0:.1f} kg of food and drink: is it right?")
    dates = {one.written.date for one in foods.eaten}
    span = (max(dates) - min(dates)).days + 1
    if span > len(dates):
        notes.append(
            f"{span - len(dates)} days between the first and the last have no entry and are left out."
        )
    return notes


def _line(one: EatenFood) -> str:
    return f"line {one.written.where.rsplit(':', 1)[-1]}"


__all__ = ["MISSING_WORDS", "Contributor", "DiaryIntake", "NutrientDays", "Span", "intake_by_day"]
