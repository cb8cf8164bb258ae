"""Whether events that are due at one instant may go in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calciroute.equations.expression import Expression, names_in
from calciroute.equations.system import Event


def order_matters(one: Event, other: Event, equations: Mapping[str, Expression]) -> bool:
    """Whether two events due at one instant may end differently by their order.

    Parameters
    ----------
    one, other : Event
        Of equal priority, or none.
    equations : mapping of str to Expression
        Of their system.

    Returns
    -------
    bool
        True when both set one thing to different values, or one sets what the other still has to look at.

    Examples
    --------
    >>> first = Event("first", "c", (("x", 1.0),))
    >>> order_matters(first, Event("second", "c", (("x", 2.0),)), {})
    True
    >>> order_matters(first, Event("second", "c", (("y", "x"),)), {})
    False
    """
    values, others = dict(one.assignments), dict(other.assignments)
    if any(id in others and others[id] != value for id, value in values.items()):
        return True
    return bool(values.keys() & looked_at(other, equations)) or bool(
        others.keys() & looked_at(one, equations)
    )


def looked_at(event: Event, equations: Mapping[str, Expression]) -> set[str]:
    """Ids that an event reads between its trigger and its assignment.

    Parameters
    ----------
    event : Event
        Any.
    equations : mapping of str to Expression
        Of its system; what they are made of counts as well.

    Returns
    -------
    set of str
        Empty for a persistent event without a priority whose values are those of its trigger.
    """
    read: list[Expression] = [] if event.priority is None else [event.priority]
    if not event.persistent:
        read.append(event.trigger)
    if not event.values_from_trigger:
        read += [value for _, value in event.assignments]
    return _made_of((name for expression in read for name in names_in(expression)), equations)


def _made_of(names: Iterable[str], equations: Mapping[str, Expression]) -> set[str]:
    waiting, seen = list(names), set[str]()
    while waiting:
        id = waiting.pop()
        if id not in seen:
            seen.add(id)
            waiting += names_in(equations[id]) if id in equations else ()
    return seen
