"""The persons of ``examples/``: each told command run, its words beside those that its page shows.

    python validation/examples.py [--keep] [--edges] [NAME ...]

A page shows a command, the first sentences of its output (block ``answer``) and lines to notice (block
``notice``). Without an option both are compared with what the command prints; a difference ends with 1.
With --keep the pages are rewritten: read every sentence before it is committed. With --edges each runs again
at bounds ten times tighter: words that change stand at an edge of rounding and may print otherwise on
another machine.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from calciroute.body.batch import STANDARD, Tolerances  # noqa: E402
from calciroute.cli import main as calciroute  # noqa: E402
from calciroute.purpose import PURPOSE  # noqa: E402
from calciroute.report.build import build_report  # noqa: E402
from calciroute.report.terminal import render  # noqa: E402
from calciroute.simulate import run_person  # noqa: E402
from calciroute.simulate.read_inputs import read_inputs  # noqa: E402

EXAMPLES = ROOT / "examples"
TIGHTER = Tolerances(0.1 * STANDARD.relative, 0.1 * STANDARD.absolute)
_COMMAND = re.compile(r"^    (calciroute simulate .+)$", re.MULTILINE)
_BLOCK = "```text {name}\n"
_KEY = re.compile(r"(?<=\S)  +−?\d")  # what follows the name of a row: its numbers
_BOUND = str.maketrans({"\u00a0": " ", "\u202f": " "})  # pages keep ordinary blanks, which an editor shows


@dataclass(frozen=True)
class Page:
    """README.md of one example.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        Its text.
    command : str
        As it is told.
    answer, notice : tuple of str
        Lines that the output begins with; lines that it holds further down, in their order.
    """

    path: Path
    text: str
    command: str
    answer: tuple[str, ...]
    notice: tuple[str, ...]


def pages(names: list[str] | None = None) -> list[Page]:
    """Pages of the examples, by name."""
    folders = sorted(path.parent for path in EXAMPLES.glob("*/README.md"))
    return [read_page(folder) for folder in folders if not names or folder.name in names]


def read_page(folder: Path) -> Page:
    """One page; a missing or second command is an error of the page."""
    path = folder / "README.md"
    text = path.read_text("utf-8")
    (command,) = _COMMAND.findall(text)
    return Page(path, text, command, _block(text, "answer"), _block(text, "notice"))


def _block(text: str, name: str) -> tuple[str, ...]:
    opening = _BLOCK.format(name=name)
    if opening not in text:
        return ()
    return tuple(text.split(opening)[1].split("```")[0].splitlines())


def printed(command: str) -> tuple[int, list[str]]:
    """Exit code and standard output of a told command, in a folder that holds the examples alone."""
    words = shlex.split(command)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLES, Path(folder) / "examples")
        with _inside(folder), redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()):
            code: int | str | None = 0
            try:
                calciroute(words[1:])
            except SystemExit as left:
                code = left.code
    return int(code or 0), out.getvalue().translate(_BOUND).splitlines()


def rendered(command: str, **options: Any) -> list[str]:
    """The same output without the files that the command writes, which take half of its time."""
    told = argparse.ArgumentParser()
    told.add_argument("person")
    told.add_argument("--plan", action="append", default=[])
    told.add_argument("--stop", action="store_true")
    told.add_argument("--years", type=float)
    told.add_argument("--draws", type=int)
    given = told.parse_args(shlex.split(command)[2:])
    person, plans = read_inputs(ROOT / given.person, [ROOT / plan for plan in given.plan])
    run = run_person(person, plans, stop=given.stop, years=given.years, draws=given.draws, **options)
    return render(build_report(run), [], colour=False).translate(_BOUND).splitlines()


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def answer_of(lines: list[str]) -> tuple[str, ...]:
    """What stands above the purpose line."""
    return tuple(lines[: lines.index(PURPOSE) - 1])


def missing(page: Page, lines: list[str]) -> list[str]:
    """Lines of a page that its command did not print where they stand."""
    wrong = [line for line in page.answer if line not in answer_of(lines)]
    if page.answer != answer_of(lines) and not wrong:
        wrong = ["the answer has more lines than the page, or another order"]
    rest = iter(lines)
    return [*wrong, *(line for line in page.notice if line not in rest)]


def kept(page: Page, lines: list[str]) -> str:
    """The page with what was printed now."""
    rows = []
    for line in page.notice:
        key = _KEY.split(line)[0]
        rows.append(next((new for new in lines if new.startswith(key)), line))
    text = page.text
    for name, old, new in (("answer", page.answer, answer_of(lines)), ("notice", page.notice, tuple(rows))):
        opening = _BLOCK.format(name=name)
        if opening in text:
            before, after = text.split(opening)
            after = after[len("".join(f"{line}\n" for line in old)) :]
            text = before + opening + "".join(f"{line}\n" for line in new) + after
    return text


def at_an_edge(page: Page, lines: list[str]) -> list[str]:
    """Lines of a page that print otherwise when the solver is ten times stricter."""
    other = rendered(page.command, tolerances=TIGHTER)
    shown = {*page.answer, *page.notice}
    return [line for line in lines if line in shown and line not in other]


def main() -> int:
    """Run the examples that were named, or all."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--keep", action="store_true")
    asked.add_argument("--edges", action="store_true")
    options = asked.parse_args()
    bad = 0
    for page in pages(options.names):
        _, lines = printed(page.command)
        if options.keep:
            page.path.write_text(kept(page, lines), "utf-8", newline="\n")
            page = read_page(page.path.parent)
        wrong = missing(page, lines)
        if options.edges:
            wrong += at_an_edge(page, lines)
        bad += bool(wrong)
        print(f"{page.path.parent.name}: {'as told' if not wrong else 'differs'}", flush=True)
        for line in wrong:
            print(f"    {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
