"""The published body against all seventeen reference files: largest relative difference, file by file.

    python validation/published_files.py [FOLDER]

FOLDER holds the files (default ../shared/reference/peterson_riggs). Solver: libRoadRunner, relative tolerance
1e-10, absolute tolerance 1e-12 of each state's start, restarted at each dose. Bound: 1e-6.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT.parent / "shared" / "reference" / "peterson_riggs"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

from published_run import largest_difference, read_file, run_scenario, scenarios  # noqa: E402

BOUND = 1e-6


def main(folder: Path) -> int:
    """Compare, print, store; 1 when a file is missed."""
    rows = []
    for name in scenarios():
        begin = time.perf_counter()
        expected = read_file(folder / f"openbonemin_{name}.csv")
        difference, column = largest_difference(expected, run_scenario(name, expected["time_h"]))
        seconds = time.perf_counter() - begin
        verdict = "ok" if difference <= BOUND else "MISSED"
        print(f"{name:38s} {difference:8.1e}  {column:8s} {seconds:5.1f} s  {verdict}", flush=True)
        rows.append(
            {"file": name, "rows": len(expected["time_h"]), "difference": difference, "column": column}
        )
    largest = max(row["difference"] for row in rows)
    within = sum(row["difference"] <= BOUND for row in rows)
    print(f"{within} of {len(rows)} files within {BOUND:g}; largest difference {largest:.1e}")
    write_result(
        "published_files",
        {"files": len(rows), "within_bound": within, "bound": BOUND, "largest_difference": largest},
        rows,
        variant="published",
    )
    return int(within < len(rows))


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else FILES
    sys.exit(main(given))
