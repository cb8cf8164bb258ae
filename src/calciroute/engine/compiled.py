"""The decorator for the control loop: compiled by Numba once per installation, kept in its cache."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])
_PLAIN: dict[str, Callable[..., Any]] = {}


def plain(name: str) -> Callable[..., Any]:
    """A function of the control loop as plain Python, and whatever it calls as well.

    Parameters
    ----------
    name : str
        Of a function under `compiled`.

    Returns
    -------
    callable
        The same decisions, step by step in the interpreter.
    """
    function = _PLAIN[name]
    names = dict(function.__globals__)
    for other, source in _PLAIN.items():
        names[other] = FunctionType(source.__code__, names, other, source.__defaults__)
    found: Callable[..., Any] = names[name]
    return found


def compiled(function: F) -> F:
    """Compile a function of the control loop, and keep the plain one for the oracle.

    Parameters
    ----------
    function : callable
        Of numbers and arrays that it does not make itself.

    Returns
    -------
    callable
        Compiled when `calciroute.engine.entry` asks for it. None is called from Python one by one, so they
        have no wrappers, and without arrays of their own nothing has to be counted: both halve the compiling.
    """
    _PLAIN[function.__name__] = function
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    decorated: F = numba.njit(nogil=True, error_model="numpy", **options)(function)
    return decorated
