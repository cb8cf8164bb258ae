"""Times at which a run is read: even steps to an end, or as given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from calciroute.errors import InputError, Problem

Array = npt.NDArray[np.float64]
DEFAULT_END, DEFAULT_STEPS = 100.0, 100
STEP_LIMIT = 1_000_000


def output_times(
    until: float | None = None, steps: int | None = None, times: Sequence[float] | Array | None = None
) -> Array:
    """Output times from what was asked for.

    Parameters
    ----------
    until : float, optional
        End of the run, > 0, in the model's unit of time; 100 when nothing is given.
    steps : int, optional
        Even steps from 0 to the end, 1 to 1,000,000; 100 when nothing is given.
    times : sequence of float, optional
        Instead of both: increasing, none before 0.

    Returns
    -------
    float array (time,)

    Raises
    ------
    InputError
        For anything else.

    Examples
    --------
    >>> output_times(2.0, 4)
    array([0. , 0.5, 1. , 1.5, 2. ])
    """
    if times is not None:
        if until is not None or steps is not None:
            found = "the output times are given, and an end or steps beside them"
            raise InputError([Problem("--times", found, "either output times, or an end and steps")])
        return _given(times)
    end = DEFAULT_END if until is None else until
    count = DEFAULT_STEPS if steps is None else steps
    problems = []
    if not isinstance(end, int | float) or not 0.0 < end < float("inf"):
        problems.append(Problem("--until", f"the end is {end}", "a finite time after 0"))
    if not isinstance(count, int | np.integer) or not 1 <= count <= STEP_LIMIT:
        problems.append(Problem("--steps", f"{count} steps", f"a whole number from 1 to {STEP_LIMIT:,}"))
    if problems:
        raise InputError(problems)
    return np.linspace(0.0, end, int(count) + 1)


def _given(times: Sequence[float] | Array) -> Array:
    expected = "increasing times, none before 0"
    try:
        values = np.asarray(times, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError([Problem("--times", "the output times are not numbers", expected)]) from None
    found = ""
    if values.ndim != 1 or values.size == 0:
        found = "no list of output times"
    elif values.size > STEP_LIMIT + 1:
        found = f"{values.size} output times, more than {STEP_LIMIT:,}"
    elif not np.isfinite(values).all():
        found = "an output time that is not finite"
    elif values[0] < 0.0:
        found = f"the output time {values[0]:g}"
    elif (np.diff(values) <= 0.0).any():
        place = int(np.argmax(np.diff(values) <= 0.0))
        found = f"the output time {values[place + 1]:g} after {values[place]:g}"
    elif values[-1] <= 0.0:
        found = "no output time after 0"
    if found:
        raise InputError([Problem("--times", found, expected)])
    return values
