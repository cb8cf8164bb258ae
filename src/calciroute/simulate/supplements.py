"""Supplements as doses: vitamers into the gut, vitamin D and minerals as daily inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from calciroute.body.plans import run_in_plan
from calciroute.body.units import declared_units
from calciroute.intake.diary_sums import meal_of
from calciroute.intake.supplements import Supplement
from calciroute.simulate.arm import Swallowed
from calciroute.simulate.result import Assumption
from calciroute.simulate.schedule import HOURS_PER_DAY, Schedule
from calciroute.tables.substance_effects import SubstanceEffect, read_substance_effects
from calciroute.units.expression import convert

_FASTING = "fasting"
_MEALS = ("calcium_meal_1", "calcium_meal_2", "calcium_meal_3")
_BETWEEN_MEALS = ("calcium_dose_1", "calcium_dose_2")


@dataclass(frozen=True)
class Stretch:
    """From when to when a product is taken, in days of the arm.

    Parameters
    ----------
    begin_day : float or None
        None: since before the arm begins; its start state then holds the product as a constant flux.
    end_day : float or None
        First day on which it is no longer taken; None is to the end.
    first_dose_day : float
        Day of the first dose inside the arm, which sets the rhythm.
    before : bool
        Whether the arm is the time before day 0.
    """

    begin_day: float | None
    end_day: float | None = None
    first_dose_day: float = 0.0
    before: bool = False

    @property
    def today(self) -> bool:
        """Whether it is taken when the arm begins."""
        return self.begin_day is None

    @property
    def hours(self) -> tuple[float | None, float | None]:
        """Begin and end in hours."""
        begin = None if self.begin_day is None else self.begin_day * HOURS_PER_DAY
        return begin, None if self.end_day is None else self.end_day * HOURS_PER_DAY


GOES_ON = Stretch(None)
STOPS = Stretch(None, 0.0)


def planned(supplement: Supplement) -> Stretch:
    """Stretch of a product that a plan adds."""
    begin = supplement.start_day or 0.0
    return Stretch(begin, supplement.stop_day, begin)


def add_supplement(
    schedule: Schedule, supplement: Supplement, shift_h: float, stretch: Stretch
) -> list[Assumption]:
    """Put a supplement into an arm.

    Parameters
    ----------
    schedule : Schedule
        The arm in the making; changed.
    supplement : Supplement
        As read.
    shift_h : float
        Clock time at which a day of the run begins: that of the first dose of any arm.
    stretch : Stretch
        From when to when.

    Returns
    -------
    list of Assumption
        What the person did not say about it, and contents without a term in the model.
    """
    effects = read_substance_effects()
    said: list[Assumption] = []
    for content in supplement.product.contents:
        effect = effects.get(content.substance)
        if effect is None or not content.modelled:
            said.append(Assumption(content.written, "without effect", "the model has no term for it"))
        elif effect.kind == "dose":
            _add_vitamer(schedule, supplement, effect, content.amount, shift_h, stretch)
        elif effect.kind == "calcium_load":
            _add_calcium(schedule, supplement, effect, content.amount, stretch)
        else:
            _add_daily(schedule, supplement, effect, stretch)
    defaults = {
        "form": supplement.product.form.name,
        "rhythm": "daily",
        "clock": ", ".join(
            f"{int(time):02d}:{round(time % 1 * 60):02d}" for time in supplement.times.clock_h
        ),
        "meal": supplement.times.meal,
        "adherence": "every dose is taken",
    }
    label = supplement.product.written
    said += [Assumption(f"{label}: {name}", defaults[name], "not said") for name in supplement.assumed]
    if stretch.today and any(
        effects[content.substance].at_start for content in supplement.product.contents if content.modelled
    ):
        said.append(_level_words(label, measured=level_is_measured(schedule.person)))
    if stretch.today and supplement.since_days is None:
        said.append(Assumption(f"{label}: since", "long enough to be at rest", "not said"))
    return said


def level_is_measured(person: Mapping[str, float]) -> bool:
    """Whether the level that a dose acts on was measured, and so while it was taken.

    Parameters
    ----------
    person : mapping of str to float
        Inputs of the person.

    Returns
    -------
    bool
        A mean of a population was measured in people without the dose.
    """
    return run_in_plan().answer.level in person


def _level_words(label: str, *, measured: bool) -> Assumption:
    if measured:
        why = "measured while it is taken; where the dose leads higher, this group answers it less than most"
        return Assumption(f"{label}: 25(OH)D", "today's level includes it", why)
    why = "25(OH)D is not measured; its mean is of people of whom most take none"
    return Assumption(f"{label}: 25(OH)D", "comes on top of the mean level", why)


def doses_before(schedule: Schedule, supplement: Supplement, shift_h: float, days: float) -> list[float]:
    """When a product of today was swallowed before day 0, missed doses left out.

    Parameters
    ----------
    schedule : Schedule
        Whose seed decides about missed doses.
    supplement : Supplement
        As read; its rhythm counts back from day 0.
    shift_h : float
        Clock time at which a day of the run begins.
    days : float
        How far back.

    Returns
    -------
    list of float
        Hours, below 0, the latest first: a longer past leaves the doses of a shorter one as they were.
    """
    every = supplement.times.every_days
    first = -every * math.floor(days / every)
    times = [time - shift_h for time in supplement.times.dose_times_h(first, 0.0)]
    return schedule.taken(times[::-1], supplement.adherence, f"before|{_label(supplement)}")


def _label(supplement: Supplement) -> str:
    return f"{supplement.product.written}|{supplement.times.written}"


def _add_vitamer(
    schedule: Schedule,
    supplement: Supplement,
    effect: SubstanceEffect,
    amount_ug: float,
    shift_h: float,
    stretch: Stretch,
) -> None:
    vitamer, body = effect.target, schedule.body
    form = supplement.product.form
    per_day = amount_ug * supplement.times.doses_per_day * supplement.adherence
    fasting = ("fat_fasting_factor",) if supplement.times.meal == _FASTING else ()
    schedule.blend(f"F_dose_{vitamer}", per_day, (form.number("F_matrix", vitamer), *fasting))
    schedule.blend(f"ka_dose_{vitamer}", per_day, (form.number("ka", vitamer),))
    units = declared_units(body)
    molar = body.numbers[f"MW_{vitamer}"]
    nmol = amount_ug / convert(molar.value, molar.unit, "ug/nmol")
    schedule.swallowed += [
        Swallowed(
            time,
            f"{vitamer}_gut",
            convert(nmol, "nmol", units[f"{vitamer}_gut"]),
            form.number("lag", vitamer),
        )
        for time in _dose_times(schedule, supplement, shift_h, stretch)
        if time <= schedule.last_h
    ]
    if vitamer == "MK4":
        # One size holds for all its doses: the loss at low doses belongs to the single intake.
        schedule.inputs["MK4_dose_size"] = convert(amount_ug, "ug", units["MK4_dose_size"])
        schedule.steady["MK4_dose_size"] = schedule.inputs["MK4_dose_size"]
    if stretch.today:
        name = f"supplement_{vitamer}"
        flux = convert(per_day, "ug/d", units[name])
        schedule.steady[name] = schedule.steady.get(name, 0.0) + flux
        if stretch.before:
            schedule.inputs[name] = schedule.inputs.get(name, 0.0) + flux
            end = _flux_ends_h(supplement, shift_h)
            schedule.swallowed.append(Swallowed(end, name, -flux, form.number("lag", vitamer)))


def _dose_times(schedule: Schedule, supplement: Supplement, shift_h: float, stretch: Stretch) -> list[float]:
    if stretch.before:
        # The arm ends at day 0: what was swallowed before it stands at its end.
        begin = rest_days(supplement) if stretch.begin_day is None else stretch.begin_day
        days = schedule.last_h / HOURS_PER_DAY - begin
        return [schedule.last_h + time for time in doses_before(schedule, supplement, shift_h, days)]
    last_day = schedule.last_h / HOURS_PER_DAY
    stop_day = last_day + 1.0 if stretch.end_day is None else stretch.end_day
    times = [time - shift_h for time in supplement.times.dose_times_h(stretch.first_dose_day, stop_day)]
    taken = schedule.taken(times, supplement.adherence, _label(supplement))
    if not stretch.today:
        return taken
    # Swallowed late on the day before, it may reach the gut on day 0.
    since = math.inf if supplement.since_days is None else math.floor(supplement.since_days)
    return [*doses_before(schedule, supplement, shift_h, min(since, supplement.times.every_days)), *taken]


def rest_days(supplement: Supplement) -> float:
    """Days of a past before the first single dose of a product that has been taken for long."""
    return float(supplement.times.every_days)


def _flux_ends_h(supplement: Supplement, shift_h: float) -> float:
    """When the constant flux of a product gives way to single doses in a past, h."""
    # A pool that turns over slowly sees doses as steps and falls in between: its mean is the middle of an
    # interval. A flux that ends half an interval before the first dose leaves it where doses would have.
    times = supplement.times
    period, count = times.every_days * HOURS_PER_DAY, len(times.clock_h)
    after_first = [clock - times.clock_h[0] for clock in times.clock_h]
    # Shares of the period since the last dose of each time of day, just before the first dose.
    shares = sum(1.0 - later / period for later in after_first)
    first = rest_days(supplement) * HOURS_PER_DAY + times.clock_h[0] - shift_h
    return first - period / count * (shares - count / 2.0)


def _add_calcium(
    schedule: Schedule, supplement: Supplement, effect: SubstanceEffect, amount_mg: float, stretch: Stretch
) -> None:
    start, stop = stretch.hours
    # A load of a day; doses that are missed or come every few days count as a smaller load.
    load = amount_mg * effect.factor * supplement.adherence / supplement.times.every_days
    for clock in supplement.times.clock_h:
        if supplement.times.meal == _FASTING:
            place = _BETWEEN_MEALS[schedule.occasion(clock) % len(_BETWEEN_MEALS)]
        else:
            place = _MEALS[meal_of(clock)]
        schedule.change(place, load, effect.unit, start, stop)
    if supplement.times.meal == _FASTING:
        schedule.calcium_loads_mg.append(amount_mg)
        if effect.threshold_per_day:
            per_day = amount_mg * supplement.times.doses_per_day * supplement.adherence
            schedule.switch("takes_calcium_bolus", per_day / effect.threshold_per_day, start, stop)


def _add_daily(schedule: Schedule, supplement: Supplement, effect: SubstanceEffect, stretch: Stretch) -> None:
    start, stop = stretch.hours
    per_day = supplement.mean_per_day(effect.substance)
    if effect.kind == "switch":
        if effect.threshold_per_day is not None:
            schedule.switch(effect.target, per_day / effect.threshold_per_day, start, stop)
        return
    amount = per_day * effect.factor
    if effect.kind == "change" and (stretch.today or stretch.before):
        # It is part of today's level: only its end is a change.
        if stop is not None:
            schedule.change(effect.target, -amount, effect.unit, stop, None)
        return
    schedule.change(effect.target, amount, effect.unit, start, stop)
    if effect.at_start and (stretch.today or stretch.before) and level_is_measured(schedule.person):
        schedule.change(effect.at_start, amount, effect.unit, None, None)
