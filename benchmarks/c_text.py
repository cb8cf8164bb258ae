"""A system as C text: the right-hand side that compiled LSODA is given.

States are divided by their sizes, because that LSODA takes one absolute tolerance for all of them. Equations
stand once each, in the order in which they read each other; the compiler is left to do the rest.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from calciroute.equations.expression import Call, Expression, names_in
from calciroute.equations.system import System

COMPILER = ("gcc", "-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-shared", "-fPIC")
_JOINED = {"plus": " + ", "times": "*", "and": " && ", "or": " || "}
_BETWEEN = {
    "minus": " - ", "divide": "/", "lt": " < ", "le": " <= ", "gt": " > ", "ge": " >= ", "eq": " == ",
    "ne": " != ",
}  # fmt: skip
_CALLED = {
    "exp": "exp", "ln": "log", "power": "pow", "abs": "fabs", "floor": "floor", "ceiling": "ceil",
    "tanh": "tanh", "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh",
    "remainder": "fmod",
}  # fmt: skip


def rates_in_c(system: System, values: dict[str, float], sizes: dict[str, float]) -> str:
    """``void rates(double t, const double *y, double *dy, const double *unused)`` for scaled states.

    ``values`` holds the number of each parameter.
    """
    places = {name: place for place, name in enumerate((*system.states, *system.equations))}
    names = {name: f"x{place}" for name, place in places.items()}
    lines = [
        f"  const double {names[name]} = y[{places[name]}]*{sizes[name]!r}; // {name}"
        for name in system.states
    ]
    written: set[str] = set()

    def word(name: str) -> str:
        return names[name] if name in names else f"({values[name]!r})"

    def write(name: str) -> None:
        if name in written or name not in system.equations:
            return
        written.add(name)
        for inner in names_in(system.equations[name]):
            write(inner)
        lines.append(f"  const double {names[name]} = {_c(system.equations[name], word)}; // {name}")

    rates = []
    for name, state in system.states.items():
        for inner in names_in(state.rate):
            write(inner)
        rates.append(f"  dy[{places[name]}] = ({_c(state.rate, word)})/{sizes[name]!r};")
    body = "\n".join(lines + rates)
    head = "void rates(double t, const double *y, double *dy, const double *unused)"
    return f"#include <math.h>\n{head} {{\n{body}\n}}\n"


def _c(item: Expression, word: object) -> str:
    if isinstance(item, str):
        return word(item)  # type: ignore[operator]
    if not isinstance(item, Call):
        return f"({float(item)!r})"
    inner = [_c(argument, word) for argument in item.arguments]
    operator = item.operator
    if operator == "time":
        return "t"
    if operator == "negate":
        return f"(-{inner[0]})"
    if operator == "not":
        return f"(!{inner[0]})"
    if operator in _JOINED:
        return f"({_JOINED[operator].join(inner)})"
    if operator in _BETWEEN:
        return f"({inner[0]}{_BETWEEN[operator]}{inner[1]})"
    if operator in _CALLED:
        return f"{_CALLED[operator]}({', '.join(inner)})"
    if operator in ("min", "max"):
        found = inner[0]
        for other in inner[1:]:
            found = f"f{operator}({found}, {other})"
        return found
    if operator == "piecewise":
        found = inner[-1]
        for value, condition in zip(inner[-3::-2], inner[-2::-2], strict=True):
            found = f"({condition} ? {value} : {found})"
        return found
    raise ValueError(f"no C for {operator}")


def compile_c(text: str, folder: Path) -> Path:
    """A shared library made of C text."""
    source = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.c"
    source.write_text(text, "utf-8")
    library = source.with_suffix(".so")
    subprocess.run([*COMPILER, str(source), "-o", str(library), "-lm"], check=True)
    return library
