"""The control loop in machine code: from the cache, or compiled once by Numba and kept."""

from __future__ import annotations

import ctypes
import hashlib
import threading
import warnings
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calciroute.engine.job import Found, Job, Kernel, Rows
from calciroute.engine.machine import LoadedFunction, object_code, processor
from calciroute.engine.stored import read_code, write_code

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_SOURCES = (
    "control.py",
    "control_rest.py",
    "job.py",
    "layout.py",
    "entry.py",
    "calls.py",
    "compiled.py",
    "tables_at.py",
)
_LOCK = threading.Lock()


@cache
def _key() -> str:
    folder = files("calciroute.engine")
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update((folder / name).read_bytes())
    digest.update(f"{processor()}|{version('numba')}".encode())
    return digest.hexdigest()


class ControlLoop:
    """The loop, ready to be called from any thread.

    Parameters
    ----------
    code : bytes
        Object code.
    name : str
        Of the function in it.
    """

    def __init__(self, code: bytes, name: str) -> None:
        self._loaded = LoadedFunction(code, name)
        kind = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
        self._call = kind(self._loaded.address)

    def run(self, told: Whole) -> int:
        """Go on with a block.

        Parameters
        ----------
        told : int array
            From `pack`.

        Returns
        -------
        int
            As `calciroute.engine.control.run_block`.

        Raises
        ------
        RuntimeError
            When the compiled loop reports a fault of its own.
        """
        result, fault = ctypes.c_int64(-1), ctypes.c_void_p(0)
        failed = self._call(ctypes.addressof(result), ctypes.addressof(fault), told.ctypes.data)
        if failed:
            raise RuntimeError(f"the control loop stopped with code {failed}")
        return result.value


_LOOPS: dict[Path | None, ControlLoop] = {}


def control_loop(cache_folder: Path | None) -> ControlLoop:
    """The control loop.

    Parameters
    ----------
    cache_folder : Path, optional
        Where its code is kept; without one it is compiled in each process.

    Returns
    -------
    ControlLoop
        One per process.
    """
    with _LOCK:
        for folder in (cache_folder, None):
            if folder in _LOOPS:
                return _LOOPS[folder]
        stored = None if cache_folder is None else read_code(cache_folder, _key())
        if stored is None:
            from calciroute.engine.entry import loop_text

            text, name = loop_text()
            code = object_code(text)
            if cache_folder is not None and not write_code(cache_folder, _key(), code, name):
                warnings.warn(
                    f"{cache_folder} cannot be written or is not this user's alone: "
                    "the control loop is compiled anew in each process (about 10 s)",
                    RuntimeWarning,
                    stacklevel=2,
                )
            stored = (code, name)
        _LOOPS[cache_folder] = ControlLoop(*stored)
        return _LOOPS[cache_folder]


def pack(
    queue: Whole,
    memory: Array,
    rows: Rows,
    kernel: Kernel,
    job: Job,
    notes: Array,
    counts: Whole,
    found: Found,
    most_rounds: int,
    numbers: Array,
    *,
    rest: bool = False,
) -> Whole:
    """Addresses and sizes of everything, as the compiled loop reads them.

    Parameters
    ----------
    queue, memory, rows, kernel, job, notes, counts, found, most_rounds
        As in `calciroute.engine.control.run_block`; they must outlive every call.
    numbers : float array (5,)
        Filled with the floats of the job; must live as long.
    rest : bool, optional
        Whether lanes are brought to rest instead of being followed in time.

    Returns
    -------
    int array
        For `ControlLoop.run`.
    """
    numbers[:] = (job.relative, job.absolute, job.trace, job.largest_step, job.rest_rate)
    lanes, times, outputs = found.values.shape
    sizes = (
        lanes, len(job.given_rows), times, len(job.dose_time), outputs, rows.states, len(memory),
        len(job.times), len(job.defaults), job.most_steps, int(job.shared), most_rounds,
        len(job.resting), int(rest),
    )  # fmt: skip
    tables = (
        queue, memory, notes, counts, numbers,
        job.defaults, job.formulas, job.given_rows, job.given, job.times, job.first_dose,
        job.dose_time, job.dose_amount, job.dose_row, job.columns, job.unweighted, job.resting,
        found.values, found.status, found.where, found.steps,
    )  # fmt: skip
    for table in tables:
        assert table.flags.c_contiguous
    addresses = (table.ctypes.data for table in tables)
    return np.array([*sizes, *addresses, *kernel, *rows], dtype=np.int64)
