"""Makes docs/engine.md: the template, and every form of one equation printed from the engine's objects."""

from __future__ import annotations

import ast
import inspect
import re
from importlib.metadata import version
from pathlib import Path

import llvmlite.binding as llvm
import numpy as np

from calciroute.body.assembly import assemble
from calciroute.engine import control_steps
from calciroute.engine.derivative import derivatives
from calciroute.engine.graph import LEAVES, Graph
from calciroute.engine.instructions import Instruction
from calciroute.engine.kernels import Kernels, make_kernels
from calciroute.engine.lanes import Lanes
from calciroute.engine.layout import ROW_BYTES
from calciroute.engine.loop import translated_loop
from calciroute.engine.machine import processor
from calciroute.engine.machine_text import machine_text
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.engine.written import Written, write_down
from calciroute.equations.expression import Call, Expression, names_in
from calciroute.equations.system import System
from calciroute.sbml.read import read_system
from calciroute.tables.texts import physiology_text

HERE = Path(__file__).resolve().parent
PAGE, TEMPLATE = HERE / "engine.md", HERE / "engine_template.md"
EQUATION, STATES = "MGP_carboxylation", ("cofactor_artery", "dp_ucMGP")
# What the rest of the body gives, as it stands on the reference diet.
GIVEN = {
    "VKOR_activity": 1.0,
    "supply_artery": 1.0,
    "MGP_synthesis_relative": 1.0,
    "dp_ucMGP_clearance_relative": 1.0,
}
# Printed for one processor, so that the page is the same wherever it is made.
PROCESSOR = ("x86_64-unknown-linux-gnu", "skylake-avx512", "-prefer-256-bit")
_INFIX = {"plus": " + ", "minus": " - ", "times": "*", "divide": "/", "power": "^"}
_LEVELS = ("number", "parameters", "moves")


def sections() -> dict[str, str]:
    """Every part of the page that is printed, by its name in the template."""
    body = assemble()
    whole = read_system(body.sbml, "body").system
    cut = cut_out(whole)
    written = write_down(cut)
    kernels = make_kernels(written, STATES)
    text = machine_text(kernels, x86=True)
    return {
        "antimony": _block("antimony", _antimony()),
        "sbml": _block("xml", _sbml(body.sbml)),
        "system": _block("text", _system(cut)),
        "graph": _block("text", _graph(written)),
        "constants": _block("text", _instructions(kernels.lists["constants"], 40)),
        "slopes": _block("text", _slopes(written)),
        "elimination": _elimination(kernels, make_kernels(write_down(whole), tuple(whole.states))),
        "instructions": _block("text", _instructions(kernels.lists["rates"], 60)),
        "memory": _block("text", _memory(kernels, cut)),
        "llvm": _block("llvm", _with_places(_last_lines(_function(text, "rates"), 12), kernels)),
        "assembly": _assembly(text),
        "oracle": _block("text", _oracle(cut)),
        "loop": _loop(),
    }


def page() -> str:
    """The whole page."""
    made = TEMPLATE.read_text("utf-8").replace("LLVMLITE", version("llvmlite"))
    for name, text in sections().items():
        made = made.replace("{" + name + "}", text)
    return made


def cut_out(whole: System) -> System:
    """Two states of the body with the equations that they read; what the rest would give are parameters."""
    equations: dict[str, Expression] = {}
    parameters: dict[str, Expression] = {}
    stack = [name for state in STATES for name in names_in(whole.states[state].rate)]
    while stack:
        name = stack.pop(0)
        if name in equations or name in parameters or name in STATES:
            continue
        if name in GIVEN:
            parameters[name] = GIVEN[name]
        elif name in whole.equations:
            equations[name] = whole.equations[name]
            stack.extend(names_in(whole.equations[name]))
        else:
            parameters[name] = whole.parameters[name]
    states = {name: type(whole.states[name])(1.0, whole.states[name].rate) for name in STATES}
    return System(dict(sorted(parameters.items())), states, dict(sorted(equations.items())))


def _block(kind: str, text: str) -> str:
    return f"```{kind}\n{text.rstrip()}\n```"


def _antimony() -> str:
    lines = physiology_text("mgp.ant").read_text("utf-8").replace("\\\n", "").splitlines()
    starts = (f"{EQUATION} :=", "q_MGP :=", "dp_ucMGP' =")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip().startswith(starts))


def _sbml(text: str) -> str:
    found = re.search(rf'( *)<assignmentRule variable="{EQUATION}".*?</assignmentRule>', text, re.S)
    assert found is not None
    return "\n".join(line.removeprefix(found[1]) for line in found[0].splitlines())


def _plain(expression: Expression) -> str:
    """An expression as people write it."""
    if not isinstance(expression, Call):
        return expression if isinstance(expression, str) else f"{expression:g}"
    parts = [_plain(item) for item in expression.arguments]
    if expression.operator in _INFIX:
        return "(" + _INFIX[expression.operator].join(parts) + ")"
    return f"{expression.operator}({', '.join(parts)})"


def _system(system: System) -> str:
    lines = [
        f"equation  {EQUATION} = Call('divide', (Call('power', ('reduced_K_artery', 'h_artery')), ...))",
        "",
    ]
    lines += [f"equation  {name} = {_plain(value)}" for name, value in system.equations.items()]
    lines += [f"state     {name}' = {_plain(state.rate)}" for name, state in system.states.items()]
    return "\n".join([*lines, f"parameter {', '.join(system.parameters)}"])


def _graph(written: Written) -> str:
    graph = written.graph
    names = {node: name for name, node in reversed(written.readable.items())}
    lines = ["node  operator                     level       name"]
    for node in _below(graph, written.readable[EQUATION]):
        operator = f"{graph.operators[node]} {' '.join(map(str, graph.arguments[node]))}"
        if node in graph.values:
            operator = f"number {graph.values[node]:g}"
        line = f"{node:4}  {operator:28} {_LEVELS[graph.levels[node]]:10}  {names.get(node, '')}"
        lines.append(line.rstrip())
    return "\n".join(lines)


def _below(graph: Graph, root: int) -> list[int]:
    """A node and all that it is made of, what is needed first."""
    seen: list[int] = []

    def visit(node: int) -> None:
        if node not in seen:
            for argument in () if graph.operators[node] in LEAVES else graph.arguments[node]:
                visit(argument)
            seen.append(node)

    visit(root)
    return seen


def _named(written: Written, node: int, depth: int = 3) -> str:
    """A node in words, down to a depth; below it stands its number."""
    graph = written.graph
    names = {node: name for name, node in reversed(written.readable.items())}
    if node in graph.values:
        return f"{graph.values[node]:g}"
    if node in names:
        return names[node]
    if depth == 0:
        return f"[{node}]"
    inner = ", ".join(_named(written, item, depth - 1) for item in graph.arguments[node])
    return f"{graph.operators[node]}({inner})"


def _slopes(written: Written) -> str:
    lines = []
    for row, slopes in enumerate(derivatives(written.graph, list(written.rates))):
        for column, node in slopes.items():
            where = f"d rate({written.states[row]}) / d {written.states[column]}"
            lines.append(f"{where} = {_named(written, node, 5)}")
    return "\n".join(lines)


def _elimination(small: Kernels, large: Kernels) -> str:
    rows = [
        "| | states | entries off the diagonal, with fill-in | order of pivots begins |",
        "|---|---|---|---|",
    ]
    for name, kernels in (("cut-out", small), ("body", large)):
        plan = kernels.elimination
        order = ", ".join(map(str, plan.order[:6]))
        possible = kernels.states * (kernels.states - 1)
        rows.append(f"| {name} | {kernels.states} | {len(plan.entries)} of {possible} | {order} |")
    return "\n".join(rows)


def _instructions(instructions: list[Instruction], most: int) -> str:
    lines = []
    for number, item in enumerate(instructions):
        if item.operator == "load":
            line = f"{number:3} = {item.section}[{item.arguments[0]}]"
        elif item.operator == "store":
            line = f"      {item.section}[{item.arguments[1]}] = {item.arguments[0]}"
        elif item.operator == "number":
            line = f"{number:3} = {item.value:.16g}"
        else:
            line = f"{number:3} = {item.operator} {' '.join(map(str, item.arguments))}"
        lines.append(line)
    if len(lines) > most:
        lines = [*lines[:most], f"... and {len(lines) - most} more"]
    half = -(-len(lines) // 2)
    pairs = zip(lines[:half], [*lines[half:], ""][:half], strict=True)
    return "\n".join(f"{left:42}{right}".rstrip() for left, right in pairs)


def _function(text: str, name: str) -> str:
    found = re.search(rf"^define [^\n]*@{name}\(.*?^}}", text, re.S | re.M)
    assert found is not None
    return found[0]


def _last_lines(text: str, count: int) -> str:
    lines = text.splitlines()
    return "\n".join([lines[0], f"  ... {len(lines) - 1 - count} lines", *lines[-count:]])


def _memory(kernels: Kernels, system: System) -> str:
    """Sections that `rates` uses, and what stands in their rows."""
    layout = kernels.layout
    states = ", ".join(system.states)
    held = {
        "parameter": ", ".join(system.parameters),
        "constant": "what section 4 found",
        "trial": f"{states}, where a stage takes its rate",
        "rate": f"rates of {states}",
    }
    lines = ["section      rows   first row   holds"]
    for name, words in held.items():
        lines.append(f"{name:10} {layout.rows[name]:6} {layout.first(name):11}   {words}")
    return "\n".join([*lines, f"all        {layout.total:6}"])


def _with_places(text: str, kernels: Kernels) -> str:
    """LLVM text with the section and row behind each address."""
    layout = kernels.layout
    places = {
        (layout.first(name) + row) * ROW_BYTES: f"{name}[{row}]"
        for name, rows in layout.rows.items()
        for row in range(rows)
    }

    def told(found: re.Match[str]) -> str:
        return f"{found[0]}  ; {places[int(found[1])]}"

    return re.sub(r"getelementptr i8, ptr %m, i64 (\d+)$", told, text, flags=re.M)


def _assembly(text: str) -> str:
    processor()  # LLVM with the engine's own settings
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    triple, cpu, features = PROCESSOR
    target = llvm.Target.from_triple(triple)
    machine = target.create_target_machine(
        cpu=cpu, features=features, opt=3, reloc="default", codemodel="jitdefault"
    )
    module = llvm.parse_assembly(text)
    machine.set_asm_verbosity(False)
    found = re.search(r"^rates:\n(.*?)^\tretq", machine.emit_assembly(module), re.S | re.M)
    assert found is not None
    lines = [line.expandtabs(8) for line in found[1].splitlines() if not line.strip().startswith(".")]
    shown = "\n".join([f"rates:  ... {len(lines) - 12} instructions", *lines[-12:], "        retq"])
    code = machine.emit_object(module)
    return f"{_block('text', shown)}\n\n{_block('text', _bytes(code, text))}"


def _bytes(code: bytes, text: str) -> str:
    """From the last store to the end, as they stand in memory: 62 opens one of AVX-512, c3 goes back."""
    row = int(re.findall(r"getelementptr i8, ptr %m, i64 (\d+)", _function(text, "rates"))[-1])
    place = row // ROW_BYTES  # written as one byte, in units of a register
    found = re.search(
        rb"\x62\xf1.{3}[\x40-\x7f]" + re.escape(bytes([place])) + rb".{0,16}?\xc5\xf8\x77\xc3", code, re.S
    )
    assert found is not None
    return f"{found[0].hex(' ')}    of {len(code)} bytes of the cut-out"


def _oracle(system: System) -> str:
    lines = []
    for backend in ("machine", "python"):
        program = compile_program(system, backend=backend)  # type: ignore[arg-type]
        start = {"cofactor_artery": 0.6, "dp_ucMGP": 1.0}
        values = solve(program, Lanes(1, {}, start), np.array([1.0, 240.0]), outputs=STATES).values[0]
        numbers = "  ".join(f"{value:.10g}" for value in values.ravel())
        lines.append(f"{backend:8} {numbers}")
    return "\n".join(["         after 1 h: cofactor, dp-ucMGP    after 240 h: cofactor, dp-ucMGP", *lines])


def _loop() -> str:
    python = inspect.getsource(control_steps.has_turned)
    [node] = ast.parse(python).body
    assert isinstance(node, ast.FunctionDef)
    lines = _function(translated_loop(), node.name).splitlines()
    begin = "\n".join([*lines[:16], f"  ... {len(lines) - 16} lines"])
    return f"{_block('python', python)}\n\n{_block('llvm', begin)}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
