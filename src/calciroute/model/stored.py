"""Where a name of the file is stored: as a parameter, a state, or the amount behind a concentration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calciroute.equations.expression import Call, Expression
from calciroute.equations.system import System
from calciroute.errors import Problem, near_names

_AMOUNT, _CONCENTRATION = "amount:", "concentration:"


@dataclass(frozen=True)
class Stored:
    """What a run sets when it sets a name.

    Parameters
    ----------
    id : str
        Key of the system's parameters or states.
    is_state : bool
        Whether it moves by itself.
    volume : Expression, optional
        What a written concentration is multiplied by to give the amount that is stored.
    """

    id: str
    is_state: bool
    volume: Expression | None = None


def stored_value(system: System, name: str) -> Stored | Problem:
    """What to set so that a name has a value at time 0.

    Parameters
    ----------
    system : System
        From an SBML file.
    name : str
        Id of the file.

    Returns
    -------
    Stored or Problem
        The problem has no place yet.

    Examples
    --------
    >>> from calciroute.equations.system import State
    >>> one = System({"V": 2.0}, {"amount:S": State(1.0, 0.0)}, {"S": Call("divide", ("amount:S", "V"))})
    >>> stored_value(one, "S")
    Stored(id='amount:S', is_state=True, volume='V')
    """
    found = _direct(system, name)
    if found is not None:
        return found
    behind = _direct(system, _AMOUNT + name)
    formula = system.equations.get(name)
    if behind is not None and isinstance(formula, Call) and formula.operator == "divide":
        return Stored(behind.id, behind.is_state, formula.arguments[1])
    return _refused(system, name, "a parameter or the start value of a species", "")


def stored_dose(system: System, name: str) -> Stored | Problem:
    """What a dose on a name is added to: for a species always its amount.

    Parameters
    ----------
    system : System
        From an SBML file.
    name : str
        Id of the file.

    Returns
    -------
    Stored or Problem
        The problem has no place yet.
    """
    found = _settable(system, name)
    if found is not None:
        return found
    advice = ""
    if name.startswith(_CONCENTRATION):
        advice = f"'{name.removeprefix(_CONCENTRATION)}', and an amount"
    return _refused(system, name, "a species, a state or a parameter", advice)


def moving_names(system: System) -> tuple[str, ...]:
    """What a run shows when nothing is asked for: everything that moves by itself, by its name in the file.

    Parameters
    ----------
    system : System
        From an SBML file.

    Returns
    -------
    tuple of str
        In the order of the states.
    """
    return tuple(_file_name(system, state) for state in system.states)


def known_names(system: System) -> Iterator[str]:
    """Every name of the SBML file that a run can show.

    Parameters
    ----------
    system : System
        From an SBML file.

    Yields
    ------
    str
        States, equations, then parameters, without the helper ids of the reader.
    """
    for group in (system.states, system.equations, system.parameters):
        yield from (name for name in group if ":" not in name)


def near_words(name: str, known: Iterator[str]) -> str:
    """Names that look like a word, quoted.

    Parameters
    ----------
    name : str
        What was written.
    known : iterator of str
        What exists.

    Returns
    -------
    str
        Empty when nothing is near.
    """
    return ", ".join(f"'{near}'" for near in near_names(name[:100], known))


def _direct(system: System, name: str) -> Stored | None:
    if name in system.parameters:
        return Stored(name, False)
    return Stored(name, True) if name in system.states else None


def _settable(system: System, name: str) -> Stored | None:
    return _direct(system, name) or _direct(system, _AMOUNT + name)


def _file_name(system: System, state: str) -> str:
    short = state.removeprefix(_AMOUNT)
    return short if short in system.equations else state


def _refused(system: System, name: str, expected: str, advice: str) -> Problem:
    if name in system.equations:
        return Problem(
            "", f"'{name}' follows from an equation of the model at every instant", expected, advice
        )
    settable = (one for one in known_names(system) if _settable(system, one))
    return Problem("", f"'{name[:60]}' is not in the model", expected, near_words(name, settable))
