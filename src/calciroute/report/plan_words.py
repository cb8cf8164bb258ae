"""A plan in the words of one sentence, and the vitamin K that it brings, form by form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from calciroute.report.amounts import BOUND
from calciroute.report.numerals import as_printed, unit_words
from calciroute.tables.nomenclature import read_nomenclature

if TYPE_CHECKING:
    from calciroute.intake.habits import Habit
    from calciroute.intake.plan import Plan
    from calciroute.intake.supplements import Supplement

# Forms that trials gave; the ids of substances.csv.
TRIAL_FORMS = ("MK7", "MK4", "K1")
_DAYS_PER_YEAR = 365.25
_COUNT = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NEAR_WHOLE = 0.02


def plan_phrase(plan: Plan) -> str:
    r"""What a plan changes, as part of a sentence.

    Parameters
    ----------
    plan : Plan
        As read.

    Returns
    -------
    str
        Such as ``180 mcg of MK-7 a day and 150 min/week of walking``.

    Examples
    --------
    >>> from calciroute.intake.plan import parse_plan
    >>> plan_phrase(parse_plan("[[supplement]]\nproduct = 'MK-7 180 mcg softgel'")).replace(BOUND, " ")
    '180 mcg of MK-7 a day'
    """
    parts = [
        *(supplement_words(supplement) for supplement in plan.supplements),
        *(
            f"{as_printed(food.grams)}{BOUND}g of {food.food} {_rhythm(food.times.doses_per_day)}"
            for food in plan.foods
        ),
        *(
            _medicine_words(medicine.name, medicine.dose_mg, medicine.times.doses_per_day)
            for medicine in plan.medicines
        ),
        *(f"{habit.lever} ({_habit_words(habit)})" for habit in plan.habits),
    ]
    return joined(parts) if parts else f"the plan {plan.name}, which changes nothing,"


def arm_titles(plans: Sequence[Plan]) -> list[str]:
    """What each plan's arm is called at lines and in tables.

    Parameters
    ----------
    plans : sequence of Plan
        In the order of arms.

    Returns
    -------
    list of str
        ``with the plan`` for a single one, the names of the files for several.
    """
    if len(plans) == 1:
        return ["with the plan"]
    return [f"with {arm_words_of(plan.name)}" for plan in plans]


def arm_words_of(name: str) -> str:
    """Name of a plan's file as words."""
    return name.replace("_", " ")


def vitamin_k_of(plan: Plan) -> dict[str, float]:
    r"""Vitamin K that a plan's supplements bring, mean a day with missed doses taken off.

    Parameters
    ----------
    plan : Plan
        As read.

    Returns
    -------
    dict of str to float
        ug a day by printed name of the form, such as ``MK-7``; only forms above zero, never summed.

    Examples
    --------
    >>> from calciroute.intake.plan import parse_plan
    >>> vitamin_k_of(parse_plan("[[supplement]]\nproduct = 'MK-7 180 mcg softgel'"))
    {'MK-7': 180.0}
    """
    return vitamin_k_in(plan.supplements)


def vitamin_k_in(supplements: Iterable[Supplement]) -> dict[str, float]:
    """Vitamin K that products bring, mean a day with missed doses taken off.

    Parameters
    ----------
    supplements : iterable of Supplement
        As read.

    Returns
    -------
    dict of str to float
        As `vitamin_k_of`.
    """
    names = read_nomenclature()
    taken = list(supplements)
    daily = {form: sum(one.mean_per_day(form) for one in taken) for form in TRIAL_FORMS}
    return {names[form].name: amount for form, amount in daily.items() if amount > 0.0}


def duration_words(days: float) -> str:
    """A length of time as people say it.

    Parameters
    ----------
    days : float
        Length, > 0.

    Returns
    -------
    str
        Whole years, else months, weeks or days.

    Examples
    --------
    >>> duration_words(1095.0), duration_words(84.0), duration_words(365.0), duration_words(913.0)
    ('three years', '12 weeks', 'one year', '2.5 years')
    """
    years = days / _DAYS_PER_YEAR
    if years >= 1.0 - _NEAR_WHOLE and abs(years - round(years)) < _NEAR_WHOLE:
        return _counted(round(years), "year")
    if years >= 1.5:
        return f"{years:.1f} years"
    if days >= 182.0:
        return _counted(round(12.0 * years), "month")
    return _counted(round(days / 7.0), "week") if days >= 14.0 else _counted(round(days), "day")


def joined(parts: Iterable[str], word: str = "and") -> str:
    """Parts of a list as a sentence joins them.

    Parameters
    ----------
    parts : iterable of str
        At least one.
    word : str, optional
        Before the last.

    Returns
    -------
    str
        ``a, b and c``.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = parts
    return f"{', '.join(first)} {word} {last}" if first else last


def supplement_words(supplement: Supplement) -> str:
    """A product with its regimen, as part of a sentence.

    Parameters
    ----------
    supplement : Supplement
        As read.

    Returns
    -------
    str
        Such as ``180 mcg of MK-7 a day``.
    """
    names = read_nomenclature()
    contents = []
    for content in supplement.product.contents:
        name = names[content.substance].name if content.substance in names else content.substance
        # The amount of one dose-day as prescribed: what is missed stands in words beside it.
        amount = content.amount * supplement.times.doses_per_day
        contents.append(f"{as_printed(amount)}{BOUND}{unit_words(content.unit)} of {name}")
    remarks = []
    if supplement.times.every_days > 1:
        remarks.append(f"on the mean, every {supplement.times.every_days} days")
    if supplement.adherence < 1.0:
        remarks.append(f"{as_printed(100.0 * supplement.adherence)}{BOUND}% of doses taken")
    if supplement.start_day:
        remarks.append(f"from day {supplement.start_day:g}")
    if supplement.stop_day is not None:
        remarks.append(f"until day {supplement.stop_day:g}")
    return f"{joined(contents)} a day" + (f" ({', '.join(remarks)})" if remarks else "")


def _habit_words(habit: Habit) -> str:
    done = f", {as_printed(100.0 * habit.adherence)}{BOUND}% of it done" if habit.adherence < 1.0 else ""
    return f"{habit.written}{done}"


def _medicine_words(name: str, dose_mg: float | None, doses_per_day: float) -> str:
    return name if dose_mg is None else f"{as_printed(dose_mg * doses_per_day)}{BOUND}mg of {name} a day"


def _rhythm(times_per_day: float) -> str:
    if times_per_day >= 1.0:
        return "a day" if times_per_day == 1.0 else f"{times_per_day:g} times a day"
    return f"every {round(1.0 / times_per_day)} days"


def _counted(count: int, word: str) -> str:
    shown = _COUNT[count] if count <= 10 else str(count)
    return f"{shown} {word}" + ("" if count == 1 else "s")
