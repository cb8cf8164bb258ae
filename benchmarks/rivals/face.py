"""What every rival is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.settled import Settled

# A run takes a relative tolerance and gives values (time, state) at the times of the case.
Run: TypeAlias = Callable[[float], npt.NDArray[np.float64]]


class Rival(Protocol):
    """A solver with one way of giving doses."""

    @property
    def tool(self) -> str:
        """Name with which rivals of one tool are compared: the faster counts."""

    @property
    def how(self) -> str:
        """Its set-up in a few words."""

    def version(self) -> str:
        """Of the package; raises ImportError when it is not installed."""

    def prepare(self, case: Case, settled: Settled, states: list[str]) -> Run:
        """Everything that is not timed: reading, compiling, setting up."""
