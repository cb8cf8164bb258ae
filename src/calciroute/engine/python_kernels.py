"""The same kernels in plain Python: the oracle that tests hold machine code against."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from calciroute.engine import rosenbrock
from calciroute.engine.graph import ON_NUMBERS
from calciroute.engine.instructions import Instruction
from calciroute.engine.kernels import Kernels
from calciroute.engine.layout import STAGES, WIDTH
from calciroute.engine.rosenbrock import dip_bound

Array = npt.NDArray[np.float64]
Function = Callable[[Array], None]

# Where NumPy has the operator with the same meaning for NaN, infinities and zero.
_ON_ROWS: dict[str, Callable[..., Array]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "neg": np.negative,
    "reciprocal": np.reciprocal,
    "divide": np.divide,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "abs": np.abs,
    "tanh": np.tanh,
}


def python_kernels(kernels: Kernels) -> dict[str, Function]:
    """Functions that do what the entries of the machine code do.

    Parameters
    ----------
    kernels : Kernels
        From `make_kernels`.

    Returns
    -------
    dict of str to callable
        Per entry a function of the memory of a group, float array (row, lane), changed in place.
    """
    straight = {name: _straight(kernels, items) for name, items in kernels.lists.items()}
    return {
        **{name: straight[name] for name in ("start", "constants", "read", "truth", "events", "settle")},
        **_composed(kernels, straight),
    }


def _straight(kernels: Kernels, instructions: list[Instruction]) -> Function:
    first = {name: kernels.layout.first(name) for name in kernels.layout.rows}

    def run(memory: Array, solved: int = 0) -> None:
        results: list[Array] = []
        nothing = np.zeros(WIDTH)
        with np.errstate(all="ignore"):
            for instruction in instructions:
                operator, arguments = instruction.operator, instruction.arguments
                if operator == "number":
                    results.append(np.full(WIDTH, instruction.value))
                elif operator == "load":
                    base = solved if instruction.section == "solved" else first[instruction.section]
                    results.append(memory[base + arguments[0]].copy())
                elif operator == "store":
                    base = solved if instruction.section == "solved" else first[instruction.section]
                    memory[base + arguments[1]] = results[arguments[0]]
                    results.append(nothing)
                elif operator == "minus_product":
                    a, b, c = (results[item] for item in arguments)
                    results.append(a - b * c)
                else:
                    results.append(_operate(operator, [results[item] for item in arguments]))

    return run


def _operate(operator: str, rows: list[Array]) -> Array:
    if operator in _ON_ROWS:
        return _ON_ROWS[operator](*rows)
    function = ON_NUMBERS[operator]
    return np.array([_safe(function, *(float(row[lane]) for row in rows)) for lane in range(WIDTH)])


def _safe(function: Callable[..., float], *values: float) -> float:
    try:
        return function(*values)
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def _composed(kernels: Kernels, straight: dict[str, Function]) -> dict[str, Function]:
    layout, n = kernels.layout, kernels.states
    at = {name: slice(layout.first(name), layout.first(name) + count) for name, count in layout.rows.items()}
    stage = [layout.first("stage") + index * n for index in range(STAGES)]
    solve: Callable[[Array, int], None] = straight["solve"]  # type: ignore[assignment]

    def k(memory: Array, index: int) -> Array:
        return memory[stage[index] : stage[index] + n]

    def weighted(memory: Array, weights: tuple[float, ...]) -> Array:
        total = np.zeros((n, WIDTH))
        for index, weight in enumerate(weights):
            total += weight * k(memory, index)
        return total

    def step(memory: Array) -> None:
        with np.errstate(all="ignore"):
            straight["factorise"](memory)
            solve(memory, stage[0])
            inverse = 1.0 / memory[at["step"]]
            for index in range(1, STAGES):
                if index < STAGES - 1:
                    memory[at["trial"]] = memory[at["state"]] + weighted(memory, rosenbrock.A[index])
                else:
                    memory[at["trial"]] += k(memory, index - 1)
                straight["rates"](memory)
                total = memory[at["rate"]] + inverse * weighted(memory, rosenbrock.C[index])
                memory[stage[index] : stage[index] + n] = total
                solve(memory, stage[index])
            estimate = k(memory, STAGES - 1)
            memory[at["next"]] = memory[at["trial"]] + estimate
            size = np.maximum(np.abs(memory[at["state"]]), np.abs(memory[at["next"]]))
            ratio = estimate / (memory[at["absolute"]] + memory[at["relative"]] * size)
            memory[at["error"]] = np.sqrt(np.sum(ratio * ratio, axis=0) / kernels.weighted)

    def inside(memory: Array) -> None:
        share = memory[at["share"]]
        with np.errstate(all="ignore"):
            bend = weighted(memory, rosenbrock.D3) + share * weighted(memory, rosenbrock.D4)
            end = memory[at["next"]] + (1.0 - share) * bend
            value = (1.0 - share) * memory[at["state"]] + share * end
            memory[at["inside"]] = np.where(shallow_dip(memory, value), 0.0, value)

    def shallow_dip(memory: Array, value: Array) -> npt.NDArray[np.bool_]:
        """Below 0 between two ends that are not, and within the error bound."""
        old, new, absolute = memory[at["state"]], memory[at["next"]], memory[at["absolute"]]
        bound = dip_bound(kernels.weighted) * (absolute + memory[at["relative"]] * (old + new))
        return (value < 0.0) & (old >= 0.0) & (new >= 0.0) & (value + bound >= 0.0) & (absolute < np.inf)

    def here(memory: Array) -> None:
        memory[at["inside"]] = memory[at["state"]]

    def there(memory: Array) -> None:
        memory[at["inside"]] = memory[at["next"]]

    def take(memory: Array, source: str) -> None:
        moves = memory[at["mask"]] != 0.0
        memory[at["state"]] = np.where(moves, memory[at[source]], memory[at["state"]])
        bound = np.abs(memory[at["state"]]) * memory[at["portion"]]
        grown = moves & (bound > memory[at["absolute"]])
        memory[at["absolute"]] = np.where(grown, bound, memory[at["absolute"]])

    def move(memory: Array) -> None:
        take(memory, "next")

    def move_inside(memory: Array) -> None:
        take(memory, "inside")

    def slope(memory: Array) -> None:
        memory[at["trial"]] = memory[at["state"]]
        straight["rates"](memory)

    return {
        "step": step,
        "inside": inside,
        "here": here,
        "there": there,
        "move": move,
        "move_inside": move_inside,
        "slope": slope,
    }
