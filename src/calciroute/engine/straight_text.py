"""One list of instructions in LLVM's language."""

from __future__ import annotations

from calciroute.engine.instructions import Instruction
from calciroute.engine.layout import ROW_BYTES, WIDTH, Layout
from calciroute.engine.machine_math import (
    LIBRARY,
    TRUTH,
    VECTOR,
    at_once,
    called,
    called_at_once,
    constant,
)
from calciroute.engine.pairing import together

_INFIX = {"add": "fadd contract", "sub": "fsub contract", "mul": "fmul contract", "divide": "fdiv"}
_COMPARE = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq", "ne": "une"}
_INTRINSIC = {"sqrt": "sqrt", "abs": "fabs", "floor": "floor", "ceiling": "ceil", "truncate": "trunc"}
_VECTOR_MATH = frozenset(("exp", "ln", "ln_size", "tanh", *LIBRARY))


class Straight:
    """One list of instructions as the body of a function.

    Parameters
    ----------
    layout : Layout
        Where sections stand in memory.
    most : int, optional
        Calls that may go together.
    """

    def __init__(self, layout: Layout, most: int = 2) -> None:
        self._most = most
        self._first = {name: layout.first(name) for name in layout.rows}
        self.lines: list[str] = []
        self._names: dict[int, str] = {}
        self._truths: dict[int, str] = {}  # results that are 0 or 1, as bits
        self._fresh = 0

    def body(self, instructions: list[Instruction]) -> list[str]:
        """Lines of a function that carries the list out.

        Parameters
        ----------
        instructions : list of Instruction
            A kernel.

        Returns
        -------
        list of str
            LLVM text without head and end.
        """
        index = 0
        while index < len(instructions):
            count = together(instructions, index, self._most)
            if count > 1:
                self._several(index, instructions[index : index + count])
            else:
                self._one(index, instructions[index])
            index += count
        return self.lines

    def _several(self, index: int, calls: list[Instruction]) -> None:
        values = [self._names[one.arguments[0]] for one in calls]
        results = self._new(called_at_once(calls[0].operator, values))
        for place in range(len(calls)):
            self._names[index + place] = self._new(f"extractvalue {at_once(len(calls))} {results}, {place}")

    def _new(self, text: str) -> str:
        name = f"%w{self._fresh}"
        self._fresh += 1
        self.lines.append(f"  {name} = {text}")
        return name

    def _address(self, section: str, row: int) -> str:
        if section == "solved":
            base, offset = "%s", row * ROW_BYTES
        else:
            base, offset = "%m", (self._first[section] + row) * ROW_BYTES
        return self._new(f"getelementptr i8, ptr {base}, i64 {offset}")

    def _bits(self, result: int) -> str:
        if result not in self._truths:
            self._truths[result] = self._new(f"fcmp une {VECTOR} {self._names[result]}, zeroinitializer")
        return self._truths[result]

    def _from_bits(self, index: int, bits: str) -> str:
        self._truths[index] = bits
        return self._new(f"select {TRUTH} {bits}, {VECTOR} {constant(1.0)}, {VECTOR} zeroinitializer")

    def _one(self, index: int, instruction: Instruction) -> None:
        operator, arguments = instruction.operator, instruction.arguments
        if operator == "number":
            self._names[index] = constant(instruction.value)
        elif operator == "load":
            address = self._address(instruction.section, arguments[0])
            # No piece writes what it reads, but for the rows that are solved in place: loads may pass stores.
            fixed = "" if instruction.section == "solved" else ", !invariant.load !0"
            self._names[index] = self._new(f"load {VECTOR}, ptr {address}, align {ROW_BYTES}{fixed}")
        elif operator == "store":
            address = self._address(instruction.section, arguments[1])
            self.lines.append(
                f"  store {VECTOR} {self._names[arguments[0]]}, ptr {address}, align {ROW_BYTES}"
            )
        else:
            self._names[index] = self._value(index, operator, arguments)

    def _value(self, index: int, operator: str, arguments: tuple[int, ...]) -> str:
        names = [self._names[item] for item in arguments]
        if operator in _INFIX:
            return self._new(f"{_INFIX[operator]} {VECTOR} {names[0]}, {names[1]}")
        if operator == "minus_product":
            minus = self._new(f"fneg {VECTOR} {names[1]}")
            return self._call("fmuladd", minus, names[2], names[0])
        if operator == "neg":
            return self._new(f"fneg {VECTOR} {names[0]}")
        if operator == "reciprocal":
            return self._new(f"fdiv {VECTOR} {constant(1.0)}, {names[0]}")
        if operator in _INTRINSIC:
            return self._call(_INTRINSIC[operator], names[0])
        if operator in _VECTOR_MATH:
            return self._new(called(operator, names[0]))
        if operator in _COMPARE:
            bits = self._new(f"fcmp {_COMPARE[operator]} {VECTOR} {names[0]}, {names[1]}")
            return self._from_bits(index, bits)
        if operator in {"and", "or", "xor"}:
            left, right = self._bits(arguments[0]), self._bits(arguments[1])
            return self._from_bits(index, self._new(f"{operator} {TRUTH} {left}, {right}"))
        if operator == "not":
            bits = self._new(f"fcmp oeq {VECTOR} {names[0]}, zeroinitializer")
            return self._from_bits(index, bits)
        return self._choice(operator, arguments, names)

    def _choice(self, operator: str, arguments: tuple[int, ...], names: list[str]) -> str:
        if operator == "select":
            return self._pick(self._bits(arguments[0]), names[1], names[2])
        if operator == "if_given":
            absent = self._new(f"fcmp uno {VECTOR} {names[0]}, {names[0]}")
            return self._pick(absent, names[1], names[0])
        if operator in {"min", "max"}:
            first = self._new(f"fcmp {'olt' if operator == 'min' else 'ogt'} {VECTOR} {names[0]}, {names[1]}")
            chosen = self._pick(first, names[0], names[1])
            absent = self._new(f"fcmp uno {VECTOR} {names[0]}, {names[0]}")
            return self._pick(absent, names[0], chosen)
        if operator == "sign":
            one = self._call("copysign", constant(1.0), names[0])
            apart = self._new(f"fcmp one {VECTOR} {names[0]}, zeroinitializer")
            same = self._new(f"fmul {VECTOR} {names[0]}, {constant(0.0)}")  # 0, and NaN for NaN
            return self._pick(apart, one, same)
        if operator == "power_sign":
            half = self._new(f"fmul {VECTOR} {names[0]}, {constant(0.5)}")
            whole = self._new(f"fcmp oeq {VECTOR} {self._call('floor', names[0])}, {names[0]}")
            even = self._new(f"fcmp oeq {VECTOR} {self._call('floor', half)}, {half}")
            sign = self._pick(even, constant(1.0), constant(-1.0))
            return self._pick(whole, sign, constant(float("nan")))
        raise ValueError(f"machine code has no {operator}")

    def _pick(self, bits: str, yes: str, no: str) -> str:
        return self._new(f"select {TRUTH} {bits}, {VECTOR} {yes}, {VECTOR} {no}")

    def _call(self, name: str, *values: str) -> str:
        given = ", ".join(f"{VECTOR} {value}" for value in values)
        return self._new(f"call {VECTOR} @llvm.{name}.v{WIDTH}f64({given})")
