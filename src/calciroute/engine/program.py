"""A system made ready to run: its description and its kernels, compiled or from the cache."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from calciroute.engine.codes import Code, Codes, KeptCode
from calciroute.engine.description import Description, describe, places_of
from calciroute.engine.half_text import HALF
from calciroute.engine.job import Kernel
from calciroute.engine.kernels import Kernels, make_kernels
from calciroute.engine.layout import WIDTH
from calciroute.engine.machine import Loaded, halves_rows, is_x86, object_code, processor
from calciroute.engine.machine_text import ENTRIES, machine_text
from calciroute.engine.oracle_calls import PYTHON_KERNELS
from calciroute.engine.python_kernels import python_kernels
from calciroute.engine.written import write_down
from calciroute.equations.system import System

# Raised with every change of what is generated: old code in the cache is then left alone.
GENERATOR = "17"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Program:
    """A system ready to run.

    Parameters
    ----------
    description : Description
        Ids, defaults, places.
    backend : str
        ``machine`` or ``python``.
    codes : Codes
        Its kernels for many lanes and for few.
    cache : Path or None
        Where the code of the control loop is kept.
    """

    description: Description
    backend: str
    codes: Codes = field(repr=False)
    cache: Path | None

    def code_for(self, lanes: int) -> Code:
        """Kernels for a run.

        Parameters
        ----------
        lanes : int
            How many the whole run has, >= 0.

        Returns
        -------
        Code
            For half a row where that is enough and costs less; each lane gets the same bits from either.
        """
        return self.codes.of(half=self.backend == "machine" and lanes <= HALF and halves_rows())

    @property
    def kernel(self) -> Kernel:
        """Addresses for the control loop, of the code for many lanes."""
        return self.codes.of(half=False).kernel

    @property
    def addresses(self) -> Mapping[str, int]:
        """Of every entry, in the code for many lanes."""
        return self.codes.of(half=False).addresses

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
    wanted = "*" if outputs is None else "\n".join(outputs)
    parts = (GENERATOR, processor(), str(WIDTH), key or "", wanted, "\n".join(collectors), "\n".join(rest))
    making = _Making(system, outputs, tuple(collectors), tuple(rest), KeptCode(cache, parts if key else None))
    return Program(making.description(), "machine", Codes(making.code), cache)


@dataclass(frozen=True)
class _Making:
    """How a program comes to its machine code."""

    system: System | Callable[[], System]
    outputs: Sequence[str] | None
    collectors: tuple[str, ...]
    rest: tuple[str, ...]
    kept: KeptCode

    @cached_property
    def _made(self) -> tuple[Description, Kernels]:
        system = self.system() if callable(self.system) else self.system
        return _described(system, self.outputs, self.collectors, self.rest)

    def description(self) -> Description:
        """From whichever code is kept, else from the system."""
        stored = self.kept.read(half=False) or self.kept.read(half=True)
        return self._made[0] if stored is None else Description.read(stored[1])

    def code(self, half: bool) -> Code:
        """From the cache, else compiled and kept."""
        stored = self.kept.read(half=half)
        if stored is not None:
            return _loaded(stored[0])
        description, kernels = self._made
        code = object_code(machine_text(kernels, x86=is_x86(), half=half))
        self.kept.write(code, description.text(), half=half)
        return _loaded(code)


def _described(
    system: System, outputs: Sequence[str] | None, collectors: Sequence[str], rest: Sequence[str]
) -> tuple[Description, Kernels]:
    written = write_down(system, collectors)
    kernels = make_kernels(written, tuple(written.readable if outputs is None else outputs), tuple(rest))
    return describe(system, written, kernels), kernels


def _loaded(code: bytes) -> Code:
    loaded = Loaded(code)
    return Code(dict(zip(ENTRIES, loaded.addresses, strict=True)), loaded)


def _in_python(
    system: System, outputs: Sequence[str] | None, collectors: Sequence[str], rest: Sequence[str]
) -> Program:
    description, kernels = _described(system, outputs, collectors, rest)
    functions = python_kernels(kernels)
    addresses: dict[str, int] = {}
    for name in ENTRIES:
        addresses[name] = next(_NUMBERS)
        PYTHON_KERNELS[addresses[name]] = functions[name]
    code = Code(addresses, functions)
    return Program(description, "python", Codes(lambda half: code), None)
