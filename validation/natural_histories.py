"""Natural histories: every printed value of the research page beside what the shipped body gives.

    python validation/natural_histories.py

Each part is a module `histories_PART.py` here with `measure()`, and a table natural_histories_PART.csv below
tests/reference of what is printed; a part without a module is named and left out. A value is reached when it
rounds to the last printed digit or to the one beside it.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

REFERENCE = ROOT / "tests" / "reference"


def last_digit(printed: str) -> float:
    """One unit in the last printed place."""
    return float(10.0 ** -len(printed.partition(".")[2]))


def compare(part: str) -> list[dict[str, Any]]:
    """Rows of one part: printed, found, and how far apart in last digits."""
    module = importlib.import_module(f"histories_{part}")
    found = module.measure()
    rows = []
    with (REFERENCE / f"natural_histories_{part}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            value = found[row["history"], row["quantity"]]
            off = abs(value - float(row["printed"])) / last_digit(row["printed"])
            verdict = "same" if off <= 0.5 else "one off" if off <= 1.5 else "MISSED"
            rows.append({**row, "part": part, "found": value, "last_digits_off": off, "verdict": verdict})
    return rows


def main() -> int:
    """Print the table and store it; 1 when a printed value is missed."""
    rows: list[dict[str, Any]] = []
    for table in sorted(REFERENCE.glob("natural_histories_*.csv")):
        part = table.stem.removeprefix("natural_histories_")
        if importlib.util.find_spec(f"histories_{part}") is None:
            print(f"{part}: no histories_{part}.py yet")
            continue
        rows += compare(part)
    for row in rows:
        print(
            f"{row['history']:38s} {row['quantity']:44s} {row['printed']:>7s} "
            f"{row['found']:10.4f} {row['unit']:18s} {row['verdict']}"
        )
    missed = sum(row["verdict"] == "MISSED" for row in rows)
    same = sum(row["verdict"] == "same" for row in rows)
    reached = len(rows) - missed
    print(f"{reached} of {len(rows)} reached: {same} to the last digit, {reached - same} one off")
    write_result("natural_histories", {"values": len(rows), "reached": reached, "same": same}, rows)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
