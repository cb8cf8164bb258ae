"""Values of the translated loop: each form gives in machine code what it gives in Python, to the bit."""

import ctypes
import math

import numpy as np
import pytest

from calciroute.engine.job import NOW, PROPOSAL, Array, Whole
from calciroute.engine.loop_slots import slots
from calciroute.engine.loop_text import loop_text
from calciroute.engine.machine import Loaded, object_code

HURTING = [0.0, -0.0, 0.5, -2.0, 1e-308, 3e200, np.inf, -np.inf, np.nan]
BIG = 1e308
SMALLEST = 5e-324


# ---- functions to translate; each writes what it found into `notes` and `counts`


def numbers(notes: Array, counts: Whole) -> None:
    notes[0, 2] = 0.1
    notes[0, 3] = -0.0
    notes[0, 4] = BIG
    notes[0, 5] = SMALLEST
    notes[0, 6] = math.inf
    counts[0, 0] = -9223372036854775807
    counts[0, 1] = PROPOSAL


def arithmetic(notes: Array, counts: Whole) -> None:
    a = notes[0, NOW]
    b = notes[0, 1]
    notes[0, 2] = a + b * 3 - a / 7
    notes[0, 3] = abs(a) ** 2
    notes[0, 4] = math.sqrt(abs(b))
    notes[0, 5] = math.exp(min(a, 1.0))
    notes[0, 6] = float(counts[0, 0]) / 2
    counts[0, 1] = counts[0, 0] ** 2 - 7
    counts[0, 2] = int(a < b) + int(math.isinf(a))


def comparisons(notes: Array, counts: Whole) -> None:
    a = notes[0, 0]
    b = notes[0, 1]
    counts[0, 0] = int(a < b) + 10 * int(a <= b) + 100 * int(a == b)
    counts[0, 1] = int(a > b) + 10 * int(a >= b) + 100 * int(a != b)
    counts[0, 2] = int(-1.0 < a <= b < 2.0) + 10 * int(not a < b)


def least_and_largest(notes: Array, counts: Whole) -> None:
    a = notes[0, 0]
    b = notes[0, 1]
    notes[0, 2] = min(a, b, 1.0)
    notes[0, 3] = max(a, b, 1.0)
    notes[0, 4] = min(1.0, a, b)
    notes[0, 5] = max(1.0, a, b)
    counts[0, 0] = min(counts[0, 0], 2)


def asked(counts: Whole, answer: int) -> bool:
    counts[0, 2] += 1
    return answer > 0


def sides(notes: Array, counts: Whole) -> None:
    """How often the right side is asked tells whether it was looked at."""
    if asked(counts, counts[0, 0]) and asked(counts, counts[0, 1]):
        notes[0, 2] = 1.0
    if asked(counts, counts[0, 0]) or asked(counts, counts[0, 1]) or asked(counts, 1):
        notes[0, 3] = 1.0
    notes[0, 4] = 5.0 if asked(counts, counts[0, 1]) else notes[0, 0]


def lengths(notes: Array, counts: Whole) -> None:
    counts[0, 0] = len(notes)
    counts[0, 1] = notes.shape[1]
    counts[0, 2] = counts.shape[0] * 10 + counts.shape[1]
    notes[len(notes) - 1, notes.shape[1] - 1] = 4.0


def walk(notes: Array, counts: Whole) -> None:
    total = 0.0
    for row in range(len(notes)):
        for column in range(notes.shape[1]):
            if column == 1:
                continue
            if column > 4:
                break
            total += column * 10
        total += row
    step = 100
    while step > 3:
        step -= 7
        if step < 30:
            break
    notes[0, 7] = total
    counts[0, 0] = step


def tables(a, b, c=3):
    notes = np.zeros((2, 8))
    notes[0, :2] = a, b
    return notes, np.array([[c, 0, 0], [0, 0, 0]], dtype=np.int64)


def compiled(entry, *others):
    """Functions in machine code, to be called with tables."""
    functions = {function.__name__: function for function in (*others, entry)}
    loaded = Loaded(object_code(loop_text(functions, (entry.__name__,)), tidy=True), (entry.__name__,))
    call = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(loaded.addresses[0])

    def run(notes, counts, _alive=loaded):
        words = np.zeros(200, dtype=np.int64)
        for name, table in (("notes", notes), ("counts", counts)):
            place = slots()[name, ""].place
            words[place : place + 3] = table.ctypes.data, *table.shape
        call(words.ctypes.data)

    return run


@pytest.mark.parametrize(
    "function",
    [numbers, arithmetic, comparisons, least_and_largest, lengths, walk],
    ids=lambda function: function.__name__,
)
def test_a_form_of_python_gives_the_same_bits(function):
    run = compiled(function)
    for a in HURTING:
        for b in (a, 0.5, np.nan):
            machine, python = tables(a, b), tables(a, b)
            run(*machine)
            with np.errstate(all="ignore"):
                function(*python)
            for found, expected in zip(machine, python, strict=True):
                assert found.tobytes() == expected.tobytes(), (a, b, found, expected)


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("second", [0, 1])
def test_the_other_side_of_a_choice_is_not_looked_at(first, second):
    machine, python = tables(0.3, 0.0), tables(0.3, 0.0)
    for _, counts in (machine, python):
        counts[0, :2] = first, second
    compiled(sides, asked)(*machine)
    sides(*python)
    assert machine[1].tolist() == python[1].tolist()
    assert machine[0].tobytes() == python[0].tobytes()


def test_only_entries_can_be_called_from_outside():
    text = loop_text({"asked": asked, "sides": sides}, ("sides",))
    assert "define internal i1 @asked(" in text
    assert "define void @sides(" in text
