"""States of rest of many lanes: some states settle while all others are held where they start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.blocks import BLOCK, Work, empty_found, run_blocks
from calciroute.engine.lanes import Lanes
from calciroute.engine.program import Program
from calciroute.engine.tables import STANDARD, make_job
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rest:
    """States of rest.

    Parameters
    ----------
    states : tuple of str
        Ids in the order of the last axis.
    values : float array (lane, state)
        NaN for a lane without one.
    status : int array (lane,)
        0 for a lane that came to rest.
    words : tuple of str
        Per lane: empty, or which state moves most.
    steps : int array (lane, 2)
        Steps taken and cut.
    """

    states: tuple[str, ...]
    values: Array
    status: Whole
    words: tuple[str, ...]
    steps: Whole


def find_rest(
    program: Program,
    lanes: Lanes,
    *,
    tolerance: float = 1e-12,
    threads: int = 1,
    block: int = BLOCK,
    progress: Callable[[int], None] | None = None,
) -> Rest:
    """Bring lanes to rest.

    Parameters
    ----------
    program : Program
        Compiled with ``rest`` naming the states that settle, and readable there; they are positive.
    lanes : Lanes
        Numbers and first guesses. Doses do not matter.
    tolerance : float, optional
        Largest rate of a settled state as a share of itself, per unit of time, > 0.
    threads, block : int, optional
        As in `calciroute.engine.solve.solve`.
    progress : callable, optional
        Called with the number of lanes done after each block.

    Returns
    -------
    Rest
        States and words.

    Raises
    ------
    SolveError
        When the program was compiled without such states, or a number is not finite.

    References
    ----------
    Growing implicit steps are pseudo-transient continuation: Kelley and Keyes 1998, SIAM J Numer Anal
    35:508-523.

    Examples
    --------
    >>> from calciroute.engine.program import compile_program
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State, System
    >>> growth = Call("minus", (Call("divide", (4.0, "x")), "x"))
    >>> program = compile_program(System({}, {"x": State(9.0, growth)}), rest=("x",))
    >>> find_rest(program, Lanes(1)).values.round(9)
    array([[2.]])
    """
    resting = tuple(program.states[row] for row in program.description.resting)
    if not resting:
        raise SolveError("this program was compiled without states that can come to rest")
    job = make_job(program, lanes, np.zeros((1, 1)), resting, STANDARD, rest_rate=tolerance)
    found = empty_found(lanes.count, 1, len(resting))
    work = Work(program, program.code_for(lanes.count), job, found, rest=True)
    run_blocks(work, lanes.count, max(1, block), threads, progress)
    words = tuple(
        "" if status == 0 else _words(program, found.where[lane]) for lane, status in enumerate(found.status)
    )
    return Rest(resting, found.values[:, 0, :], found.status, words, found.steps)


def _words(program: Program, where: Array) -> str:
    rate, state = float(where[0]), program.states[int(where[1])]
    moves = "is no number" if not np.isfinite(rate) else f"changes by {rate:.2g} of itself"
    return f"no state of rest under these inputs: {state} {moves} in a unit of time"
