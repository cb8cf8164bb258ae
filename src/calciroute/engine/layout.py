"""Where everything stands in the memory of one group of lanes.

The memory is one table of numbers with `WIDTH` columns, one per lane. A section is a run of rows; machine
code and control loop agree on where each begins.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass

# Lanes that go through the same instruction: a full register of AVX-512, two of AVX2, which hides what an
# instruction waits for. ARM's registers hold two: there eight lanes took 10 s to compile, four 6 s.
WIDTH = 4 if platform.machine().lower() in {"arm64", "aarch64"} else 8
STAGES = 6
ROW_BYTES = WIDTH * 8


@dataclass(frozen=True)
class Layout:
    """First row of each section, and how many rows it has.

    Parameters
    ----------
    rows : dict of str to int
        Number of rows per section, in order.
    """

    rows: dict[str, int]

    def first(self, section: str) -> int:
        """First row of a section.

        Parameters
        ----------
        section : str
            Name.

        Returns
        -------
        int
            Row.

        Raises
        ------
        KeyError
            For a section that there is not.

        Examples
        --------
        >>> Layout({"state": 3, "rate": 3}).first("rate")
        3
        """
        start = 0
        for name, count in self.rows.items():
            if name == section:
                return start
            start += count
        raise KeyError(section)

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


@dataclass(frozen=True)
class Sizes:
    """How much of everything a system has.

    Parameters
    ----------
    parameters, states, constants, conditions, readable, entries, event_values : int
        Counts: constants are what follows from parameters; entries those of the factorised matrix.
    """

    parameters: int
    states: int
    constants: int
    conditions: int
    readable: int
    entries: int
    event_values: int


def layout_of(sizes: Sizes) -> Layout:
    """Memory of a system.

    Parameters
    ----------
    sizes : Sizes
        Counts.

    Returns
    -------
    Layout
        Sections in the order in which a step uses them.
    """
    n = sizes.states
    return Layout(
        {
            # What the control loop tells the step, one row each.
            "step": 1,  # h
            "share": 1,  # place inside the step for dense output, 0 to 1
            "mask": 1,  # 1 for lanes that move on
            "relative": 1,  # relative tolerance
            "portion": 1,  # absolute tolerance as a share of each state's size
            "error": 1,  # what the step says: above 1 it is to be repeated
            "state": n,
            "parameter": sizes.parameters,
            "constant": sizes.constants,
            "held": sizes.conditions,
            "absolute": n,  # absolute tolerance, infinite for states without weight
            "next": n,  # state at the end of the step
            "inside": n,  # state at a place inside the step
            "stage": STAGES * n,
            "trial": n,  # state at which a stage takes its rate
            "rate": n,
            "matrix": sizes.entries + n,  # factors off the diagonal, then reciprocal pivots
            "read": sizes.readable,  # what can be read, at `inside`
            "truth": sizes.conditions,  # comparisons at `inside`
            "gap": sizes.conditions,  # how far the two sides of each are apart, over rounding
            "instant": sizes.conditions,  # when each turns, if that is known; else infinite
            "event": sizes.event_values,
            "given_parameter": sizes.parameters,
            "given_state": n,
            "first_parameter": sizes.parameters,
            "first_state": n,
            "landed": n,  # first step after a dose into each state
        }
    )
