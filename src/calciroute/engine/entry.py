"""The control loop behind one address: it takes a list of whole numbers that says where everything stands.

So compiled, the loop needs nothing of Numba once its code exists: it is kept with the kernels and a later
start loads it in a moment.
"""

from __future__ import annotations

from numba import types

from calciroute.engine.compiled import compiled
from calciroute.engine.control import run_block
from calciroute.engine.control_rest import rest_block
from calciroute.engine.job import FLOAT_NOTES, WHOLE_NOTES, Found, Job, Kernel, Rows
from calciroute.engine.layout import WIDTH
from calciroute.engine.tables_at import float_block, float_list, float_table, whole_list, whole_table

_LENGTH = 14 + 21 + len(Kernel._fields) + len(Rows._fields)


@compiled
def run_from_list(where: int) -> int:
    """Run a block whose sizes and addresses stand in a list as `calciroute.engine.loop.pack` makes it."""
    told = whole_list(where, _LENGTH)
    lanes, columns, times, doses = told[0], told[1], told[2], told[3]
    outputs, states, memory_rows, time_rows = told[4], told[5], told[6], told[7]
    queue = whole_list(told[14], 2)
    memory = float_table(told[15], memory_rows, WIDTH)
    notes = float_table(told[16], WIDTH, FLOAT_NOTES)
    counts = whole_table(told[17], WIDTH, WHOLE_NOTES)
    numbers = float_list(told[18], 5)
    job = Job(
        float_list(told[19], told[8]),
        whole_list(told[20], told[8]),
        whole_list(told[21], columns),
        float_table(told[22], lanes, columns),
        float_table(told[23], time_rows, times),
        whole_list(told[24], lanes + 1),
        float_list(told[25], doses),
        float_list(told[26], doses),
        whole_list(told[27], doses),
        whole_list(told[28], outputs),
        whole_list(told[29], states),
        whole_list(told[30], told[12]),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        told[9],
        told[10] != 0,
        numbers[4],
    )
    found = Found(
        float_block(told[31], lanes, times, outputs),
        whole_list(told[32], lanes),
        float_table(told[33], lanes, 2),
        whole_table(told[34], lanes, 2),
    )
    kernel = Kernel(
        told[35], told[36], told[37], told[38], told[39], told[40], told[41], told[42], told[43], told[44],
        told[45],
    )  # fmt: skip
    rows = Rows(
        told[46], told[47], told[48], told[49], told[50], told[51], told[52], told[53], told[54], told[55],
        told[56], told[57], told[58], told[59], told[60], told[61], told[62], told[63], told[64], told[65],
        told[66], told[67], told[68], told[69], told[70], told[71], told[72],
    )  # fmt: skip
    if told[13] != 0:
        return int(rest_block(queue, memory, rows, kernel, job, notes, counts, found, told[11]))
    return int(run_block(queue, memory, rows, kernel, job, notes, counts, found, told[11]))


def loop_text() -> tuple[str, str]:
    """The compiled control loop as LLVM text.

    Returns
    -------
    tuple of str and str
        The text, and the name of the function in it: ``int32 (int64* result, void** fault, int64 list)``.
    """
    run_from_list.compile((types.int64,))  # type: ignore[attr-defined]
    [overload] = run_from_list.overloads.values()  # type: ignore[attr-defined]
    return str(overload.library.get_llvm_str()), str(overload.fndesc.llvm_func_name)
