"""Events that surely fire together, and whose order matters and is not given, make a file unusable.

What may come together by chance cannot be told from the file; a run has to look for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calciroute.equations.expression import Expression, names_in
from calciroute.equations.system import Event, System
from calciroute.sbml.read.refusals import NotSupported


def check_event_order(system: System, name: str) -> None:
    """Refuse a system in which two events always fire at one instant and their order is left to chance.

    Parameters
    ----------
    system : System
        Any.
    name : str
        The file, for messages.

    Raises
    ------
    NotSupported
        ``RandomEventExecution``, with both events.
    """
    by_cause: dict[tuple[Expression | None, ...], list[Event]] = {}
    for event in system.events:
        by_cause.setdefault((event.trigger, event.delay, event.priority), []).append(event)
    for events in by_cause.values():
        for index, one in enumerate(events):
            for other in events[index + 1 :]:
                if one.before == other.before and order_matters(one, other, system.equations):
                    raise NotSupported("RandomEventExecution", f"{name}, events {one.id} and {other.id}")


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
    return bool(values.keys() & _looked_at(other, equations)) or bool(
        others.keys() & _looked_at(one, equations)
    )


def _looked_at(event: Event, equations: Mapping[str, Expression]) -> set[str]:
    """Ids that an event reads between its trigger and its assignment."""
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
