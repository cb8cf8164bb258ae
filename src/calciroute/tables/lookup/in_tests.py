"""Look-up of the tests that hold a name, in a checkout: they say so with ``@pytest.mark.holds("NAME")``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from calciroute.tables.lookup.finding import Place


def checkout_root() -> Path | None:
    """Top folder of the checkout that this package runs from.

    Returns
    -------
    Path or None
        None for an installed wheel, which carries no tests.
    """
    root = Path(__file__).resolve().parents[4]
    return root if (root / "tests").is_dir() and (root / "pyproject.toml").is_file() else None


def places_in_tests(name: str, root: Path | None = None) -> Iterator[Place]:
    """Tests that hold a name.

    Parameters
    ----------
    name : str
        As the marker has it.
    root : Path, optional
        Checkout; found by itself when left out.

    Yields
    ------
    Place
        One a test.
    """
    top = root or checkout_root()
    if top is None:
        return
    for held, where, title in held_names(top):
        if held == name:
            yield Place("test", where, title)


@cache
def held_names(root: Path) -> tuple[tuple[str, str, str], ...]:
    """Every name that a test holds.

    Parameters
    ----------
    root : Path
        Checkout.

    Returns
    -------
    tuple of (str, str, str)
        Name, ``file:line`` and test.
    """
    found = []
    for file in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        shown = file.relative_to(root).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for held in _held(node.decorator_list):
                    found.append((held, f"{shown}:{node.lineno}", node.name))
            elif isinstance(node, ast.Assign) and _is_module_mark(node):
                for held in _held([node.value]):
                    found.append((held, f"{shown}:{node.lineno}", "every test of this file"))
    return tuple(found)


def _is_module_mark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _held(marks: list[ast.expr]) -> Iterator[str]:
    for mark in marks:
        for call in ast.walk(mark):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "holds"
            ):
                yield from (
                    arg.value
                    for arg in call.args
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                )
