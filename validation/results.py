"""One way to store what a validation script measured: `write_result(name, figures, rows)`."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from calciroute.body.assembly import assemble

FOLDER = Path(__file__).resolve().parent / "results"
_TOOLS = ("llvmlite", "libroadrunner", "python-libsbml", "numpy", "scipy")


def write_result(
    name: str, figures: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], variant: str = "calciroute"
) -> Path:
    """Store a result with everything that tells whether it is stale: commit, model hash, versions.

    `figures` are the few numbers of the scoreboard, `rows` the table behind them.
    """
    result = {
        "name": name,
        "commit": _commit(),
        "variant": variant,
        "model_hash": assemble(variant).model_hash,
        "versions": {"python": platform.python_version(), **{tool: version(tool) for tool in _TOOLS}},
        "figures": dict(figures),
        "rows": [dict(row) for row in rows],
    }
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(
        json.dumps(result, indent=1, allow_nan=False, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return path


def _commit() -> str:
    """Commit of the checkout, with a mark where tracked files differ from it; empty outside a checkout."""
    here = Path(__file__).resolve().parent
    try:
        # A ZIP unpacked inside somebody else's checkout has that one's commits, not ours.
        inside = subprocess.run(
            ["git", "rev-parse", "--show-prefix"], cwd=here, capture_output=True, text=True, check=True
        )
        if inside.stdout.strip() != f"{here.name}/":
            return ""
        head = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=True
        )
        state = subprocess.run(
            ["git", "status", "--porcelain", "--untracked-files=no", "--", "../src"],
            cwd=here, capture_output=True, text=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip() + ("-dirty" if state.stdout.strip() else "")
