"""Simulate one person: as now and with each plan, under draws of what nobody knows.

The central course comes first, with the variants that human data do not rule out, then the draws in portions.
All arms of a draw share its numbers, start and missed doses, so a difference is taken within the draw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body, variant_values
from calciroute.body.lanes import lane_at
from calciroute.body.solver import STANDARD, Tolerances
from calciroute.body.variant import DEFAULT
from calciroute.engine.lanes import Lanes
from calciroute.errors import InputError, Problem
from calciroute.simulate.arm import AS_NOW
from calciroute.simulate.by_hand import followed, stand_over, words_by_hand
from calciroute.simulate.calcium_day import calcium_day
from calciroute.simulate.check_arms import check_arms
from calciroute.simulate.dataset import as_dataset, person_outputs
from calciroute.simulate.from_dates import add_dated_readings, narrowed_by_dates
from calciroute.simulate.job import Job, Progress, central_courses, drawn_courses
from calciroute.simulate.lane import lanes_of
from calciroute.simulate.narrowed import Narrowed
from calciroute.simulate.percent_only import in_percent
from calciroute.simulate.person_body import person_body
from calciroute.simulate.provenance import provenance
from calciroute.simulate.regimen import inputs_and_arms
from calciroute.simulate.result import Simulation
from calciroute.simulate.settings import Value, read_settings
from calciroute.simulate.times import output_days
from calciroute.tables.substance_effects import read_substance_effects

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person

Array = npt.NDArray[np.float64]

# Shown with every result as dashed lines: what human data do not rule out.
SHOWN_VARIANTS = ("no_causal_effect", "vessel_fast", "vessel_curvature", "bone_curvature")
DEFAULT_SEED = 20260101
LONGEST_YEARS, MOST_DRAWS = 50.0, 10_000


def run_person(
    person: Person,
    plans: Sequence[Plan] = (),
    *,
    stop: bool = False,
    years: float = 3.0,
    draws: int = 100,
    seed: int = DEFAULT_SEED,
    settings: Mapping[str, Value] | None = None,
    variant: str = DEFAULT,
    variants: Sequence[str] = SHOWN_VARIANTS,
    tolerances: Tolerances = STANDARD,
    progress: Progress | None = None,
    first_look: Callable[[Simulation], None] | None = None,
) -> Simulation:
    """Outcome courses of one person, as now, with each plan, and without today's supplements if asked for.

    Parameters
    ----------
    person : Person
        From `calciroute.people.person.read_person`.
    plans : sequence of Plan, optional
        From `calciroute.intake.plan.read_plan`; each is an arm beside ``as_now``, four at most.
    stop : bool, optional
        Whether to add the arm ``stop``, in which today's supplements end at day 0.
    years : float, optional
        Length of the run, 0 < years <= 50.
    draws : int, optional
        Draws of what nobody knows, 0 to 10,000.
    seed : int, optional
        Seed of all random numbers, >= 0.
    settings : mapping of str to str or float, optional
        Numbers of the model to replace: value with its unit by id; they are not drawn.
    variant : str, optional
        Body that centre and draws run.
    variants : sequence of str, optional
        Variants that are run once per arm beside it.
    tolerances : Tolerances, optional
        Error bounds of the solver.
    progress : callable, optional
        Called with what is running, how much is done and how much there is.
    first_look : callable, optional
        Called with the central courses alone, as soon as they are there; the bands follow.

    Returns
    -------
    Simulation
        Dataset, assumptions, notes, failures and provenance. An interrupted run keeps the draws that are
        done and says so in the notes.

    Raises
    ------
    InputError
        For inputs that cannot be simulated, all at once.
    SolveError
        When not even the central course has a start.
    """
    check_arguments(years, draws, seed)
    check_arms(person, plans, stop=stop)
    years = float(f"{years:.6g}")  # the digits that a result keeps: what is run again is the same run
    tell = progress or (lambda what, done, total: None)
    tell("load", 0, 1)
    body = person_body(variant)
    chosen = read_settings(settings or {}, body)
    by_hand = {one.row.id: one.value for one in chosen}
    fixed = {**variant_values(body.variant, body), **by_hand}
    inputs, arms = inputs_and_arms(person, plans, body, years, seed, by_hand, stop=stop)
    set_now = stand_over(inputs, chosen, body)
    add_dated_readings(inputs, person, fixed)
    arms = [arm.without(fixed) for arm in arms]
    job = Job(inputs, arms, output_days(years), tolerances, person_outputs(body), [])
    base = {**inputs.values, **fixed}
    carried = followed(body, base, chosen)

    tell("centre", 0, 1)
    beside = variants if variant == DEFAULT else ()
    names, central = central_courses(body, {**base, **carried}, beside, job)
    inputs.notes += _reading_notes(person, plans)
    inputs.notes += _calcium_days(body, base, job)
    narrowed = _narrowed(body, {**base, **carried}, job)
    inputs.notes += [sentence for one in narrowed for sentence in one.sentences]
    words = words_by_hand(chosen, body.variant, carried, arms)
    texts = {one.row.id: one.text for one in chosen}
    record = provenance(body, fixed, seed, draws, years, tolerances, texts, person, plans, stop)

    def finished(drawn: Array, notes: Sequence[str], interrupted: bool) -> Simulation:
        arm_names = [arm.name for arm in arms]
        dataset = as_dataset(job.outputs, job.days, arm_names, drawn, names, central)
        dataset = in_percent(dataset, person, AS_NOW)
        defaults = (*set_now, *inputs.assumptions)
        failures = tuple(job.failures)
        return Simulation(
            dataset, defaults, tuple(notes), failures, record, person, tuple(plans), interrupted, words, stop,
            narrowed,
        )  # fmt: skip

    shape = (len(arms), draws, len(job.days), len(job.outputs))
    drawn = np.full(shape, np.nan)
    if first_look is not None:
        first_look(finished(drawn[:, :0], inputs.notes, False))
    notes = list(inputs.notes)
    done, interrupted = 0, False
    try:
        for places, courses_of_draws in drawn_courses(body, base, seed, draws, job, tell):
            drawn[:, places] = courses_of_draws.swapaxes(0, 1)
            done = places.stop
        tell("draws", draws, draws)
    except KeyboardInterrupt:
        interrupted = True
        notes.append(f"Interrupted: {done} of {draws} draws are kept.")
    return finished(drawn[:, :done], notes, interrupted)


def _reading_notes(person: Person, plans: Sequence[Plan]) -> list[str]:
    read = [(person.source, person.reading_notes), *((plan.source, plan.reading_notes) for plan in plans)]
    return [f"{Path(source).name}: {note}." for source, notes in read for note in notes]


def check_arguments(years: float, draws: int, seed: int) -> None:
    """Refuse a length, a number of draws or a seed that cannot be run.

    Parameters
    ----------
    years, draws, seed : float, int, int
        As of `run_person`.

    Raises
    ------
    InputError
        With every problem.

    Examples
    --------
    >>> check_arguments(3.0, 100, 1)
    """
    problems = []
    if not 0.0 < years <= LONGEST_YEARS:
        problems.append(Problem("--years", f"{years:g}", f"more than 0 and at most {LONGEST_YEARS:g}"))
    if not 0 <= draws <= MOST_DRAWS:
        problems.append(Problem("--draws", f"{draws}", f"0 to {MOST_DRAWS}"))
    if seed < 0:
        problems.append(Problem("--seed", f"{seed}", "0 or more"))
    if problems:
        raise InputError(problems)


def _narrowed(body: Body, numbers: Mapping[str, float], job: Job) -> tuple[Narrowed, ...]:
    """By how much dated readings narrow what is said, at central numbers."""
    person = job.person_inputs
    if person.dated_scores is None and not person.dated_densities:
        return ()
    now = lane_at(lanes_of(body, numbers, 1, person, job.arms).lanes, 0)
    start = {name: np.full(1, value) for name, value in now.start.items()}
    return narrowed_by_dates(body, Lanes(1, now.parameters, start), person)


def _calcium_days(body: Body, numbers: Mapping[str, float], job: Job) -> list[str]:
    """A sentence for each single dose of calcium outside meals."""
    loads = dict.fromkeys(load for arm in job.arms for load in arm.calcium_loads_mg)
    if not loads:
        return []
    now = lane_at(lanes_of(body, numbers, 1, job.person_inputs, job.arms).lanes, 0)
    per_mg = read_substance_effects()["calcium"].factor
    return [calcium_day(body, now, load, per_mg) for load in loads]
