"""The core's peak in arithmetic, measured, and the arithmetic of one step of ours, counted."""

from __future__ import annotations

import ctypes
import re
import time
from functools import cache

import llvmlite.binding as llvm

from benchmarks.cases import Case
from calciroute.engine.kernels import make_kernels
from calciroute.engine.layout import STAGES
from calciroute.engine.machine_math import math_functions
from calciroute.engine.rosenbrock import A, C
from calciroute.engine.written import write_down
from calciroute.sbml.read import read_system

CHAINS, ROUNDS = 10, 20_000_000
_ONE = frozenset(("add", "sub", "mul", "reciprocal", "sqrt", "min", "max"))


@cache
def peak_gflops() -> float:
    """Ten independent chains of fused multiply-adds in the widest registers, best of five."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features()
    width = 8 if features.get("avx512f") else 4 if features.get("avx2") else 2
    target = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=features.flatten() + ",-prefer-256-bit", opt=3
    )
    module = llvm.parse_assembly(_chains(f"<{width} x double>", width))
    engine = llvm.create_mcjit_compiler(module, target)
    engine.finalize_object()
    run = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_int64)(engine.get_function_address("chains"))
    best = 0.0
    for _ in range(5):
        began = time.process_time()
        run(ROUNDS)
        best = max(best, 2.0 * width * CHAINS * ROUNDS / (time.process_time() - began) / 1e9)
    return best


def _chains(kind: str, width: int) -> str:
    half = ", ".join(["double 0.5"] * width)
    lines = [f"declare {kind} @llvm.fma.v{width}f64({kind}, {kind}, {kind})"]
    lines += ["define double @chains(i64 %n) {", "entry:", "  br label %loop", "loop:"]
    lines.append("  %i = phi i64 [ 0, %entry ], [ %j, %loop ]")
    for chain in range(CHAINS):
        first = ", ".join([f"double {chain + 1.0}"] * width)
        lines.append(f"  %a{chain} = phi {kind} [ <{first}>, %entry ], [ %b{chain}, %loop ]")
    lines += [
        f"  %b{chain} = call {kind} @llvm.fma.v{width}f64({kind} %a{chain}, {kind} <{half}>, {kind} <{half}>)"
        for chain in range(CHAINS)
    ]
    lines += [
        "  %j = add i64 %i, 1",
        "  %more = icmp ult i64 %j, %n",
        "  br i1 %more, label %loop, label %out",
    ]
    lines.append("out:")
    total = "%b0"
    for chain in range(1, CHAINS):
        lines.append(f"  %s{chain} = fadd {kind} {total}, %b{chain}")
        total = f"%s{chain}"
    lines += [f"  %r = extractelement {kind} {total}, i32 0", "  ret double %r", "}"]
    return "\n".join(lines)


@cache
def _math_flops() -> dict[str, int]:
    """Operations of each vector function, from its text."""
    counts = {}
    text = math_functions()
    text = text if isinstance(text, str) else "\n".join(text)
    for name, body in re.findall(r"@v_(\w+)\([^)]*\)[^{]*\{(.*?)\n\}", text, flags=re.DOTALL):
        counts[name] = 2 * body.count("fmuladd") + len(re.findall(r"= f(?:add|sub|mul|div)\b", body))
    for name in ("ln", "tanh"):
        inner = re.search(rf"@v_{name}\(.*?\n\}}", text, flags=re.DOTALL)
        if inner is not None:
            counts[name] += sum(counts[other] for other in re.findall(r"call .*? @v_(\w+)\(", inner[0]))
    return counts


_COUNTED: dict[str, float] = {}


def step_flops(case: Case) -> float:
    """Additions and multiplications of one step of one lane; a fused one counts as two."""
    if case.model_hash not in _COUNTED:
        system = read_system(case.sbml, case.name).system
        kernels = make_kernels(write_down(system, ()), tuple(system.states))
        each = {**dict.fromkeys(_ONE, 1), "minus_product": 2, **_math_flops()}

        def of(name: str) -> float:
            return sum(each.get(one.operator, 0) for one in kernels.lists[name])

        sums = kernels.states * (2 * sum(len(row) for row in (*A, *C)) + 8)
        total = (STAGES - 1) * of("rates") + of("factorise") + STAGES * of("solve") + sums
        _COUNTED[case.model_hash] = total
    return _COUNTED[case.model_hash]
