"""What is measured so far: one line a figure, and which are missing or stale.

    python validation/scoreboard.py [--json FILE]

Figures and targets stand in scoreboard.toml and scoreboard_practical.toml, measurements in results/*.json. A
measurement is stale when the model has changed since, or the code that it runs (depends_on.toml); it is shown
all the same.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]


@dataclass(frozen=True)
class Line:
    """One figure: what is asked, what was measured, and whether that still counts."""

    name: str
    target: str
    measured: str
    state: str  # reached, missed, missing or unreadable
    stale: str  # why, or empty
    result: str
    commit: str


FIGURES = (HERE / "scoreboard.toml", HERE / "scoreboard_practical.toml")


def read_board(
    folder: Path,
    model_hash: Callable[[str], str],
    code_changed_since: Callable[[str, str], bool],
    *figures: Path,
) -> list[Line]:
    """One line per figure, in the order of the table."""
    rows = [row for file in figures or FIGURES for row in tomllib.loads(file.read_text("utf-8"))["figure"]]
    return [_line(row, folder, model_hash, code_changed_since) for row in rows]


def _line(
    row: Mapping[str, Any],
    folder: Path,
    model_hash: Callable[[str], str],
    code_changed_since: Callable[[str, str], bool],
) -> Line:
    name, target, result = row["name"], row["target"], row["result"]
    file = folder / f"{result}.json"
    if not file.is_file():
        return Line(name, target, "", "missing", "", result, "")
    try:
        stored = json.loads(file.read_text("utf-8"))
        figures = stored["figures"]
        measured = row["shows"].format(**figures)
        state = "reached" if _reached(row, figures) else "missed"
        commit, hashed, variant = stored["commit"], stored["model_hash"], stored.get("variant", "calciroute")
    except (ValueError, KeyError, TypeError) as wrong:
        return Line(name, target, f"{type(wrong).__name__}: {wrong}", "unreadable", "", result, "")
    stale = ""
    if hashed != model_hash(variant):
        stale = "the model has changed"
    elif commit.endswith("-dirty"):
        stale = "measured between two commits"
    elif commit and code_changed_since(commit, result):
        stale = "the code has changed"
    return Line(name, target, measured, state, stale, result, commit)


def _reached(row: Mapping[str, Any], figures: Mapping[str, Any]) -> bool:
    value = figures[row["value"]]
    if "at_most" in row:
        return bool(value <= row["at_most"])
    if "at_least" in row:
        return bool(value >= row["at_least"])
    wanted = row["equals"]
    return bool(value == (figures[wanted] if isinstance(wanted, str) else wanted))


def as_text(lines: list[Line], others: list[str]) -> str:
    """The board for people."""
    width = max(len(line.name) for line in lines)
    shown = []
    for line in lines:
        words = [line.state, *([f"stale: {line.stale}"] if line.stale else [])]
        shown.append(
            f"{line.name:{width}s}  target {line.target:24s} {line.measured or '-':38s} {'; '.join(words)}"
        )
    counts = {
        "reached": sum(line.state == "reached" and not line.stale for line in lines),
        "reached, stale": sum(line.state == "reached" and bool(line.stale) for line in lines),
        "missed": sum(line.state == "missed" for line in lines),
        "missing": sum(line.state in ("missing", "unreadable") for line in lines),
    }
    shown.append(", ".join(f"{count} {word}" for word, count in counts.items()))
    if others:
        shown.append(f"stored, not on the board: {', '.join(others)}")
    return "\n".join(shown)


def _model_hash(variant: str) -> str:
    from calciroute.body.assembly import assemble

    return assemble(variant).model_hash


def _paths(result: str) -> list[str]:
    """What a measurement runs, as pathspecs of git."""
    table = tomllib.loads((HERE / "depends_on.toml").read_text("utf-8"))
    group = table["results"].get(result)
    return table["groups"][group] if group else ["src"]


def _code_changed_since(commit: str, result: str) -> bool:
    """Whether the code that a measurement runs is another than that of a commit.

    Where git cannot say, such as in a ZIP, it is.
    """
    command = ["git", "diff", "--quiet", commit, "--", *_paths(result)]
    try:
        return subprocess.run(command, cwd=HERE.parent, capture_output=True, check=False).returncode != 0
    except OSError:
        return True


def main() -> None:
    """Print the board, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    folder = HERE / "results"
    lines = read_board(folder, _model_hash, _code_changed_since)
    others = sorted({file.stem for file in folder.glob("*.json")} - {line.result for line in lines})
    print(as_text(lines, others))
    if given.json:
        board = {"figures": [asdict(line) for line in lines], "not_on_the_board": others}
        given.json.write_text(json.dumps(board, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
