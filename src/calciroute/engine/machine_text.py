"""Kernels as LLVM text: straight pieces from their instructions, and the step that puts them together."""

from __future__ import annotations

import math

from calciroute.engine import rosenbrock
from calciroute.engine.half_text import half_text
from calciroute.engine.kernels import Kernels
from calciroute.engine.layout import ROW_BYTES, STAGES, WIDTH
from calciroute.engine.machine_math import TRUTH, VECTOR, constant, math_functions
from calciroute.engine.pairing import AT_ONCE, side_by_side
from calciroute.engine.rosenbrock import dip_bound
from calciroute.engine.straight_text import Straight

# What the control loop may call, in this order; each takes the address of a group's memory.
ENTRIES = (
    "start",
    "constants",
    "step",
    "inside",
    "here",
    "there",
    "move",
    "move_inside",
    "read",
    "truth",
    "slope",
    "events",
    "settle",
)


def machine_text(kernels: Kernels, *, x86: bool, half: bool = False) -> str:
    """The whole program of a system.

    Parameters
    ----------
    kernels : Kernels
        From `make_kernels`.
    x86 : bool
        Whether numbers too small to matter may be set to zero by the processor's own switch.
    half : bool, optional
        Whether only the first half of each row is worked on.

    Returns
    -------
    str
        LLVM text; the entries are those of `ENTRIES`.
    """
    # Half as many registers to a vector, so twice as many calls together keep the processor as busy.
    most = max(AT_ONCE) if half else min(AT_ONCE)
    parts = [math_functions(most)]
    for name, given in kernels.lists.items():
        instructions = side_by_side(given, most) if half and name in {"rates", "factorise"} else given
        linkage = "internal " if name in {"rates", "factorise", "solve"} else ""
        arguments = "ptr %m, ptr %s" if name == "solve" else "ptr %m"
        # What runs once for a lane is not worth LLVM's care: it would take a quarter of all compiling. On
        # half a row its careless way would not fuse products with sums, and the last bits would differ.
        care = "noinline optnone" if name in {"start", "constants"} and not half else "noinline"
        head = f"define {linkage}void @{name}({arguments}) {care} {{"
        parts.append("\n".join([head, *Straight(kernels.layout, most).body(instructions), "  ret void", "}"]))
    loops = _Loops(kernels)
    parts += [loops.step(x86=x86), loops.inside(), loops.copy("here", "state"), loops.copy("there", "next")]
    parts += [loops.move("move", "next"), loops.move("move_inside", "inside"), loops.slope()]
    if x86:
        parts.append("declare void @llvm.x86.sse.stmxcsr(ptr)\ndeclare void @llvm.x86.sse.ldmxcsr(ptr)")
    text = "\n\n".join([*parts, "!0 = !{}"]) + "\n"
    return half_text(text) if half else text


class _Loops:
    """Sums over stages, one row after the other; the same few lines for every system."""

    def __init__(self, kernels: Kernels) -> None:
        self._states = kernels.states
        self._weighted = kernels.weighted
        self._first = {name: kernels.layout.first(name) for name in kernels.layout.rows}
        self._fresh = 0
        self._lines: list[str] = []
        self._row = ""

    def _new(self, text: str) -> str:
        name = f"%a{self._fresh}"
        self._fresh += 1
        self._lines.append(f"  {name} = {text}")
        return name

    def _begin(self, head: str) -> None:
        self._fresh, self._lines = 0, [head, "entry:"]

    def _end(self) -> str:
        return "\n".join([*self._lines, "  ret void", "}"])

    def _single(self, section: str) -> str:
        """The only row of a section."""
        address = self._new(f"getelementptr i8, ptr %m, i64 {self._first[section] * ROW_BYTES}")
        return self._new(f"load {VECTOR}, ptr {address}, align {ROW_BYTES}")

    def _address(self, section: str, stage: int = 0) -> str:
        """Row of the loop in a section, or in a stage."""
        first = self._first[section] + stage * self._states
        base = self._new(f"getelementptr i8, ptr %m, i64 {first * ROW_BYTES}")
        return self._new(f"getelementptr i8, ptr {base}, i64 {self._row}")

    def _load(self, section: str, stage: int = 0) -> str:
        return self._new(f"load {VECTOR}, ptr {self._address(section, stage)}, align {ROW_BYTES}")

    def _store(self, value: str, section: str, stage: int = 0) -> None:
        self._lines.append(
            f"  store {VECTOR} {value}, ptr {self._address(section, stage)}, align {ROW_BYTES}"
        )

    def _fma(self, a: str, b: str, c: str) -> str:
        return self._new(f"call {VECTOR} @llvm.fmuladd.v{WIDTH}f64({VECTOR} {a}, {VECTOR} {b}, {VECTOR} {c})")

    def _loop(self, label: str, carried: str = "") -> None:
        """Open a loop over all states; `carried` is a value that goes from row to row, 0 at first."""
        before = self._lines[-1] if self._lines[-1].endswith(":") else ""
        previous = before[:-1] if before else f"{label}_in"
        if not before:
            self._lines += [f"  br label %{previous}", f"{previous}:"]
        self._lines += [f"  br label %{label}", f"{label}:"]
        self._lines.append(f"  %{label}_row = phi i64 [ 0, %{previous} ], [ %{label}_next, %{label} ]")
        if carried:
            self._lines.append(
                f"  {carried} = phi {VECTOR} [ zeroinitializer, %{previous} ], [ {carried}_new, %{label} ]"
            )
        self._row = f"%{label}_row"

    def _close(self, label: str) -> None:
        self._lines += [
            f"  %{label}_next = add i64 {self._row}, {ROW_BYTES}",
            f"  %{label}_more = icmp ult i64 %{label}_next, {self._states * ROW_BYTES}",
            f"  br i1 %{label}_more, label %{label}, label %{label}_out",
            f"{label}_out:",
        ]

    def _sum(self, value: str, weights: tuple[float, ...], scale: str | None = None) -> str:
        """Value plus weighted stages."""
        for stage, weight in enumerate(weights):
            factor = constant(weight)
            if scale is not None:
                factor = self._new(f"fmul {VECTOR} {scale}, {factor}")
            value = self._fma(self._load("stage", stage), factor, value)
        return value

    def _solve(self, stage: int) -> None:
        first = (self._first["stage"] + stage * self._states) * ROW_BYTES
        address = self._new(f"getelementptr i8, ptr %m, i64 {first}")
        self._lines.append(f"  call void @solve(ptr %m, ptr {address})")

    def step(self, *, x86: bool) -> str:
        """One trial step of all lanes: section next, and the error."""
        self._begin("define void @step(ptr %m) {")
        if x86:
            # Flush denormals during the step: a drug long gone decays to 1e-310, a hundred times slower.
            self._lines += [
                "  %old = alloca i32", "  %new = alloca i32",
                "  call void @llvm.x86.sse.stmxcsr(ptr %old)",
                "  %flags = load i32, ptr %old", "  %flushed = or i32 %flags, 32832",
                "  store i32 %flushed, ptr %new", "  call void @llvm.x86.sse.ldmxcsr(ptr %new)",
            ]  # fmt: skip
        inverse = self._new(f"fdiv {VECTOR} {constant(1.0)}, {self._single('step')}")
        relative = self._single("relative")
        self._lines.append("  call void @factorise(ptr %m)")
        self._solve(0)
        for stage in range(1, STAGES):
            self._loop(f"u{stage}")
            if stage < STAGES - 1:
                value = self._sum(self._load("state"), rosenbrock.A[stage])
            else:
                value = self._new(f"fadd {VECTOR} {self._load('trial')}, {self._load('stage', stage - 1)}")
            self._store(value, "trial")
            self._close(f"u{stage}")
            self._lines.append("  call void @rates(ptr %m)")
            self._loop(f"k{stage}")
            self._store(self._sum(self._load("rate"), rosenbrock.C[stage], inverse), "stage", stage)
            self._close(f"k{stage}")
            self._solve(stage)
        self._error(relative)
        if x86:
            self._lines.append("  call void @llvm.x86.sse.ldmxcsr(ptr %old)")
        return self._end()

    def _error(self, relative: str) -> None:
        self._loop("last", "%sum")
        estimate, old = self._load("stage", STAGES - 1), self._load("state")
        new = self._new(f"fadd {VECTOR} {self._load('trial')}, {estimate}")
        self._store(new, "next")
        sizes = [self._new(f"call {VECTOR} @llvm.fabs.v{WIDTH}f64({VECTOR} {one})") for one in (old, new)]
        larger = self._new(f"fcmp ogt {VECTOR} {sizes[0]}, {sizes[1]}")
        size = self._new(f"select {TRUTH} {larger}, {VECTOR} {sizes[0]}, {VECTOR} {sizes[1]}")
        bound = self._fma(relative, size, self._load("absolute"))
        ratio = self._new(f"fdiv {VECTOR} {estimate}, {bound}")
        square = self._fma(ratio, ratio, "%sum")
        self._lines.append(f"  %sum_new = fadd {VECTOR} {square}, zeroinitializer")
        self._close("last")
        mean = self._new(f"fmul {VECTOR} %sum_new, {constant(1.0 / self._weighted)}")
        root = self._new(f"call {VECTOR} @llvm.sqrt.v{WIDTH}f64({VECTOR} {mean})")
        address = self._new(f"getelementptr i8, ptr %m, i64 {self._first['error'] * ROW_BYTES}")
        self._lines.append(f"  store {VECTOR} {root}, ptr {address}, align {ROW_BYTES}")

    def inside(self) -> str:
        """State at a share of the step, section inside."""
        self._begin("define void @inside(ptr %m) {")
        share, relative = self._single("share"), self._single("relative")
        rest = self._new(f"fsub {VECTOR} {constant(1.0)}, {share}")
        self._loop("row")
        zero = "zeroinitializer"
        bend = self._fma(share, self._sum(zero, rosenbrock.D4), self._sum(zero, rosenbrock.D3))
        old, new = self._load("state"), self._load("next")
        begin = self._new(f"fmul {VECTOR} {rest}, {old}")
        value = self._fma(share, self._fma(rest, bend, new), begin)
        self._store(self._without_dip(value, old, new, relative), "inside")
        self._close("row")
        return self._end()

    def _without_dip(self, value: str, old: str, new: str, relative: str) -> str:
        """No value below 0 between two that are not, where it is within the error bound."""
        # Steps keep a decay positive at any length; the polynomial between their ends does not.
        absolute = self._load("absolute")
        both = self._new(f"fadd {VECTOR} {old}, {new}")
        bound = self._fma(relative, both, absolute)
        deepest = self._fma(bound, constant(dip_bound(self._weighted)), value)
        tests = (
            f"olt {VECTOR} {value}, zeroinitializer",
            f"oge {VECTOR} {old}, zeroinitializer",
            f"oge {VECTOR} {new}, zeroinitializer",
            f"oge {VECTOR} {deepest}, zeroinitializer",
            f"olt {VECTOR} {absolute}, {constant(math.inf)}",
        )
        holds = self._new(f"fcmp {tests[0]}")
        for test in tests[1:]:
            holds = self._new(f"and {TRUTH} {holds}, {self._new(f'fcmp {test}')}")
        return self._new(f"select {TRUTH} {holds}, {VECTOR} zeroinitializer, {VECTOR} {value}")

    def copy(self, name: str, source: str) -> str:
        """Copy another section to section inside."""
        self._begin(f"define void @{name}(ptr %m) {{")
        self._loop("row")
        self._store(self._load(source), "inside")
        self._close("row")
        return self._end()

    def slope(self) -> str:
        """Rates at the state, section rate."""
        self._begin("define void @slope(ptr %m) {")
        self._loop("row")
        self._store(self._load("state"), "trial")
        self._close("row")
        self._lines.append("  call void @rates(ptr %m)")
        return self._end()

    def move(self, name: str, source: str) -> str:
        """Take over another section as the state, in the lanes of the mask, and let sizes grow with it."""
        # A state's size, of which the absolute tolerance is a share, is the largest it has had: else the last
        # trace of a dose long gone would be followed as closely as its peak.
        self._begin(f"define void @{name}(ptr %m) {{")
        bits = self._new(f"fcmp une {VECTOR} {self._single('mask')}, zeroinitializer")
        portion = self._single("portion")
        self._loop("row")
        value = self._new(
            f"select {TRUTH} {bits}, {VECTOR} {self._load(source)}, {VECTOR} {self._load('state')}"
        )
        # In all lanes: LLVM would make it a store under a mask, which some processors do lane by lane.
        self._lines.append(
            f"  store volatile {VECTOR} {value}, ptr {self._address('state', 0)}, align {ROW_BYTES}"
        )
        size = self._new(f"call {VECTOR} @llvm.fabs.v{WIDTH}f64({VECTOR} {value})")
        bound = self._new(f"fmul {VECTOR} {size}, {portion}")
        moved = self._new(f"select {TRUTH} {bits}, {VECTOR} {bound}, {VECTOR} zeroinitializer")
        old = self._load("absolute")
        grown = self._new(f"fcmp ogt {VECTOR} {moved}, {old}")
        self._store(self._new(f"select {TRUTH} {grown}, {VECTOR} {moved}, {VECTOR} {old}"), "absolute")
        self._close("row")
        return self._end()
