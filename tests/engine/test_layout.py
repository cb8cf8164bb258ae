"""Memory of a group of lanes, and the list by which the loop in machine code finds everything."""

import dataclasses
import itertools
from typing import get_type_hints

import numpy as np
import pytest

from calciroute.engine.job import Array, Found, Job, Kernel, Rows, Whole
from calciroute.engine.layout import STAGES, WIDTH, Layout, Sizes, layout_of
from calciroute.engine.loop_slots import ARRAYS, TUPLES, pack, slots

SIZES = Sizes(parameters=7, states=5, constants=3, conditions=2, readable=11, entries=13, event_values=1)


def test_sections_follow_each_other_without_gap_or_overlap():
    layout = layout_of(SIZES)
    rows = [
        row
        for name, count in layout.rows.items()
        for row in range(layout.first(name), layout.first(name) + count)
    ]
    assert rows == list(range(layout.total))


def test_every_count_has_its_room():
    rows = layout_of(SIZES).rows
    assert (rows["state"], rows["parameter"], rows["read"], rows["truth"]) == (5, 7, 11, 2)
    assert rows["stage"] == STAGES * 5
    assert rows["matrix"] == 13 + 5  # factors, then one reciprocal pivot per state
    without = dataclasses.replace(SIZES, conditions=0, event_values=0)
    assert layout_of(without).total == layout_of(SIZES).total - 4 * 2 - 1


def test_the_loop_knows_a_first_row_for_sections_that_exist():
    counts = {"states", "parameters", "conditions", "clock", "events"}
    assert set(Rows._fields) - counts <= set(layout_of(SIZES).rows)


def test_a_section_that_there_is_not_is_told():
    with pytest.raises(KeyError, match="speed"):
        Layout({"state": 3}).first("speed")


def test_a_row_fills_whole_registers():
    assert WIDTH * 8 % 16 == 0


# ---- the list


def filled(table, numbers):
    """A table with a different value in every field."""
    values = {}
    for name, kind in get_type_hints(table).items():
        number = next(numbers)
        if kind in {Array, Whole}:
            shape = (number % 3 + 1, number % 2 + 2)[: number % 2 + 1]
            values[name] = np.full(shape, number, dtype=np.float64 if kind == Array else np.int64)
        else:
            values[name] = kind(number % 2) if kind is bool else kind(number)
    return table(**values)


@pytest.fixture
def told():
    numbers = itertools.count(3)
    tables = {name: filled(table, numbers) for name, table in TUPLES.items()}
    arrays = {
        name: np.full((2, 3), next(numbers), dtype=np.float64 if kind is Array else np.int64)
        for name, kind in ARRAYS.items()
    }
    return tables, arrays


def test_every_value_of_every_table_is_found_where_the_list_says(told):
    tables, arrays = told
    words = pack(**tables, **arrays)
    for (table, name), slot in slots().items():
        value = getattr(tables[table], name) if name else arrays[table]
        if slot.array:
            axes = value.ndim
            assert words[slot.place] == value.ctypes.data
            assert tuple(words[slot.place + 1 : slot.place + 1 + axes]) == value.shape
        elif slot.kind == "double":
            assert words[slot.place : slot.place + 1].view(np.float64)[0] == value
        else:
            assert words[slot.place] == int(value)


def test_places_do_not_overlap_and_fill_the_list(told):
    tables, arrays = told
    taken = [slot.place + word for slot in slots().values() for word in range(4 if slot.array else 1)]
    assert sorted(taken) == list(range(len(pack(**tables, **arrays))))


def test_nothing_of_the_tables_is_left_out():
    names = {(name, field) for name, table in TUPLES.items() for field in table._fields}
    assert names | {(name, "") for name in ARRAYS} == set(slots())
    assert {Rows, Kernel, Job, Found} == set(TUPLES.values())


@pytest.mark.parametrize("number", [-0.0, np.inf, -np.inf, np.nan, 5e-324])
def test_a_float_keeps_its_bits(told, number):
    tables, arrays = told
    tables["job"] = tables["job"]._replace(largest_step=number)
    word = pack(**tables, **arrays)[slots()["job", "largest_step"].place]
    assert word == np.float64(number).view(np.int64)


@pytest.mark.parametrize(
    "wrong", [np.zeros((2, 3), dtype=np.float32), np.zeros((3, 2)).T, np.zeros((2, 3), dtype=np.int64)]
)
def test_memory_that_the_loop_would_misread_is_refused(told, wrong):
    tables, arrays = told
    with pytest.raises(AssertionError):
        pack(**tables, **(arrays | {"notes": wrong}))
