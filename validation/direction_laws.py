"""Laws of direction over ten thousand cases: people, draws of what nobody knows, and more of a cause.

    python validation/direction_laws.py [--share 1.0]

More vitamin K never raises dp-ucMGP, warfarin never lowers it, a direct anticoagulant changes nothing, more
calcium never lowers what is absorbed. Bound: no breach.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from hypothesis import HealthCheck, given, settings  # noqa: E402
from results import write_result  # noqa: E402

from laws_of_direction import LAWS, Case  # noqa: E402

COUNTS = {1: 3900, 20: 1600, 100: 200}  # cases by what one costs: 10,000 in all


def main() -> int:
    """Run, print, store; 1 on a breach."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--share", type=float, default=1.0, help="share of the full counts")
    share = parser.parse_args().share
    rows = [law_row(name, max(1, round(COUNTS[LAWS[name][3]] * share))) for name in LAWS]
    figures = {
        "laws": len(rows),
        "cases": sum(row["cases"] for row in rows),
        "breaches": sum(bool(row["breach"]) for row in rows),
    }
    print(f"{figures['breaches']} breaches in {figures['cases']} cases of {len(rows)} laws")
    write_result("direction_laws", figures, rows)
    return int(figures["breaches"] > 0)


def law_row(name: str, count: int) -> dict[str, Any]:
    """One law over many cases: how many ran, how near the bound they came, and the smallest breach found."""
    law, cases, allowed, _ = LAWS[name]
    moved: list[float] = []

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def holds(case: Case) -> None:
        moved.append(law(case))
        assert moved[-1] <= allowed, repr(case)

    began = time.monotonic()
    breach = ""
    try:
        holds()
    except AssertionError as broken:
        breach = str(broken)
    row = {"law": name, "cases": len(moved), "largest": max(moved), "allowed": allowed, "breach": breach}
    print(f"{name}: {row['cases']} cases, {'BREACH ' + breach if breach else 'ok'} "
          f"({time.monotonic() - began:.0f} s)", flush=True)  # fmt: skip
    return row


if __name__ == "__main__":
    sys.exit(main())
