"""What each command for every day costs: CPU of its process in seconds and in starts of a bare Python.

python -m benchmarks practical           compare with the stored ratios; 1 when one fell by 1.3 or more
python -m benchmarks practical --keep    store this run as the one to compare with
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.gate import fallen
from benchmarks.other_process import ROOT

RESULT = Path(__file__).resolve().parent / "results" / "practical.json"
MOST_CPU_S = 1.5
_ROUNDS = 5
_EXAMPLES = ROOT / "docs" / "examples"
_BARE = ("-c", "pass")
_PLAN_STOPPED = 3
_FILES = {
    **{f"intake {week}": ("intake", f"weeks/{week}.txt") for week in ("dutch", "indian", "japanese")},
    **{f"check {person}": ("check", f"practical/{person}.toml") for person in ("everyday", "warfarin")},
    **{f"plan {person}": ("plan", f"practical/{person}.toml") for person in ("everyday", "warfarin")},
    "label": ("label", "practical/label.txt"),
}
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "foods natto": ("foods", "natto"),
    **{name: (command, str(_EXAMPLES / file)) for name, (command, file) in _FILES.items()},
    "journal add": ("journal", "add", "weight", "66", "kg"),
    "journal list": ("journal", "list"),
    "data where": ("data", "where"),
}


def cpu_of(words: Sequence[str], environment: Mapping[str, str], folder: Path) -> float:
    """CPU seconds, user and system, of one Python process.

    Parameters
    ----------
    words : sequence of str
        What stands behind ``python``.
    environment : mapping of str to str
        All variables of the process.
    folder : Path
        Where it runs and leaves what it writes.

    Returns
    -------
    float

    Raises
    ------
    RuntimeError
        When it ended neither well nor at a gate: what failed is no measure.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *words], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, _PLAN_STOPPED}:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_of_all(rounds: int = _ROUNDS) -> dict[str, float]:
    """Least CPU seconds of each command and of a bare Python, from a warm start.

    Parameters
    ----------
    rounds : int, optional
        Times that each runs, after one that only fills the caches.

    Returns
    -------
    dict of str to float
        By command; ``""`` is the bare Python.
    """
    least: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        # Python's own cache of what it has read belongs to a warm start, wherever it is switched off.
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONPYCACHEPREFIX": str(Path(name) / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
            "CALCIROUTE_DATA": str(Path(name) / "data"),
        }
        for turn in range(rounds + 1):
            # In turn, so that other work on the machine falls on all of them alike.
            for command, words in {"": (), **COMMANDS}.items():
                folder = Path(tempfile.mkdtemp(dir=name))
                python = ("-m", "calciroute", *words) if words else _BARE
                seconds = cpu_of(python, environment, folder)
                if turn:
                    least[command] = min(seconds, least.get(command, seconds))
    return least


def main(arguments: Sequence[str]) -> int:
    """Run, print, compare or store."""
    seconds = seconds_of_all()
    bare = seconds.pop("")
    rows = [
        {"command": command, "cpu_s": round(cpu, 2), "bare_pythons": round(cpu / bare, 1)}
        for command, cpu in seconds.items()
    ]
    for row in rows:
        print(f"{row['cpu_s']:6.2f} s {row['bare_pythons']:7.1f} x  {row['command']}")
    slow = [command for command, cpu in seconds.items() if cpu > MOST_CPU_S]
    for command in slow:
        print(f"above {MOST_CPU_S:g} s: {command}")
    if "--keep" in arguments:
        RESULT.write_text(json.dumps(_result(rows, bare), indent=1) + "\n", "utf-8")
        return 1 if slow else 0
    words = fallen(_speeds(json.loads(RESULT.read_text("utf-8"))["rows"]), _speeds(rows))
    for word in words:
        print(f"fell: {word}")
    return 1 if slow or words else 0


def _speeds(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Ratios that fall when a command gets slower, as the gate compares them."""
    return {row["command"]: 1.0 / row["bare_pythons"] for row in rows}


def _result(rows: list[dict[str, Any]], bare: float) -> dict[str, Any]:
    return {
        "name": "practical",
        "rounds": _ROUNDS,
        "most_cpu_s": MOST_CPU_S,
        "bare_python_cpu_s": round(bare, 4),
        "machine": {"processor": platform.machine(), "cores": os.cpu_count()},
        "versions": {name: version(name) for name in ("typer", "pydantic")}
        | {"python": platform.python_version()},
        "rows": rows,
    }
