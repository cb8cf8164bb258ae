"""People's amounts: 400 spellings for each of 12 substances, right or asked about, never off by a factor.

    python validation/amount_spellings.py

Each spelling goes through the reader of products and plans and through the reader of labels; what it means
is written down by hand in ``tests/spelled_amounts.py``. Then 10,000 quantities are written and read again.
Stores results/unit_words.json and ends with 1 on a silent factor or a quantity that did not come back.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

import spelled_amounts as spelled  # noqa: E402
from calciroute.units.quantity import SPELLINGS, format_quantity, parse_quantity  # noqa: E402

ROUND_TRIPS = 10_000


def main() -> int:
    """Read every spelling, print, store; 1 on a silent factor."""
    counted: Counter[tuple[str, str, str]] = Counter()
    silent: set[spelled.Spelling] = set()
    cases = with_meaning = 0
    for spelling in spelled.spellings():
        cases += 1
        with_meaning += spelling.meant is not None
        for door, found in (("product", spelled.as_product(spelling)), ("label", spelled.as_label(spelling))):
            verdict = spelled.verdict(spelling, found)
            counted[door, spelling.substance, verdict] += 1
            if verdict == "silent":
                silent.add(spelling)
                print(
                    f"  {door}: '{spelling.name} {spelling.written}' read as {found}, meant {spelling.meant}"
                )
    lost = lost_quantities(ROUND_TRIPS)
    figures = {
        "cases": cases,
        "silent": len(silent),
        "with_one_meaning": with_meaning,
        "right_as_product": sum(
            n for (door, _, one), n in counted.items() if (door, one) == ("product", "right")
        ),
        "right_as_label": sum(
            n for (door, _, one), n in counted.items() if (door, one) == ("label", "right")
        ),
        "round_trips": ROUND_TRIPS,
        "lost": lost,
    }
    print(figures)
    rows = [
        {"reader": door, "substance": substance, "verdict": verdict, "count": count}
        for (door, substance, verdict), count in sorted(counted.items())
    ]
    write_result("unit_words", figures, rows)
    return int(bool(silent or lost))


def lost_quantities(count: int) -> int:
    """Quantities of every unit and of sizes from 1e-9 to 1e9 that do not read back as they were."""
    drawn = random.Random(20260101)
    units = sorted(set(SPELLINGS.values()))
    lost = 0
    for _ in range(count):
        value = round(10 ** drawn.uniform(-9, 9), drawn.randrange(0, 12)) or 1.0
        unit = drawn.choice(units)
        back = parse_quantity(format_quantity(value, unit))
        lost += (back.value, back.unit) != (value, unit)
    return lost


if __name__ == "__main__":
    sys.exit(main())
