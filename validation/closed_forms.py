"""Every closed-form pharmacokinetic case through the engine: largest distance from the formula, case by case.

    python validation/closed_forms.py [--backend machine]

One and two compartments, oral, series, infusions, lag, steady state, doses at output times, resets, chains,
stiff rates, odd units, saturable loss. Bound: 1e-8 of each course's scale.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

from engine.closed_forms.case import BOUND, Case, difference  # noqa: E402
from engine.closed_forms.pharmacokinetic import all_cases  # noqa: E402
from engine.closed_forms.run import RELATIVE, engine_course  # noqa: E402


def main() -> int:
    """Run, print, store; 1 when a case is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backend", choices=("machine", "python"), default="machine")
    backend = parser.parse_args().backend
    began = time.perf_counter()
    rows = [case_row(family, case, backend) for family, case in all_cases()]
    seconds = time.perf_counter() - began
    missed = [row for row in rows if not row["difference"] <= BOUND]
    for row in missed:
        print(f"MISSED {row['family']}, {row['case']}: {row['difference']:.1e} {row['words']}")
    figures = {
        "cases": len(rows),
        "within_bound": len(rows) - len(missed),
        "bound": BOUND,
        "largest": max(row["difference"] for row in rows),
        "relative_tolerance": RELATIVE,
    }
    print(
        f"{figures['within_bound']} of {len(rows)} cases within {BOUND:g}; "
        f"largest difference {figures['largest']:.1e} ({seconds:.0f} s)"
    )
    if backend == "machine":
        write_result("closed_forms", figures, rows)
    return int(bool(missed))


def case_row(family: str, case: Case, backend: str) -> dict[str, Any]:
    """One case; a lane that failed, or a number that is none, counts as 1e300 away."""
    found, words = engine_course(case, backend=backend)
    gap = 1e300 if words else min(difference(case, found), 1e300)
    return {"family": family, "case": case.name, "difference": gap, "words": words}


if __name__ == "__main__":
    sys.exit(main())
