"""Any folder laid out like the public SBML test cases, run through the engine that the product uses.

    python validation/sbml_suite.py [DIR] [--json FILE] [--without-oracle] [--case NNNNN ...]

DIR (default ../shared/sbml_cases) holds cases/NNNNN with NNNNN-sbml-lXvY.xml, NNNNN-settings.txt and
NNNNN-results.csv; a .tar.xz of such a folder will do. Of several levels the newest is run. An index.csv, when
it is there, says which cases are in scope (ode_kernel_ok). Pass rule: every point |value - expected| <=
absolute + relative * |expected| by the settings file; equal infinities pass, and NaN where NaN is expected.

Each case runs twice: through the compiled lanes, which count, and through the plain-Python oracle, which
stands beside it. A worker process does the runs, so that a crash or a run without end costs one case.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tarfile
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

from suite_case import SUITE_FIGURES, Outcome, run_case  # noqa: E402
from suite_worker import Worker  # noqa: E402

# What the project leaves out on purpose: cases that need it are refused, whatever the index says.
OUT_OF_SCOPE = frozenset(
    ("comp", "fbc", "AlgebraicRule", "CSymbolDelay", "FastReaction", "RandomEventExecution")
)


@dataclass(frozen=True)
class Row:
    """One case: what came out of the compiled lanes, and of the oracle."""

    case: str
    in_scope: bool
    verdict: str  # right, wrong, failed, refused, unreadable, crash
    why: str
    oracle: str
    seconds: float


def cases_in(folder: Path) -> list[Path]:
    """Folders of cases below a folder, by number."""
    found = {
        path.parent for path in folder.rglob("*-settings.txt") if re.fullmatch(r"\d{5}", path.parent.name)
    }
    return sorted(found, key=lambda path: path.name)


def scope_of(folder: Path) -> dict[str, bool]:
    """Which cases the index calls in scope; empty without an index."""
    for index in sorted(folder.rglob("index.csv")):
        with index.open(encoding="utf-8", newline="") as file:
            return {row["case"]: row["ode_kernel_ok"] == "1" for row in csv.DictReader(file)}
    return {}


def run_folder(folder: Path, only: set[str], oracle: bool, limit_s: float) -> list[Row]:
    """Run all cases of a folder, printing each that is not right."""
    scope = scope_of(folder)
    rows = []
    with Worker(run_case, limit_s) as worker:
        for case in cases_in(folder):
            if only and case.name not in only:
                continue
            begin = time.perf_counter()
            found = worker.ask(case, "machine")
            seconds = time.perf_counter() - begin
            beside = worker.ask(case, "python") if oracle and found.verdict != "refused" else found
            in_scope = scope.get(case.name, not (found.verdict == "refused" and found.why in OUT_OF_SCOPE))
            row = Row(case.name, in_scope, found.verdict, found.why, _shown(beside), round(seconds, 3))
            rows.append(row)
            if found.verdict == "refused":
                mark = "MISSED, " if in_scope else ""
                print(f"{case.name}  {mark}not supported: {found.why}", flush=True)
            elif found.verdict != "right" or beside.verdict != "right":
                print(f"{case.name}  {found.verdict}: {found.why}  [oracle: {row.oracle}]", flush=True)
    return rows


def _shown(outcome: Outcome) -> str:
    return outcome.verdict + (f": {outcome.why}" if outcome.why else "")


def figures_of(rows: list[Row]) -> dict[str, int]:
    """The few numbers: how many were in scope, right, refused as they should be, wrong, crashed."""
    asked = [row for row in rows if row.in_scope]
    others = [row for row in rows if not row.in_scope]
    verdicts = Counter(row.verdict for row in rows)
    return {
        "cases": len(asked),
        "right": sum(row.verdict == "right" for row in asked),
        "oracle_right": sum(row.oracle == "right" for row in asked),
        "missed": sum(row.verdict != "right" for row in asked),
        "to_refuse": len(others),
        "refused": sum(row.verdict == "refused" for row in others),
        "wrong_numbers": verdicts["wrong"],
        "crashes": verdicts["crash"],
    }


def main() -> int:
    """Run, print, store; 1 when a figure is missed."""
    parser = argparse.ArgumentParser(description="Run SBML test cases through the engine.")
    parser.add_argument("folder", nargs="?", type=Path, default=_default_folder())
    parser.add_argument("--json", type=Path, help="write every case to this file")
    parser.add_argument("--without-oracle", action="store_true", help="leave the plain-Python run out")
    parser.add_argument("--case", nargs="*", default=[], help="these cases only")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for one run of one case")
    chosen = parser.parse_args()
    if not chosen.folder.exists():
        parser.error(f"{chosen.folder} is not there")
    with tempfile.TemporaryDirectory() as aside:
        folder = unpacked(chosen.folder, Path(aside))
        if not cases_in(folder):
            parser.error(f"{chosen.folder} holds no cases")
        rows = run_folder(folder, set(chosen.case), not chosen.without_oracle, chosen.limit)
    figures = figures_of(rows)
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    for feature, count in sorted(Counter(row.why for row in rows if row.verdict == "refused").items()):
        print(f"  refused for {feature}: {count}")
    if chosen.json is not None:
        whole = {"figures": figures, "rows": [asdict(row) for row in rows]}
        chosen.json.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    elif not chosen.case:
        from results import write_result

        kept = [asdict(row) for row in rows if row.verdict != "right" or row.oracle != "right"]
        write_result("sbml_suite", figures, kept)
    return int(any(figures[name] != wanted(figures) for name, wanted in SUITE_FIGURES.items()))


def _default_folder() -> Path:
    unpacked_one = SHARED / "sbml_cases"
    return unpacked_one if unpacked_one.exists() else SHARED / "sbml_cases.tar.xz"


def unpacked(given: Path, aside: Path) -> Path:
    """The folder itself, or an archive's content in a folder aside."""
    if given.is_dir():
        return given
    with tarfile.open(given) as archive:
        archive.extractall(aside, filter="data")
    return aside


if __name__ == "__main__":
    sys.exit(main())
