"""The control loop in machine code decides as its Python does, to the bit; what has no form is refused."""

import ctypes
import dataclasses

import llvmlite.binding as llvm
import numpy as np
import pytest

from calciroute.engine.job import Array, Whole
from calciroute.engine.lanes import Lanes
from calciroute.engine.layout import WIDTH
from calciroute.engine.loop import translated_loop
from calciroute.engine.loop_slots import slots
from calciroute.engine.loop_text import loop_text
from calciroute.engine.machine import Loaded, object_code
from calciroute.engine.oracle_calls import PYTHON_KERNELS
from calciroute.engine.rest import find_rest
from calciroute.engine.solve import solve
from engine.formula import written
from engine.ready import ready
from engine.test_lanes import OUTPUTS, SYSTEM, TIMES, some_lanes


def in_python(program):
    """The same program, its machine code called from the control loop as plain Python."""
    for address in program.addresses.values():
        kernel = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)
        PYTHON_KERNELS[address] = lambda memory, kernel=kernel: kernel(memory.ctypes.data)
    return dataclasses.replace(program, backend="python")


@pytest.mark.parametrize("shared", [False, True])
def test_lanes_with_events_doses_and_failures_have_the_same_bits(shared):
    program = ready(SYSTEM)
    lanes = some_lanes(11)
    lanes.parameters["slope"][4] = 1e300  # a lane that cannot go on
    found = [
        solve(one, lanes, TIMES, outputs=OUTPUTS, shared_steps=shared)
        for one in (program, in_python(program))
    ]
    assert found[0].values.tobytes() == found[1].values.tobytes()
    assert np.array_equal(found[0].steps, found[1].steps)
    assert found[0].words == found[1].words


def test_states_of_rest_have_the_same_bits():
    program = ready(written({"a": 4.0}, {"x": (9, "a / x - x"), "y": (1, "x - y ** 2")}), rest=("x", "y"))
    lanes = Lanes(9, {"a": np.linspace(0.5, 9.0, 9)}, {"x": np.linspace(1.0, 30.0, 9)})
    found = [find_rest(one, lanes) for one in (program, in_python(program))]
    assert found[0].values.tobytes() == found[1].values.tobytes()
    assert np.array_equal(found[0].steps, found[1].steps)


def test_the_text_is_whole():
    llvm.parse_assembly(translated_loop()).verify()


# ---- small functions; kept short, as each is translated by itself


def choices(most: int, notes: Array, counts: Whole) -> int:
    """Everything that the loop uses, on numbers that hurt."""
    done = 0
    for column in range(WIDTH):
        value = notes[column, 0]
        other = notes[column, 1]
        notes[column, 2] = min(value, other)
        notes[column, 3] = max(value, other)
        notes[column, 4] = abs(value) ** 2 - other / 3
        notes[column, 5] = -value if value < 0.0 or other != other else value * 2
        counts[column, 1] = column
        counts[column, 1] += 10
        low, high = value, other
        notes[column, 6], notes[column, 7] = high, low
        if 0.0 <= value < 1.0 and not other > 5.0:
            continue
        step = 0
        while True:
            if step >= most:
                break
            step += 1
            done += 1
        if column == WIDTH - 1:
            return done
    return -done


def test_a_function_does_what_its_python_does():
    code = object_code(loop_text({"choices": choices}, ("choices",)), tidy=True)
    loaded = Loaded(code, ("choices",))
    machine = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_int64)(loaded.addresses[0])
    random = np.random.default_rng(2)
    for _ in range(60):
        notes = random.choice([0.0, -0.0, 0.5, -2.0, 7.0, np.nan, np.inf, 1e308], (WIDTH, 8))
        tables = [(notes.copy(), np.zeros((WIDTH, 3), dtype=np.int64)) for _ in range(2)]
        words = np.zeros(200, dtype=np.int64)
        for name, table in zip(("notes", "counts"), tables[0], strict=True):
            place = slots()[name, ""].place
            words[place : place + 3] = table.ctypes.data, *table.shape
        with np.errstate(all="ignore"):
            assert machine(words.ctypes.data, 3) == choices(3, *tables[1])
        for made, expected in zip(*tables, strict=True):
            assert made.tobytes() == expected.tobytes()


def a_list(notes: Array) -> None:
    notes[0, 0] = [1.0][0]


def a_slice(notes: Array) -> None:
    notes[0] = notes[1, 0:2]


def an_import(notes: Array) -> None:
    import math  # noqa: F401


def a_number_as_truth(notes: Array, number: int) -> None:
    if number:
        notes[0, 0] = 1.0


def a_float_as_whole(notes: Array, counts: Whole) -> None:
    counts[0, 0] = notes[0, 0]


def two_kinds(notes: Array, number: int) -> None:
    notes[0, 0] = 1.0 if number > 0 else number


def a_stranger(notes: Array) -> None:
    notes[0, 0] = np.sum(notes)


def an_unknown_table(numbers: Array) -> None:
    numbers[0] = 1.0


def another_table(notes: Array, memory: Array) -> None:
    a_list(memory)


@pytest.mark.parametrize(
    "function",
    [
        a_list, a_slice, an_import, a_number_as_truth, a_float_as_whole, two_kinds, a_stranger,
        an_unknown_table, another_table,
    ],
    ids=lambda function: function.__name__,
)  # fmt: skip
def test_python_without_a_form_is_refused_with_its_place(function):
    others = {"a_list": a_list} if function is another_table else {}
    with pytest.raises(TypeError, match=rf"test_loop_text\.py:\d+|{function.__name__}"):
        loop_text({function.__name__: function, **others}, ())
