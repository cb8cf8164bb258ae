"""Courses of one person under many sets of numbers: the centre with the variants, then draws in portions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body, assemble, variant_values
from calciroute.body.lanes import Column, in_columns
from calciroute.body.outputs import Output
from calciroute.body.solver import Tolerances, solve_lanes
from calciroute.body.variant import read_variant
from calciroute.engine.lanes import take
from calciroute.errors import CalcirouteError, SolveError
from calciroute.simulate.arm import Arm
from calciroute.simulate.dataset import courses, solved_ids
from calciroute.simulate.draws import uniforms
from calciroute.simulate.from_dates import LEFT_OPEN
from calciroute.simulate.knowledge import knowledge_draws
from calciroute.simulate.lane import lanes_of
from calciroute.simulate.person_inputs import ModelInputs, default_values

Array = npt.NDArray[np.float64]
Progress = Callable[[str, int, int], None]

MAIN = "main"
CENTRE = "centre"
# So many lanes at once: enough to fill two cores, few enough that an interrupted run has something to keep.
_LANES_AT_ONCE = 96


@dataclass
class Job:
    """What all lanes of a simulation share.

    Parameters
    ----------
    person_inputs : ModelInputs
        Of the person.
    arms : list of Arm
        As now, and one a plan.
    days : float array (time,)
        Output times.
    tolerances : Tolerances
        Error bounds of the solver.
    outputs : list of Output
        Which outcomes.
    failures : list of str
        Grows: a line for each set of numbers without a start and each lane that stopped.
    """

    person_inputs: ModelInputs
    arms: list[Arm]
    days: Array
    tolerances: Tolerances
    outputs: list[Output]
    failures: list[str]


def central_courses(
    body: Body, base: Mapping[str, float], variants: Sequence[str], job: Job
) -> tuple[list[str], Array]:
    """Courses of the centre and of the variants.

    Parameters
    ----------
    body : Body
        Of the centre.
    base : mapping of str to float
        Numbers of the person, of a chosen variant and of settings.
    variants : sequence of str
        Names of variants to run beside it.
    job : Job
        What is run.

    Returns
    -------
    tuple of list of str and float array (variant, arm, time, outcome)
        Names of those that have a start, ``main`` first, and their courses.

    Raises
    ------
    SolveError
        When the centre has no start.
    """
    # A variant that replaces numbers alone is one more set of numbers for the same equations.
    same = [name for name in variants if not (read_variant(name).files or read_variant(name).only_files)]
    own = [{**base, **variant_values(read_variant(name), body)} for name in same]
    defaults = default_values(body)
    numbers = in_columns([dict(base), *own], lambda name: base.get(name, defaults[name]))
    found = _run(body, numbers, [CENTRE, *(f"variant {name}" for name in same)], job, refuse=(0,))
    if found[0] is None:
        raise SolveError(job.failures[0])
    central = dict(zip([MAIN, *same], found, strict=True))
    for name in variants:
        if name not in central:
            central[name] = _other_body(name, base, job)
    kept = {name: central[name] for name in (MAIN, *variants)}
    return (
        [name for name, course in kept.items() if course is not None],
        np.stack([course for course in kept.values() if course is not None]),
    )


def _other_body(name: str, base: Mapping[str, float], job: Job) -> Array | None:
    """Courses of a variant with texts of its own."""
    try:
        body = assemble(name)
        numbers = {**base, **variant_values(read_variant(name), body)}
        return _run(body, numbers, [f"variant {name}"], job)[0]
    except CalcirouteError as stopped:
        job.failures.append(f"variant {name}: {stopped}")
        return None


def drawn_courses(
    body: Body, base: Mapping[str, float], seed: int, draws: int, job: Job, tell: Progress
) -> Iterator[tuple[slice, Array]]:
    """Courses of the draws, portion by portion, so that an interrupted run keeps what is done.

    Parameters
    ----------
    body : Body
        Of the centre.
    base : mapping of str to float
        Numbers that are not drawn.
    seed, draws : int
        Seed of knowledge and number of draws.
    job : Job
        What is run.
    tell : callable
        Takes what is running, how much is done and how much there is.

    Yields
    ------
    tuple of slice and float array (draw, arm, time, outcome)
        Which draws, and their courses; NaN where there is no start.
    """
    numbers: dict[str, Column] = {**knowledge_draws(body, base, seed, draws), **base}
    shares = {name: uniforms(name, seed, draws) for name in LEFT_OPEN}
    portion = max(1, _LANES_AT_ONCE // len(job.arms))
    for first in range(0, draws, portion):
        tell("draws", first, draws)
        places = range(first, min(first + portion, draws))
        names = [f"draw {place}" for place in places]

        def finished(lanes: int, first: int = first) -> None:
            tell("draws", first + lanes // len(job.arms), draws)

        own = take(shares, places)
        found = _run(body, take(numbers, places), names, job, progress=finished, shares=own)
        nothing = np.full((len(job.arms), len(job.days), len(job.outputs)), np.nan)
        yield (
            slice(places.start, places.stop),
            np.stack([nothing if one is None else one for one in found]),
        )


def _run(
    body: Body,
    numbers: Mapping[str, Column],
    names: Sequence[str],
    job: Job,
    *,
    refuse: Collection[int] = (),
    progress: Callable[[int], None] | None = None,
    shares: Mapping[str, Column] | None = None,
) -> list[Array | None]:
    """Courses (arm, time, outcome) under each set of numbers; None and a failure where there is no start."""
    states, means = solved_ids(job.outputs)
    started = lanes_of(
        body, numbers, len(names), job.person_inputs, job.arms, means=means, refuse=refuse, shares=shares
    )
    solution = solve_lanes(
        body,
        started.lanes,
        job.days * 24.0,
        states,
        means=means,
        tolerances=job.tolerances,
        progress=progress,
    )
    values = courses(body, job.outputs, solution)
    _mean_of_day_before(values, started.day_over_now, job)
    found: list[Array | None] = [None] * len(names)
    job.failures += [f"{name}: {words}" for name, words in zip(names, started.status, strict=True) if words]
    for row, place in enumerate(started.sets):
        own = slice(row * len(job.arms), (row + 1) * len(job.arms))
        found[place] = values[own]
        job.failures += [
            f"{names[place]}, {arm.name}: {words}"
            for arm, words in zip(job.arms, solution.status[own], strict=True)
            if words
        ]
    return found


def _mean_of_day_before(values: Array, ratios: Mapping[str, Array], job: Job) -> None:
    """Give means at day 0 the day that ends there; the run itself has none before its start."""
    begins = np.flatnonzero(job.days == 0.0)
    for place, row in enumerate(job.outputs):
        if row.kind == "mean" and row.id in ratios:
            values[:, begins, place] *= np.repeat(ratios[row.id], len(job.arms))[:, None]
