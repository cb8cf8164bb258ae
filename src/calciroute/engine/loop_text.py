"""The control loop as LLVM text, translated from its Python.

The functions under `compiled` use little of Python: whole numbers, floats, truths, tables of them, loops and
choices. Each such thing has one plain form in LLVM's language, so a page of translation does, where a general
compiler of Python took 14 s to work out what is known here from the start. Whatever else is met is refused.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from types import FunctionType

from calciroute.engine.loop_slots import ARRAYS, TUPLES
from calciroute.engine.loop_values import KINDS, Head, Value, Values


def loop_text(functions: dict[str, FunctionType], entries: tuple[str, ...]) -> str:
    """Functions of the loop as LLVM text.

    Parameters
    ----------
    functions : dict of str to function
        All that call each other.
    entries : tuple of str
        Those that are called from outside: ``i64 (ptr list, i64 ...)``.

    Returns
    -------
    str
        One module.

    Raises
    ------
    TypeError
        For Python that has no form here, with its place.
    """
    heads = {name: _head(function) for name, function in functions.items()}
    parts = ["declare double @llvm.sqrt.f64(double)", "declare double @llvm.fabs.f64(double)"]
    parts.append("declare double @exp(double)")
    for name, function in functions.items():
        parts.append(_Function(function, heads, name in entries).text())
    return "\n\n".join([*parts, "!0 = !{}"]) + "\n"


def _head(function: FunctionType) -> Head:
    [node] = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(node, ast.FunctionDef)
    arguments = tuple(
        (item.arg, KINDS.get(ast.unparse(item.annotation)) if item.annotation else None)
        for item in node.args.args
    )
    for name, kind in arguments:
        if kind is None and name not in TUPLES and name not in ARRAYS:
            raise TypeError(f"{function.__name__} takes {name}, which is neither a number nor a table")
    return Head(arguments, KINDS.get(ast.unparse(node.returns) if node.returns else "", "void"))


class _Function(Values):
    """One function: its statements in order."""

    def text(self) -> str:
        source = textwrap.dedent(inspect.getsource(self.function))
        [node] = ast.parse(source).body
        assert isinstance(node, ast.FunctionDef)
        head = self.heads[node.name]
        taken = [(name, kind) for name, kind in head.arguments if kind is not None]
        for name, kind in taken:
            self._set(name, Value(kind, f"%{name}"))
        self._body(node.body)
        self._lines.append("  ret void" if head.gives == "void" else "  unreachable")
        given = ", ".join(["ptr %told", *(f"{kind} %{name}" for name, kind in taken)])
        linkage = "" if self.entry else "internal "
        first = f"define {linkage}{head.gives} @{node.name}({given}) nounwind {{"
        return "\n".join([first, *self._room, *self._lines, "}"])

    def _body(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Expr):
            if not isinstance(node.value, ast.Constant):  # a docstring says nothing to a machine
                self._call(node.value)
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            self._assign(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self._assign(node.target, node.value)
        elif isinstance(node, ast.AugAssign):
            old = self._value(node.target)
            self._store(node.target, self._arithmetic(node, node.op, old, self._value(node.value)))
        elif isinstance(node, ast.If):
            self._if(node)
        elif isinstance(node, ast.While):
            self._while(node)
        elif isinstance(node, ast.For):
            self._for(node)
        elif isinstance(node, ast.Return):
            gives = self.heads[self.function.__name__].gives
            value = "" if node.value is None else " " + self._as(self._value(node.value), gives).text
            self._lines.append(f"  ret {gives}{value}")
            self._begin(self._label())  # whatever follows is never reached
        elif isinstance(node, ast.Continue | ast.Break):
            self._go(self._loops[-1][isinstance(node, ast.Break)])
            self._begin(self._label())
        else:
            raise self._refuse(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            values = [self._value(item) for item in value.elts]
            for item, one in zip(target.elts, values, strict=True):
                self._store(item, one)
        else:
            self._store(target, self._value(value))

    def _store(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            self._set(target.id, value)
        elif isinstance(target, ast.Subscript):
            address, kind = self._element(target)
            self._lines.append(f"  store {kind} {self._as(value, kind).text}, ptr {address}")
        else:
            raise self._refuse(target)

    def _if(self, node: ast.If) -> None:
        yes, no, out = self._label(), self._label(), self._label()
        self._branch(self._truth(node.test), yes, no)
        for label, statements in ((yes, node.body), (no, node.orelse)):
            self._begin(label)
            self._body(statements)
            self._go(out)
        self._begin(out)

    def _while(self, node: ast.While) -> None:
        test, inside, out = self._label(), self._label(), self._label()
        self._go(test)
        self._begin(test)
        self._branch(self._truth(node.test), inside, out)
        self._inside(node.body, inside, test, test, out)
        self._begin(out)

    def _for(self, node: ast.For) -> None:
        call = node.iter
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "range" and len(call.args) == 1):
            raise self._refuse(node.iter)
        assert isinstance(node.target, ast.Name)
        test, inside, following, out = (self._label() for _ in range(4))
        count, counter = self._as(self._value(call.args[0]), "i64").text, f".{inside}"
        self._set(counter, Value("i64", "0"))
        self._go(test)
        self._begin(test)
        now = self._new(f"load i64, ptr %{counter}.at")
        self._branch(self._new(f"icmp slt i64 {now}, {count}"), inside, out)
        self._begin(inside)
        self._set(node.target.id, Value("i64", now))
        self._go(body := self._label())
        self._inside(node.body, body, following, following, out)
        self._begin(following)
        self._set(counter, Value("i64", self._new(f"add i64 {now}, 1")))
        self._go(test)
        self._begin(out)

    def _inside(self, body: list[ast.stmt], label: str, after: str, again: str, out: str) -> None:
        self._begin(label)
        self._loops.append((again, out))
        self._body(body)
        self._loops.pop()
        self._go(after)
