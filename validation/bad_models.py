"""Broken and hostile models and tables through the command line, each in a process of its own.

    python validation/bad_models.py

Bound: every file ends with exit code 2 and words that name it, no traceback, no crash, nothing written, none
takes longer than 30 s of CPU or more than 1 GB of memory.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation"), str(ROOT / "tests")]

from results import write_result  # noqa: E402

from model.bad_model_cases import Case, lay_out, read_cases  # noqa: E402

LONGEST_S, LARGEST_MB, GIVE_UP_S = 30.0, 1000.0, 600.0


def main() -> int:
    """Run every case, print, store; 1 when one misses its bound."""
    rows = []
    for case in read_cases():
        with tempfile.TemporaryDirectory() as folder:
            row = measure(case, Path(folder))
        rows.append(row)
        if row["missed"]:
            print(f"  {row['file']}: {row['missed']}", flush=True)
    figures = {
        "files": len(rows),
        "causes": len({row["cause"] for row in rows}),
        "exit_2": sum(row["exit_code"] == 2 for row in rows),
        "tracebacks": sum(row["traceback"] for row in rows),
        "crashes": sum(row["exit_code"] < 0 for row in rows),
        "written": sum(row["written"] for row in rows),
        "missed": sum(bool(row["missed"]) for row in rows),
        "longest_cpu_s": max(row["cpu_s"] for row in rows),
        "largest_memory_mb": max(row["memory_mb"] for row in rows),
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    write_result("bad_models", figures, rows)
    return int(figures["missed"] > 0)


def measure(case: Case, folder: Path) -> dict[str, Any]:
    """What one case did: exit code, words, files, CPU seconds, memory."""
    words = lay_out(case, folder)
    before = sorted(path.name for path in folder.iterdir())
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        [sys.executable, "-m", "calciroute", *words, "--out", str(folder / "out")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True, errors="replace",
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=GIVE_UP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    used = _used()
    named = [line for line in said.splitlines() if case.name in line]
    row = {
        "file": case.file,
        "cause": case.cause,
        "exit_code": process.returncode,
        "words": named[0].split(case.name, 1)[1][:300] if named else "",
        "traceback": "Traceback" in said,
        "written": sorted(path.name for path in folder.iterdir()) != before,
        "cpu_s": round(used[0], 2),
        "memory_mb": round(used[1], 1),
    }
    row["missed"] = _missed(row)
    return row


def _missed(row: dict[str, Any]) -> str:
    faults = {
        f"exit code {row['exit_code']}": row["exit_code"] != 2,
        "a traceback": row["traceback"],
        "the file is not named": not row["words"],
        "something was written": row["written"],
        f"{row['cpu_s']} s": row["cpu_s"] > LONGEST_S,
        f"{row['memory_mb']} MB": row["memory_mb"] > LARGEST_MB,
    }
    return ", ".join(fault for fault, holds in faults.items() if holds)


_BEFORE = [0.0]


def _used() -> tuple[float, float]:
    """CPU seconds of the last child, and the largest memory of any child so far, in MB."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = usage.ru_utime + usage.ru_stime
    seconds, _BEFORE[0] = total - _BEFORE[0], total
    return seconds, usage.ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0) / 1e6


if __name__ == "__main__":
    sys.exit(main())
