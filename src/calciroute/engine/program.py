"""A system made ready to run: its description and its kernels, compiled or from the cache."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from calciroute.engine.description import Description, describe, places_of
from calciroute.engine.job import Kernel
from calciroute.engine.kernels import make_kernels
from calciroute.engine.layout import WIDTH
from calciroute.engine.machine import Loaded, is_x86, object_code, processor
from calciroute.engine.machine_text import ENTRIES, machine_text
from calciroute.engine.oracle_calls import PYTHON_KERNELS
from calciroute.engine.python_kernels import python_kernels
from calciroute.engine.stored import read_code, write_code
from calciroute.engine.written import write_down
from calciroute.equations.system import System

# Raised with every change of what is generated: old code in the cache is then left alone.
GENERATOR = "15"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Program:
    """A system ready to run.

    Parameters
    ----------
    description : Description
        Ids, defaults, places.
    kernel : Kernel
        Addresses for the control loop.
    backend : str
        ``machine`` or ``python``.
    addresses : mapping of str to int
        Of every entry.
    cache : Path or None
        Where the code of the control loop is kept.
    owner : object
        What keeps the code alive.
    """

    description: Description
    kernel: Kernel
    backend: str
    addresses: Mapping[str, int]
    cache: Path | None
    owner: object = field(repr=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Ids of parameters."""
        return self.description.parameters

    @property
    def states(self) -> tuple[str, ...]:
        """Ids of states."""
        return self.description.states

    @property
    def outputs(self) -> tuple[str, ...]:
        """Ids that can be read."""
        return self.description.outputs

    @cached_property
    def defaults(self) -> dict[str, float]:
        """Value of each parameter that is a plain number."""
        description = self.description
        return {
            name: description.defaults[row]
            for row, name in enumerate(description.parameters)
            if not description.formulas[row]
        }

    @cached_property
    def given_places(self) -> dict[str, int]:
        """Row of each parameter and state among what a lane can be given."""
        return places_of((*self.parameters, *self.states))

    @cached_property
    def output_places(self) -> dict[str, int]:
        """Row of each id that can be read."""
        return places_of(self.outputs)


def compile_program(
    system: System | Callable[[], System],
    *,
    outputs: Sequence[str] | None = None,
    collectors: Sequence[str] = (),
    rest: Sequence[str] = (),
    backend: Literal["machine", "python"] = "machine",
    cache: Path | None = None,
    key: str | None = None,
) -> Program:
    """Make a system ready to run.

    Parameters
    ----------
    system : System or callable
        The system, or what gives it; a callable is not called when the code is in the cache.
    outputs : sequence of str, optional
        Ids that a run can read; all by default.
    collectors : sequence of str, optional
        Ids whose integral over time is wanted: each becomes a state ``integral:ID`` that starts at 0.
    rest : sequence of str, optional
        States that `calciroute.engine.rest.find_rest` can bring to rest while the others are held.
    backend : {"machine", "python"}, optional
        Machine code, or the same kernels in Python as an oracle for tests.
    cache : Path, optional
        Folder of machine code.
    key : str, optional
        What tells the system from others, such as the hash of its text: with `cache`, code is kept under it.

    Returns
    -------
    Program
        For `calciroute.engine.solve.solve`.

    Raises
    ------
    SolveError
        For an id without a meaning, one that follows from itself, or an operator the solver does not know.

    Examples
    --------
    >>> from calciroute.equations.expression import Call
    >>> from calciroute.equations.system import State
    >>> decay = System({"k": 0.1}, {"A": State(1.0, Call("negate", (Call("times", ("k", "A")),)))})
    >>> compile_program(decay).states
    ('A',)
    """
    if backend == "python":
        return _in_python(system() if callable(system) else system, outputs, collectors, rest)
    place = None
    if cache is not None and key is not None:
        place = _place(key, outputs, collectors, rest)
        stored = read_code(cache, place)
        if stored is not None:
            code, note = stored
            return _machine_program(Description.read(note), code, cache)
    system = system() if callable(system) else system
    written = write_down(system, collectors)
    kernels = make_kernels(written, tuple(written.readable if outputs is None else outputs), tuple(rest))
    description = describe(system, written, kernels)
    code = object_code(machine_text(kernels, x86=is_x86()))
    if cache is not None and place is not None:
        write_code(cache, place, code, description.text())
    return _machine_program(description, code, cache)


def _place(key: str, outputs: Sequence[str] | None, collectors: Sequence[str], rest: Sequence[str]) -> str:
    wanted = "*" if outputs is None else "\n".join(outputs)
    parts = (GENERATOR, processor(), str(WIDTH), key, wanted, "\n".join(collectors), "\n".join(rest))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _machine_program(description: Description, code: bytes, cache: Path | None) -> Program:
    loaded = Loaded(code)
    addresses = dict(zip(ENTRIES, loaded.addresses, strict=True))
    return Program(description, _kernel(addresses), "machine", addresses, cache, loaded)


def _in_python(
    system: System, outputs: Sequence[str] | None, collectors: Sequence[str], rest: Sequence[str]
) -> Program:
    written = write_down(system, collectors)
    kernels = make_kernels(written, tuple(written.readable if outputs is None else outputs), tuple(rest))
    functions = python_kernels(kernels)
    addresses: dict[str, int] = {}
    for name in ENTRIES:
        addresses[name] = next(_NUMBERS)
        PYTHON_KERNELS[addresses[name]] = functions[name]
    return Program(
        describe(system, written, kernels), _kernel(addresses), "python", addresses, None, functions
    )


def _kernel(addresses: Mapping[str, int]) -> Kernel:
    return Kernel(**{name: addresses[name] for name in Kernel._fields})
