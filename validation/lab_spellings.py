"""Laboratory values as reports print them: what each spelling must give against what comes out.

    python validation/lab_spellings.py

Three sources of texts, none of which looks into the tables of the package (``tests/spelled_labs.py``): cases
written by hand, a grid of tests, names, units, decimal signs and limits, and every unit behind every test.
Prints the table of confusion and every miss, takes every unit there and back, stores
results/lab_spellings.json, and ends with 1 on a silent wrong value: a number where a question or a refusal
belongs, another number, or a number that lost its limit or its note.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

import spelled_labs as spelled  # noqa: E402
from calciroute.people.lab_value import lab_field  # noqa: E402
from calciroute.tables.lab_units import read_lab_units  # noqa: E402


def main() -> int:
    """Read every spelling, print, store; 1 on a silent wrong value."""
    spellings = [*spelled.by_hand(), *spelled.grid()]
    counted, missed = spelled.confusion(spellings)
    print(f"{len(spellings)} spellings", *spelled.printed(counted), sep="\n")
    for spelling, found in missed:
        print(
            f"  {spelling.where}: {spelling.name} '{spelling.text}': {spelling.expected}, came out as {found}"
        )
    crossed = Counter(spelled.crossed_verdict(*one) for one in spelled.crossed())
    print(f"every unit behind every test: {dict(sorted(crossed.items()))}")
    worst, units, kept = round_trips()
    print(f"round trip of {units} units: largest error {worst:.1e}; {kept} more do not convert and are kept")
    figures = {
        "spellings": len(spellings),
        "silently_wrong": spelled.silently_wrong(counted) + crossed["wrong"],
        "missed": len(missed),
        "crossed": sum(crossed.values()),
        "crossed_values": crossed["value"],
        "units": units,
        "units_kept": kept,
        "round_trip_error": worst,
    }
    rows = [
        {"expected": expected, "found": found, "count": count}
        for (expected, found), count in sorted(counted.items())
    ]
    write_result("lab_spellings", figures, rows)
    return int(bool(figures["silently_wrong"] or worst > 1e-12))


def round_trips() -> tuple[float, int, int]:
    """Largest relative error there and back, units that convert, units that are kept as printed."""
    worst, count, kept = 0.0, 0, 0
    for test, units in read_lab_units().items():
        field = lab_field(test)
        for unit in units.values():
            if unit.factor is None:
                kept += 1
                continue
            count += 1
            for share in (0.001, 0.37, 1.0):
                value = (field.lower or 0.0) + share * ((field.upper or 1.0) - (field.lower or 0.0))
                worst = max(worst, abs(unit.to_field(unit.from_field(value)) / value - 1.0))
    return worst, count, kept


if __name__ == "__main__":
    sys.exit(main())
