"""Code for half a row gives the bits of code for whole rows, and keeps its hands off the other half."""

import ctypes

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine import program as programs
from calciroute.engine.blocks import aligned
from calciroute.engine.half_text import HALF
from calciroute.engine.lanes import Lanes
from calciroute.engine.machine_math import LIBRARY
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.equations.expression import Call
from calciroute.equations.system import State, System
from engine.random_expressions import ANY, PARAMETERS, POINTS, SMOOTH, STATES, small
from engine.ready import ready
from engine.test_lanes import OUTPUTS, SYSTEM, TIMES, some_lanes


def both(run):
    """The same run through whole rows and through half ones, whatever this processor would choose."""
    with pytest.MonkeyPatch.context() as patch:
        for half in (False, True):
            patch.setattr(programs, "halves_rows", lambda half=half: half)
            yield run()


@settings(max_examples=12, deadline=None)
@given(
    st.lists(SMOOTH, min_size=3, max_size=3),
    st.lists(ANY, min_size=6, max_size=6),
    st.lists(POINTS, min_size=1, max_size=HALF),
)
def test_random_courses_have_the_same_bits(slopes, read, points):
    system = System(
        dict.fromkeys(PARAMETERS, 1.0),
        {name: State(1.0, small(slope)) for name, slope in zip(STATES, slopes, strict=True)},
        {f"e{index}": expression for index, expression in enumerate(read)},
    )
    program = ready(system)
    given_values = [
        {name: np.array([point[name] for point in points]) for name in kind} for kind in (PARAMETERS, STATES)
    ]
    lanes = Lanes(len(points), *given_values)
    whole, half = both(lambda: solve(program, lanes, [0.0, 1.0, 5.0]))
    assert whole.values.tobytes() == half.values.tobytes()
    assert whole.steps.tolist() == half.steps.tolist()


@pytest.mark.parametrize("count", range(1, HALF + 1))
def test_doses_events_and_clocks_have_the_same_bits(count):
    program = ready(SYSTEM)
    whole, half = both(lambda: solve(program, some_lanes(count), TIMES, outputs=OUTPUTS))
    assert whole.values.tobytes() == half.values.tobytes()


def test_functions_of_the_c_library_go_lane_by_lane_in_half_a_row_as_well():
    names = [name for name in LIBRARY if name not in {"arccosh", "factorial"}]
    equations = {name: Call(name, (small("a"),)) for name in names}
    equations |= {"arccosh": Call("arccosh", (Call("plus", (1.5, small("a"))),))}
    equations |= {"factorial": Call("factorial", (Call("plus", (2.0, small("a"))),))}
    program = ready(System({"a": 1.0}, {"x": State(1.0, "a")}, equations))
    lanes = Lanes(HALF, {"a": np.linspace(0.1, 0.9, HALF)})
    whole, half = both(lambda: solve(program, lanes, [0.0], outputs=list(equations)))
    assert np.isfinite(half.values).all()
    assert whole.values.tobytes() == half.values.tobytes()


def test_the_other_half_of_a_row_is_left_alone():
    program = ready(SYSTEM)
    memory = aligned(program.description.layout.total)
    memory[:] = 1.0
    before = memory[:, HALF:].copy()
    for name in ("start", "constants", "step", "inside", "read", "truth", "move"):
        address = program.codes.of(half=True).addresses[name]
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)(memory.ctypes.data)
    assert memory[:, HALF:].tobytes() == before.tobytes()
    assert memory[:, :HALF].tobytes() != before.tobytes()


def test_a_run_compiles_only_the_code_that_it_needs(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "halves_rows", lambda: True)

    def kept():
        return len(list(tmp_path.glob("*.code")))

    program = compile_program(SYSTEM, cache=tmp_path / "codes", key="a key")
    tmp_path = tmp_path / "codes"
    assert kept() == 0
    solve(program, some_lanes(1), [0.0], outputs=OUTPUTS)
    loop = 1  # the code of the control loop is kept beside
    assert kept() == 1 + loop
    solve(program, some_lanes(HALF), [0.0], outputs=OUTPUTS)
    assert kept() == 1 + loop
    solve(program, some_lanes(HALF + 1), [0.0], outputs=OUTPUTS)
    assert kept() == 2 + loop

    def never():
        raise AssertionError("read again, though its code is kept")

    again = compile_program(never, cache=tmp_path, key="a key")
    for count in (1, HALF + 1):
        first = solve(program, some_lanes(count), TIMES, outputs=OUTPUTS).values
        assert solve(again, some_lanes(count), TIMES, outputs=OUTPUTS).values.tobytes() == first.tobytes()
