"""An averaged system made ready to run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from calciroute.engine.averaging import ADDED, COEFFICIENT, RIPPLE, Averaging, averaged_system
from calciroute.engine.program import Program, compile_program
from calciroute.engine.stored import read_code, write_code
from calciroute.equations.expression import names_in
from calciroute.equations.system import System

# Raised with every change of what `averaged_system` makes.
_GENERATOR = "1"


@dataclass(frozen=True)
class AveragedProgram:
    """An averaged system ready to run.

    Parameters
    ----------
    program : Program
        Of the averaged system.
    averaging : Averaging
        How it was averaged.
    ripples_read : frozenset of str
        Parameters that the block's matrix reads: while doses repeat they stay as they are.
    """

    program: Program
    averaging: Averaging
    ripples_read: frozenset[str]

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """Ids of the system itself that can be read."""
        return tuple(name for name in self.program.outputs if not name.startswith(COEFFICIENT))

    @cached_property
    def pattern(self) -> tuple[tuple[str, str], ...]:
        """Rows and columns of the entries of the block's matrix."""
        entries = (name for name in self.program.outputs if name.startswith(COEFFICIENT))
        pairs = (name.removeprefix(COEFFICIENT).split(" ") for name in entries)
        return tuple((row, column) for row, column in pairs)

    @cached_property
    def bent(self) -> tuple[str, ...]:
        """Rippling states that something bent reads."""
        first = f"{RIPPLE}0 "
        return tuple(name.removeprefix(first) for name in self.program.parameters if name.startswith(first))


def compile_averaged(
    system: System | Callable[[], System],
    averaging: Averaging,
    *,
    outputs: Sequence[str] | None = None,
    rest: Sequence[str] = (),
    backend: Literal["machine", "python"] = "machine",
    cache: Path | None = None,
    key: str | None = None,
) -> AveragedProgram:
    """Average a system and make it ready to run.

    Parameters
    ----------
    system : System or callable
        The system, or what gives it; a callable is not called when the code is in the cache.
    averaging : Averaging
        What is averaged.
    outputs : sequence of str, optional
        Ids that a run can read; all by default.
    rest, backend, cache, key
        As in `calciroute.engine.program.compile_program`.

    Returns
    -------
    AveragedProgram
        For `calciroute.engine.averaged_solve.solve_averaged`.

    Raises
    ------
    SolveError
        When the system cannot be averaged so; see `calciroute.engine.averaging.averaged_system`.

    Examples
    --------
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State
    >>> decay = System({"k": 0.1}, {"A": State(1.0, Call("negate", (Call("times", ("k", "A")),)))})
    >>> compile_averaged(decay, Averaging(("A",), 24.0, ("A",), 4)).pattern
    (('A', 'A'),)
    """
    made: list[System] = []

    def make() -> System:
        if not made:
            made.append(averaged_system(system() if callable(system) else system, averaging, outputs))
        return made[0]

    kept: dict[str, list[str]] | None = None
    name = None
    if key is not None:
        wanted = "*" if outputs is None else " ".join(outputs)
        name = f"{key} averaged {_GENERATOR} {averaging} {wanted}"
    # Which entries the block's matrix has and what they read is known from the equations alone, so it is
    # kept with the code.
    place = "" if name is None else hashlib.sha256(f"entries {name}".encode()).hexdigest()
    if cache is not None and place:
        stored = read_code(cache, place)
        kept = None if stored is None else json.loads(stored[1])
    if kept is None:
        kept = {"readable": _readable(make(), outputs), "read": sorted(_read_by_entries(make()))}
        if cache is not None and place:
            write_code(cache, place, b"entries", json.dumps(kept))
    program = compile_program(
        make, outputs=kept["readable"], rest=rest, backend=backend, cache=cache, key=name
    )
    return AveragedProgram(program, averaging, frozenset(kept["read"]))


def _readable(made: System, outputs: Sequence[str] | None) -> list[str]:
    """What was asked for, or all that the system itself had, and the entries of the block's matrix."""
    own = (*made.parameters, *made.states, *made.equations) if outputs is None else outputs
    entries = [name for name in made.equations if name.startswith(COEFFICIENT)]
    return [*(name for name in own if not name.startswith(ADDED)), *entries]


def _read_by_entries(made: System) -> set[str]:
    """Parameters that entries of the block's matrix read, also by way of other equations."""
    waiting = [name for name in made.equations if name.startswith(COEFFICIENT)]
    seen = set(waiting)
    while waiting:
        for name in names_in(made.equations[waiting.pop()]):
            if name not in seen:
                seen.add(name)
                if name in made.equations:
                    waiting.append(name)
    return seen & set(made.parameters)
