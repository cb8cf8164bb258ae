"""Values of the control loop in LLVM's language: numbers, elements of tables, choices and calls."""

from __future__ import annotations

import ast
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from types import FunctionType
from typing import Any

from calciroute.engine.loop_slots import TUPLES, Slot, slots

KINDS = {"int": "i64", "float": "double", "bool": "i1"}
_ORDER = {
    ast.Lt: ("slt", "olt"), ast.LtE: ("sle", "ole"), ast.Gt: ("sgt", "ogt"), ast.GtE: ("sge", "oge"),
    ast.Eq: ("eq", "oeq"), ast.NotEq: ("ne", "une"),
}  # fmt: skip
_ARITHMETIC = {ast.Add: ("add", "fadd"), ast.Sub: ("sub", "fsub"), ast.Mult: ("mul", "fmul")}
_ONE_FLOAT = {"math.sqrt": "llvm.sqrt.f64", "math.exp": "exp", "abs": "llvm.fabs.f64"}


@dataclass(frozen=True)
class Value:
    """A value in LLVM's language.

    Parameters
    ----------
    kind : str
        ``i64``, ``double`` or ``i1``.
    text : str
        A register or a constant.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Head:
    """What a function takes and gives.

    Parameters
    ----------
    arguments : tuple of (str, str or None)
        Name and kind; None for a table, which every function sees under its own name.
    gives : str
        Kind, or ``void``.
    """

    arguments: tuple[tuple[str, str | None], ...]
    gives: str


@dataclass
class Values:
    """A function of the loop in the making: what it reads and works out.

    Parameters
    ----------
    function : function
        In Python.
    heads : dict of str to Head
        Of all functions.
    entry : bool
        Whether it is called from outside.
    """

    function: FunctionType
    heads: dict[str, Head]
    entry: bool
    _lines: list[str] = field(default_factory=list)
    _room: list[str] = field(default_factory=list)  # memory of variables, made on entry
    _variables: dict[str, str] = field(default_factory=dict)
    _loops: list[tuple[str, str]] = field(default_factory=list)  # where continue and break go
    _count: int = 0

    # ---- small things

    def _new(self, text: str) -> str:
        self._count += 1
        self._lines.append(f"  %t{self._count} = {text}")
        return f"%t{self._count}"

    def _label(self) -> str:
        self._count += 1
        return f"b{self._count}"

    def _begin(self, label: str) -> None:
        self._lines.append(f"{label}:")

    def _go(self, label: str) -> None:
        self._lines.append(f"  br label %{label}")

    def _branch(self, truth: str, yes: str, no: str) -> None:
        self._lines.append(f"  br i1 {truth}, label %{yes}, label %{no}")

    def _set(self, name: str, value: Value) -> None:
        known = self._variables.setdefault(name, value.kind)
        place = f"%{name}.at"
        if f"  {place} = alloca {known}" not in self._room:
            self._room.append(f"  {place} = alloca {known}")
        self._lines.append(f"  store {known} {self._as(value, known).text}, ptr {place}")

    def _as(self, value: Value, kind: str) -> Value:
        if value.kind == kind:
            return value
        if kind == "double" and value.kind == "i64":
            return Value(kind, self._new(f"sitofp i64 {value.text} to double"))
        if kind == "i64" and value.kind == "i1":
            return Value(kind, self._new(f"zext i1 {value.text} to i64"))
        raise TypeError(f"{self.function.__name__}: a {value.kind} stands where a {kind} is needed")

    def _refuse(self, node: ast.AST) -> TypeError:
        line = self.function.__code__.co_firstlineno + getattr(node, "lineno", 1) - 1
        return TypeError(
            f"{self.function.__code__.co_filename}:{line}: '{ast.unparse(node)}' has no form in the control "
            "loop's machine code; write it with numbers, tables, loops and choices"
        )

    # ---- what an expression is worth

    def _truth(self, node: ast.expr) -> str:
        value = self._value(node)
        if value.kind != "i1":
            raise self._refuse(node)
        return value.text

    def _value(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant):
            return _constant(node.value)
        if isinstance(node, ast.Name) and node.id in self._variables:
            kind = self._variables[node.id]
            return Value(kind, self._new(f"load {kind}, ptr %{node.id}.at"))
        if isinstance(node, ast.Name | ast.Attribute):
            return self._named(node)
        if isinstance(node, ast.Subscript):
            return self._item(node)
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node, node.op, self._value(node.left), self._value(node.right))
        if isinstance(node, ast.UnaryOp):
            return self._unary(node)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.BoolOp):
            return self._logic(node)
        if isinstance(node, ast.IfExp):
            truth = self._truth(node.test)
            return self._choice(
                node, truth, partial(self._value, node.body), partial(self._value, node.orelse)
            )
        if isinstance(node, ast.Call):
            return self._call(node)
        raise self._refuse(node)

    def _named(self, node: ast.Name | ast.Attribute) -> Value:
        """A field of a table, or a constant of the module."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in TUPLES:
            slot = slots()[node.value.id, node.attr]
            if slot.array:
                raise self._refuse(node)
            if slot.kind == "i1":
                return Value("i1", self._new(f"icmp ne i64 {self._word('i64', slot.place)}, 0"))
            return Value(slot.kind, self._word(slot.kind, slot.place))
        known: Any = self.function.__globals__
        for name in ast.unparse(node).split("."):
            known = known.get(name) if isinstance(known, dict) else getattr(known, name, None)
        if not isinstance(known, int | float):
            raise self._refuse(node)
        return _constant(known)

    def _word(self, kind: str, place: int) -> str:
        address = self._new(f"getelementptr i64, ptr %told, i64 {place}")
        return self._new(f"load {kind}, ptr {address}, !invariant.load !0")

    def _array(self, node: ast.expr) -> Slot:
        key: tuple[str, str] | None = None
        if isinstance(node, ast.Name):
            key = (node.id, "")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            key = (node.value.id, node.attr)
        if key is None or key not in slots() or not slots()[key].array:
            raise self._refuse(node)
        return slots()[key]

    def _item(self, node: ast.Subscript) -> Value:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            assert isinstance(node.slice, ast.Constant)
            return Value(
                "i64", self._word("i64", self._array(node.value.value).place + 1 + int(str(node.slice.value)))
            )
        address, kind = self._element(node)
        return Value(kind, self._new(f"load {kind}, ptr {address}"))

    def _element(self, node: ast.Subscript) -> tuple[str, str]:
        """Address of an element: rows follow each other, as NumPy keeps them."""
        slot = self._array(node.value)
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        offset = self._as(self._value(indices[0]), "i64").text
        for axis, index in enumerate(indices[1:], start=1):
            length = self._word("i64", slot.place + 1 + axis)
            row = self._new(f"mul i64 {offset}, {length}")
            offset = self._new(f"add i64 {row}, {self._as(self._value(index), 'i64').text}")
        base = self._word("ptr", slot.place)
        return self._new(f"getelementptr {slot.kind}, ptr {base}, i64 {offset}"), slot.kind

    def _both(self, left: Value, right: Value) -> tuple[Value, Value, bool]:
        """Two numbers as the same kind, and whether that is a float."""
        kind = "double" if "double" in (left.kind, right.kind) else "i64"
        return self._as(left, kind), self._as(right, kind), kind == "double"

    def _arithmetic(self, node: ast.AST, operator: ast.operator, left: Value, right: Value) -> Value:
        if isinstance(operator, ast.Pow) and right.text == "2":
            return self._arithmetic(node, ast.Mult(), left, left)
        if isinstance(operator, ast.Div):
            one, other = self._as(left, "double").text, self._as(right, "double").text
            return Value("double", self._new(f"fdiv double {one}, {other}"))
        if type(operator) not in _ARITHMETIC:
            raise self._refuse(node)
        left, right, is_float = self._both(left, right)
        name = _ARITHMETIC[type(operator)][is_float]
        return Value(left.kind, self._new(f"{name} {left.kind} {left.text}, {right.text}"))

    def _unary(self, node: ast.UnaryOp) -> Value:
        value = self._value(node.operand)
        if isinstance(node.op, ast.Not) and value.kind == "i1":
            return Value("i1", self._new(f"xor i1 {value.text}, true"))
        if isinstance(node.op, ast.USub) and value.kind == "double":
            return Value("double", self._new(f"fneg double {value.text}"))
        if isinstance(node.op, ast.USub) and value.kind == "i64":
            return Value("i64", self._new(f"sub i64 0, {value.text}"))
        raise self._refuse(node)

    def _order(self, operator: ast.cmpop, left: Value, right: Value) -> str:
        left, right, is_float = self._both(left, right)
        how = _ORDER[type(operator)][is_float]
        return self._new(f"{'fcmp' if is_float else 'icmp'} {how} {left.kind} {left.text}, {right.text}")

    def _compare(self, node: ast.Compare) -> Value:
        left, found = self._value(node.left), ""
        for operator, item in zip(node.ops, node.comparators, strict=True):
            right = self._value(item)
            one = self._order(operator, left, right)
            found = self._new(f"and i1 {found}, {one}") if found else one
            left = right
        return Value("i1", found)

    def _logic(self, node: ast.BoolOp) -> Value:
        """The right side is looked at only if the left leaves it open."""
        value = Value("i1", self._truth(node.values[0]))
        for item in node.values[1:]:
            stay, go_on = partial(_same, value), partial(self._value, item)
            sides = (go_on, stay) if isinstance(node.op, ast.And) else (stay, go_on)
            value = self._choice(node, value.text, *sides)
        return value

    def _choice(self, node: ast.expr, truth: str, yes: Callable[[], Value], no: Callable[[], Value]) -> Value:
        """One of two values; only that one is worked out."""
        labels, out, kinds = (self._label(), self._label()), self._label(), []
        place = f"%{out}.at"
        self._branch(truth, *labels)
        for label, side in zip(labels, (yes, no), strict=True):
            self._begin(label)
            value = side()
            kinds.append(value.kind)
            self._lines.append(f"  store {value.kind} {value.text}, ptr {place}")
            self._go(out)
        self._begin(out)
        if kinds[0] != kinds[1]:
            raise self._refuse(node)
        self._room.append(f"  {place} = alloca {kinds[0]}")
        return Value(kinds[0], self._new(f"load {kinds[0]}, ptr {place}"))

    def _call(self, node: ast.expr) -> Value:
        if not isinstance(node, ast.Call) or node.keywords:
            raise self._refuse(node)
        name = ast.unparse(node.func)
        if name == "call_kernel":
            address = self._as(self._value(node.args[0]), "i64").text
            kernel = self._new(f"inttoptr i64 {address} to ptr")
            memory = self._word("ptr", self._array(node.args[1]).place)
            self._lines.append(f"  call void {kernel}(ptr {memory})")
            return Value("void", "")
        if name in self.heads:
            return self._call_own(node, name)
        if name == "len":
            return Value("i64", self._word("i64", self._array(node.args[0]).place + 1))
        values = [self._value(item) for item in node.args]
        if name in {"int", "bool", "float"}:
            return self._as(values[0], KINDS[name])
        if name in {"min", "max"}:
            found = values[0]
            for other in values[1:]:
                one, two, _ = self._both(found, other)
                # As in Python: of equals, and beside NaN, the first.
                second = self._order(ast.Lt() if name == "min" else ast.Gt(), two, one)
                text = f"select i1 {second}, {one.kind} {two.text}, {one.kind} {one.text}"
                found = Value(one.kind, self._new(text))
            return found
        number = self._as(values[0], "double").text
        if name == "math.isinf":
            size = self._new(f"call double @llvm.fabs.f64(double {number})")
            return Value("i1", self._new(f"fcmp oeq double {size}, {_constant(math.inf).text}"))
        if name in _ONE_FLOAT:
            return Value("double", self._new(f"call double @{_ONE_FLOAT[name]}(double {number})"))
        raise self._refuse(node)

    def _call_own(self, node: ast.Call, name: str) -> Value:
        head = self.heads[name]
        given = ["ptr %told"]
        for item, (argument, kind) in zip(node.args, head.arguments, strict=True):
            if kind is not None:
                given.append(f"{kind} {self._as(self._value(item), kind).text}")
            elif ast.unparse(item) != argument:  # a table is told by its name, the same everywhere
                raise self._refuse(node)
        call = f"call {head.gives} @{name}({', '.join(given)})"
        if head.gives == "void":
            self._lines.append(f"  {call}")
            return Value("void", "")
        return Value(head.gives, self._new(call))


def _same(value: Value) -> Value:
    return value


def _constant(value: object) -> Value:
    if isinstance(value, bool):
        return Value("i1", "true" if value else "false")
    if isinstance(value, int):
        return Value("i64", str(value))
    if isinstance(value, float):
        return Value("double", f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}")
    raise TypeError(f"{value!r} is no number")
