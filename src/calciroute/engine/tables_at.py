"""Arrays over memory that someone else keeps: an address and a shape, seen from a compiled loop."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj

_arrays: Any = arrayobj


def _view(kind: Any, dimensions: int) -> Any:
    """Code that makes an array of so many dimensions at an address; rows follow each other without gaps."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array_type = signature.return_type
        array = _arrays.make_array(array_type)(context, builder)
        data = builder.inttoptr(arguments[0], array.data.type)
        shape = list(arguments[1:])
        item = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
        stride: Any = ir.Constant(cgutils.intp_t, item)
        strides: list[Any] = []
        for length in reversed(shape):
            strides.insert(0, stride)
            stride = builder.mul(stride, length)
        _arrays.populate_array(array, data=data, shape=shape, strides=strides, itemsize=item, meminfo=None)
        return array._getvalue()

    array_type = types.Array(kind, dimensions, "C")
    return array_type(*([types.int64] * (1 + dimensions))), codegen


def _whole_list(typingctx: Any, address: Any, length: Any) -> Any:
    """Whole numbers, one dimension."""
    return _view(types.int64, 1)


def _whole_table(typingctx: Any, address: Any, rows: Any, columns: Any) -> Any:
    """Whole numbers, two dimensions."""
    return _view(types.int64, 2)


def _float_list(typingctx: Any, address: Any, length: Any) -> Any:
    """Floats, one dimension."""
    return _view(types.float64, 1)


def _float_table(typingctx: Any, address: Any, rows: Any, columns: Any) -> Any:
    """Floats, two dimensions."""
    return _view(types.float64, 2)


def _float_block(typingctx: Any, address: Any, lanes: Any, rows: Any, columns: Any) -> Any:
    """Floats, three dimensions."""
    return _view(types.float64, 3)


# Typed as anything: what Numba makes of an intrinsic has no type that a checker can follow.
whole_list: Any = intrinsic(_whole_list)
whole_table: Any = intrinsic(_whole_table)
float_list: Any = intrinsic(_float_list)
float_table: Any = intrinsic(_float_table)
float_block: Any = intrinsic(_float_block)
