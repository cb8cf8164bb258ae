"""Join person, diet, medicines and plans into model inputs and arms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from calciroute.body.assembly import Body
from calciroute.errors import InputError
from calciroute.intake.diary import read_diary
from calciroute.intake.foods import contents_of, is_dairy
from calciroute.intake.supplements import Supplement
from calciroute.people.unknown_medicines import unplaced_medicines
from calciroute.simulate.arm import AS_NOW, STOP, Arm
from calciroute.simulate.diet import add_diet, without_term
from calciroute.simulate.medicines import add_medicines_today, add_plan_medicine
from calciroute.simulate.past import past_of, run_in_notes
from calciroute.simulate.person_inputs import ModelInputs, person_inputs
from calciroute.simulate.read_inputs import supplements_today
from calciroute.simulate.result import Assumption
from calciroute.simulate.schedule import HOURS_PER_DAY, Schedule
from calciroute.simulate.supplements import GOES_ON, STOPS, add_supplement, planned
from calciroute.tables.diet_inputs import read_diet_inputs
from calciroute.tables.domain import read_domain

if TYPE_CHECKING:
    from calciroute.intake.habits import Habit
    from calciroute.intake.plan import Plan, PlanFood
    from calciroute.people.person_model import Person

_DAYS_PER_YEAR = 365.25
_MEALS_A_DAY = 3
# A vegetable that a plan adds gives its K1 less readily than the mixed diet does.
_ADDED_FOOD = {"K1": "diet_K1_vegetable"}


def inputs_and_arms(
    person: Person,
    plans: Sequence[Plan],
    body: Body,
    years: float,
    seed: int,
    by_hand: Mapping[str, float] | None = None,
    *,
    stop: bool = False,
) -> tuple[ModelInputs, list[Arm]]:
    """Everything that a simulation needs to know of a person and the plans.

    Parameters
    ----------
    person : Person
        As read.
    plans : sequence of Plan
        As read.
    body : Body
        Whose units and tables.
    years : float
        Length of the run.
    seed : int
        Seed of missed doses.
    by_hand : mapping of str to float, optional
        Inputs that were set by hand, in declared units: what follows from an input follows from these.
    stop : bool, optional
        Whether to add an arm in which today's supplements end at day 0.

    Returns
    -------
    tuple of ModelInputs and list of Arm
        Inputs of the person; ``as_now``, one arm per plan, and ``stop`` where it was asked for.

    Raises
    ------
    InputError
        With every problem of diary, products and medicines.
    """
    problems: list[InputError] = []
    unplaced = unplaced_medicines(person)
    if unplaced:
        problems.append(InputError(unplaced))
    inputs = person_inputs(person, body)
    add_medicines_today(inputs, person, body)
    _diet(inputs, body, person, problems)
    today, wrong_products = supplements_today(person)
    if wrong_products:
        problems.append(InputError(wrong_products))
    if problems:
        raise InputError([problem for wrong in problems for problem in wrong.problems])
    inputs.values.update(by_hand or {})
    inputs.fixed = frozenset(by_hand or ())
    shift = _day_begins_h([*today, *(supplement for plan in plans for supplement in plan.supplements)])
    last_h = years * _DAYS_PER_YEAR * HOURS_PER_DAY
    past = past_of(today, shift, body, seed, inputs.values)
    inputs.notes += run_in_notes(today)
    arms: list[Arm] = []
    named: list[tuple[str, Plan | None]] = [(AS_NOW, None), *((plan.name, plan) for plan in plans)]
    for name, plan in [*named, *([(STOP, None)] if stop else [])]:
        schedule = Schedule(name, body, last_h, seed, inputs.values)
        said: list[Assumption] = []
        for supplement in today:
            said += add_supplement(schedule, supplement, shift, STOPS if name == STOP else GOES_ON)
        _end_decline(schedule, inputs)
        if plan is not None:
            try:
                said += _add_plan(schedule, plan, shift, person)
            except InputError as wrong:
                problems.append(wrong)
        inputs.assumptions += [one for one in said if one not in inputs.assumptions]
        arms.append(dataclasses.replace(schedule.arm(), past=past))
    if problems:
        raise InputError([problem for wrong in problems for problem in wrong.problems])
    return inputs, arms


def _end_decline(schedule: Schedule, inputs: ModelInputs) -> None:
    """Stop the loss of filtration where the mineral core ends."""
    decline = inputs.values.get("eGFR_decline", 0.0)
    if decline <= 0.0:
        return
    years = max(0.0, schedule.now("eGFR_start") - read_domain()["eGFR"].lower) / decline
    schedule.change("eGFR_decline", -decline, "mL/min/y", years * _DAYS_PER_YEAR * HOURS_PER_DAY, None)


def _diet(inputs: ModelInputs, body: Body, person: Person, problems: list[InputError]) -> None:
    inputs.assumptions += without_term(person.diet)
    if person.diet.diary is None:
        add_diet(inputs, body, person.diet.amounts, {})
        return
    try:
        diary = read_diary(person.diet.diary, person.diet.region)
    except InputError as wrong:
        problems.append(wrong)
        return
    amounts, reasons = diary.known_amounts(), diary.reasons()
    add_diet(inputs, body, amounts, reasons)
    inputs.notes += [note for note in diary.notes if note not in reasons.values()]
    if diary.calcium_shares is not None and "calcium" in amounts:
        for index, share in enumerate(diary.calcium_shares, start=1):
            inputs.values[f"calcium_meal_{index}"] *= _MEALS_A_DAY * share


def _day_begins_h(supplements: Iterable[Supplement]) -> float:
    """Clock time of the day's first dose in any arm: outcomes are read just before it."""
    return min((time for one in supplements for time in one.times.clock_h), default=0.0)


def _add_plan(schedule: Schedule, plan: Plan, shift_h: float, person: Person) -> list[Assumption]:
    said: list[Assumption] = []
    for supplement in plan.supplements:
        said += add_supplement(schedule, supplement, shift_h, planned(supplement))
    for medicine in plan.medicines:
        said += add_plan_medicine(schedule, medicine, shift_h, person)
    for habit in plan.habits:
        _add_habit(schedule, habit)
    for food in plan.foods:
        said += _add_food(schedule, food, person.diet.region)
    return said


def _add_habit(schedule: Schedule, habit: Habit) -> None:
    from calciroute.body.units import declared_units

    start, stop = _hours(habit.start_day) or 0.0, _hours(habit.stop_day)
    amount = habit.amount * habit.adherence
    unit = declared_units(schedule.body)[habit.input]
    if habit.lever == "smoking":
        # The lever is a level, not a change: the plan moves it from where the person is.
        amount = (habit.amount - schedule.now(habit.input)) * habit.adherence
    schedule.change(habit.input, amount, unit, start, stop)


def _add_food(schedule: Schedule, food: PlanFood, region: str | None) -> list[Assumption]:
    start, stop = _hours(food.start_day) or 0.0, _hours(food.stop_day)
    grams = food.grams * food.times.doses_per_day * food.adherence
    contents = contents_of(food.food, region)
    unknown: dict[str, None] = {}
    for row in read_diet_inputs():
        nutrient = "MK7" if row.nutrient == "MK7_dairy" else row.nutrient
        if nutrient not in contents:
            unknown[nutrient] = None
            continue
        if nutrient == "MK7" and (row.nutrient == "MK7_dairy") != is_dairy(food.food):
            continue
        target = _ADDED_FOOD.get(row.nutrient, row.input)
        schedule.change(
            target, contents[nutrient].central * grams / 100.0 * row.factor, row.unit, start, stop
        )
    if not unknown:
        return []
    return [Assumption(food.food, f"without its {', '.join(unknown)}", "no value in the food table")]


def _hours(day: float | None) -> float | None:
    return None if day is None else day * HOURS_PER_DAY
