"""The sparse factorisation against a dense one: the plan, and a whole step of both backends."""

import ctypes

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.engine import rosenbrock
from calciroute.engine.blocks import aligned
from calciroute.engine.elimination import plan_elimination
from calciroute.engine.kernels import GAMMA
from calciroute.engine.layout import WIDTH
from calciroute.engine.oracle_calls import PYTHON_KERNELS
from calciroute.equations.expression import Call
from calciroute.equations.system import State, System
from engine.ready import ready


@st.composite
def sparse_matrices(draw):
    """Square, mostly empty, with entries of very different size and a diagonal that never grows a state."""
    size = draw(st.integers(1, 12))
    places = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=3 * size))
    matrix = np.zeros((size, size))
    for row, column in places:
        matrix[row, column] = draw(st.floats(-2.0, 2.0)) * 10.0 ** draw(st.integers(-4, 3))
    np.fill_diagonal(matrix, -np.abs(matrix).sum(axis=0) - draw(st.floats(0.0, 10.0)))
    return matrix


@given(sparse_matrices())
def test_the_plan_holds_every_entry_that_elimination_fills(matrix):
    size = len(matrix)
    plan = plan_elimination(size, list(zip(*np.nonzero(matrix), strict=True)))
    assert sorted(plan.order) == list(range(size))
    full = (matrix != 0.0) | np.eye(size, dtype=bool)
    for number, pivot in enumerate(plan.order):
        later = np.array(plan.order[number + 1 :], dtype=int)
        assert set(plan.below[pivot]) == set(later[full[later, pivot]])
        assert set(plan.right[pivot]) == set(later[full[pivot, later]])
        full[np.ix_(later, later)] |= np.outer(full[later, pivot], full[pivot, later])


def linear(matrix):
    """y' = M y with the entries of M as parameters, the zeros left out."""
    parameters, rates = {}, []
    for row, entries in enumerate(matrix):
        terms = []
        for column in np.flatnonzero(entries):
            parameters[f"m_{row}_{column}"] = float(entries[column])
            terms.append(Call("times", (f"m_{row}_{column}", f"y{column}")))
        rates.append(Call("plus", tuple(terms)))
    return System(parameters, {f"y{row}": State(1.0, rate) for row, rate in enumerate(rates)})


def one_step(backend, matrix, y, h):
    """States after one step of the kernel, in each lane of a group."""
    program = ready(linear(matrix), backend=backend)
    layout = program.description.layout
    memory = aligned(layout.total)
    for row, name in enumerate(program.parameters):
        memory[layout.first("parameter") + row] = program.defaults[name]
    begin = layout.first("state")
    memory[begin : begin + len(y)] = y[:, None]
    memory[layout.first("step")] = h
    memory[layout.first("mask")] = 1.0
    memory[layout.first("relative")] = 1e-6
    memory[layout.first("absolute") : layout.first("absolute") + len(y)] = 1e-12
    for name in ("constants", "step"):
        address = program.addresses[name]
        if backend == "machine":
            ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)(memory.ctypes.data)
        else:
            PYTHON_KERNELS[address](memory)
    place = layout.first("next")
    return memory[place : place + len(y)]


def dense_step(matrix, y, h):
    """The same method with a dense matrix that is solved anew for every stage."""
    whole = np.eye(len(y)) / (h * GAMMA) - matrix
    stages, at = [], y
    for index in range(6):
        if index < 5:
            at = y + sum(weight * k for weight, k in zip(rosenbrock.A[index], stages, strict=False))
        else:
            at = at + stages[-1]
        right = (
            matrix @ at + sum(weight * k for weight, k in zip(rosenbrock.C[index], stages, strict=False)) / h
        )
        stages.append(np.linalg.solve(whole, right))
    return at + stages[-1]


@pytest.mark.parametrize("backend", ["machine", "python"])
@settings(max_examples=15)
@given(sparse_matrices(), st.floats(-6.0, 3.0), st.integers(0, 2**32 - 1))
def test_a_step_is_that_of_a_dense_solve(backend, matrix, log_step, seed):
    h = 10.0**log_step
    y = np.random.default_rng(seed).uniform(-1.0, 1.0, len(matrix))
    found = one_step(backend, matrix, y, h)
    expected = dense_step(matrix, y, h)
    assert found.shape[1] == WIDTH
    assert found == pytest.approx(np.repeat(expected[:, None], WIDTH, axis=1), rel=1e-8, abs=1e-10)


def test_a_step_follows_the_exponential_to_the_fifth_order():
    matrix = np.array([[-1.0, 0.4, 0.0], [0.3, -2.0, 0.7], [0.0, 0.5, -0.9]])
    y = np.array([1.0, -0.5, 2.0])
    values, vectors = np.linalg.eig(matrix)
    errors = []
    for h in (0.2, 0.1):
        exact = (vectors @ np.diag(np.exp(h * values)) @ np.linalg.inv(vectors)) @ y
        errors.append(np.max(np.abs(one_step("machine", matrix, y, h)[:, 0] - exact.real)))
    assert 24.0 < errors[0] / errors[1] < 40.0
