"""``python -m validation``: every full count and outside comparison, one after the other.

Each script stores its figures under ``validation/results`` and ends with 1 when a figure is missed; the run
goes on and ends with 1 when any did.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

SCRIPTS = (
    "sbml_consistency.py",
    "unit_faults.py",
    "vitamin_k_table.py",
    "natural_histories.py",
    "published_files.py",
    "mass_balance.py",
    "direction_laws.py",
    "export_copasi.py",
    "bad_models.py",
    "closed_forms.py",
    "derivatives.py",
    "solvers.py",
    "random_persons.py",
    "tolerance_ladder.py",
    "same_bits.py",
    "scans.py",
    "million_persons.py",
    "arms_today.py",
    "base_foods.py",
    "food_tables.py",
    "food_cover.py",
    "journal.py",
    "amount_spellings.py",
    "lab_spellings.py",
    "medicine_cover.py",
    "safety_spellings.py",
    "bad_input.py",
    "every_output.py",
)


def main() -> int:
    """Run all scripts, print how each ended, then the scoreboard."""
    here = Path(__file__).resolve().parent
    missed = []
    for name in SCRIPTS:
        began = time.monotonic()
        ended = subprocess.run([sys.executable, str(here / name)], check=False)
        print(
            f"{name}: {'ok' if ended.returncode == 0 else 'MISSED'} ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
        if ended.returncode != 0:
            missed.append(name)
    subprocess.run([sys.executable, str(here / "scoreboard.py")], check=False)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
