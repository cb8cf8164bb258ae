"""A system written down as a graph: rates, start formulas, what can be read, conditions and events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from calciroute.engine.graph import MOVING, Graph
from calciroute.engine.lower import Lowering
from calciroute.engine.powers import join_powers
from calciroute.equations.expression import TIME, Call, Expression
from calciroute.equations.system import Event, State, System
from calciroute.errors import SolveError

CLOCK = ":time"  # the state that is the time, where a system reads it; no id of a model has a colon in front
INTEGRAL = "integral:"


@dataclass(frozen=True)
class Condition:
    """A comparison that moves with the states: it is held during a step and looked at after it.

    Parameters
    ----------
    exact : int
        Node of the comparison itself.
    left, right : int
        Nodes of its sides.
    instant : int, optional
        Node of the time at which it turns, where that follows from parameters alone.
    """

    exact: int
    left: int
    right: int
    instant: int | None


@dataclass(frozen=True)
class EventNodes:
    """Nodes of one event.

    Parameters
    ----------
    event : Event
        As the system has it.
    trigger, delay, priority : int
        Nodes; a missing delay is 0, a missing priority NaN.
    values : tuple of int
        Per assignment.
    """

    event: Event
    trigger: int
    delay: int
    priority: int
    values: tuple[int, ...]


@dataclass(frozen=True)
class Written:
    """A system as a graph.

    Parameters
    ----------
    graph : Graph
        All nodes.
    parameters, states : tuple of str
        Ids in the order of their rows. The last is `CLOCK` where the time is read or nothing else moves.
    rates : tuple of int
        Per state.
    start_parameters, start_states : tuple of int
        Nodes of the values at time 0.
    readable : dict of str to int
        Every id of the system.
    unweighted : frozenset of str
        States whose error does not count: the clock and integrals.
    conditions : tuple of Condition
        In the order in which they were met.
    events : tuple of EventNodes
        In the order of the system.
    """

    graph: Graph
    parameters: tuple[str, ...]
    states: tuple[str, ...]
    rates: tuple[int, ...]
    start_parameters: tuple[int, ...]
    start_states: tuple[int, ...]
    readable: Mapping[str, int]
    unweighted: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = field(default=())
    events: tuple[EventNodes, ...] = field(default=())


def write_down(system: System, collectors: Sequence[str] = ()) -> Written:
    """Write a system down as a graph.

    Parameters
    ----------
    system : System
        Names without a meaning and circles raise SolveError.
    collectors : sequence of str, optional
        Ids whose integral over time is wanted: each becomes a state ``integral:ID``.

    Returns
    -------
    Written
        The graph and what its nodes are for.

    Examples
    --------
    >>> written = write_down(System({"k": 2.0}, {"A": State(1.0, Call("times", ("k", "A")))}))
    >>> written.graph.text(written.rates[0])
    'mul(parameter0, state0)'
    """
    states = dict(system.states)
    for name in collectors:
        states[INTEGRAL + name] = State(0.0, name)
    # The kernels walk over at least one state; a system of equations and events alone has its clock.
    if not states or any(_reads_time(expression) for expression in _expressions(system)):
        states[CLOCK] = State(0.0, 1.0)
    graph = Graph()
    parameters = tuple(system.parameters)
    running = _running(graph, system, parameters, tuple(states))
    rates = tuple(running.node(state.rate) for state in states.values())
    readable = {name: running.named(name) for name in (*parameters, *states, *system.equations)}
    joined = join_powers(graph, [*rates, *readable.values()], rates)
    rates = tuple(joined[: len(rates)])
    readable = dict(zip(readable, joined[len(rates) :], strict=True))
    events = tuple(_event(graph, running, event, states, system) for event in system.events)
    start_parameters, start_states = _starts(graph, system, parameters, states)
    unweighted = frozenset(name for name in states if name == CLOCK or name.startswith(INTEGRAL))
    conditions = tuple(
        Condition(
            exact, left, right, _instant(graph, left, right, len(states) - 1 if CLOCK in states else None)
        )
        for exact, left, right in running.conditions
    )
    return Written(
        graph, parameters, tuple(states), rates, start_parameters, start_states, readable, unweighted,
        conditions, events,
    )  # fmt: skip


def _expressions(system: System) -> Iterator[Expression]:
    yield from system.parameters.values()
    yield from system.equations.values()
    for state in system.states.values():
        yield state.rate
    for event in system.events:
        yield event.trigger
        for part in (event.delay, event.priority):
            if part is not None:
                yield part
        for _, value in event.assignments:
            yield value


def _reads_time(expression: Expression) -> bool:
    stack = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, Call):
            if item == TIME:
                return True
            stack.extend(item.arguments)
    return False


def _running(graph: Graph, system: System, parameters: tuple[str, ...], states: tuple[str, ...]) -> Lowering:
    """What names mean during a run."""
    leaves: dict[str, int] = {}
    for row, name in enumerate(parameters):
        leaves[name] = graph.leaf("parameter", row)
    for row, name in enumerate(states):
        leaves[name] = graph.leaf("state", row)
    return Lowering(graph, leaves, dict(system.equations), leaves.get(CLOCK), hold=True)


def _starts(
    graph: Graph, system: System, parameters: tuple[str, ...], states: Mapping[str, State]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Values at time 0: what a lane was given, else the formula, which may read other values at time 0."""
    formulas: dict[str, Expression] = dict(system.equations)
    given: dict[str, int] = {}
    leaves: dict[str, int] = {}
    for row, (name, start) in enumerate(system.parameters.items()):
        given[name] = graph.leaf("given_parameter", row)
        formulas[name] = start
    for row, (name, state) in enumerate(states.items()):
        given[name] = graph.leaf("given_state", row)
        formulas[name] = state.start
    lowering = Lowering(graph, leaves, formulas, graph.number(0.0), hold=False, given=given)
    return (
        tuple(lowering.named(name) for name in parameters),
        tuple(lowering.named(name) for name in states),
    )


def _event(
    graph: Graph, running: Lowering, event: Event, states: Mapping[str, State], system: System
) -> EventNodes:
    for target, _ in event.assignments:
        if target not in states and target not in system.parameters:
            raise SolveError(f"event {event.id} sets {target}, which is neither a parameter nor a state")
    return EventNodes(
        event,
        running.node(event.trigger),
        graph.number(0.0) if event.delay is None else running.node(event.delay),
        graph.number(float("nan")) if event.priority is None else running.node(event.priority),
        tuple(running.node(value) for _, value in event.assignments),
    )


def _instant(graph: Graph, left: int, right: int, clock: int | None) -> int | None:
    """When two sides meet, if both are straight lines in time under given parameters."""
    if clock is None:
        return None
    time = graph.leaf("state", clock)
    for one, other in ((left, right), (right, left)):
        if one == time and graph.levels[other] < MOVING:
            return other
    gap = graph.apply("sub", left, right)
    straight = _straight(graph, gap, time, {})
    if straight is None or graph.values.get(straight[1]) == 0.0:
        return None
    return graph.apply("neg", graph.divide(straight[0], straight[1]))


def _straight(
    graph: Graph, node: int, time: int, known: dict[int, tuple[int, int] | None]
) -> tuple[int, int] | None:
    """Level and slope of a node that is a straight line in time under given parameters, else None."""
    if node in known:
        return known[node]
    zero, one = graph.number(0.0), graph.number(1.0)
    operator, arguments = graph.operators[node], graph.arguments[node]
    found: tuple[int, int] | None = None
    if graph.levels[node] < MOVING:
        found = (node, zero)
    elif node == time:
        found = (zero, one)
    elif operator in {"add", "sub", "mul", "neg"}:
        parts = [_straight(graph, argument, time, known) for argument in arguments]
        if all(part is not None for part in parts):
            lines = [part for part in parts if part is not None]
            if operator == "neg":
                found = (graph.apply("neg", lines[0][0]), graph.apply("neg", lines[0][1]))
            elif operator == "mul":
                flat = [line for line in lines if graph.values.get(line[1]) == 0.0]
                if flat:
                    scale = flat[0][0]
                    other = lines[1] if lines[0] is flat[0] else lines[0]
                    found = (graph.apply("mul", scale, other[0]), graph.apply("mul", scale, other[1]))
            else:
                found = (
                    graph.apply(operator, lines[0][0], lines[1][0]),
                    graph.apply(operator, lines[0][1], lines[1][1]),
                )
    known[node] = found
    return found
