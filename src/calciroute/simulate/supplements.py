"""Supplements as doses: vitamers into the gut, vitamin D and minerals as daily inputs."""

from __future__ import annotations

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


def add_supplement(
    schedule: Schedule, supplement: Supplement, shift_h: float, *, today: bool
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
    today : bool
        Whether it is taken already; the start state then holds it as a constant flux.

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
            _add_vitamer(schedule, supplement, effect, content.amount, shift_h, today=today)
        elif effect.kind == "calcium_load":
            _add_calcium(schedule, supplement, effect, content.amount, today=today)
        else:
            _add_daily(schedule, supplement, effect, today=today)
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
    if today and supplement.since_days is None:
        said.append(Assumption(f"{label}: since", "long enough to be at rest", "not said"))
    elif today:
        why = f"{supplement.since_days:g} days are given; the start does not resolve them"
        said.append(Assumption(f"{label}: since", "long enough to be at rest", why))
    return said


def _stretch(supplement: Supplement, *, today: bool) -> tuple[float | None, float | None]:
    start = None if today else (supplement.start_day or 0.0) * HOURS_PER_DAY
    stop = None if supplement.stop_day is None else supplement.stop_day * HOURS_PER_DAY
    return start, stop


def _add_vitamer(
    schedule: Schedule,
    supplement: Supplement,
    effect: SubstanceEffect,
    amount_ug: float,
    shift_h: float,
    *,
    today: bool,
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
    last_day = schedule.last_h / HOURS_PER_DAY
    stop_day = last_day + 1.0 if supplement.stop_day is None else supplement.stop_day
    times = [time - shift_h for time in supplement.times.dose_times_h(supplement.start_day or 0.0, stop_day)]
    label = f"{supplement.product.written}|{supplement.times.written}"
    schedule.swallowed += [
        Swallowed(
            time,
            f"{vitamer}_gut",
            convert(nmol, "nmol", units[f"{vitamer}_gut"]),
            form.number("lag", vitamer),
        )
        for time in schedule.taken(times, supplement.adherence, label)
        if time <= schedule.last_h
    ]
    if vitamer == "MK4":
        # One size holds for all its doses: the loss at low doses belongs to the single intake.
        schedule.inputs["MK4_dose_size"] = convert(amount_ug, "ug", units["MK4_dose_size"])
        schedule.steady["MK4_dose_size"] = schedule.inputs["MK4_dose_size"]
    if today:
        name = f"supplement_{vitamer}"
        schedule.steady[name] = schedule.steady.get(name, 0.0) + convert(per_day, "ug/d", units[name])


def _add_calcium(
    schedule: Schedule, supplement: Supplement, effect: SubstanceEffect, amount_mg: float, *, today: bool
) -> None:
    start, stop = _stretch(supplement, today=today)
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


def _add_daily(schedule: Schedule, supplement: Supplement, effect: SubstanceEffect, *, today: bool) -> None:
    start, stop = _stretch(supplement, today=today)
    per_day = supplement.mean_per_day(effect.substance)
    if effect.kind == "switch":
        if effect.threshold_per_day is not None:
            schedule.switch(effect.target, per_day / effect.threshold_per_day, start, stop)
        return
    if effect.kind == "change" and today:
        return  # it is part of today's level
    schedule.change(effect.target, per_day * effect.factor, effect.unit, start, stop)
    if effect.at_start and today:
        schedule.inputs[effect.at_start] = schedule.steady[effect.at_start] = schedule.inputs[effect.target]
