"""A hash of a system: the same for the same equations, whatever text they were read from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from calciroute.equations.expression import Call, Expression
from calciroute.equations.system import Event, System


def system_hash(system: System) -> str:
    """Hash of everything in a system, ids and order included.

    Parameters
    ----------
    system : System
        Any.

    Returns
    -------
    str
        64 hexadecimal digits of SHA-256.

    Examples
    --------
    >>> system_hash(System({"k": 1.0}, {})) == system_hash(System({"k": 2.0}, {}))
    False
    """
    digest = hashlib.sha256()
    for piece in _pieces(system):
        digest.update(piece.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def _pieces(system: System) -> Iterator[str]:
    for name, value in system.parameters.items():
        yield f"parameter {name}"
        yield from _words(value)
    for name, state in system.states.items():
        yield f"state {name}"
        yield from _words(state.start)
        yield from _words(state.rate)
    for name, value in system.equations.items():
        yield f"equation {name}"
        yield from _words(value)
    for event in system.events:
        yield from _event(event)


def _event(event: Event) -> Iterator[str]:
    yield f"event {event.id} {event.before} {event.persistent} {event.values_from_trigger}"
    for formula in (event.trigger, event.delay, event.priority):
        if formula is None:
            yield "none"
        else:
            yield from _words(formula)
    for target, value in event.assignments:
        yield f"sets {target}"
        yield from _words(value)


def _words(expression: Expression) -> Iterator[str]:
    """An expression as words, operators before their arguments; a stack, since formulas may be deep."""
    stack = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, Call):
            yield f"{item.operator}/{len(item.arguments)}"
            stack.extend(reversed(item.arguments))
        elif isinstance(item, str):
            yield f"id {item}"
        else:
            yield float(item).hex()
