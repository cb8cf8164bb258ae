"""The vitamin K tables, regenerated from the shipped model: published, printed for the prototype, simulated.

    python validation/vitamin_k_table.py [--all]

A row holds when the simulated value lies within 3 % or half of the last printed digit of the prototype's
value, whichever is wider. Prints the misses (with --all every row), stores results/vitamin_k_table.json and
ends with 1 when a row is missed.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

from results import write_result  # noqa: E402
from vitamin_k_protocols import PROTOCOLS  # noqa: E402

PAGE = ROOT / "tests" / "reference" / "vitamin_k_page.csv"
SHARE = 0.03


def tolerance(printed: str) -> float:
    """3 % or half of the last printed digit, whichever is wider."""
    return max(SHARE * abs(float(printed)), 0.5 * 10.0 ** -len(printed.partition(".")[2]))


def compare() -> list[dict[str, object]]:
    """One row per printed value; what a protocol gives beyond the page is not judged."""
    with open(PAGE, encoding="utf-8", newline="") as file:
        page = {(row["table"], row["protocol"]): row for row in csv.DictReader(file)}
    rows: list[dict[str, object]] = []
    for table, protocols in PROTOCOLS.items():
        for protocol in protocols:
            for name, value in protocol():
                told = page.pop((table, name), {"published": "", "printed": ""})
                printed = told["printed"]
                held = abs(float(value) - float(printed)) <= tolerance(printed) if printed else None
                rows.append(
                    {
                        "table": table,
                        "protocol": name,
                        "published": told["published"],
                        "printed": printed,
                        "simulated": float(f"{float(value):.6g}"),
                        "holds": held,
                    }
                )
    rows += [
        {"table": table, "protocol": name, **row, "simulated": None, "holds": False}
        for (table, name), row in page.items()
    ]
    return rows


def main(arguments: list[str]) -> int:
    """Compare, print, store."""
    rows = compare()
    judged = [row for row in rows if row["holds"] is not None]
    missed = [row for row in judged if not row["holds"]]
    for row in rows if "--all" in arguments else missed:
        mark = {True: "", False: "  MISSED", None: "  (not printed)"}[row["holds"]]  # type: ignore[index]
        print(
            f"{row['table']:15s} {row['protocol']:40s} {row['published']:>16s} {row['printed']:>7s}"
            f" {row['simulated']!s:>10s}{mark}"
        )
    tables = sorted({str(row["table"]) for row in judged})
    figures: dict[str, object] = {
        "values": len(judged),
        "within_tolerance": len(judged) - len(missed),
        "missed": [row["protocol"] for row in missed],
    }
    for table in tables:
        of_table = [row for row in judged if row["table"] == table]
        figures[table] = f"{sum(bool(row['holds']) for row in of_table)} of {len(of_table)}"
    path = write_result("vitamin_k_table", figures, rows)
    print(f"{figures['within_tolerance']} of {len(judged)} printed values reached; {path.name} written")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
