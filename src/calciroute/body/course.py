"""Rest under some inputs, then a run under others: how a check or a table asks the body a question.

People go through `simulate`; this is for reference states, tests and validation, where every input is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Dose, Lane
from calciroute.body.solver import Tolerances, solve
from calciroute.body.values import state_names, values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
# Differences between protocols are read to four digits: the solver's error has to stay far below.
TIGHT = Tolerances(relative=1e-9, absolute=1e-12)


def at_start(
    body: Body,
    inputs: Mapping[str, float],
    outputs: Sequence[str] = (),
    start: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """States at time 0 under some inputs, and outputs there.

    Parameters
    ----------
    body : Body
        From `assemble`.
    inputs : mapping of str to float
        Values that differ from the body's own, in declared units.
    outputs : sequence of str, optional
        Ids to read beside the states.
    start : mapping of str to float, optional
        States that are given; the others take the start formula of their text.

    Returns
    -------
    dict of str to float
        In declared units, by id.
    """
    names = list(dict.fromkeys([*state_names(body), *outputs]))
    values = values_at_start(body, Lanes(1, inputs, start or {}), names)[0]
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def course(
    body: Body,
    outputs: Sequence[str],
    times_h: Sequence[float],
    *,
    before: Mapping[str, float],
    now: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    doses: Sequence[Dose] = (),
    tolerances: Tolerances = TIGHT,
) -> Array:
    """Start as someone who has long lived under some inputs, then run under others.

    Parameters
    ----------
    body : Body
        From `assemble`.
    outputs : sequence of str
        Ids to read.
    times_h : sequence of float
        Output times, hours, ascending.
    before : mapping of str to float
        Inputs of the past; they hold on unless `now` says otherwise.
    now : mapping of str to float, optional
        Inputs that change at time 0.
    start : mapping of str to float, optional
        States to start from in place of the past.
    doses : sequence of Dose, optional
        Amounts added during the run.
    tolerances : Tolerances, optional
        Error bounds.

    Returns
    -------
    float array (time, output)
        In declared units.

    Raises
    ------
    SolveError
        When the solver gives up.
    """
    begin = start if start is not None else at_start(body, before)
    lane = Lane({**before, **(now or {})}, begin, doses)
    solution = solve(body, [lane], times_h, outputs, tolerances=tolerances)
    if solution.status[0]:
        raise SolveError(solution.status[0])
    return np.asarray(solution.values[0])


def state_after(
    body: Body,
    hours: float,
    *,
    before: Mapping[str, float],
    now: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    doses: Sequence[Dose] = (),
) -> dict[str, float]:
    """All states after a run, to start the next stretch from.

    Parameters
    ----------
    body : Body
        From `assemble`.
    hours : float
        Length of the run, > 0.
    before, now, start, doses
        As in `course`.

    Returns
    -------
    dict of str to float
        By id, in declared units.
    """
    names = state_names(body)
    values = course(body, names, [0.0, hours], before=before, now=now, start=start, doses=doses)
    return dict(zip(names, (float(value) for value in values[-1]), strict=True))
