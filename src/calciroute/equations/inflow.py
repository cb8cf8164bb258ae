"""A system with inflows: a hidden parameter in the rate of a state, which doses switch on and off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from calciroute.equations.expression import Call
from calciroute.equations.system import State, System

_PREFIX = "infusion:"


def inflow_id(state: str) -> str:
    """Id of the hidden parameter that flows into a state.

    Parameters
    ----------
    state : str
        Id of the state.

    Returns
    -------
    str
        With a colon, which no id of SBML holds.

    Examples
    --------
    >>> inflow_id("amount:drug")
    'infusion:amount:drug'
    """
    return _PREFIX + state


def with_inflows(system: System, states: Iterable[str]) -> System:
    """The same system, with one more term in the rate of some states.

    Parameters
    ----------
    system : System
        Any; left as it is.
    states : iterable of str
        Ids of states; each once counts.

    Returns
    -------
    System
        Each of the states has ``infusion:ID`` added to its rate, a parameter that begins at 0. The system
        itself where no state is named. What reads the rate of a state elsewhere has it without the inflow.

    Raises
    ------
    ValueError
        For an id that is no state.

    Examples
    --------
    >>> made = with_inflows(System({"k": 0.1}, {"A": State(1.0, Call("times", ("k", "A")))}), ["A"])
    >>> made.states["A"].rate.arguments[1], made.parameters["infusion:A"]
    ('infusion:A', 0.0)
    """
    wanted = list(dict.fromkeys(states))
    for name in wanted:
        if name not in system.states:
            raise ValueError(f"{name} is not a state")
    if not wanted:
        return system
    moved = dict(system.states)
    for name in wanted:
        before = moved[name]
        moved[name] = State(before.start, Call("plus", (before.rate, inflow_id(name))))
    return replace(
        system, parameters={**system.parameters, **{inflow_id(name): 0.0 for name in wanted}}, states=moved
    )
