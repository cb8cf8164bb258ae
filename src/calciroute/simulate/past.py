"""The time before day 0: what today's supplements have done by then."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from calciroute.body.assembly import Body
from calciroute.body.plans import run_in_plan
from calciroute.intake.supplements import Supplement
from calciroute.simulate.arm import Past
from calciroute.simulate.schedule import HOURS_PER_DAY, Schedule
from calciroute.simulate.supplements import Stretch, add_supplement, level_is_measured, rest_days
from calciroute.tables.substance_effects import read_substance_effects


def is_at_rest(supplement: Supplement) -> bool:
    """Whether the start state holds a product as taken for long.

    Parameters
    ----------
    supplement : Supplement
        Taken today.

    Returns
    -------
    bool
        True from a year on, and where nobody said since when.
    """
    since = supplement.since_days
    return since is None or since >= run_in_plan().at_rest_from_days


def past_of(
    today: Sequence[Supplement], shift_h: float, body: Body, seed: int, person: Mapping[str, float]
) -> Past | None:
    """The run-in of a person: rest on what has been taken for long, then dose by dose up to day 0.

    Parameters
    ----------
    today : sequence of Supplement
        What is taken today.
    shift_h : float
        Clock time at which a day of the run begins.
    body : Body
        Whose units.
    seed : int
        Seed of missed doses.
    person : mapping of str to float
        Inputs of the person without supplements.

    Returns
    -------
    Past or None
        None where rest is all there is: nothing has been taken for less than a year, nothing comes and goes
        within a day, and no level is raised by it from a mean.
    """
    taken = [
        read_substance_effects()[content.substance]
        for one in today
        for content in one.product.contents
        if content.modelled and content.substance in read_substance_effects() and one.adherence > 0.0
    ]
    resolved = any(effect.kind == "dose" for effect in taken)
    raised = any(effect.at_start for effect in taken) and not level_is_measured(person)
    begun = [math.floor(one.since_days or 0.0) for one in today if not is_at_rest(one)]
    if not resolved and not raised and not begun:
        return None
    # Some weeks of doses end every run-in, so that day 0 is the hour before a dose and not the mean of a day.
    least = run_in_plan().least_days + max(rest_days(one) for one in today) if resolved else 0.0
    days = float(max([1.0, *begun, least]))
    schedule = Schedule("before", body, days * HOURS_PER_DAY, seed, person)
    for one in today:
        begin = None if is_at_rest(one) else days - math.floor(one.since_days or 0.0)
        add_supplement(schedule, one, shift_h, Stretch(begin, before=True))
    return Past(days, schedule.arm())


def run_in_notes(today: Sequence[Supplement]) -> list[str]:
    """What a reader has to know of products that have not been taken for long.

    Parameters
    ----------
    today : sequence of Supplement
        What is taken today.

    Returns
    -------
    list of str
        One sentence each.
    """
    return [
        f"{one.product.written} has been taken for {one.since_days:.3g} days: the start is found by running "
        "them, from rest on the diet without it."
        for one in today
        if not is_at_rest(one)
    ]
