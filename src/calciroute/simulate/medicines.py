"""Medicines as inputs of the model: those taken today, and those that a plan adds."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.errors import InputError, Problem
from calciroute.people.medicines import MedicineMatch, recognise_each
from calciroute.people.not_for_person import (
    NOT_FOR_PERSON,
    Finding,
    not_for_medicines,
    not_for_person,
    reason_for_medicine,
)
from calciroute.people.unknown_medicines import unplaced_name
from calciroute.simulate.antagonist import Antagonist
from calciroute.simulate.arm import Swallowed
from calciroute.simulate.person_inputs import ModelInputs
from calciroute.simulate.result import Assumption
from calciroute.simulate.schedule import HOURS_PER_DAY, Schedule
from calciroute.tables.medicine_effects import OTHER_ANTAGONIST, PHENPROCOUMON, WARFARIN, effects_of
from calciroute.units.expression import convert

if TYPE_CHECKING:
    from calciroute.intake.plan import PlanMedicine
    from calciroute.people.person_model import Person

_ANTAGONISTS = frozenset({WARFARIN, PHENPROCOUMON, OTHER_ANTAGONIST})


def add_medicines_today(inputs: ModelInputs, person: Person, body: Body) -> None:
    """Set what the medicines of today do.

    Parameters
    ----------
    inputs : ModelInputs
        Changed.
    person : Person
        As read; a name without a row was asked about when the file was read.
    body : Body
        Whose units and defaults.
    """
    findings = not_for_person(person)
    for match in person.medicine_matches:
        effects = effects_of(match.ingredients, match.classes) if match.recognised else []
        if not effects:
            inputs.assumptions.append(_without_term(match, findings))
        for effect in effects:
            if effect.kind in _ANTAGONISTS:
                inputs.antagonist = _antagonist(inputs, effect.kind, match, person, body)
            elif effect.kind == "daily_dose":
                inputs.set(body, effect.input, _daily_mg(match, inputs), "mg/d")
            else:
                inputs.values[effect.input] = 1.0
    if inputs.antagonist is None and "INR" in person.labs and "INR_without_antagonist" not in person.labs:
        inputs.values["INR_without_antagonist"] = person.labs["INR"]


def _without_term(match: MedicineMatch, findings: tuple[Finding, ...]) -> Assumption:
    reason = reason_for_medicine(match, findings)
    if reason is not None:
        return Assumption(match.written, NOT_FOR_PERSON, reason)
    why = "no term in the model" if match.recognised else "not recognised, listed as not modelled"
    return Assumption(match.written, "without effect", why)


def _antagonist(
    inputs: ModelInputs, kind: str, match: MedicineMatch, person: Person, body: Body
) -> Antagonist:
    INR = person.labs.get("INR")
    daily = None
    if kind == WARFARIN and match.dose_mg is not None:
        daily = _daily_mg(match, inputs)
    if INR is None and daily is None:
        row = body.numbers["INR_target"]
        INR = row.value
        inputs.assumptions.append(
            Assumption("labs.INR", f"{INR:g}", f"neither dose nor INR of {match.written} is given")
        )
    return Antagonist(kind, daily, INR)


def _daily_mg(match: MedicineMatch, inputs: ModelInputs) -> float:
    if match.dose_mg is None:
        inputs.assumptions.append(Assumption(match.written, "without effect", "no dose is given"))
        return 0.0
    if match.doses_per_day is None:
        inputs.assumptions.append(Assumption(f"{match.written}: rhythm", "once a day", "not said"))
    return match.dose_mg * (match.doses_per_day or 1.0)


def add_plan_medicine(
    schedule: Schedule, medicine: PlanMedicine, shift_h: float, person: Person
) -> list[Assumption]:
    """Put a medicine that a plan adds into its arm.

    Parameters
    ----------
    schedule : Schedule
        The arm in the making; changed.
    medicine : PlanMedicine
        As read.
    shift_h : float
        Clock time at which a day of the run begins.
    person : Person
        Whose list of names without effect counts here too.

    Returns
    -------
    list of Assumption
        Medicines without a term in the model.

    Raises
    ------
    InputError
        For a name that is not recognised, and for an antagonist that has no dose in the model.
    """
    problems = unplaced_name(medicine.name, medicine.where, person.medicines.not_modelled)
    if problems:
        raise InputError(problems)
    said: list[Assumption] = []
    start = (medicine.start_day or 0.0) * HOURS_PER_DAY
    stop = None if medicine.stop_day is None else medicine.stop_day * HOURS_PER_DAY
    for match in recognise_each([medicine.name]):
        effects = effects_of(match.ingredients, match.classes)
        if not effects:
            findings = not_for_medicines(person, [medicine.name])
            said.append(dataclasses.replace(_without_term(match, findings), field=medicine.name))
        for effect in effects:
            if effect.kind == WARFARIN and medicine.dose_mg is not None:
                _add_warfarin(schedule, medicine, shift_h)
            elif effect.kind in _ANTAGONISTS:
                raise InputError([_no_dose(medicine, effect.kind)])
            elif effect.kind == "daily_dose" and medicine.dose_mg is None:
                raise InputError([Problem(medicine.where, f"{medicine.name} has no dose", 'dose = "200 mg"')])
            elif effect.kind == "daily_dose":
                daily = (medicine.dose_mg or 0.0) * medicine.times.doses_per_day * medicine.adherence
                schedule.change(effect.input, daily, "mg/d", start, stop)
            else:
                schedule.switch(effect.input, 1.0, start, stop)
    return said


def _no_dose(medicine: PlanMedicine, kind: str) -> Problem:
    if kind == WARFARIN:
        return Problem(medicine.where, "warfarin has no dose", "an amount with its unit", 'dose = "5 mg"')
    return Problem(
        medicine.where,
        f"{medicine.name} has no dose in the model: its strength is found from an INR",
        "warfarin with a dose, or the medicine in the person file with labs.INR",
    )


def _add_warfarin(schedule: Schedule, medicine: PlanMedicine, shift_h: float) -> None:
    amount = convert(medicine.dose_mg or 0.0, "mg", declared_units(schedule.body)["warfarin_gut"])
    last_day = schedule.last_h / HOURS_PER_DAY + 1.0
    times = medicine.times.dose_times_h(medicine.start_day or 0.0, medicine.stop_day or last_day)
    taken = schedule.taken([max(time - shift_h, 0.0) for time in times], medicine.adherence, medicine.name)
    schedule.swallowed += [
        Swallowed(time, "warfarin_gut", amount) for time in taken if time <= schedule.last_h
    ]
