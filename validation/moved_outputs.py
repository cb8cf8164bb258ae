"""How far every outcome moves between another version of calciroute and this one, for a change note.

    python validation/moved_outputs.py FOLDER [--draws 1] [--years 3]

FOLDER is a checkout of the other version, such as ``git worktree add FOLDER COMMIT`` makes; its packages must
be installed in the Python that runs this. Both versions simulate the same eleven persons and plans, central
values and the same draws, each in a process of its own. A change counts against the largest size that the
outcome has in that person's courses. Nothing is judged: the figures belong into CHANGELOG.md.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WOMAN = '[person]\nsex = "female"\nage_years = {age}\nfinal_menstrual_period_age_years = 51\n'
MAN = '[person]\nsex = "male"\nage_years = {age}\n'
SUPPLEMENT = '[[supplement]]\nproduct = "{product}"\ntimes = "{times}"\nadherence = {adherence}\n'
MK7 = SUPPLEMENT.format(
    product="MK-7 180 mcg softgel", times="daily 08:00 with a meal that has fat", adherence=0.9
)
K1 = SUPPLEMENT.format(product="K1 500 mcg tablet", times="daily 08:00 with a meal", adherence=1.0)
D3 = SUPPLEMENT.format(product="D3 2000 IU tablet", times="daily 08:00 with a meal", adherence=1.0)
CALCIUM = SUPPLEMENT.format(
    product="calcium 500 mg tablet", times="daily 08:00, 19:00 with a meal", adherence=0.8
)
WEEKLY = SUPPLEMENT.format(product="MK-7 360 mcg softgel", times="weekly 08:00 with a meal", adherence=1.0)
NATTO = '[[food]]\nfood = "natto"\ngrams = 40\ntimes = "every 2 days 08:00"\n'
WALKING = '[[habit]]\nlever = "walking"\namount = "150 min/week"\n'
WARFARIN = '[medicines]\ntaken = ["warfarin 5 mg"]\n[labs]\nINR = 2.5\n'
SCENARIOS: dict[str, tuple[str, str]] = {
    "demo": (
        WOMAN.format(age=62) + '[labs]\n"25OHD" = "55 nmol/L"\ncoronary_calcium = "45 AU"\n'
        '[medicines]\ntaken = ["atorvastatin 20 mg"]\n',
        MK7,
    ),
    "man of 70, score 300": (MAN.format(age=70) + '[labs]\ncoronary_calcium = "300 AU"\n', MK7),
    "woman of 53, bone": (WOMAN.format(age=53), MK7 + CALCIUM),
    "man of 65, weak kidneys": (MAN.format(age=65) + '[labs]\neGFR = "35 mL/min/1.73m2"\n', K1),
    "woman of 70 on warfarin": (WOMAN.format(age=70) + WARFARIN, K1),
    "man of 40, low vitamin D": (MAN.format(age=40) + '[labs]\n"25OHD" = "20 nmol/L"\n', D3),
    "woman of 80, calcium": (WOMAN.format(age=80), CALCIUM),
    "man of 55, weekly capsule": (MAN.format(age=55), WEEKLY),
    "woman of 35, natto": ('[person]\nsex = "female"\nage_years = 35\n', NATTO),
    "man of 60, walking": (MAN.format(age=60) + '[habits]\nsmoking = "current"\n', WALKING),
    "woman of 66, all at once": (WOMAN.format(age=66), MK7 + D3 + CALCIUM + WALKING),
}


def simulate(draws: int, years: float, into: Path) -> None:
    """All scenarios with the calciroute that this process imports."""
    from calciroute.intake.plan import parse_plan
    from calciroute.people.person import parse_person
    from calciroute.simulate.run import run_person

    found: dict[str, Any] = {}
    for name, (person, plan) in SCENARIOS.items():
        began = time.perf_counter()
        who, plans = parse_person(person), [parse_plan(plan, "plan.toml")]
        result = run_person(who, plans, years=years, draws=draws, variants=())
        courses = {str(key): values.values for key, values in result.dataset.data_vars.items()}
        units = {str(key): values.attrs.get("unit", "") for key, values in result.dataset.data_vars.items()}
        found[name] = (courses, units, list(result.failures), result.provenance["model"]["model_hash"])
        print(f"  {name}: {time.perf_counter() - began:.1f} s", flush=True)
    into.write_bytes(pickle.dumps(found))


def run_version(folder: Path, draws: int, years: float) -> dict[str, Any]:
    """The scenarios in a process that sees only that version's sources."""
    print(f"{folder}:", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        into = Path(scratch) / "found"
        counts = ["--draws", str(draws), "--years", str(years)]
        subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--simulate", str(into), *counts],
            env={**os.environ, "PYTHONPATH": str(folder / "src")},
            check=True,
        )
        found: dict[str, Any] = pickle.loads(into.read_bytes())
    return found


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """A row for each outcome: where it moved most, as a share and in its unit."""
    import numpy as np

    rows: dict[str, dict[str, Any]] = {}
    for name, (before, units, failures, _) in old.items():
        after = new[name][0]
        if failures != new[name][2]:
            print(f"  {name}: failures {failures} are now {new[name][2]}")
        for key in before.keys() & after.keys():
            size = float(np.nanmax(np.abs(before[key])))
            change = np.abs(after[key] - before[key])
            gaps = int(np.sum(np.isnan(before[key]) != np.isnan(after[key])))
            share = float(np.nanmax(change)) / size if size > 0.0 else float(np.nanmax(change))
            gaps += rows[key]["gaps"] if key in rows else 0
            if key not in rows or share > rows[key]["share"]:
                rows[key] = {
                    "outcome": key,
                    "share": share,
                    "change": float(np.nanmax(change)),
                    "unit": units[key],
                    "person": name,
                }
            rows[key]["gaps"] = gaps
    return sorted(rows.values(), key=lambda row: -float(row["share"]))


def main() -> int:
    """Simulate both, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--draws", type=int, default=1)
    parser.add_argument("--years", type=float, default=3.0)
    parser.add_argument("--simulate", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.simulate:
        simulate(given.draws, given.years, given.simulate)
        return 0
    if given.folder is None or not (given.folder / "src" / "calciroute").is_dir():
        parser.error("FOLDER: a checkout of the version to compare with")
    old, new = (run_version(folder, given.draws, given.years) for folder in (given.folder, ROOT))
    same = {name: old[name][3] == new[name][3] for name in old}
    print("the model's text is the same" if all(same.values()) else f"the model's text differs: {same}")
    rows = compare(old, new)
    for row in rows:
        gaps = f"  {row['gaps']} values are there in one version only" if row["gaps"] else ""
        print(
            f"{row['outcome']:36s} {row['share']:8.1e} {row['change']:10.3g} {row['unit']:12s} "
            f"{row['person']}{gaps}"
        )
    print(json.dumps({"largest_share": rows[0]["share"], "outcomes": len(rows)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
