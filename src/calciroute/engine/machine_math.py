"""exp, ln and tanh of whole vectors in LLVM's language; everything else of the kind goes lane by lane.

The C library has no vector form that every machine offers, and lane by lane these functions would take most
of the run. exp cuts x into n ln 2 + r and takes a polynomial of degree 11 in r (0.9 units in the last place);
ln takes the exponent off and sums the odd series of (m-1)/(m+1). NaN stays NaN; exp leaves nothing below
1.5e-308 and is infinite above 709.44.
"""

from __future__ import annotations

import re
import struct

from calciroute.engine.layout import WIDTH
from calciroute.engine.pairing import AT_ONCE

VECTOR = f"<{WIDTH} x double>"
WHOLE = f"<{WIDTH} x i64>"
TRUTH = f"<{WIDTH} x i1>"

EXP_TERMS = (
    2.5110049204818658e-8, 2.763265472252779e-7, 2.755724088722987e-6, 2.4801485441561313e-5,
    1.9841269890076403e-4, 1.3888888952352863e-3, 8.333333333319589e-3, 4.166666666648795e-2,
    0.1666666666666668, 0.5000000000000019, 1.0, 1.0,
)  # fmt: skip
LN_TERMS = tuple(2.0 / odd for odd in range(21, 1, -2))
LOG2_E = 1.4426950408889634
LN2_HIGH = 0.6931471803691238  # ln 2 cut after 33 bits: n times it is exact
LN2_LOW = 1.9082149292705877e-10
MAGIC = 6755399441055744.0  # 1.5 * 2^52: adding it leaves a whole number in the low bits
# ln 2 goes into these 1024 and -1023 times, the powers of 2 with the bits of infinity and of 0.
EXP_TOP, EXP_BOTTOM = 709.75, -709.05
TINY = 2.2250738585072014e-308

# Functions of the C library that are called lane by lane.
LIBRARY = {
    "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan",
    "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "factorial": "tgamma",
}  # fmt: skip


def constant(value: float) -> str:
    """A vector with one number in every lane.

    Parameters
    ----------
    value : float
        Any.

    Returns
    -------
    str
        LLVM text.

    Examples
    --------
    >>> constant(1.0)
    'splat (double 0x3FF0000000000000)'
    """
    bits = int.from_bytes(struct.pack("<d", value), "little")
    return f"splat (double 0x{bits:016X})"


def called(name: str, x: str) -> str:
    """A call of a vector function.

    Written out at each place instead, kernels are half as long again: slower compiled and no faster run,
    since they then outgrow the processor's cache of instructions.

    Parameters
    ----------
    name : str
        ``exp``, ``ln_size``, ``ln``, ``tanh`` or of `LIBRARY`.
    x : str
        Its argument, a value of LLVM's.

    Returns
    -------
    str
        LLVM text.

    Examples
    --------
    >>> called("exp", "%x") == f"call fastcc {VECTOR} @v_exp({VECTOR} %x)"
    True
    """
    return f"call fastcc {VECTOR} @v_{name}({VECTOR} {x})"


def at_once(count: int) -> str:
    """Several vectors as one value.

    Parameters
    ----------
    count : int
        How many.

    Returns
    -------
    str
        A type of LLVM's.

    Examples
    --------
    >>> at_once(2) == f"{{{VECTOR}, {VECTOR}}}"
    True
    """
    return "{" + ", ".join([VECTOR] * count) + "}"


def called_at_once(name: str, values: list[str]) -> str:
    """A call of a vector function for several arguments at once.

    Parameters
    ----------
    name : str
        ``exp`` or ``ln_size``.
    values : list of str
        Its arguments, values of LLVM's; of `calciroute.engine.pairing.AT_ONCE` so many.

    Returns
    -------
    str
        LLVM text of `at_once`, each with the bits that `called` gives.

    Examples
    --------
    >>> called_at_once("exp", ["%x", "%y"]) == f"call fastcc {at_once(2)} @v_exp_2({VECTOR} %x, {VECTOR} %y)"
    True
    """
    given = ", ".join(f"{VECTOR} {value}" for value in values)
    return f"call fastcc {at_once(len(values))} @v_{name}_{len(values)}({given})"


def math_functions(most: int = 2) -> str:
    """Definitions of the vector functions.

    Parameters
    ----------
    most : int, optional
        Arguments that a call may have.

    Returns
    -------
    str
        LLVM text: ``@v_exp`` and ``@v_ln_size``, each also for several arguments, ``@v_ln``, ``@v_tanh`` and
        one per entry of `LIBRARY`.
    """
    single = {"exp": _exp(), "ln_size": _ln_size()}
    counts = [count for count in AT_ONCE if count <= most]
    several = (_several(name, text, count) for name, text in single.items() for count in counts)
    by_lane = (_by_lane(name) for name in LIBRARY)
    return "\n".join((_DECLARED, *single.values(), *several, _LN, _TANH, *by_lane))


def _several(name: str, single: str, count: int) -> str:
    """The same function for several arguments: every line for the first, then for the next."""
    given = ", ".join(f"{VECTOR} %x_{place}" for place in range(count))
    lines = [f"define internal fastcc {at_once(count)} @v_{name}_{count}({given}) noinline {{"]
    _, *inner, last, _ = single.split("\n")
    lines += [re.sub(r"%(\w+)", rf"%\1_{place}", line) for line in inner for place in range(count)]
    result, whole = last.rsplit("%", 1)[-1], "poison"
    for place in range(count):
        lines.append(
            f"  %with{place} = insertvalue {at_once(count)} {whole}, {VECTOR} %{result}_{place}, {place}"
        )
        whole = f"%with{place}"
    return "\n".join([*lines, f"  ret {at_once(count)} {whole}", "}"])


_DECLARED = "\n".join(
    f"declare {VECTOR} @llvm.{name}.v{WIDTH}f64({', '.join([VECTOR] * count)})"
    for name, count in (
        ("fmuladd", 3), ("sqrt", 1), ("fabs", 1), ("floor", 1), ("ceil", 1), ("trunc", 1), ("copysign", 2),
    )
)  # fmt: skip


def _fma(x: str, y: str, z: str) -> str:
    return f"call {VECTOR} @llvm.fmuladd.v{WIDTH}f64({VECTOR} {x}, {VECTOR} {y}, {VECTOR} {z})"


def _polynomial(terms: tuple[float, ...], x: str) -> tuple[list[str], str]:
    # Highest term first; even and odd powers side by side, then joined: in one chain of products the machine
    # would wait for each before the next, two take half as long.
    lines = [f"  %square = fmul {VECTOR} {x}, {x}"]
    lowest_first = terms[::-1]
    halves = {"even": lowest_first[0::2][::-1], "odd": lowest_first[1::2][::-1]}
    values = {half: constant(chosen[0]) for half, chosen in halves.items()}
    for index in range(1, len(halves["even"])):
        for half, chosen in halves.items():
            if index < len(chosen):
                lines.append(f"  %{half}{index} = {_fma(values[half], '%square', constant(chosen[index]))}")
                values[half] = f"%{half}{index}"
    lines.append(f"  %sum = {_fma(values['odd'], x, values['even'])}")
    return lines, "%sum"


def _begun(name: str) -> str:
    return f"define internal fastcc {VECTOR} @v_{name}({VECTOR} %x) noinline {{"


def _exp() -> str:
    # The last two terms, which are 1, one after the other: joined they would round once more.
    polynomial, value = _polynomial(EXP_TERMS[:-2], "%r")
    return "\n".join(
        [
            _begun("exp"),
            # Cut to where 2^n is just nothing, or just infinite; written so that NaN stays NaN.
            f"  %low = fcmp ogt {VECTOR} {constant(EXP_BOTTOM)}, %x",
            f"  %x1 = select {TRUTH} %low, {VECTOR} {constant(EXP_BOTTOM)}, {VECTOR} %x",
            f"  %high = fcmp olt {VECTOR} {constant(EXP_TOP)}, %x1",
            f"  %x2 = select {TRUTH} %high, {VECTOR} {constant(EXP_TOP)}, {VECTOR} %x1",
            f"  %t = {_fma('%x2', constant(LOG2_E), constant(MAGIC))}",
            f"  %n = fsub {VECTOR} %t, {constant(MAGIC)}",
            f"  %r0 = {_fma('%n', constant(-LN2_HIGH), '%x2')}",
            f"  %r = {_fma('%n', constant(-LN2_LOW), '%r0')}",
            *polynomial,
            f"  %p1 = {_fma(value, '%r', constant(EXP_TERMS[-2]))}",
            f"  %p = {_fma('%p1', '%r', constant(EXP_TERMS[-1]))}",
            f"  %bits = bitcast {VECTOR} %t to {WHOLE}",
            f"  %exponent = shl {WHOLE} %bits, splat (i64 52)",
            f"  %biased = add {WHOLE} %exponent, splat (i64 {1023 << 52})",
            f"  %scale = bitcast {WHOLE} %biased to {VECTOR}",
            f"  %y = fmul {VECTOR} %p, %scale",
            f"  ret {VECTOR} %y",
            "}",
        ]
    )


def _ln_size() -> str:
    polynomial, value = _polynomial(LN_TERMS, "%z")
    exponent_bias = 2.0**52 + 1023.0
    root = int.from_bytes(struct.pack("<d", 0.5**0.5), "little") + 1
    return "\n".join(
        [
            _begun("ln_size"),
            f"  %a = call {VECTOR} @llvm.fabs.v{WIDTH}f64({VECTOR} %x)",
            f"  %bits = bitcast {VECTOR} %a to {WHOLE}",
            # Counted from above the root of 1/2 on, so that m lies about 1 without a choice between two.
            f"  %shifted = add {WHOLE} %bits, splat (i64 {(1023 << 52) - root})",
            f"  %high = lshr {WHOLE} %shifted, splat (i64 52)",
            f"  %raised = or {WHOLE} %high, splat (i64 {0x4330000000000000})",
            f"  %raisedf = bitcast {WHOLE} %raised to {VECTOR}",
            f"  %e = fsub {VECTOR} %raisedf, {constant(exponent_bias)}",
            f"  %low = and {WHOLE} %shifted, splat (i64 {(1 << 52) - 1})",
            f"  %about = add {WHOLE} %low, splat (i64 {root})",
            f"  %m = bitcast {WHOLE} %about to {VECTOR}",
            f"  %up = fsub {VECTOR} %m, {constant(1.0)}",
            f"  %down = fadd {VECTOR} %m, {constant(1.0)}",
            f"  %s = fdiv {VECTOR} %up, %down",
            f"  %z = fmul {VECTOR} %s, %s",
            *polynomial,
            f"  %sz = fmul {VECTOR} %s, %z",
            f"  %s2 = fadd {VECTOR} %s, %s",
            f"  %small0 = {_fma('%e', constant(LN2_LOW), '%s2')}",
            f"  %small = {_fma('%sz', value, '%small0')}",
            f"  %y = {_fma('%e', constant(LN2_HIGH), '%small')}",
            f"  %finite = fcmp olt {VECTOR} %a, {constant(float('inf'))}",
            f"  %y1 = select {TRUTH} %finite, {VECTOR} %y, {VECTOR} %a",
            f"  %nothing = fcmp olt {VECTOR} %a, {constant(TINY)}",
            f"  %y2 = select {TRUTH} %nothing, {VECTOR} {constant(-1e300)}, {VECTOR} %y1",
            f"  ret {VECTOR} %y2",
            "}",
        ]
    )


_LN = "\n".join(
    [
        _begun("ln"),
        f"  %size = {called('ln_size', '%x')}",
        f"  %zero = fcmp oeq {VECTOR} %x, zeroinitializer",
        f"  %y = select {TRUTH} %zero, {VECTOR} {constant(float('-inf'))}, {VECTOR} %size",
        f"  %negative = fcmp olt {VECTOR} %x, zeroinitializer",
        f"  %y1 = select {TRUTH} %negative, {VECTOR} {constant(float('nan'))}, {VECTOR} %y",
        f"  ret {VECTOR} %y1",
        "}",
    ]
)


def _tanh() -> str:
    """(1 - e)/(1 + e) with e = exp(-2|x|); near 0, where that cancels, the first terms of the series."""
    series = (-1382.0 / 155925.0, 62.0 / 2835.0, -17.0 / 315.0, 2.0 / 15.0, -1.0 / 3.0, 1.0)
    polynomial, value = _polynomial(series, "%z")
    return "\n".join(
        [
            _begun("tanh"),
            f"  %a = call {VECTOR} @llvm.fabs.v{WIDTH}f64({VECTOR} %x)",
            f"  %b = fmul {VECTOR} %a, {constant(-2.0)}",
            f"  %e = {called('exp', '%b')}",
            f"  %up = fsub {VECTOR} {constant(1.0)}, %e",
            f"  %down = fadd {VECTOR} {constant(1.0)}, %e",
            f"  %far0 = fdiv {VECTOR} %up, %down",
            f"  %far = call {VECTOR} @llvm.copysign.v{WIDTH}f64({VECTOR} %far0, {VECTOR} %x)",
            f"  %z = fmul {VECTOR} %x, %x",
            *polynomial,
            f"  %near = fmul {VECTOR} %x, {value}",
            f"  %close = fcmp olt {VECTOR} %a, {constant(0.05)}",
            f"  %y = select {TRUTH} %close, {VECTOR} %near, {VECTOR} %far",
            f"  ret {VECTOR} %y",
            "}",
        ]
    )


_TANH = _tanh()


def _by_lane(name: str) -> str:
    function = LIBRARY[name]
    lines = [
        f"declare double @{function}(double)",
        _begun(name),
    ]
    if name == "factorial":
        lines.append(f"  %z = fadd {VECTOR} %x, {constant(1.0)}")
    source = "%z" if name == "factorial" else "%x"
    last = "poison"
    for lane in range(WIDTH):
        lines += [
            f"  %x{lane} = extractelement {VECTOR} {source}, i32 {lane}",
            f"  %y{lane} = call double @{function}(double %x{lane})",
            f"  %v{lane} = insertelement {VECTOR} {last}, double %y{lane}, i32 {lane}",
        ]
        last = f"%v{lane}"
    return "\n".join([*lines, f"  ret {VECTOR} {last}", "}"])
