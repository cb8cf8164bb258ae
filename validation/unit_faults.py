"""Two hundred seeded faults in the units of the shipped body: how many the checks see, and which they miss.

    python validation/unit_faults.py [--faults 200] [--seed 20260101]

One parameter's unit is broken at a time, half of them in dimension, half in scale. Bound: 95 % of the faults
on parameters that carry a unit. Faults on plain numbers (a third as many) are counted apart.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

import libsbml  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.body.assembly import assemble  # noqa: E402
from seeded_unit_faults import Fault, seeded_faults, who_catches  # noqa: E402

BOUND = 0.95


def main() -> int:
    """Break, check, print, store; 1 under the bound."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args()
    document = libsbml.readSBMLFromString(assemble().sbml)
    carriers = seeded_faults(given.faults, given.seed)
    plain = seeded_faults(given.faults // 3, given.seed, carriers=False)
    rows = [_row(document, fault, "unit") for fault in carriers] + [
        _row(document, fault, "plain") for fault in plain
    ]
    figures: dict[str, object] = {"seed": given.seed, "bound": BOUND}
    for on in ("unit", "plain"):
        caught = [row for row in rows if row["on"] == on and row["caught_by"]]
        total = sum(row["on"] == on for row in rows)
        figures |= {
            f"faults_on_{on}": total,
            f"caught_on_{on}": len(caught),
            f"share_on_{on}": len(caught) / total,
        }
        print(f"faults on parameters that {'carry a unit' if on == 'unit' else 'are plain numbers'}: "
              f"{len(caught)} of {total} caught")  # fmt: skip
    for row in rows:
        if not row["caught_by"]:
            print(f"  missed ({row['kind']}): {row['parameter']}: {row['right']} -> {row['wrong']}")
    write_result("unit_faults", figures, rows)
    return int(float(str(figures["share_on_unit"])) < BOUND)


def _row(document: libsbml.SBMLDocument, fault: Fault, on: str) -> dict[str, object]:
    return {
        "parameter": fault.parameter,
        "on": on,
        "kind": fault.kind,
        "right": fault.right,
        "wrong": fault.wrong,
        "caught_by": who_catches(document, fault),
    }


if __name__ == "__main__":
    sys.exit(main())
