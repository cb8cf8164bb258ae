"""Calling a kernel from the control loop."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from calciroute.engine.oracle_calls import PYTHON_KERNELS


def call_kernel(address: int, memory: npt.NDArray[np.float64]) -> None:
    """Run a kernel on the memory of a group of lanes; translated, the loop jumps to the address itself.

    Parameters
    ----------
    address : int
        A key of `PYTHON_KERNELS`.
    memory : float array (row, lane)
        Changed in place.
    """
    PYTHON_KERNELS[address](memory)
