"""Events that surely fire together, and whose order matters and is not given, make a file unusable.

What may come together by chance cannot be told from the file; a run has to look for it.
"""

from __future__ import annotations

from calciroute.equations.event_order import order_matters
from calciroute.equations.expression import Expression
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
