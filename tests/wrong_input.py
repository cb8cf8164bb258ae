"""A wrong file through the command line: exit code, words, seconds, and what it left behind."""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from calciroute.cli import main

LONGEST_S = 5.0
# Kinds whose wrong words close a gate.
_GATED = frozenset({"medicines"})
_GOOD_PERSON = '[person]\nsex = "female"\nage_years = 62\n'


@dataclass(frozen=True)
class WrongInput:
    """One wrong file: its kind, name, cause, content or maker, words that must be said, line (0: none).

    ``why`` is the reason of an input that looks wrong and is right after all: it is to be read.
    """

    kind: str
    name: str
    cause: str
    content: bytes | Callable[[Path], Path]
    said: tuple[str, ...]
    line: int = 0
    why: str = ""


def attempt(wrong: WrongInput, folder: Path) -> dict[str, Any]:
    """Give it to its command in an empty folder.

    Returns
    -------
    dict
        ``exit_code``, ``outcome`` (``refused``: exit 2; ``told``: exit 0, but the line and the words are in
        the answer; ``stopped``: exit 3, and the notice of a gate says the words; ``read``: exit 0 without a
        word), ``traceback``, ``left`` (files that were written, removed or changed), ``seconds`` and
        ``missed``, the bounds that were not held. What is read without a word misses its bound, but for an
        input with a reason, which misses it when it is refused.
    """
    if callable(wrong.content):
        path = wrong.content(folder)
    else:
        path = folder / wrong.name
        path.write_bytes(wrong.content)
    words = _words(wrong.kind, path, folder)
    before = _stands(folder)
    data = {"CALCIROUTE_DATA": str(folder / "data"), "CALCIROUTE_CACHE": str(folder / "cache")}
    out, err = io.StringIO(), io.StringIO()
    trace = ""
    code: Any = "none"
    began = time.monotonic()
    with mock.patch.dict(os.environ, data), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(words)
        except SystemExit as left:
            code = left.code or 0
        except BaseException as fault:
            trace = f"{type(fault).__name__}: {fault}"[:300]
    seconds = time.monotonic() - began
    # Long lines are broken between words on a terminal.
    whole = out.getvalue() + err.getvalue()
    text = " ".join(whole.split())
    named = all(" ".join(word.split()) in text for word in wrong.said)
    placed = not wrong.line or any(
        mark in text for mark in (f"{path.name}:{wrong.line}", f"line {wrong.line}", f"line={wrong.line}")
    )
    step = any(word in text for word in ("Expected", "Try", "Next", "Write:"))
    stopped = wrong.kind in _GATED and code == 3
    outcome = "refused" if code == 2 else "stopped" if stopped and named else "read"
    if code == 0 and named and placed and step and not wrong.why:
        outcome = "told"
    row = {
        "kind": wrong.kind, "file": path.name, "cause": wrong.cause, "exit_code": code, "outcome": outcome,
        "traceback": trace or ("yes" if "Traceback" in text else ""),
        # What was read is written whole: a food that is not found is told in it.
        "left": sorted(name for name, _ in before ^ _stands(folder)) if code != 0 else [], "why": wrong.why,
        "seconds": round(seconds, 2), "words": text[-300:] if outcome == "read" else err.getvalue()[:300],
    }  # fmt: skip
    faults = {
        "a traceback": bool(row["traceback"]),
        f"exit code {code}": code not in (0, 2) and not stopped,
        "read without a word": outcome == "read" and not wrong.why,
        f"to be read: {wrong.why}": bool(wrong.why) and outcome != "read",
        "something was left": bool(row["left"]),
        f"{seconds:.1f} s": seconds >= LONGEST_S,
        "the cause is not said": code == 2 and not named,
        "the line is not said": code == 2 and not placed,
        "no next step": code == 2 and not step,
    }
    row["missed"] = ", ".join(fault for fault, holds in faults.items() if holds)
    return row


def warm_up(folder: Path) -> None:
    """Right inputs first, so that no wrong one is timed with the first import of its command."""
    attempt(WrongInput("diary", "good.txt", "none", b"50 g natto\n", ()), folder)
    attempt(WrongInput("label", "good_label.txt", "none", b"MK-7 100 mcg per capsule\n", ()), folder)
    attempt(WrongInput("person", "empty.toml", "none", b"", ()), folder)


def _words(kind: str, path: Path, folder: Path) -> list[str]:
    out = ["--out", str(folder / "out")]
    if kind == "diary":
        return ["intake", str(path), "--region", "NL", *out]
    if kind == "label":
        return ["label", str(path)]
    if kind == "journal":
        return ["journal", "import", str(path)]
    if kind == "food table":
        return ["foods", "--table", str(path), "natto"]
    if kind == "person":
        return ["simulate", str(path), *out]
    if kind == "entry":
        return ["journal", "add", path.stem, *path.read_text("utf-8").split(" ")]
    if kind == "medicines":
        return ["plan", str(path), *out]
    person = folder / "good_person.toml"
    person.write_text(_GOOD_PERSON, encoding="utf-8")
    return ["simulate", str(person), "--plan", str(path), *out]


def _stands(folder: Path) -> set[tuple[str, bytes]]:
    """Every file with its content, folders too; an emptied journal folder is no file of a result."""
    return {
        (path.relative_to(folder).as_posix(), path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }
