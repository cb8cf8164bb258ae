"""A process that does one thing at a time for another: a crash or a run without end costs one answer."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
from collections.abc import Callable
from pathlib import Path

from suite_case import Outcome


def _serve(pipe: multiprocessing.connection.Connection, work: Callable[..., Outcome]) -> None:
    while True:
        pipe.send(work(*pipe.recv()))


class Worker:
    """One process, started anew when it is lost.

    Parameters
    ----------
    work : callable
        What it does; importable by name.
    limit_s : float
        Seconds for one answer.
    """

    def __init__(self, work: Callable[..., Outcome], limit_s: float) -> None:
        self._work = work
        self._limit_s = limit_s
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> Worker:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _start(self) -> None:
        self._pipe, far = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(far, self._work), daemon=True)
        self._process.start()
        far.close()

    def _stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def ask(self, case: Path, backend: str) -> Outcome:
        """The answer for a case, or why there is none."""
        try:
            self._pipe.send((case, backend))
            if self._pipe.poll(self._limit_s):
                return self._pipe.recv()
            lost = Outcome("failed", f"no answer within {self._limit_s:g} s")
        except (EOFError, OSError):
            self._process.join(5.0)
            lost = Outcome("crash", f"the process ended with {self._process.exitcode}")
        self._stop()
        self._start()
        return lost
