"""A whole system: parameters, states with their rates, equations that hold at each instant, and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calciroute.equations.expression import Expression


@dataclass(frozen=True, slots=True)
class State:
    """A quantity that moves by itself.

    Parameters
    ----------
    start : Expression
        Value at time 0; may read parameters, equations and other states at time 0.
    rate : Expression
        Change per unit of time.
    """

    start: Expression
    rate: Expression


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens when a condition becomes true.

    Parameters
    ----------
    id : str
        For messages.
    trigger : Expression
        The event fires when it turns from 0 to another value.
    assignments : tuple of (str, Expression)
        Parameters or states and what they become, all at once.
    before : bool, optional
        Value of the trigger before time 0: when false and the trigger holds at time 0, it fires there.
    persistent : bool, optional
        Whether a delayed event goes on when its trigger turns false again meanwhile.
    delay : Expression, optional
        Time from trigger to assignment.
    priority : Expression, optional
        Of events due at one instant the highest goes first.
    values_from_trigger : bool, optional
        Whether values are those of the instant of the trigger, not of the assignment.
    """

    id: str
    trigger: Expression
    assignments: tuple[tuple[str, Expression], ...]
    before: bool = True
    persistent: bool = True
    delay: Expression | None = None
    priority: Expression | None = None
    values_from_trigger: bool = True


@dataclass(frozen=True)
class System:
    """Equations and nothing else.

    Every name in an expression is a key of `parameters`, `states` or `equations`.

    Parameters
    ----------
    parameters : mapping of str to Expression
        What stays as it is between doses and events: a number, or a formula of time 0.
    states : mapping of str to State
        In order.
    equations : mapping of str to Expression
        What follows from the rest at each instant; they read each other without a circle.
    events : tuple of Event, optional
        In order.
    """

    parameters: Mapping[str, Expression]
    states: Mapping[str, State]
    equations: Mapping[str, Expression] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
