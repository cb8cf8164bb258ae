"""A system averaged over a period: doses that repeat become a steady inflow, and what bends is averaged.

A block of states whose rates are linear, with coefficients from parameters alone, answers a dose repeated
every period by a ripple about its mean: state = mean + ripple, exactly. The mean follows the block's own
equations with the doses as a constant inflow; the ripple repeats itself and is found per lane by
`calciroute.engine.ripple`. A rate outside the block that bends in a rippling state is replaced by its mean
over a few instants of the period. Only there something is approximated: what the rest of the system does
within one period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from calciroute.engine.linearity import Reading, equations_that_read, is_straight, reading_of
from calciroute.engine.written import CLOCK, write_down
from calciroute.equations.expression import Call, Expression, names_in, replace_names
from calciroute.equations.system import State, System
from calciroute.errors import SolveError

INFLOW, RIPPLE, WEIGHT, COEFFICIENT = "inflow:", "ripple:", "weight:", "coefficient:"
# How the ids begin that averaging adds to a system.
ADDED = (INFLOW, RIPPLE, WEIGHT, COEFFICIENT, "node ", "unit ", "empty:")


@dataclass(frozen=True)
class Averaging:
    """What is averaged, and how finely.

    Parameters
    ----------
    block : tuple of str
        States whose rates read states of the block alone, in straight lines.
    period : float
        After which doses repeat, > 0, in the unit of time of the system.
    dosed : tuple of str
        States of the block that doses go to.
    nodes : int
        Instants of the period at which bent rates are evaluated, >= 1.
    """

    block: tuple[str, ...]
    period: float
    dosed: tuple[str, ...]
    nodes: int


def averaged_system(system: System, averaging: Averaging, outputs: Sequence[str] | None = None) -> System:
    """The system of the means.

    Parameters
    ----------
    system : System
        Without events.
    averaging : Averaging
        The block is checked, not believed.
    outputs : sequence of str, optional
        Ids that will be read; all by default. An equation that bends in a rippling state gets its mean over
        the period.

    Returns
    -------
    System
        With new parameters, all at 0 but the weights: ``inflow:STATE`` in the rate of each dosed state,
        ``ripple:NODE STATE`` for each rippling state that something bent reads, ``weight:NODE``. New
        equations ``coefficient:ROW COLUMN`` are the entries of the block's matrix among the states that a
        dose reaches. With all ripples and inflows at 0 it is the old system.

    Raises
    ------
    SolveError
        For a state that is not there, a system with events, or a rate of the block that bends or reads what
        is outside.

    Examples
    --------
    >>> system = System(
    ...     {"k": 0.1},
    ...     {
    ...         "A": State(0.0, Call("negate", (Call("times", ("k", "A")),))),
    ...         "seen": State(0.0, Call("power", ("A", 2.0))),
    ...     },
    ... )
    >>> made = averaged_system(system, Averaging(("A",), 24.0, ("A",), nodes=2))
    >>> [name for name in made.parameters if name != "k"]
    ['inflow:A', 'weight:0', 'ripple:0 A', 'weight:1', 'ripple:1 A']
    >>> list(made.equations)
    ['coefficient:A A']
    """
    _refuse(system, averaging)
    reading = reading_of(write_down(system))
    pattern = _pattern(system, averaging.block, reading)
    rippling = reached(averaging.dosed, pattern)
    block = set(averaging.block)
    bent_rates = [
        name for name in system.states if name not in block and not is_straight(reading.rates[name], rippling)
    ]
    wanted = system.equations if outputs is None else outputs
    bent_equations = [
        name
        for name in dict.fromkeys(wanted)
        if name in system.equations and not is_straight(reading.readable[name], rippling)
    ]
    read = set().union(
        *(reading.rates[name].states for name in bent_rates),
        *(reading.readable[name].states for name in bent_equations),
    )
    rough = [name for name in averaging.block if name in rippling and name in read]
    states = dict(system.states)
    for name in averaging.dosed:
        states[name] = State(states[name].start, Call("plus", (states[name].rate, INFLOW + name)))
    parameters: dict[str, Expression] = {INFLOW + name: 0.0 for name in averaging.dosed}
    equations: dict[str, Expression] = dict(system.equations)
    terms: dict[str, list[Expression]] = {name: [] for name in (*bent_rates, *bent_equations)}
    roots = {name: system.states[name].rate for name in bent_rates}
    roots |= {name: system.equations[name] for name in bent_equations}
    for node in range(averaging.nodes):
        parameters[f"{WEIGHT}{node}"] = 1.0 / averaging.nodes
        parameters |= {f"{RIPPLE}{node} {name}": 0.0 for name in rough}
        moved = {name: Call("plus", (name, f"{RIPPLE}{node} {name}")) for name in rough}
        copies, at_node = copied(system, moved, roots, f"node {node}:")
        equations |= copies
        for name, value in at_node.items():
            terms[name].append(Call("times", (f"{WEIGHT}{node}", value)))
    for name in bent_rates:
        states[name] = State(states[name].start, Call("plus", tuple(terms[name])))
    for name in bent_equations:
        equations[name] = Call("plus", tuple(terms[name]))
    equations |= _coefficients(system, averaging.block, pattern, rippling)
    return replace(system, parameters={**system.parameters, **parameters}, states=states, equations=equations)


def _refuse(system: System, averaging: Averaging) -> None:
    if system.events:
        raise SolveError(
            f"event {system.events[0].id} can stop the doses from repeating: "
            "a system with events is not averaged"
        )
    if averaging.nodes < 1 or not averaging.period > 0.0:
        raise SolveError(
            f"averaging needs a period above 0 and a node: {averaging.period:g}, {averaging.nodes}"
        )
    for name in averaging.block:
        if name not in system.states:
            raise SolveError(f"{name} of the block to be averaged is no state")
    for name in averaging.dosed:
        if name not in averaging.block:
            raise SolveError(
                f"doses go to {name}, which is not in the block that can be averaged: run it with every dose"
            )


def _pattern(system: System, block: Sequence[str], reading: Reading) -> set[tuple[str, str]]:
    """Entries (row, column) of the block's matrix that are not zero."""
    pattern = set()
    for name in block:
        rate = reading.rates[name]
        outside = sorted(rate.states - set(block))
        if outside:
            what = "the time" if outside[0] == CLOCK else f"{outside[0]}, which is not in the block"
            raise SolveError(f"{name} cannot be averaged: its rate reads {what}")
        if not is_straight(rate, set(block)):
            raise SolveError(
                f"{name} cannot be averaged: its rate is no straight line in the states of the block"
            )
        pattern |= {(name, column) for column in rate.states}
    return pattern


def reached(dosed: Iterable[str], pattern: Iterable[tuple[str, str]]) -> set[str]:
    """States that a dose comes to in time.

    Parameters
    ----------
    dosed : iterable of str
        Where it goes.
    pattern : iterable of (str, str)
        Which state's rate reads which.

    Returns
    -------
    set of str
        The dosed ones among them.

    Examples
    --------
    >>> sorted(reached(["gut"], {("plasma", "gut"), ("gut", "gut"), ("gut", "bile")}))
    ['gut', 'plasma']
    """
    pattern = list(pattern)
    found = set(dosed)
    while True:
        more = {row for row, column in pattern if column in found} - found
        if not more:
            return found
        found |= more


def copied(
    system: System, moved: Mapping[str, Expression], roots: Mapping[str, Expression], prefix: str
) -> tuple[dict[str, Expression], dict[str, Expression]]:
    """Expressions with some states replaced, also in the equations they read.

    Parameters
    ----------
    system : System
        Whose equations are meant.
    moved : mapping of str to Expression
        What stands for a state.
    roots : mapping of str to Expression
        By any name.
    prefix : str
        For the ids of the copies.

    Returns
    -------
    tuple of dict of str to Expression
        Copies of the equations that read such a state, as far as the roots need them; and the roots.
    """
    touched = equations_that_read(system, moved)

    def renamed(name: str) -> Expression:
        if name in moved:
            return moved[name]
        return prefix + name if name in touched else name

    copies: dict[str, Expression] = {}
    found = {name: replace_names(root, renamed) for name, root in roots.items()}
    waiting = list(_touched_names(roots.values(), touched))
    while waiting:
        name = waiting.pop()
        if prefix + name not in copies:
            copies[prefix + name] = replace_names(system.equations[name], renamed)
            waiting += _touched_names([system.equations[name]], touched)
    return copies, found


def _touched_names(expressions: Iterable[Expression], touched: Set[str]) -> list[str]:
    return [name for expression in expressions for name in names_in(expression) if name in touched]


def _coefficients(
    system: System, block: Sequence[str], pattern: Set[tuple[str, str]], rippling: Set[str]
) -> dict[str, Expression]:
    """Each entry as a rate with one state at 1 and all others at 0, less the rate with all at 0."""
    inside = [name for name in block if name in rippling]
    rates = {name: system.states[name].rate for name in inside}
    copies, empty = copied(system, dict.fromkeys(block, 0.0), rates, "empty:")
    equations = dict(copies)
    for column in inside:
        rows = {row: rates[row] for row in inside if (row, column) in pattern}
        unit = {name: float(name == column) for name in block}
        copies, found = copied(system, unit, rows, f"unit {column}:")
        equations |= copies
        for row, value in found.items():
            equations[f"{COEFFICIENT}{row} {column}"] = Call("minus", (value, empty[row]))
    return equations
