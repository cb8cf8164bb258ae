"""What dated readings decide of a start and of a person's own numbers, and by how much they narrow them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.units import declared_units
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.people.person_model import Person
from calciroute.simulate import density_growth, score_growth
from calciroute.simulate.dated_readings import (
    DAYS_PER_YEAR,
    DatedReadings,
    dated_readings,
    reason_for_field,
    start_day,
)
from calciroute.simulate.density_growth import (
    DENSITY,
    SITES,
    comparable,
    dated_densities,
    fit_densities,
    own_pace,
)
from calciroute.simulate.narrowed import Narrowed
from calciroute.simulate.narrowed_words import narrowed_density, narrowed_score
from calciroute.simulate.person_inputs import ModelInputs
from calciroute.simulate.score_growth import dated_scores, fit_scores, own_growth
from calciroute.units.expression import convert

Array = npt.NDArray[np.float64]

_OLD_DAYS = 365  # from here on the age of a single value is told
# What a draw takes a share of: each has a stream of its own, that of its id.
LEFT_OPEN = (*score_growth.LEFT_OPEN, *density_growth.LEFT_OPEN)


def add_dated_readings(inputs: ModelInputs, person: Person, fixed: Mapping[str, float]) -> None:
    """Note what a person's dated readings can speak of.

    Parameters
    ----------
    inputs : ModelInputs
        Of the person; changed.
    person : Person
        As read.
    fixed : mapping of str to float
        What was set by hand or by a variant: what it decides, readings leave alone.
    """
    scores = dated_scores(person)
    if scores is not None and score_growth.DECIDED_BY_HAND & fixed.keys():
        inputs.notes.append("Dated calcium scores do not narrow growth here: it was set by hand.")
        scores = None
    inputs.dated_scores = scores
    inputs.dated_densities = []
    for one in dated_densities(person):
        if {one.site.score, one.site.factor} & fixed.keys():
            inputs.notes.append(
                f"Dated densities of the {one.site.words} narrow nothing here: it was set by hand."
            )
        else:
            inputs.dated_densities.append(one)
    inputs.notes += _left_out(person)


def from_dates(
    body: Body, begun: Lanes, person: ModelInputs, shares: Mapping[str, Column]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Inputs and start states that dated readings decide, set by set.

    Parameters
    ----------
    body : Body
        The body.
    begun : Lanes
        Inputs and start states as of today, one lane a set.
    person : ModelInputs
        Whose readings.
    shares : mapping of str to float or float array (set,)
        Where each set stands in what the readings leave open, 0 to 1 by name of `LEFT_OPEN`; else one half.

    Returns
    -------
    tuple of dict of str to float array (set,)
        By id; empty without dated readings.
    """
    inputs: dict[str, Array] = {}
    states: dict[str, Array] = {}
    if person.dated_scores is not None:
        inputs, states = own_growth(body, begun, person.dated_scores, shares)
    for densities in person.dated_densities:
        site = densities.site
        score, level = own_pace(body, begun.parameters, begun.count, densities, shares)
        model = values_at_start(body, begun, [site.measured])[:, 0]
        inputs[site.score] = score
        inputs[site.factor] = level * convert(1.0, DENSITY, declared_units(body)[site.measured]) / model
    return inputs, states


def narrowed_by_dates(body: Body, now: Lanes, person: ModelInputs) -> tuple[Narrowed, ...]:
    """By how much dated readings narrow what is said of a person, at central numbers.

    Parameters
    ----------
    body : Body
        The body.
    now : Lanes
        One lane: the person as now.
    person : ModelInputs
        Whose readings.

    Returns
    -------
    tuple of Narrowed
        One a field.
    """
    found = []
    if person.dated_scores is not None:
        fitted = fit_scores(body, now, person.dated_scores)[0]
        found.append(narrowed_score(fitted, person.dated_scores.readings))
    for densities in person.dated_densities:
        evidence = fit_densities(body, now.parameters, 1, densities)[0]
        found.append(narrowed_density(evidence, densities))
    return tuple(found)


def _left_out(person: Person) -> list[str]:
    """Dated readings that do not speak of change, and why."""
    notes = []
    for site in SITES:
        readings = dated_readings(person, site.field)
        if readings is not None and not comparable(readings):
            notes.append(f"The dated densities of the {site.words} do not narrow its pace: {_why(readings)}.")
    today = start_day(person)
    for field, words in (
        (score_growth.FIELD, "calcium score"),
        *((site.field, f"density of the {site.words}") for site in SITES),
    ):
        dates = [one.date for one in person.lab_readings if one.name == field and one.date is not None]
        reason = reason_for_field(person, field)
        if reason and len(set(dates)) > 1:
            notes.append(f"Dated values of the {words} narrow nothing; {NOT_FOR_PERSON}: {reason}.")
        if today is not None and len(set(dates)) == 1:
            notes += _of_one_day(words, dates[0], today, once=len(dates) == 1)
    valve = dated_readings(person, "aortic_valve_calcium")
    if valve is not None:
        notes.append(
            "Dated valve calcium scores narrow nothing: no source was read for how far a rescan of the valve "
            "moves. The last value counts as today's."
        )
    return notes


def _of_one_day(words: str, date: datetime.date, today: datetime.date, *, once: bool) -> list[str]:
    if not once:
        return [f"Two values of the {words} are of one day, {date}: they say nothing about change."]
    if (today - date).days <= _OLD_DAYS:
        return []
    years = (today - date).days / DAYS_PER_YEAR
    return [f"The only {words} is of {date}, {years:.1f} years before the start: it stands for today."]


def _why(readings: DatedReadings) -> str:
    if any(one.unit != DENSITY for one in readings.readings):
        return "a T-score without the scanner's maker gives no level in g/cm2"
    if any(one.limit for one in readings.readings):
        return "a limit is among them"
    return "scanners of different makers read one bone differently"
