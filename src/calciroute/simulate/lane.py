"""From a person under one set of numbers to lanes: start state, laboratory values met, one lane per arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calciroute.body.assembly import Body
from calciroute.body.runner import Runner
from calciroute.body.solver import Lane
from calciroute.body.start import start_state
from calciroute.body.units import declared_units
from calciroute.errors import InputError, Problem
from calciroute.simulate.antagonist import antagonist_values
from calciroute.simulate.arm import Arm
from calciroute.simulate.person_inputs import ModelInputs, default_value
from calciroute.tables.domain import read_domain
from calciroute.tables.person_inputs import PersonInput
from calciroute.units.expression import convert


def lanes_of(
    body: Body,
    runner: Runner,
    numbers: Mapping[str, float],
    person: ModelInputs,
    arms: Sequence[Arm],
    *,
    refuse: bool = True,
) -> list[Lane]:
    """Lanes of all arms from one start.

    Parameters
    ----------
    body : Body
        The body.
    runner : Runner
        The same body, loaded.
    numbers : mapping of str to float
        Inputs of the person and numbers of the draw that differ from the body's own, in declared units.
    person : ModelInputs
        Whose laboratory values are met at the start, and whose antagonist is sized.
    arms : sequence of Arm
        The first is the person as now: it gives the start of all.
    refuse : bool, optional
        Whether a laboratory value far from what the inputs describe is refused. A question for the central
        numbers alone: in a draw the same value may lie further off, and that is what the draw says.

    Returns
    -------
    list of Lane
        In the order of the arms.

    Raises
    ------
    InputError
        When a laboratory value is too far from what the inputs describe.
    SolveError
        When there is no valid start.
    """
    everything = {name: default_value(body, name) for name in body.numbers} | dict(numbers)
    if person.antagonist is not None:
        # The INR was measured under the products of today: their vitamin K counts.
        today = {**numbers, **arms[0].values(everything), **arms[0].steady}
        sized = antagonist_values(runner, today, person.antagonist)
        numbers, everything = {**numbers, **sized}, {**everything, **sized}
    now = {**numbers, **arms[0].values(everything), **arms[0].steady}
    start = start_state(runner, now)
    factors = _match(body, runner, now, start, person.matched, refuse=refuse)
    runner.set_up(now, start, 1e-6, 1e-9)
    at_start = runner.state()
    return [
        Lane({**numbers, **factors, **arm.values(everything)}, at_start, arm.doses(everything))
        for arm in arms
    ]


def _match(
    body: Body,
    runner: Runner,
    now: Mapping[str, float],
    start: Mapping[str, float],
    matched: Sequence[tuple[PersonInput, float]],
    *,
    refuse: bool,
) -> dict[str, float]:
    runner.set_up(now, start, 1e-6, 1e-9)
    units = declared_units(body)
    found: dict[str, float] = {}
    problems: list[Problem] = []
    for row, measured in matched:
        model = runner.value(row.partner)
        wanted = convert(measured, row.unit, units[row.partner])
        found[row.input] = wanted - model if row.kind == "offset" else wanted / model
        bounds = read_domain().get(row.input) if refuse else None
        if bounds is not None and bounds.nearest(found[row.input]) != found[row.input]:
            here = convert(model, units[row.partner], row.unit)
            problems.append(
                Problem(
                    "",
                    f"{row.field} is {measured:g} {row.unit}, {found[row.input]:.2g} times what is expected",
                    f"{bounds.lower * here:.3g} to {bounds.upper * here:.3g} {row.unit}: {bounds.note}",
                    "check the value and its unit, or leave it out",
                )
            )
    if problems:
        raise InputError(problems)
    return found
