"""From a person under sets of numbers to lanes: start states, laboratory values met, one lane per arm.

Numbers stand in columns, one value a set: the draws of what nobody knows, or the variants. Each step is taken
for all sets at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.plans import run_in_plan
from calciroute.body.start import start_states
from calciroute.body.units import declared_units
from calciroute.body.values import state_names, values_at_start
from calciroute.engine.lanes import Lanes, take
from calciroute.errors import InputError, Problem
from calciroute.simulate.answer_to_dose import answer_numbers
from calciroute.simulate.antagonist import in_words
from calciroute.simulate.arm import Arm
from calciroute.simulate.doses import doses_of_arms
from calciroute.simulate.from_dates import from_dates
from calciroute.simulate.person_inputs import ModelInputs, default_values
from calciroute.simulate.run_in import antagonist_numbers, run_in
from calciroute.tables.domain import read_domain
from calciroute.tables.person_inputs import PersonInput
from calciroute.units.expression import convert

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Started:
    """Lanes of all sets of numbers that have a start.

    Parameters
    ----------
    lanes : Lanes
        All arms of the first such set, then of the next.
    status : tuple of str
        Per set: empty, or why it has no start and no lanes.
    day_over_now : dict of str to float array (set,)
        In sets that have lanes, by id: mean over the day before the start over the value there. Empty where
        nothing is run in: rest has no day.
    """

    lanes: Lanes
    status: tuple[str, ...]
    day_over_now: dict[str, Array]

    @property
    def sets(self) -> list[int]:
        """Places of the sets that have lanes."""
        return [place for place, words in enumerate(self.status) if not words]


def lanes_of(
    body: Body,
    numbers: Mapping[str, Column],
    count: int,
    person: ModelInputs,
    arms: Sequence[Arm],
    *,
    means: Sequence[str] = (),
    refuse: Collection[int] = (0,),
    shares: Mapping[str, Column] | None = None,
) -> Started:
    """Lanes of all arms under each set of numbers, from one start a set.

    Parameters
    ----------
    body : Body
        The body.
    numbers : mapping of str to float or float array (set,)
        Inputs of the person and numbers of the draw that differ from the body's own, in declared units.
    count : int
        Number of sets.
    person : ModelInputs
        Whose laboratory values are met at the start, and whose antagonist is sized.
    arms : sequence of Arm
        The first is the person as now: it gives the start of all, run in where it has a past.
    means : sequence of str, optional
        Ids whose mean over the day before the start is wanted.
    refuse : collection of int, optional
        Sets in which a laboratory value far from what the inputs describe is refused. A question for the
        central numbers alone: in a draw the same value may lie further off, and that is what the draw says.
    shares : mapping of str to float or float array (set,), optional
        Where each set stands in what dated readings leave open of the person, 0 to 1 by id; the middle where
        nothing is said.

    Returns
    -------
    Started
        Lanes, and words for sets without a start.

    Raises
    ------
    InputError
        When a laboratory value is too far from what the inputs describe.
    """
    own = default_values(body)
    if not person.fixed & {run_in_plan().answer.number}:
        numbers = {**numbers, **answer_numbers(body, numbers, count, arms[0])}
    day_over_now: dict[str, Array] = {}
    if arms[0].past is None:
        numbers = {
            **numbers,
            **antagonist_numbers(body, {**own, **numbers}, numbers, count, person, arms[0], refuse),
        }
        now = {**numbers, **arms[0].values({**own, **numbers}), **arms[0].steady}
        starts = start_states(body, Lanes(count, now))
    else:
        before = run_in(body, numbers, count, person, arms[0], means=means, refuse=refuse)
        numbers, starts, day_over_now = before.numbers, before.starts, before.day_over_now
        now = {**numbers, **arms[0].values({**own, **numbers}), **arms[0].steady}
    status = in_words(starts.status, numbers, person.antagonist)
    good = [place for place, words in enumerate(status) if not words]
    if not good:
        return Started(Lanes(0), status, {})
    numbers, now, shares = take(numbers, good), take(now, good), take(shares or {}, good)
    begun = Lanes(len(good), now, take(starts.states, good))
    refused = [row for row, place in enumerate(good) if place in refuse]
    factors, states = _match(body, begun, person.matched, refused)
    decided, begin = from_dates(body, begun, person, shares)
    factors, states = {**factors, **decided}, {**states, **begin}
    everything = {**own, **numbers}
    inputs = [{**numbers, **factors, **arm.values(everything)} for arm in arms]
    lanes = Lanes(
        len(good) * len(arms),
        _side_by_side(inputs, own, len(good)),
        {name: np.repeat(column, len(arms)) for name, column in states.items()},
        doses_of_arms(arms, everything, len(good)),
    )
    return Started(lanes, status, {name: ratio[good] for name, ratio in day_over_now.items()})


def _match(
    body: Body, begun: Lanes, matched: Sequence[tuple[PersonInput, float]], refused: Sequence[int]
) -> tuple[dict[str, Column], dict[str, Array]]:
    """Factors and offsets that bring outputs to what was measured, and all states at the start."""
    units = declared_units(body)
    states = state_names(body)
    at_start = values_at_start(body, begun, [*states, *(row.partner for row, _ in matched)])
    found: dict[str, Column] = {}
    problems: list[Problem] = []
    for place, (row, measured) in enumerate(matched, start=len(states)):
        model = at_start[:, place]
        wanted = convert(measured, row.unit, units[row.partner])
        factors = wanted - model if row.kind == "offset" else wanted / model
        found[row.input] = factors
        bounds = read_domain().get(row.input)
        for one in refused if bounds is not None else ():
            factor = float(factors[one])
            if bounds is None or bounds.nearest(factor) == factor:
                continue
            here = convert(float(model[one]), units[row.partner], row.unit)
            problems.append(
                Problem(
                    "",
                    f"{row.field} is {measured:g} {row.unit}, {factor:.2g} times what is expected",
                    f"{bounds.lower * here:.3g} to {bounds.upper * here:.3g} {row.unit}: {bounds.note}",
                    "check the value and its unit, or leave it out",
                )
            )
    if problems:
        raise InputError(problems)
    return found, {name: at_start[:, place] for place, name in enumerate(states)}


def _side_by_side(
    inputs: Sequence[Mapping[str, Column]], own: Mapping[str, float], count: int
) -> dict[str, Column]:
    """Inputs of all arms as columns (set and arm,); an arm that does not name one keeps the body's own."""
    columns: dict[str, Column] = {}
    for name in dict.fromkeys(name for arm in inputs for name in arm):
        of_arms = [arm[name] if name in arm else own[name] for arm in inputs]
        first = of_arms[0]
        if isinstance(first, float | int) and all(value is first for value in of_arms):
            columns[name] = first
        else:
            columns[name] = np.stack([np.broadcast_to(one, count) for one in of_arms], axis=1).ravel()
    return columns
