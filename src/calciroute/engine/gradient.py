"""How outputs follow numbers: derivatives by parameters and starts, from the lanes that a group has to spare.

A vector instruction costs the same for one lane as for eight, so beside a base lane seven more run with one
number each moved a little. All eight take the same steps: what the choice of steps adds to a course is then
the same in each and falls out of the difference, which steps of their own would not allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.layout import WIDTH
from calciroute.engine.program import Program
from calciroute.engine.solve import STANDARD, Tolerances, solve
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

SHIFT = 1e-5
_MOVED = WIDTH - 1  # beside the base lane of a group


@dataclass(frozen=True)
class Gradients:
    """Courses and their derivatives.

    Parameters
    ----------
    outputs : tuple of str
        Ids in the order of the axis output.
    by : tuple of str
        Ids in the order of the last axis of `slopes`.
    values : float array (lane, time, output)
        Courses of the base lanes; NaN from the time on at which one failed.
    slopes : float array (lane, time, output, by)
        Change of an output for a change of a number by 1 in its own unit.
    words : tuple of str
        Per lane: empty, or what went wrong with it or with a lane beside it.
    steps : int array (lane,)
        Steps tried for a base lane, over all its groups.
    """

    outputs: tuple[str, ...]
    by: tuple[str, ...]
    values: Array
    slopes: Array
    words: tuple[str, ...]
    steps: Whole


@dataclass(frozen=True)
class Spread:
    """Base lanes with moved lanes beside them, in groups that fill the vectors.

    Parameters
    ----------
    lanes : Lanes
        Group after group: a base lane, its moved lanes, and copies of the base where fewer are moved.
    base : int array (lane,)
        Of each lane: the base lane it was made from.
    moved : int array (lane,)
        Place among the numbers of the one that is moved; -1 for none.
    shift : float array (lane,)
        By how much it is moved, 0 for none.
    """

    lanes: Lanes
    base: Whole
    moved: Whole
    shift: Array


def gradients(
    program: Program,
    lanes: Lanes,
    times: Sequence[float] | Array,
    by: Sequence[str],
    *,
    outputs: Sequence[str] | None = None,
    tolerances: Tolerances = STANDARD,
    shift: float = SHIFT,
    start: Callable[[Lanes], Lanes] | None = None,
    threads: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Gradients:
    """Courses of lanes and their derivatives at all output times.

    Parameters
    ----------
    program : Program
        From `calciroute.engine.program.compile_program`.
    lanes : Lanes
        The base lanes. Each number of `by` must be known: given, or a plain number of the system.
    times : float array (time,)
        As in `calciroute.engine.solve.solve`, the same for all lanes.
    by : sequence of str
        Ids of parameters, or of states for what they start from. Up to seven cost what the base lane costs.
    outputs : sequence of str, optional
        Ids to read; all by default.
    tolerances : Tolerances, optional
        Error bounds. A derivative is about as exact, relative to itself, as the courses are.
    shift : float, optional
        By how much a number is moved, as a share of it, > 0; a number that is 0 is moved by `shift` itself.
    start : callable, optional
        Puts starts that follow from the numbers into moved lanes, such as states of rest found under them.
    threads, progress
        As in `calciroute.engine.solve.solve`.

    Returns
    -------
    Gradients
        A lane that fails, or has a failing lane beside it, says so in words.

    Raises
    ------
    SolveError
        For an unknown id, a number that is not known before the run, or a shift that is not above 0.

    Notes
    -----
    Differences on one sequence of steps are called internal numerical differentiation: Bock 1981, in
    Modelling of Chemical Reaction Systems, Springer Series in Chemical Physics 18:102-125. Where an event or
    a kink lies inside a step, the steps of moved lanes end a little earlier or later; the derivative takes
    the motion of that instant with it.

    Examples
    --------
    >>> from calciroute.engine.program import compile_program
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State, System
    >>> decay = System({"k": 0.1}, {"A": State(1.0, Call("negate", (Call("times", ("k", "A")),)))})
    >>> found = gradients(compile_program(decay), Lanes(1), [10.0], ["k", "A"], outputs=["A"])
    >>> found.slopes.round(4)
    array([[[[-3.6788,  0.3679]]]])
    """
    spread = spread_lanes(program, lanes, by, shift)
    filled = spread.lanes if start is None else start(spread.lanes)
    courses = solve(
        program, filled, times, outputs=outputs, tolerances=tolerances, threads=threads,
        block=8 * WIDTH, shared_steps=True, progress=progress,
    )  # fmt: skip
    groups = np.arange(len(spread.base)) // WIDTH * WIDTH
    first = np.searchsorted(spread.base, np.arange(lanes.count))
    slopes = np.full((lanes.count, *courses.values.shape[1:], len(by)), np.nan)
    for place in np.flatnonzero(spread.moved >= 0):
        change = courses.values[place] - courses.values[groups[place]]
        slopes[spread.base[place], :, :, spread.moved[place]] = change / spread.shift[place]
    words = [""] * lanes.count
    for row, told in enumerate(courses.words):
        if told and not words[spread.base[row]]:
            number = int(spread.moved[row])
            beside = f" with {by[number]} moved by {spread.shift[row]:.3g}" if number >= 0 else ""
            words[spread.base[row]] = told + beside
    steps = np.zeros(lanes.count, dtype=np.int64)
    np.add.at(steps, spread.base[::WIDTH], courses.steps[::WIDTH].sum(axis=1))
    return Gradients(courses.outputs, tuple(by), courses.values[first], slopes, tuple(words), steps)


def spread_lanes(program: Program, lanes: Lanes, by: Sequence[str], shift: float = SHIFT) -> Spread:
    """Put moved lanes beside base lanes.

    Parameters
    ----------
    program, lanes, by, shift
        As in `gradients`.

    Returns
    -------
    Spread
        With ceil(len(by)/7) groups of eight for each base lane, one where `by` is empty.

    Raises
    ------
    SolveError
        As in `gradients`.
    """
    if not 0.0 < shift < 1.0:
        raise SolveError(
            f"numbers are moved by a share of {shift} of themselves; it has to be between 0 and 1"
        )
    groups = max(1, -(-len(by) // _MOVED))
    base = np.repeat(np.arange(lanes.count), groups * WIDTH)
    moved = np.full((groups, WIDTH), -1)
    for number in range(len(by)):
        moved[number // _MOVED, 1 + number % _MOVED] = number
    which = np.tile(moved.ravel(), lanes.count)
    parameters = {name: np.broadcast_to(value, lanes.count)[base] for name, value in lanes.parameters.items()}
    start = {name: np.broadcast_to(value, lanes.count)[base] for name, value in lanes.start.items()}
    shifts = np.zeros(len(base))
    for number, name in enumerate(by):
        table = parameters if name in program.parameters else start
        known = _known(program, lanes, name)
        values = known[base]
        here = which == number
        change = shift * np.where(values == 0.0, 1.0, values)
        table[name] = np.where(here, values + change, values)
        # What was really added, after rounding.
        shifts[here] = (table[name] - values)[here]
    doses = None if lanes.doses is None else _repeated(lanes.doses, groups * WIDTH)
    return Spread(Lanes(len(base), parameters, start, doses), base, which, shifts)


def _known(program: Program, lanes: Lanes, name: str) -> Array:
    """What a number is in each lane."""
    description = program.description
    if name not in program.given_places:
        raise SolveError(f"{name} is no parameter and no state of this system")
    row = program.given_places[name]
    given = lanes.parameters if name in program.parameters else lanes.start
    values = np.array(np.broadcast_to(given.get(name, np.nan), lanes.count), dtype=float)
    if not description.formulas[row]:
        values = np.where(np.isnan(values), description.defaults[row], values)
    if np.isnan(values).any():
        lane = int(np.argmax(np.isnan(values)))
        raise SolveError(f"{name} follows from a formula in lane {lane}: give it a value to move it")
    return values


def _repeated(doses: Doses, times: int) -> Doses:
    """Doses of each lane for so many lanes in its place."""
    lane = (doses.lane[:, None] * times + np.arange(times)).ravel()
    return Doses(
        lane,
        np.repeat(doses.time, times),
        np.repeat(doses.target, times),
        np.repeat(doses.amount, times),
        doses.targets,
    )
