"""One lane at central values with every dose taken: what is exported and compared with other tools."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from calciroute.body.assembly import Body, variant_values
from calciroute.body.lanes import Lane, lane_at
from calciroute.body.variant import DEFAULT
from calciroute.errors import SolveError
from calciroute.simulate.from_dates import add_dated_readings
from calciroute.simulate.lane import lanes_of
from calciroute.simulate.person_body import person_body
from calciroute.simulate.regimen import inputs_and_arms

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person


def central_lane(
    person: Person, plan: Plan | None = None, *, years: float = 3.0, variant: str = DEFAULT
) -> tuple[Body, Lane]:
    """Inputs, start state and doses of a person with a plan.

    Parameters
    ----------
    person : Person
        As read.
    plan : Plan, optional
        The arm; the person as now when it is left out.
    years : float, optional
        Length of the run, > 0.
    variant : str, optional
        Which body.

    Returns
    -------
    tuple of Body and Lane
        For `calciroute.body.solver.solve` and `calciroute.sbml.export`.

    Raises
    ------
    SolveError
        When there is no valid start.
    """
    body = person_body(variant)
    plans = [] if plan is None else [_every_dose_taken(plan)]
    inputs, arms = inputs_and_arms(person, plans, body, years, seed=0)
    fixed = variant_values(body.variant, body)
    add_dated_readings(inputs, person, fixed)
    arms = [arm.without(fixed) for arm in arms]
    started = lanes_of(body, {**inputs.values, **fixed}, 1, inputs, arms)
    if started.status[0]:
        raise SolveError(started.status[0])
    return body, lane_at(started.lanes, len(arms) - 1)


def _every_dose_taken(plan: Plan) -> Plan:
    return dataclasses.replace(
        plan,
        supplements=tuple(dataclasses.replace(one, adherence=1.0) for one in plan.supplements),
        medicines=tuple(dataclasses.replace(one, adherence=1.0) for one in plan.medicines),
        foods=tuple(dataclasses.replace(one, adherence=1.0) for one in plan.foods),
        habits=tuple(dataclasses.replace(one, adherence=1.0) for one in plan.habits),
    )
