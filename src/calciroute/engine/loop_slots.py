"""What the control loop works on, laid out as one list of 64-bit words that machine code can read.

The list stands in memory once per block. A whole number or a float takes one word; an array takes its address
and its length along each axis. Everything has one name in the whole loop, so a name is a place in the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import get_type_hints

import numpy as np

from calciroute.engine.job import Array, Found, Job, Kernel, Rows, Whole

# The tables that functions of the loop hand on to each other, always under these names.
TUPLES: dict[str, type] = {"rows": Rows, "kernel": Kernel, "job": Job, "found": Found}
ARRAYS: dict[str, object] = {"queue": Whole, "memory": Array, "notes": Array, "counts": Whole}
_AXES = 3


@dataclass(frozen=True)
class Slot:
    """Where a value stands in the list.

    Parameters
    ----------
    place : int
        Its word, for an array that of its address; the lengths follow.
    kind : str
        ``i64``, ``double`` or ``i1`` as LLVM calls whole numbers, floats and truths.
    array : bool
        Whether there are many of them.
    """

    place: int
    kind: str
    array: bool


@cache
def slots() -> dict[tuple[str, str], Slot]:
    """Every value that the loop can read, by the name of its table and its own.

    Returns
    -------
    dict of (str, str) to Slot
        In the order of the list; arrays that stand alone have an empty second name.
    """
    found: dict[tuple[str, str], Slot] = {}
    place = 0
    kinds: dict[tuple[str, str], object] = {(name, ""): kind for name, kind in ARRAYS.items()}
    for table, fields in TUPLES.items():
        kinds.update({(table, name): kind for name, kind in get_type_hints(fields).items()})
    for key, kind in kinds.items():
        array = kind in (Array, Whole)
        word = "double" if kind in (Array, float) else "i1" if kind is bool else "i64"
        found[key] = Slot(place, word, array)
        place += 1 + _AXES if array else 1
    return found


def pack(
    queue: Whole,
    memory: Array,
    rows: Rows,
    kernel: Kernel,
    job: Job,
    notes: Array,
    counts: Whole,
    found: Found,
) -> Whole:
    """The list for a block.

    Parameters
    ----------
    queue, memory, rows, kernel, job, notes, counts, found
        As in `calciroute.engine.control.run_block`; they must outlive the list.

    Returns
    -------
    int array (word,)
        Floats by their bits.
    """
    tables = {"rows": rows, "kernel": kernel, "job": job, "found": found}
    arrays = {"queue": queue, "memory": memory, "notes": notes, "counts": counts}
    words: list[int] = []
    for (table, name), slot in slots().items():
        value = getattr(tables[table], name) if name else arrays[table]
        if slot.array:
            assert value.flags.c_contiguous
            assert value.dtype == (np.float64 if slot.kind == "double" else np.int64)
            words += [value.ctypes.data, *value.shape, *([0] * (_AXES - value.ndim))]
        else:
            words.append(int(np.float64(value).view(np.int64)) if slot.kind == "double" else int(value))
    return np.array(words, dtype=np.int64)
