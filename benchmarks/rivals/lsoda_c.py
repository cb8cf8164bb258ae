"""Compiled LSODA: the library of numbalsoda, called directly, on a right-hand side in C."""

from __future__ import annotations

import ctypes
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.c_text import compile_c, rates_in_c
from benchmarks.cases import Case
from benchmarks.rivals.face import Run
from benchmarks.rivals.roadrunner_loop import stops
from benchmarks.settled import Settled
from calciroute.sbml.read import read_system


@dataclass(frozen=True)
class LsodaC:
    """Doses in a loop; no Python between two doses."""

    tool: str = "LSODA"
    how: str = "doses in a loop, right-hand side in C by gcc -O3, its own numeric Jacobian"

    def version(self) -> str:
        """Of the package that carries the library."""
        from importlib.metadata import version

        return version("numbalsoda")

    def prepare(self, case: Case, settled: Settled, states: list[str]) -> Run:
        """Write and compile the right-hand side."""
        from numbalsoda.driver import lsoda_wrapper

        system = read_system(settled.plain, case.name).system
        numbers = {name: float(value) for name, value in system.parameters.items()}  # type: ignore[arg-type]
        sizes = settled.sizes
        folder = Path(tempfile.mkdtemp())
        library = ctypes.CDLL(str(compile_c(rates_in_c(system, numbers, sizes), folder)))
        rates = ctypes.cast(library.rates, ctypes.c_void_p)
        own = list(system.states)
        size = np.array([sizes[name] for name in own])
        start = np.array([settled.start[name] for name in own]) / size
        order = [own.index(name) for name in states]
        unused = np.zeros(1)

        def run(relative: float) -> npt.NDArray[np.float64]:
            assert library is not None  # its code is needed as long as the run is
            now, state, rows = 0.0, start.copy(), []
            success = np.zeros(1, dtype=np.int32)
            span, found = np.zeros(2), np.empty((2, len(own)))
            for stop, given, wanted in stops(case, own):
                if stop > now:
                    span[:] = now, stop
                    lsoda_wrapper(
                        rates, len(own), state.ctypes.data, unused.ctypes.data, 2, span.ctypes.data,
                        found.ctypes.data, relative, 1e-2 * relative, 1_000_000, success.ctypes.data,
                    )  # fmt: skip
                    if success[0] != 1:
                        raise RuntimeError(f"LSODA stopped after hour {now}")
                    now, state = stop, found[1].copy()
                if wanted:
                    rows.append((state * size)[order])
                for place, amount in given:
                    state[place] += amount / size[place]
            return np.array(rows)

        return run
