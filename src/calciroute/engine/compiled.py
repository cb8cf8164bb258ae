"""The decorator for the control loop: its functions are plain Python, and are translated to machine code."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
LOOP_FUNCTIONS: dict[str, FunctionType] = {}


def compiled(function: F) -> F:
    """Note a function of the control loop for `calciroute.engine.loop_text`.

    Parameters
    ----------
    function : callable
        Of numbers and of the tables of a block, named as `calciroute.engine.loop_slots` has them.

    Returns
    -------
    callable
        The function as it stands: called from Python it makes the same decisions, for the oracle in tests.
    """
    assert isinstance(function, FunctionType)
    LOOP_FUNCTIONS[function.__name__] = function
    return function
