"""Where the time of the demo goes: each part in CPU seconds and as a share of the whole, and wall times.

Set-up (an empty cache) stands apart from what is timed. A part is a plain function.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

DRAWS, YEARS = 100, 3.0
RESULT = Path(__file__).resolve().parent / "results" / "demo_parts.json"


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of this process while some work runs, and what it gave back."""
    began = time.process_time()
    value = work()
    return time.process_time() - began, value


def cpu_of_help() -> float:
    """CPU seconds of ``calciroute --help`` in a process of its own, the least of five."""
    least = float("inf")
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "calciroute", "--help"], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def demo_parts(folder: Path) -> dict[str, float]:
    """CPU seconds of each part of the demo, from an empty cache."""
    parts: dict[str, float] = {}

    def read() -> Any:
        from calciroute.intake.plan import read_plan
        from calciroute.people.examples import write_examples
        from calciroute.people.person import read_person

        person, plan, _ = write_examples(folder / "files")
        return read_person(person), read_plan(plan)

    parts["read the files, with imports"], (person, plan) = cpu(read)

    def build() -> Any:
        from calciroute.body.assembly import assemble

        return assemble()

    parts["texts to SBML"], body = cpu(build)

    def load() -> Any:
        from calciroute.body.machine import program_of

        return program_of(body)

    parts["compile (first start alone)"], _ = cpu(load)

    def run(draws: int, variants: tuple[str, ...]) -> Callable[[], Any]:
        from calciroute.simulate import run_person

        return lambda: run_person(person, [plan], years=YEARS, draws=draws, variants=variants)

    from calciroute.simulate.run import SHOWN_VARIANTS

    parts["central course"], _ = cpu(run(0, ()))
    whole, simulation = cpu(run(DRAWS, SHOWN_VARIANTS))
    with_draws, _ = cpu(run(DRAWS, ()))
    parts[f"{DRAWS} draws"] = with_draws - parts["central course"]
    parts["variants"] = whole - with_draws

    def report() -> Any:
        from calciroute.report.build import build_report
        from calciroute.report.writer import write_outputs

        return write_outputs(build_report(simulation), simulation, folder / "out")

    parts["report"], _ = cpu(report)
    return parts


def wall_of(work: Callable[[], Any]) -> float:
    """Wall seconds of some work, the lesser of two: other work on the machine can only add."""
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def walls(folder: Path) -> dict[str, float]:
    """Wall seconds on all cores with warm caches: the simulation by itself, and the whole command."""
    from calciroute.intake.plan import read_plan
    from calciroute.people.examples import write_examples
    from calciroute.people.person import read_person
    from calciroute.simulate import run_person
    from calciroute.simulate.run import SHOWN_VARIANTS

    person, plan, _ = write_examples(folder / "again")

    def simulation() -> None:
        run_person(read_person(person), [read_plan(plan)], years=YEARS, draws=DRAWS, variants=SHOWN_VARIANTS)

    numbers = count()

    def command() -> None:
        words = ["simulate", str(person), "--plan", str(plan), "--years", f"{YEARS:g}", "--draws", str(DRAWS)]
        out = folder / f"command{next(numbers)}"
        subprocess.run(
            [sys.executable, "-m", "calciroute", *words, "--out", str(out)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    return {"simulated_wall_s": wall_of(simulation), "command_wall_s": wall_of(command)}


def main() -> None:
    """Measure, print and store."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["CALCIROUTE_CACHE"] = str(Path(name) / "cache")
        parts = demo_parts(Path(name))
        seconds = {part: round(value, 2) for part, value in walls(Path(name)).items()}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = sum(parts.values())
    help_seconds = cpu_of_help()
    rows = [
        {"part": part, "cpu_s": round(seconds, 2), "share": round(seconds / total, 3)}
        for part, seconds in parts.items()
    ]
    result = {
        "name": "demo_parts",
        "draws": DRAWS,
        "years": YEARS,
        "cpu_s": round(total, 1),
        "peak_memory_MB": round(memory),
        "help_cpu_s": round(help_seconds, 3),
        **seconds,
        "machine": {"processor": platform.machine(), "cores": os.cpu_count()},
        "versions": {
            "python": platform.python_version(),
            "llvmlite": version("llvmlite"),
        },
        "rows": rows,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    for row in rows:
        print(f"{row['cpu_s']:8.2f} s {row['share']:6.1%}  {row['part']}")
    print(", ".join(f"{part} {value:.1f}" for part, value in seconds.items()))
    print(f"{total:8.1f} s CPU in all, {memory:.0f} MB at most; --help {help_seconds:.2f} s")


if __name__ == "__main__":
    main()
