"""Progress of long work on standard error; results go to standard output."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WORDS = {
    "load": "reading and compiling the model",
    "centre": "central course, and variants that human data do not rule out",
    "draws": "draws of what nobody knows",
}


@contextmanager
def progress_shown() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, a line per stage elsewhere.

    Yields
    ------
    callable
        Takes stage, done and total.
    """
    if sys.stderr.isatty():
        with _bar() as tell:
            yield tell
        return
    began = time.monotonic()
    last = ""

    def tell_line(stage: str, done: int, total: int) -> None:
        nonlocal last
        if stage != last:
            print(
                f"[{time.monotonic() - began:5.1f} s] {_WORDS.get(stage, stage)}", file=sys.stderr, flush=True
            )
            last = stage

    yield tell_line


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(_WORDS.get(stage, stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield tell
