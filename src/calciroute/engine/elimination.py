"""The linear systems of a step, solved on paper once: which entries there are and what is done to them.

The matrix is I/(h gamma) - J. Its pattern does not change, so the order of pivots (fewest neighbours first)
and every multiplication are fixed before the run. Diagonal pivots suffice, as 1/(h gamma) stands on each and
a step that grows too bold is cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Elimination:
    """Order and entries of a factorisation L U with ones on the diagonal of L.

    Parameters
    ----------
    order : tuple of int
        Pivots.
    below : dict of int to tuple of int
        Per pivot: rows still to come with an entry in its column.
    right : dict of int to tuple of int
        Per pivot: columns still to come with an entry in its row.
    entries : tuple of (int, int)
        Positions off the diagonal after fill-in, in a fixed order.
    """

    order: tuple[int, ...]
    below: dict[int, tuple[int, ...]]
    right: dict[int, tuple[int, ...]]
    entries: tuple[tuple[int, int], ...]


def plan_elimination(size: int, pattern: Iterable[tuple[int, int]]) -> Elimination:
    """Order of pivots and fill-in.

    Parameters
    ----------
    size : int
        Rows and columns.
    pattern : iterable of (int, int)
        Row and column of entries that are not zero; the diagonal counts as full.

    Returns
    -------
    Elimination
        The pivot with the fewest products comes first; of equals the lowest number.

    Examples
    --------
    >>> plan_elimination(3, [(0, 1), (0, 2), (1, 0), (2, 0)]).order
    (1, 0, 2)
    """
    columns: list[set[int]] = [set() for _ in range(size)]  # rows with an entry in this column
    rows: list[set[int]] = [set() for _ in range(size)]
    for row, column in pattern:
        if row != column:
            rows[row].add(column)
            columns[column].add(row)
    left = set(range(size))
    order: list[int] = []
    below: dict[int, tuple[int, ...]] = {}
    right: dict[int, tuple[int, ...]] = {}
    while left:
        pivot = min(left, key=lambda k: (len(rows[k]) * len(columns[k]), len(rows[k]) + len(columns[k]), k))
        left.remove(pivot)
        order.append(pivot)
        below[pivot], right[pivot] = tuple(sorted(columns[pivot])), tuple(sorted(rows[pivot]))
        for row in below[pivot]:
            rows[row].discard(pivot)
            for column in right[pivot]:
                if row != column:
                    rows[row].add(column)
                    columns[column].add(row)
        for column in right[pivot]:
            columns[column].discard(pivot)
    entries = [(row, pivot) for pivot in order for row in below[pivot]]
    entries += [(pivot, column) for pivot in order for column in right[pivot]]
    return Elimination(tuple(order), below, right, tuple(entries))
