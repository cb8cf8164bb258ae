"""Calling a kernel by its address: machine code inside a compiled loop, a Python function in the oracle."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload

from calciroute.engine.oracle_calls import PYTHON_KERNELS

Array = npt.NDArray[np.float64]


def call_kernel(address: int, memory: Array) -> None:
    """Run a kernel on the memory of a group of lanes.

    Parameters
    ----------
    address : int
        Of machine code; here, outside compiled code, a key of `PYTHON_KERNELS`.
    memory : float array (row, lane)
        Changed in place.
    """
    PYTHON_KERNELS[address](memory)


def _call(typingctx: Any, address: Any, pointer: Any) -> Any:
    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [cgutils.intp_t])
        function = builder.inttoptr(arguments[0], kind.as_pointer())
        builder.call(function, [arguments[1]])
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), codegen


_call_address: Any = intrinsic(_call)


@overload(call_kernel)
def _call_compiled(address: Any, memory: Any) -> Any:
    def run(address: Any, memory: Any) -> None:
        _call_address(address, memory.ctypes.data)

    return run
