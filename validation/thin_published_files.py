"""Writes tests/reference/published/: a few rows of each reference file, for the quick tests.

    python validation/thin_published_files.py [FOLDER]

The files were made by the public OpenBoneMin code (commit 9dfb1892) under mrgsolve 2.0.2.9000; see the
README of FOLDER (default ../shared/reference/peterson_riggs). Rows are copied as printed; columns that stay
0 are left out.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT.parent / "shared" / "reference" / "peterson_riggs"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from published_run import REFERENCE, columns, scenarios  # noqa: E402

ROWS = 8
# Daily doses are what costs time, so the quick test follows teriparatide for its first week only.
LAST_H = {"teriparatide_20ug_270d": 168.0, "teriparatide_40ug_270d": 168.0}


def thin(source: Path, target: Path, last_h: float) -> None:
    """Copy evenly spaced rows, the last one included."""
    with source.open(encoding="utf-8") as file:
        heading, *rows = list(csv.reader(file))
    rows = [row for row in rows if float(row[0]) <= last_h]
    rows = [rows[round(k * (len(rows) - 1) / ROWS)] for k in range(1, ROWS + 1)]
    known = {"time_h", *columns()}
    keep = [
        place
        for place, name in enumerate(heading)
        if name.split(" [")[0] in known and any(float(row[place]) for row in rows)
    ]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([[row[place] for place in keep] for row in [heading, *rows]])


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else FILES
    into = REFERENCE / "published"
    into.mkdir(exist_ok=True)
    for name in scenarios():
        thin(given / f"openbonemin_{name}.csv", into / f"{name}.csv", LAST_H.get(name, float("inf")))
