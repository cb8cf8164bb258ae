"""One implicit step of the logarithms of some states, the others held: how a state of rest is sought.

With z = ln y the step solves (I/h - dg/dz) dz = g, g = f/y. Written for dy = y dz that is
(1/h + f_i/y_i) dy_i - sum_j J_ij dy_j = f_i: the matrix of a usual step with f/y added to its diagonal, and
rows and columns of held states left out.
"""

from __future__ import annotations

from calciroute.engine.elimination import plan_elimination
from calciroute.engine.instructions import Instruction, Listing
from calciroute.engine.written import Written


def list_settle(
    written: Written, constants: dict[int, int], slopes: list[dict[int, int]], resting: tuple[int, ...]
) -> list[Instruction]:
    """The kernel.

    Parameters
    ----------
    written : Written
        The system.
    constants : dict of int to int
        Node to row.
    slopes : list of dict of int to int
        Derivatives of the rates.
    resting : tuple of int
        States that move.

    Returns
    -------
    list of Instruction
        Writes each rate as a share of its state to section ``rate`` and each change of a logarithm to the
        first stage; reads the step from section ``step``.
    """
    listing = Listing(written.graph, constants)
    if not resting:
        return listing.instructions
    place = {state: index for index, state in enumerate(resting)}
    shift = listing.emit("reciprocal", listing.load("step", 0))
    entries: dict[tuple[int, int], int] = {}
    change: list[int] = []
    inverse: list[int] = []
    for state, index in place.items():
        rate = listing.node(written.rates[state])
        over = listing.emit("reciprocal", listing.node(written.graph.leaf("state", state)))
        share = listing.emit("mul", rate, over)
        listing.store(share, "rate", state)
        change.append(rate)
        inverse.append(over)
        own = listing.emit("add", shift, share)
        for other, node in slopes[state].items():
            if other in place:
                entries[index, place[other]] = listing.emit("neg", listing.node(node))
        known = entries.get((index, index))
        entries[index, index] = own if known is None else listing.emit("add", own, known)
    plan = plan_elimination(len(resting), entries)
    pivots: dict[int, int] = {}
    for pivot in plan.order:
        pivots[pivot] = listing.emit("reciprocal", entries[pivot, pivot])
        for row in plan.below[pivot]:
            factor = listing.emit("mul", entries[row, pivot], pivots[pivot])
            change[row] = listing.emit("minus_product", change[row], factor, change[pivot])
            for column in plan.right[pivot]:
                known = entries.get((row, column))
                old = listing.number(0.0) if known is None else known
                entries[row, column] = listing.emit("minus_product", old, factor, entries[pivot, column])
    for pivot in reversed(plan.order):
        value = change[pivot]
        for column in plan.right[pivot]:
            value = listing.emit("minus_product", value, entries[pivot, column], change[column])
        change[pivot] = listing.emit("mul", value, pivots[pivot])
    for state, index in place.items():
        listing.store(listing.emit("mul", change[index], inverse[index]), "stage", state)
    return listing.instructions
