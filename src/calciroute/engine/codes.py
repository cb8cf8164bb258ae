"""Machine code of a program: for whole rows of memory and for half ones, made when it is first wanted."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from calciroute.engine.job import Kernel
from calciroute.engine.stored import read_code, write_code


@dataclass(frozen=True)
class Code:
    """Kernels in this process.

    Parameters
    ----------
    addresses : mapping of str to int
        Of every entry.
    owner : object
        What keeps the code alive.
    """

    addresses: Mapping[str, int]
    owner: object = field(repr=False)

    @cached_property
    def kernel(self) -> Kernel:
        """Addresses for the control loop."""
        return Kernel(**{name: self.addresses[name] for name in Kernel._fields})


class Codes:
    """The codes of a program.

    Parameters
    ----------
    make : callable
        Gives the code for half a row (True) or a whole one; called once for each, on whichever thread wants
        it first.
    """

    def __init__(self, make: Callable[[bool], Code]) -> None:
        self._make = make
        self._made: dict[bool, Code] = {}
        self._lock = threading.Lock()

    def of(self, *, half: bool) -> Code:
        """A code.

        Parameters
        ----------
        half : bool
            Whether for half a row.

        Returns
        -------
        Code
            The same at each call.
        """
        with self._lock:
            if half not in self._made:
                self._made[half] = self._make(half)
            return self._made[half]


class KeptCode:
    """Codes of a program on disk.

    Parameters
    ----------
    cache : Path or None
        Folder; without one nothing is kept.
    parts : sequence of str, or None
        What the code depends on; without them nothing is kept.
    """

    def __init__(self, cache: Path | None, parts: tuple[str, ...] | None) -> None:
        self._cache = cache
        self._parts = parts
        self._read: dict[bool, tuple[bytes, str]] = {}

    def read(self, *, half: bool) -> tuple[bytes, str] | None:
        """Code and the description noted with it.

        Parameters
        ----------
        half : bool
            Whether for half a row.

        Returns
        -------
        tuple of bytes and str, or None
            None where it is not kept, or not to be trusted.
        """
        if half not in self._read and self._cache is not None and self._parts is not None:
            found = read_code(self._cache, self._place(half=half))
            if found is not None:
                self._read[half] = found
        return self._read.get(half)

    def write(self, code: bytes, note: str, *, half: bool) -> None:
        """Keep a code.

        Parameters
        ----------
        code : bytes
            Object code.
        note : str
            Description of the program.
        half : bool
            Whether for half a row.
        """
        if self._cache is not None and self._parts is not None:
            write_code(self._cache, self._place(half=half), code, note)

    def _place(self, *, half: bool) -> str:
        assert self._parts is not None
        return hashlib.sha256("\0".join((*self._parts, "half" if half else "whole")).encode()).hexdigest()
