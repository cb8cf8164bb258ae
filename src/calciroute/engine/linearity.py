"""Which states an expression reads, and in which of them it is a straight line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from calciroute.engine.graph import LEAVES, Graph
from calciroute.engine.written import Written
from calciroute.equations.expression import names_in
from calciroute.equations.system import System

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Read:
    """How an expression reads states.

    Parameters
    ----------
    states : frozenset of str
        All that it reads.
    pairs : frozenset of frozenset of str
        States that multiply each other or stand inside something that bends; a state that bends by itself is
        a pair with itself, a set of one.
    """

    states: frozenset[str]
    pairs: frozenset[frozenset[str]]


@dataclass(frozen=True)
class Reading:
    """How a system reads its states.

    Parameters
    ----------
    rates, readable : dict of str to Read
        Per state, and per id that can be read.
    """

    rates: dict[str, Read]
    readable: dict[str, Read]


def is_straight(read: Read, states: Iterable[str]) -> bool:
    """Whether an expression is a straight line in some states taken together, the others held.

    Parameters
    ----------
    read : Read
        From `reading_of`.
    states : iterable of str
        Which.

    Returns
    -------
    bool
        False when two of them meet in a product or one of them in something that bends.

    Examples
    --------
    >>> product = Read(frozenset("xy"), frozenset([frozenset("xy")]))
    >>> is_straight(product, {"x"}), is_straight(product, {"x", "y"})
    (True, False)
    """
    chosen = set(states)
    return not any(pair <= chosen for pair in read.pairs)


def reading_of(written: Written) -> Reading:
    """How each rate and each id of a system reads the states.

    Parameters
    ----------
    written : Written
        From `calciroute.engine.written.write_down`.

    Returns
    -------
    Reading
        By the form of the equations, so a bend that cancels counts as one.

    Examples
    --------
    >>> from calciroute.engine.written import write_down
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State
    >>> system = System({}, {"x": State(1.0, Call("times", ("x", "x")))})
    >>> sorted(map(sorted, reading_of(write_down(system)).rates["x"].pairs))
    [['x']]
    """
    graph = written.graph
    known: dict[int, Read] = {}
    # What a comparison reads counts as bent wherever the comparison chooses.
    for held, item in enumerate(written.conditions):
        sides = [_read(graph, side, known, written) for side in (item.left, item.right)]
        known[graph.leaf("held", held)] = _bent(sides)
    return Reading(
        {
            name: _read(graph, node, known, written)
            for name, node in zip(written.states, written.rates, strict=True)
        },
        {name: _read(graph, node, known, written) for name, node in written.readable.items()},
    )


def _read(graph: Graph, root: int, known: dict[int, Read], written: Written) -> Read:
    stack = [root]
    while stack:
        node = stack[-1]
        if node in known:
            stack.pop()
            continue
        if graph.operators[node] in LEAVES or not graph.arguments[node]:
            known[node] = _leaf(graph, node, written)
            continue
        missing = [argument for argument in graph.arguments[node] if argument not in known]
        if missing:
            stack.extend(missing)
            continue
        known[node] = _operator(graph.operators[node], [known[item] for item in graph.arguments[node]])
    return known[root]


def _leaf(graph: Graph, node: int, written: Written) -> Read:
    if graph.operators[node] == "state":
        return Read(frozenset([written.states[graph.arguments[node][0]]]), frozenset())
    return Read(_NOTHING, frozenset())


def _operator(operator: str, parts: list[Read]) -> Read:
    states = frozenset().union(*(part.states for part in parts))
    if not states:
        return Read(states, frozenset())
    if operator in {"add", "sub", "neg"}:
        return Read(states, frozenset().union(*(part.pairs for part in parts)))
    if operator == "mul":
        return Read(states, _product(parts[0], parts[1]))
    if operator == "divide":
        return Read(states, _product(parts[0], _bent(parts[1:])))
    if operator == "select":
        choice = _bent(parts[:1])
        return Read(states, _product(choice, _operator("add", parts[1:])))
    return _bent(parts)


def _product(a: Read, b: Read) -> frozenset[frozenset[str]]:
    return a.pairs | b.pairs | {frozenset((one, other)) for one in a.states for other in b.states}


def _bent(parts: list[Read]) -> Read:
    states = frozenset().union(*(part.states for part in parts))
    return Read(states, frozenset(frozenset((one, other)) for one in states for other in states))


def equations_that_read(system: System, states: Mapping[str, object]) -> frozenset[str]:
    """Equations that read some states, also by way of others.

    Parameters
    ----------
    system : System
        Whose.
    states : mapping with str keys
        Ids of states.

    Returns
    -------
    frozenset of str
        Ids of equations.

    Examples
    --------
    >>> sorted(equations_that_read(System({}, {}, {"a": "x", "b": "a", "c": 1.0}), {"x": None}))
    ['a', 'b']
    """
    readers: dict[str, list[str]] = {}
    for name, expression in system.equations.items():
        for item in set(names_in(expression)):
            readers.setdefault(item, []).append(name)
    found: set[str] = set()
    waiting = list(states)
    while waiting:
        for name in readers.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)
