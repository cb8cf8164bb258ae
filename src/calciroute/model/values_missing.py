"""Values that a file leaves open, and that a run would turn into nothing but NaN."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from calciroute.equations.expression import RELATIONS, Call, Expression, names_in
from calciroute.equations.system import System
from calciroute.errors import Problem

_COMPARING = RELATIONS | {"min", "max"}
_EXPECTED = "a finite value in the file, or a column of that name in the table of parameters"


def values_missing(system: System, given: Collection[str], source: str) -> list[Problem]:
    """Parameters and start values that are no finite number where a run needs one.

    Parameters
    ----------
    system : System
        From an SBML file.
    given : collection of str
        Ids that the table of lanes sets in every lane.
    source : str
        The file, for messages.

    Returns
    -------
    list of Problem
        A parameter that nothing reads, and what an event sets, may stay open.
    """
    read = set(_read(system))
    set_later = {target for event in system.events for target, _ in event.assignments}
    problems = []
    for name, value in system.parameters.items():
        if name in read and name not in given and name not in set_later and _open(value):
            problems.append(Problem(source, f"parameter '{_short(name)}' {_words(value)}", _EXPECTED))
    for name, state in system.states.items():
        if name not in given and name not in set_later and _open(state.start):
            problems.append(
                Problem(source, f"the start of '{_short(name)}' {_words(state.start)}", _EXPECTED)
            )
        if _holds_nan(state.rate):
            found = f"the rate of '{_short(name)}' holds a number that is NaN"
            problems.append(Problem(source, found, "finite numbers"))
    counted = set(_counted(system))
    for name, value in system.equations.items():
        # What the file itself calls NaN or infinite stands among the equations, as a bare number.
        if isinstance(value, float) and not math.isfinite(value) and name in counted:
            problems.append(Problem(source, f"'{name}' {_words(value)}", "a finite value in the file"))
    return problems[:20]


def _read(system: System) -> Iterator[str]:
    for formula in _formulas(system):
        yield from names_in(formula)


def _counted(system: System) -> Iterator[str]:
    """Names that are reckoned with, not only compared: an infinite end of something may be compared."""
    for formula in _formulas(system):
        stack = [formula]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                yield item
            elif isinstance(item, Call):
                bare = item.operator in _COMPARING
                stack.extend(part for part in item.arguments if not (bare and isinstance(part, str)))


def _formulas(system: System) -> Iterator[Expression]:
    yield from system.parameters.values()
    for state in system.states.values():
        yield state.start
        yield state.rate
    yield from system.equations.values()
    for event in system.events:
        for formula in (event.trigger, event.delay, event.priority):
            if formula is not None:
                yield formula
        yield from (value for _, value in event.assignments)


def _open(value: Expression) -> bool:
    """Whether a value is no finite number, by itself or as a concentration times a volume."""
    if isinstance(value, Call):
        return value.operator == "times" and any(_open(item) for item in value.arguments)
    return not isinstance(value, str) and not math.isfinite(value)


def _holds_nan(expression: Expression) -> bool:
    stack = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, Call):
            stack.extend(item.arguments)
        elif isinstance(item, float) and math.isnan(item):
            return True
    return False


def _words(value: Expression) -> str:
    return "is infinite" if isinstance(value, float) and math.isinf(value) else "has no value, or NaN"


def _short(name: str) -> str:
    return name.removeprefix("amount:")
