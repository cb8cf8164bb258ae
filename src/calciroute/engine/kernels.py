"""The straight pieces of a solver, each a list of instructions made from the graph."""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.engine.derivative import derivatives
from calciroute.engine.elimination import Elimination, plan_elimination
from calciroute.engine.graph import Graph
from calciroute.engine.instructions import Instruction, Listing, list_constants, needed_constants
from calciroute.engine.layout import Layout, Sizes, layout_of
from calciroute.engine.pairing import side_by_side
from calciroute.engine.settle_kernel import list_settle
from calciroute.engine.written import Written

GAMMA = 0.25  # of the Rosenbrock method: the diagonal of every stage's matrix
# A comparison of moving sides has turned when they are further apart than rounding: a kink on which a
# course comes to rest would otherwise turn to and fro for ever.
ROUNDING = 1e-13


@dataclass(frozen=True)
class Kernels:
    """Instruction lists by name, and the memory they share.

    Parameters
    ----------
    layout : Layout
        Memory.
    lists : dict of str to list of Instruction
        ``start``, ``constants``, ``rates`` (at section trial), ``factorise`` (rates at section state into the
        first stage, then the matrix), ``solve`` (in a stage's rows, section ``solved``), ``read``, ``truth``,
        ``events``, ``settle`` (one implicit step of the logarithms of the states that come to rest).
    elimination : Elimination
        Of the matrix.
    states : int
        How many.
    weighted : int
        States whose error counts.
    readable : tuple of str
        Ids in the order of section ``read``.
    event_rows : tuple of tuple of int
        Per event: rows of trigger, delay, priority and each value in section ``event``.
    rest : tuple of int
        States that can be brought to rest.
    """

    layout: Layout
    lists: dict[str, list[Instruction]]
    elimination: Elimination
    states: int
    weighted: int
    readable: tuple[str, ...]
    event_rows: tuple[tuple[int, ...], ...]
    rest: tuple[int, ...] = ()


def make_kernels(written: Written, outputs: tuple[str, ...], rest: tuple[str, ...] = ()) -> Kernels:
    """All kernels of a system.

    Parameters
    ----------
    written : Written
        From `write_down`.
    outputs : tuple of str
        Ids to read.
    rest : tuple of str, optional
        States that can be brought to rest while the others are held.

    Returns
    -------
    Kernels
        Ready for a backend.
    """
    graph = written.graph
    slopes = derivatives(graph, list(written.rates))
    pattern = [(row, column) for row, entries in enumerate(slopes) for column in entries]
    size = len(written.states)
    plan = plan_elimination(size, pattern)
    read = [written.readable[name] for name in outputs]
    event_nodes = [[item.trigger, item.delay, item.priority, *item.values] for item in written.events]
    instants = [item.instant for item in written.conditions if item.instant is not None]
    sides = [side for item in written.conditions for side in (item.left, item.right, item.exact)]
    roots = [*written.rates, *read, *sides, *instants, *(node for nodes in event_nodes for node in nodes)]
    roots += [node for row in slopes for node in row.values()]
    constants = {node: row for row, node in enumerate(needed_constants(graph, roots))}
    layout = layout_of(
        Sizes(
            len(written.parameters), size, len(constants), len(written.conditions), len(outputs),
            len(plan.entries), sum(map(len, event_nodes)),
        )
    )  # fmt: skip
    resting = tuple(written.states.index(name) for name in rest)
    event_rows, lists_event = _list_events(graph, constants, event_nodes)
    lists = {
        "start": _list_start(written),
        "constants": list_constants(graph, constants),
        "rates": side_by_side(_list_rates(written, constants)),
        "factorise": side_by_side(_list_factorise(written, constants, slopes, plan)),
        "solve": list_solve(plan, size),
        "read": _list_read(graph, constants, read),
        "truth": _list_truth(written, constants),
        "events": lists_event,
        "settle": list_settle(written, constants, slopes, resting),
    }
    weighted = max(1, sum(name not in written.unweighted for name in written.states))
    return Kernels(layout, lists, plan, size, weighted, outputs, event_rows, resting)


def _list_start(written: Written) -> list[Instruction]:
    listing = Listing(written.graph, {})
    for row, node in enumerate(written.start_parameters):
        if written.graph.operators[node] == "given_parameter":
            continue  # a plain number: the control loop takes it over
        listing.store(listing.node(node), "first_parameter", row)
    for row, node in enumerate(written.start_states):
        listing.store(listing.node(node), "first_state", row)
    return listing.instructions


def _list_rates(written: Written, constants: dict[int, int]) -> list[Instruction]:
    listing = Listing(written.graph, constants, "trial")
    for row, node in enumerate(written.rates):
        listing.store(listing.node(node), "rate", row)
    return listing.instructions


def _list_factorise(
    written: Written, constants: dict[int, int], slopes: list[dict[int, int]], plan: Elimination
) -> list[Instruction]:
    listing = Listing(written.graph, constants)
    for row, node in enumerate(written.rates):
        listing.store(listing.node(node), "stage", row)  # the first stage starts from the rate itself
    diagonal = listing.emit("reciprocal", listing.emit("mul", listing.load("step", 0), listing.number(GAMMA)))
    entries: dict[tuple[int, int], int] = {}
    for row, row_slopes in enumerate(slopes):
        for column, node in row_slopes.items():
            entries[row, column] = listing.emit("neg", listing.node(node))
    for row in range(len(written.states)):
        own = entries.get((row, row))
        entries[row, row] = diagonal if own is None else listing.emit("add", diagonal, own)
    list_elimination(listing, entries, plan)
    return listing.instructions


def list_elimination(listing: Listing, entries: dict[tuple[int, int], int], plan: Elimination) -> None:
    """Factorise a matrix: every product that the plan names, and the storing of what came out.

    Parameters
    ----------
    listing : Listing
        Grows.
    entries : dict of (int, int) to int
        Results of the entries of the matrix, the diagonal in full; changed in place.
    plan : Elimination
        Order and fill-in.
    """
    place = {position: row for row, position in enumerate(plan.entries)}
    for pivot in plan.order:
        inverse = listing.emit("reciprocal", entries[pivot, pivot])
        listing.store(inverse, "matrix", len(plan.entries) + pivot)
        for column in plan.right[pivot]:
            listing.store(entries[pivot, column], "matrix", place[pivot, column])
        for row in plan.below[pivot]:
            factor = listing.emit("mul", entries[row, pivot], inverse)
            listing.store(factor, "matrix", place[row, pivot])
            for column in plan.right[pivot]:
                known = entries.get((row, column))
                if known is None:
                    known = listing.number(0.0)
                entries[row, column] = listing.emit("minus_product", known, factor, entries[pivot, column])


def list_solve(plan: Elimination, size: int) -> list[Instruction]:
    """Forward and back substitution on the rows of one stage.

    Parameters
    ----------
    plan : Elimination
        Order and entries.
    size : int
        Number of states.

    Returns
    -------
    list of Instruction
        Reads and writes section ``solved``, which a backend points to the rows of a stage.
    """
    listing = Listing(Graph(), {})
    place = {position: row for row, position in enumerate(plan.entries)}
    values = {row: listing.load("solved", row) for row in range(size)}
    for pivot in plan.order:
        for row in plan.below[pivot]:
            factor = listing.load("matrix", place[row, pivot])
            values[row] = listing.emit("minus_product", values[row], factor, values[pivot])
    for pivot in reversed(plan.order):
        value = values[pivot]
        for column in plan.right[pivot]:
            entry = listing.load("matrix", place[pivot, column])
            value = listing.emit("minus_product", value, entry, values[column])
        values[pivot] = listing.emit("mul", value, listing.load("matrix", len(plan.entries) + pivot))
        listing.store(values[pivot], "solved", pivot)
    return listing.instructions


def _list_read(graph: Graph, constants: dict[int, int], read: list[int]) -> list[Instruction]:
    listing = Listing(graph, constants, "inside")
    for row, node in enumerate(read):
        listing.store(listing.node(node), "read", row)
    return listing.instructions


def _list_truth(written: Written, constants: dict[int, int]) -> list[Instruction]:
    """Comparisons at a place inside the step, as they are and by how much they hold beyond rounding."""
    graph = written.graph
    listing = Listing(graph, constants, "inside")
    for row, item in enumerate(written.conditions):
        listing.store(listing.node(item.exact), "truth", row)
        left, right = listing.node(item.left), listing.node(item.right)
        size = listing.emit("add", listing.emit("abs", left), listing.emit("abs", right))
        apart = listing.emit("abs", listing.emit("sub", left, right))
        over = listing.emit("minus_product", apart, listing.number(ROUNDING), size)
        listing.store(over, "gap", row)
        instant = listing.number(float("inf")) if item.instant is None else listing.node(item.instant)
        listing.store(instant, "instant", row)
    return listing.instructions


def _list_events(
    graph: Graph, constants: dict[int, int], event_nodes: list[list[int]]
) -> tuple[tuple[tuple[int, ...], ...], list[Instruction]]:
    listing = Listing(graph, constants)
    rows: list[tuple[int, ...]] = []
    place = 0
    for nodes in event_nodes:
        rows.append(tuple(range(place, place + len(nodes))))
        for node in nodes:
            listing.store(listing.node(node), "event", place)
            place += 1
    return tuple(rows), listing.instructions
