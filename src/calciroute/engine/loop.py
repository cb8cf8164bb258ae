"""The control loop in machine code: from the cache, or translated once and kept."""

from __future__ import annotations

import ctypes
import hashlib
import threading
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calciroute.engine.machine import Loaded, object_code, processor
from calciroute.engine.stored import read_code, write_code

Whole = npt.NDArray[np.int64]
ENTRIES = ("run_block", "rest_block")
_SOURCES = (
    "control.py",
    "control_rest.py",
    "control_steps.py",
    "compiled.py",
    "job.py",
    "layout.py",
    "loop.py",
    "loop_slots.py",
    "loop_text.py",
    "loop_values.py",
    "machine.py",
)
_LOCK = threading.Lock()


@cache
def _key() -> str:
    folder = files("calciroute.engine")
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update((folder / name).read_bytes())
    digest.update(processor().encode())
    return digest.hexdigest()


class ControlLoop:
    """The loop, ready to be called from any thread.

    Parameters
    ----------
    code : bytes
        Object code with the functions of `ENTRIES`.
    """

    def __init__(self, code: bytes) -> None:
        self._loaded = Loaded(code, ENTRIES)
        kind = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64)
        self._follow, self._rest = (kind(address) for address in self._loaded.addresses)

    def run(self, told: Whole, most_rounds: int, *, rest: bool = False) -> int:
        """Go on with a block.

        Parameters
        ----------
        told : int array (word,)
            From `calciroute.engine.loop_slots.pack`.
        most_rounds : int
            After so many steps of the group it comes back.
        rest : bool, optional
            Whether lanes are brought to rest instead of being followed in time.

        Returns
        -------
        int
            As `calciroute.engine.control.run_block`.
        """
        entry = self._rest if rest else self._follow
        return int(entry(told.ctypes.data, most_rounds))


def translated_loop() -> str:
    """The control loop as LLVM text.

    Returns
    -------
    str
        Made from the Python of `calciroute.engine.control` and `calciroute.engine.control_rest`.
    """
    # Imported here: a start from the cache needs none of it.
    import calciroute.engine.control_rest  # noqa: F401  (both note their functions)
    from calciroute.engine.compiled import LOOP_FUNCTIONS
    from calciroute.engine.loop_text import loop_text

    return loop_text(LOOP_FUNCTIONS, ENTRIES)


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
            code = object_code(translated_loop(), tidy=True)
            if cache_folder is not None:
                write_code(cache_folder, _key(), code, "")
        else:
            code = stored[0]
        _LOOPS[cache_folder] = ControlLoop(code)
        return _LOOPS[cache_folder]
