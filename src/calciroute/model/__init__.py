"""Anyone's SBML model over a table of parameters and doses: the one bridge between `sbml` and `engine`.

`load` reads a file, `lane_table` a table of lanes, `dose_table` one of doses; `dose_schedule` writes repeats
and infusions out, `solve_lanes` hands everything to the engine, `dataset` names what comes back.
"""

from calciroute.model.load import load_model
from calciroute.model.runnable import Model

__all__ = ["Model", "load_model"]
