"""Every command in every form of output, and every red flag in every way that a file carries it.

    python validation/every_output.py

Runs what ``tests/safety/every_output.py`` and ``tests/safety/red_flags.py`` list. Prints every fault, stores
results/every_output.json and results/red_flags.json, ends with 1 on any fault.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

from safety import every_output, red_flags  # noqa: E402


def main() -> int:
    """Run, print, store."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = _outputs(Path(folder)) + _red_flags(Path(folder))
    for fault in wrong:
        print(f"  {fault}")
    return int(bool(wrong))


def _outputs(folder: Path) -> list[str]:
    seen: Counter[str] = Counter()
    found: list[str] = []
    right = purposes = 0
    for output in every_output.outputs(folder):
        faults = every_output.faults(output)
        if every_output.quoted_wrong(output):
            faults.append(f"{output.name}: a person's words stand outside a marked quote")
        seen[output.command.split()[0]] += 1
        right += not faults
        purposes += not any("purpose line" in fault for fault in faults)
        found += faults
    count = seen.total()
    print(f"{right} of {count} outputs right, {purposes} with the purpose line")
    rows = [{"command": command, "outputs": number} for command, number in sorted(seen.items())]
    write_result("every_output", {"outputs": count, "right": right, "with_purpose_line": purposes}, rows)
    return found


def _red_flags(folder: Path) -> list[str]:
    rows, found = [], [f"{name}: no case" for name in sorted(red_flags.red_flags_without_a_case())]
    for case in red_flags.cases():
        faults = red_flags.faults(case, folder)
        rows.append({"gate": case.gate, "by": case.way, "stopped": not faults})
        found += faults
    stopped = sum(bool(row["stopped"]) for row in rows)
    gates = len({row["gate"] for row in rows})
    print(f"{stopped} of {len(rows)} red flags stopped, {gates} gates")
    write_result("red_flags", {"cases": len(rows), "stopped": stopped, "gates": gates}, rows)
    return found


if __name__ == "__main__":
    sys.exit(main())
