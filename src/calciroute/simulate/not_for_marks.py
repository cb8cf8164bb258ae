"""What of a simulation says nothing about this person, and the marks of it in the Dataset."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calciroute.people.not_for_arms import NotFor, not_for_arms
from calciroute.people.not_for_person import NOT_FOR_PERSON

if TYPE_CHECKING:
    import xarray as xr

    from calciroute.simulate.result import Simulation

MARK = "not_for_this_person"
_CENTRAL = "_central"


def not_for_of(simulation: Simulation) -> NotFor:
    """What a simulation says nothing about.

    Parameters
    ----------
    simulation : Simulation
        Of one person.

    Returns
    -------
    NotFor
        Without findings when nothing was recognised.
    """
    medicines = {plan.name: [medicine.name for medicine in plan.medicines] for plan in simulation.plans}
    return not_for_arms(simulation.person, medicines)


def mark_not_for_person(dataset: xr.Dataset, simulation: Simulation) -> None:
    """Write the reasons into the attributes.

    Parameters
    ----------
    dataset : xarray.Dataset
        With the outcomes of the simulation; changed. Each variable that a finding touches gets the attributes
        ``not_for_this_person`` (the reason; lines of ``ARM: reason`` where plans brought it) and ``comment``.
        The Dataset gets all findings as JSON, an empty list without any. Values stay: they are those of a
        group in which nobody has what was found.
    simulation : Simulation
        Whose person and plans.
    """
    not_for = not_for_of(simulation)
    dataset.attrs[MARK] = json.dumps(not_for.record(), ensure_ascii=False)
    for name, values in dataset.data_vars.items():
        outcome = str(name).removesuffix(_CENTRAL)
        words = _reasons(not_for, outcome, str(values.attrs.get("group", "")))
        if words:
            values.attrs[MARK] = words
            values.attrs["comment"] = (
                f"{NOT_FOR_PERSON}; values of a group in which nobody has what was found"
            )


def _reasons(not_for: NotFor, outcome: str, group: str) -> str:
    own = not_for.reason(outcome, group)
    if own:
        return own
    arms = {arm: not_for.reason_in(arm, outcome, group) for arm in not_for.plans}
    return "\n".join(f"{arm}: {reason}" for arm, reason in arms.items() if reason)
