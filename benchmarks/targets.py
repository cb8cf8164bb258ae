"""``python -m benchmarks targets``: the run against rivals and every target, one table.

python -m benchmarks targets            compare with the stored ratios; 1 when one fell by 1.3 or more
python -m benchmarks targets --keep     store this run as the one to compare with, and write the page
python -m benchmarks targets --page     write the page again from what is stored
python -m benchmarks targets --only T4 T12   measure some again that need no rival, into what is stored
python -m benchmarks targets --quick    one round, no bngsim Jacobian of minutes: for a look, never kept
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import targets_averaged as averaged
from benchmarks import targets_engine as engine
from benchmarks import targets_speed as speed
from benchmarks import targets_start as start
from benchmarks.cases import cases, own_case, published_case
from benchmarks.clock import machine, pin
from benchmarks.gate import fallen
from benchmarks.page import write_page
from benchmarks.pictures import draw
from benchmarks.ratios import all_ratios
from benchmarks.rivals import all_rivals
from benchmarks.rivals.which import installed
from benchmarks.target import Target
from benchmarks.tried import TRIED
from benchmarks.work_precision import ROUNDS, measure

_WITHOUT_RIVALS: dict[str, Callable[[], Target]] = {
    "T4": start.t4,
    "T5": lambda: engine.t5(own_case()),
    "T6": lambda: engine.t6(own_case()),
    "T7": lambda: speed.t7(published_case()),
    "T8": lambda: speed.t8(own_case()),
    "T9": lambda: engine.t9(own_case()),
    "T10": lambda: engine.t10(cases()),
    "T11": lambda: engine.t11(published_case()),
    "T12": engine.t12,
    "T13": lambda: averaged.t13(own_case()),
    "T14": lambda: engine.t14(own_case()),
}
RESULT = Path(__file__).resolve().parent / "results" / "rivals.json"


def main(arguments: list[str]) -> int:
    """Run, print, compare or store."""
    titles = {case.name: case.title for case in cases()}
    if "--page" in arguments:
        print(write_page(json.loads(RESULT.read_text("utf-8")), titles))
        return 0
    if "--only" in arguments:
        print(write_page(_again(arguments[arguments.index("--only") + 1 :]), titles))
        return 0
    quick = "--quick" in arguments
    result = run(rounds=1 if quick else ROUNDS, quick=quick)
    for row in result["targets"]:
        print(Target(**row).line())
    words: list[str] = []
    if RESULT.is_file() and not quick:
        words = fallen(json.loads(RESULT.read_text("utf-8"))["ratios"], result["ratios"])
        for word in words:
            print(f"fell: {word}")
    if "--keep" in arguments and not quick:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        write_page(result, titles)
        return 0
    return 1 if words else 0


def _again(names: list[str]) -> dict[str, Any]:
    """The stored run with some of its targets measured anew, each of which says so."""
    pin()
    stored: dict[str, Any] = json.loads(RESULT.read_text("utf-8"))
    if not names or not _WITHOUT_RIVALS.keys() >= set(names):
        raise SystemExit(f"--only takes some of {', '.join(_WITHOUT_RIVALS)}")
    for name in names:
        target = _tried(name, _WITHOUT_RIVALS[name])
        print(target.line(), flush=True)
        row = {**target.row(), "how": f"{target.how}; measured in a run of its own"}
        stored["targets"] = [row if one["id"] == name else one for one in stored["targets"]]
    RESULT.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    return stored


def run(*, rounds: int, quick: bool) -> dict[str, Any]:
    """Everything that is stored."""
    pin()
    rivals, missing = installed(all_rivals())
    if quick:
        rivals = [rival for rival in rivals if rival.tool != "bngsim"]
    for tool in missing:
        print(f"{tool} is not installed: left out")
    measured = measure(cases(), rivals, rounds=rounds)
    points = measured.points
    for case in cases():
        draw(points, case.name, case.title)
    vectors = machine()["vectors"]
    asked: dict[str, Callable[[], Target]] = {
        "T1": lambda: speed.t1(points, vectors),
        "T2": lambda: speed.t2(points),
        "T3": lambda: speed.t3(points),
        **_WITHOUT_RIVALS,
    }
    targets = []
    for name, work in asked.items():
        targets.append(_tried(name, work))
        print(targets[-1].line(), flush=True)
    tools = {rival.tool: rival.version() for rival in rivals}
    return {
        "name": "rivals",
        "machine": machine(),
        "versions": {
            **tools, "python": platform.python_version(), "llvmlite": version("llvmlite"),
            "numpy": np.__version__,
        },
        "rounds": rounds,
        "spread": round(measured.spread, 3),
        "targets": [target.row() for target in targets],
        "ratios": all_ratios(points),
        "points": [point.row() for point in points],
        "prepared": measured.prepared,
        "failed": measured.failed,
        "tried": list(TRIED),
    }  # fmt: skip


def _tried(name: str, work: Callable[[], Target]) -> Target:
    """A target that cannot be measured is a row too: the others are still wanted."""
    try:
        return work()
    except Exception as stopped:
        reason = " ".join(f"{type(stopped).__name__}: {stopped}".split())[:160]
        return Target(name, "see the design", reason, None, "stopped")
