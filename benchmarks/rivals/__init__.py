"""Other solvers, each in the set-up that serves it best: a file a solver."""

from benchmarks.rivals.face import Rival, Run
from benchmarks.rivals.which import all_rivals

__all__ = ["Rival", "Run", "all_rivals"]
